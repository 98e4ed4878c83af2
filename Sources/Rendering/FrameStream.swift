// SPDX-License-Identifier: Apache-2.0

import Glibc

/// What can go wrong on the stream to a renderer.
enum FrameStreamError: Error, Equatable {
    /// The other side is gone.
    case closed
    /// The moment given has passed.
    case timeLimit
    /// The other side announced a frame longer than any document.
    case oversized(Int)
    /// The system's error number.
    case system(Int32)
}

/// Frames of a 4-byte big-endian length and as many bytes, over a connected stream socket.
///
/// All calls block until the deadline at most; the caller brings a thread that may block.
final class FrameStream {
    /// The longest answer accepted, in bytes.
    static let limit = 64 * 1024 * 1024

    private let descriptor: Int32

    /// Takes the descriptor over and closes it at the end.
    init(owning descriptor: Int32) { self.descriptor = descriptor }

    deinit { close(descriptor) }

    /// Whether nothing has arrived unasked and the other side is still there.
    var isIdle: Bool {
        var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        return poll(&entry, 1, 0) == 0
    }

    /// Sends one frame.
    func send(_ body: [UInt8], until deadline: ContinuousClock.Instant) throws(FrameStreamError) {
        var frame = withUnsafeBytes(of: UInt32(body.count).bigEndian) { Array($0) }
        frame += body
        var sent = 0
        while sent < frame.count {
            try wait(for: Int16(POLLOUT), until: deadline)
            let count = frame.withUnsafeBytes { bytes in
                let rest = UnsafeRawBufferPointer(rebasing: bytes[sent...])
                let flags = Int32(MSG_NOSIGNAL) | Int32(MSG_DONTWAIT)
                return Glibc.send(descriptor, rest.baseAddress, rest.count, flags)
            }
            if count >= 0 {
                sent += count
            } else {
                try Self.check(errno)
            }
        }
    }

    /// Receives one frame.
    func receive(until deadline: ContinuousClock.Instant) throws(FrameStreamError) -> [UInt8] {
        let head = try read(4, until: deadline)
        let length = head.reduce(0) { $0 << 8 | Int($1) }
        guard length <= Self.limit else { throw .oversized(length) }
        return try read(length, until: deadline)
    }

    private func read(_ count: Int, until deadline: ContinuousClock.Instant) throws(FrameStreamError)
        -> [UInt8]
    {
        var bytes = [UInt8](repeating: 0, count: count)
        var filled = 0
        while filled < count {
            try wait(for: Int16(POLLIN), until: deadline)
            let got = bytes.withUnsafeMutableBytes { buffer in
                let rest = UnsafeMutableRawBufferPointer(rebasing: buffer[filled...])
                return recv(descriptor, rest.baseAddress, rest.count, Int32(MSG_DONTWAIT))
            }
            guard got != 0 else { throw .closed }
            if got > 0 {
                filled += got
            } else {
                try Self.check(errno)
            }
        }
        return bytes
    }

    /// Returns when the descriptor is ready or the other side has hung up.
    private func wait(for events: Int16, until deadline: ContinuousClock.Instant) throws(FrameStreamError) {
        while true {
            let left = ContinuousClock.now.duration(to: deadline)
            guard left > .zero else { throw .timeLimit }
            var entry = pollfd(fd: descriptor, events: events, revents: 0)
            let ready = poll(&entry, 1, left.pollMilliseconds)
            if ready > 0 { return }
            if ready < 0 { try Self.check(errno) }
        }
    }

    /// Passes what merely asks to try again; throws the rest.
    private static func check(_ code: Int32) throws(FrameStreamError) {
        switch code {
        case EINTR, EAGAIN: return
        case EPIPE, ECONNRESET: throw .closed
        default: throw .system(code)
        }
    }
}

extension Duration {
    /// The duration for `poll`: whole milliseconds, at least one, at most a minute at a time.
    fileprivate var pollMilliseconds: Int32 {
        let milliseconds = components.seconds * 1000 + components.attoseconds / 1_000_000_000_000_000
        return Int32(min(max(milliseconds, 1), 60_000))
    }
}
