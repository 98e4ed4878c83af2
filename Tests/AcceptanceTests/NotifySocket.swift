// SPDX-License-Identifier: Apache-2.0

import Glibc

/// The service manager's end of sd_notify(3).
final class NotifySocket: Sendable {
    let path: String
    private let descriptor: Int32

    /// Binds a datagram socket at a path.
    init(path: String) throws {
        self.path = path
        descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        let bound = withSocketAddress(of: path) { bind(descriptor, $0, $1) }
        guard descriptor >= 0, bound == 0 else {
            throw Installation.Missing(what: "a datagram socket at \(path)")
        }
    }

    deinit { close(descriptor) }

    /// Waits until a message holds a line.
    ///
    /// - Parameter isAlive: asked between messages; the wait ends when it says no, or after 60 s.
    /// - Returns: whether the line came.
    func hears(_ line: String, while isAlive: @Sendable () -> Bool) -> Bool {
        let clock = ContinuousClock()
        let limit = clock.now + .seconds(60)
        while clock.now < limit {
            var poll = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            if Glibc.poll(&poll, 1, 200) == 1 {
                var message = [UInt8](repeating: 0, count: 4096)
                let count = max(0, recv(descriptor, &message, message.count, 0))
                let lines = String(decoding: message[..<count], as: UTF8.self).split(separator: "\n")
                if lines.contains(Substring(line)) { return true }
            } else if !isAlive() {
                return false
            }
        }
        return false
    }
}

/// Calls with the address of a Unix socket.
func withSocketAddress<Value>(
    of path: String, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Value
) -> Value {
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8.prefix($0.count - 1)) }
    let length = socklen_t(MemoryLayout<sockaddr_un>.size)
    return withUnsafePointer(to: &address) { pointer in
        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, length) }
    }
}
