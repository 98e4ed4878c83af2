// SPDX-License-Identifier: Apache-2.0
import Dispatch
import Glibc
import Synchronization

/// Stands between client and server on Unix sockets and spoils the conversation on purpose.
final class SocketProxy: Sendable {
    enum Fault: Sendable {
        /// Cuts both sides instead of passing on the message with this text.
        case cutBefore(String)
        /// Passes the message with this text on, waits for the answer, keeps it and cuts.
        case cutAfter(String)
        /// Passes the message with this text on and never again says a word.
        case fallSilentAfter(String)
        case none
    }

    let directory: String
    /// Closed on exec, else a server started meanwhile would keep a conversation open that is to be cut.
    private static let stream = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
    private let target: String
    private let listener: Int32
    private let fault: Mutex<Fault>
    private let watch = Mutex<(text: String, signal: Signal)?>(nil)
    private let queue = DispatchQueue(label: "tests.proxy", attributes: .concurrent)

    /// Listens in a directory of its own for clients of the server whose socket lies in `serverDirectory`.
    init(serverDirectory: String, fault: Fault) throws {
        target = serverDirectory + "/.s.PGSQL.5432"
        self.fault = Mutex(fault)
        var template = Array("/tmp/etalon-proxy-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw Unavailable(what: "a directory under /tmp") }
        directory = template.withUnsafeBufferPointer { $0.baseAddress.map { String(cString: $0) } ?? "" }
        listener = socket(AF_UNIX, Self.stream, 0)
        let bound = Self.withAddress(directory + "/.s.PGSQL.5432") { bind(listener, $0, $1) }
        guard bound == 0, listen(listener, 16) == 0 else { throw Unavailable(what: "a Unix socket") }
        queue.async { self.serve() }
    }

    deinit {
        close(listener)
        unlink(directory + "/.s.PGSQL.5432")
        rmdir(directory)
    }

    /// Ends accepting; conversations under way go on.
    func stop() {
        shutdown(listener, Int32(SHUT_RDWR))
    }

    /// Spoils the next conversation in which the text occurs; each fault happens once.
    func setFault(_ fault: Fault) {
        self.fault.withLock { $0 = fault }
    }

    /// Waits until clients have sent so many messages with the text from now on.
    func waitForMessages(_ count: Int, with text: String) async {
        let signal = Signal()
        watch.withLock { $0 = (text, signal) }
        for _ in 0..<count { await signal.wait() }
        watch.withLock { $0 = nil }
    }

    private func faultOccurring(in bytes: [UInt8]) -> Fault {
        if let (text, signal) = watch.withLock({ $0 }), Self.contains(bytes, text) { signal.give() }
        return fault.withLock { fault in
            switch fault {
            case .cutBefore(let text) where Self.contains(bytes, text),
                .cutAfter(let text) where Self.contains(bytes, text),
                .fallSilentAfter(let text) where Self.contains(bytes, text):
                defer { fault = .none }
                return fault
            default: return .none
            }
        }
    }

    private func serve() {
        while true {
            var descriptor = pollfd(fd: listener, events: Int16(POLLIN), revents: 0)
            guard poll(&descriptor, 1, -1) > 0, let client = acceptClient() else { return }
            queue.async { self.converse(client) }
        }
    }

    /// Takes the next client; nil after ``stop()``.
    private func acceptClient() -> Int32? {
        TestCluster.spawning.withLock { _ in
            let client = accept(listener, nil, nil)
            guard client >= 0 else { return nil }
            _ = fcntl(client, F_SETFD, FD_CLOEXEC)
            return client
        }
    }

    private func converse(_ client: Int32) {
        let server = socket(AF_UNIX, Self.stream, 0)
        defer {
            close(client)
            close(server)
        }
        guard Self.withAddress(target, { connect(server, $0, $1) }) == 0 else { return }
        var isSilent = false
        while true {
            var descriptors = [
                pollfd(fd: client, events: Int16(POLLIN), revents: 0),
                pollfd(fd: server, events: Int16(POLLIN), revents: 0),
            ]
            guard poll(&descriptors, 2, -1) > 0 else { return }
            if descriptors[0].revents != 0 {
                guard let bytes = Self.read(client) else { return }
                switch faultOccurring(in: bytes) {
                case .cutBefore: return
                case .cutAfter:
                    Self.write(bytes, to: server)
                    _ = Self.read(server)
                    return
                case .fallSilentAfter: isSilent = true
                case .none: break
                }
                Self.write(bytes, to: server)
            }
            if descriptors[1].revents != 0 {
                guard let bytes = Self.read(server) else { return }
                if !isSilent { Self.write(bytes, to: client) }
            }
        }
    }

    private static func read(_ descriptor: Int32) -> [UInt8]? {
        var buffer = [UInt8](repeating: 0, count: 65536)
        let count = Glibc.read(descriptor, &buffer, buffer.count)
        return count > 0 ? Array(buffer[..<count]) : nil
    }

    private static func write(_ bytes: [UInt8], to descriptor: Int32) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            guard count > 0 else { return }
            rest = rest.dropFirst(count)
        }
    }

    private static func contains(_ bytes: [UInt8], _ text: String) -> Bool {
        String(decoding: bytes, as: UTF8.self).contains(text)
    }

    private static func withAddress(_ path: String, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32) -> Int32 {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { room in
            room.copyBytes(from: path.utf8.prefix(room.count - 1))
        }
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                body($0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
    }
}
