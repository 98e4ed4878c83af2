// SPDX-License-Identifier: Apache-2.0
import Dispatch
import Foundation
import Synchronization

/// A receiver of webhooks on the loopback address of a test: it keeps what it is sent and answers as it is told.
final class FakeReceiver: Sendable {
    /// One post as it arrived.
    struct Post: Sendable {
        let head: [String]
        let body: String

        /// Value of a header, whose name is in lower case.
        func header(_ name: String) -> String? {
            head.dropFirst().compactMap { line -> String? in
                let parts = line.split(separator: ":", maxSplits: 1)
                return parts.count == 2 && parts[0].lowercased() == name ? parts[1].drop { $0 == " " }.description : nil
            }.first
        }

        var id: String { header("webhook-id") ?? "" }
    }

    /// What it does after it has read a post.
    enum Answer: Sendable {
        /// Answers with these bytes.
        case says(String)
        /// Ends the connection without a word.
        case hangsUp
        /// Says nothing and keeps the connection.
        case isSilent

        static func status(_ status: Int, _ more: String = "", body: String = "") -> Answer {
            .says("HTTP/1.1 \(status) X\r\nContent-Length: \(body.utf8.count)\r\n\(more)\r\n\(body)")
        }
    }

    private struct State {
        var posts: [Post] = []
        var open: [Int32] = []
    }

    let port: UInt16
    private let listener: Int32
    private let state = Mutex(State())
    private let answer: @Sendable (Int) -> Answer

    /// Listens; the answer to a post is asked by its number, from 1.
    init(_ answer: @escaping @Sendable (Int) -> Answer) throws {
        self.answer = answer
        listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let (listener, isBound) = (
            listener,
            withUnsafeMutablePointer(to: &address) { [listener] pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    bind(listener, $0, length) == 0 && listen(listener, 64) == 0 && getsockname(listener, $0, &length) == 0
                }
            }
        )
        guard isBound else { throw CocoaError(.featureUnsupported) }
        port = UInt16(bigEndian: address.sin_port)
        DispatchQueue(label: "receiver").async { [weak self] in
            while true {
                let connection = accept(listener, nil, nil)
                guard connection >= 0, let self else { return }
                DispatchQueue(label: "receiver.\(connection)").async { self.serve(connection) }
            }
        }
    }

    /// Ends every connection and listens no more.
    func stop() {
        shutdown(listener, Int32(SHUT_RDWR))
        close(listener)
        for connection in state.withLock({ $0.open }) { close(connection) }
    }

    var posts: [Post] { state.withLock { $0.posts } }

    var url: String { "http://127.0.0.1:\(port)/etalon?x=1" }

    private func serve(_ connection: Int32) {
        guard let post = Self.read(connection) else {
            close(connection)
            return
        }
        let number = state.withLock { state in
            state.posts.append(post)
            return state.posts.count
        }
        switch answer(number) {
        case .says(let text):
            Self.write(Array(text.utf8), to: connection)
            close(connection)
        case .hangsUp: close(connection)
        case .isSilent: state.withLock { $0.open.append(connection) }
        }
    }

    /// Writes until the other side does not want more.
    private static func write(_ bytes: [UInt8], to connection: Int32) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { send(connection, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            guard count > 0 else { return }
            rest = rest.dropFirst(count)
        }
    }

    private static func read(_ connection: Int32) -> Post? {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65536)
        while true {
            let text = String(decoding: bytes, as: UTF8.self)
            if let end = text.range(of: "\r\n\r\n") {
                let head = text[..<end.lowerBound].components(separatedBy: "\r\n")
                let body = String(text[end.upperBound...])
                let post = Post(head: head, body: body)
                if body.utf8.count >= Int(post.header("content-length") ?? "0") ?? 0 { return post }
            }
            let count = recv(connection, &buffer, buffer.count, 0)
            guard count > 0 else { return nil }
            bytes += buffer.prefix(count)
        }
    }
}
