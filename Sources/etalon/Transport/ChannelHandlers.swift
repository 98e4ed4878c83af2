// SPDX-License-Identifier: Apache-2.0

import NIOCore
import NIOHTTP1

/// A part of a request whose body is in memory.
typealias BufferRequestPart = HTTPPart<HTTPRequestHead, ByteBuffer>

/// Turns parts with buffers into those that NIO's encoder takes; `IOData` itself may not cross tasks.
final class BufferRequestHandler: ChannelOutboundHandler {
    typealias OutboundIn = BufferRequestPart
    typealias OutboundOut = HTTPClientRequestPart

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        let part: HTTPClientRequestPart =
            switch Self.unwrapOutboundIn(data) {
            case .head(let head): .head(head)
            case .body(let buffer): .body(.byteBuffer(buffer))
            case .end(let trailers): .end(trailers)
            }
        context.write(Self.wrapOutboundOut(part), promise: promise)
    }
}

/// Ends a connection on which nothing has moved for the time of the idle handler before it.
final class IdleEnds: ChannelInboundHandler {
    typealias InboundIn = HTTPClientResponsePart
    typealias InboundOut = HTTPClientResponsePart

    /// Nothing came in time.
    struct Elapsed: Error {}

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        guard event is IdleStateHandler.IdleStateEvent else {
            context.fireUserInboundEventTriggered(event)
            return
        }
        context.fireErrorCaught(Elapsed())
        context.close(promise: nil)
    }
}
