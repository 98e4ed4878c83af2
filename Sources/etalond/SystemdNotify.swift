// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import Glibc

/// Messages to the service manager: one datagram each to `$NOTIFY_SOCKET`.
///
/// Outside systemd the variable is not set and every call does nothing. A message that cannot be sent is not
/// an error of the daemon: the service manager notices by itself, through its start or watchdog time limit.
/// - Source: sd_notify(3), section "Description".
package struct SystemdNotify: Sendable {
    /// How often the watchdog must hear of us at the latest; `nil` when no watchdog is set for this process.
    package let watchdogLimit: Duration?

    private let socketPath: String?

    /// Reads `NOTIFY_SOCKET`, `WATCHDOG_USEC` and `WATCHDOG_PID`.
    ///
    /// - Parameter environment: the variables of the process.
    package init(environment: [String: String] = ProcessInfo.processInfo.environment) {
        socketPath = environment["NOTIFY_SOCKET"].flatMap { $0.isEmpty ? nil : $0 }
        let isMeant = environment["WATCHDOG_PID"].map { $0 == String(getpid()) } ?? true
        let microseconds = isMeant ? environment["WATCHDOG_USEC"].flatMap { Int64($0) } : nil
        watchdogLimit = microseconds.flatMap { $0 > 0 ? .microseconds($0) : nil }
    }

    /// Whether a service manager listens at all.
    package var isSupervised: Bool { socketPath != nil }

    /// Says that start-up is complete: migrations checked, sockets listening.
    package func ready(status: String) { send("READY=1\nSTATUS=\(Self.oneLine(status))") }

    /// Says that the drain has begun.
    package func stopping(status: String = "draining") { send("STOPPING=1\nSTATUS=\(Self.oneLine(status))") }

    /// Shows one line in `systemctl status`.
    package func status(_ text: String) { send("STATUS=\(Self.oneLine(text))") }

    /// Asks for more time to start or stop, counted from now.
    package func extendTimeout(by duration: Duration) {
        let parts = duration.components
        send("EXTEND_TIMEOUT_USEC=\(parts.seconds * 1_000_000 + parts.attoseconds / 1_000_000_000_000)")
    }

    /// Says that the process still lives.
    package func keepAlive() { send("WATCHDOG=1") }

    /// Sends one message.
    ///
    /// - Returns: whether the whole datagram was accepted by the socket.
    @discardableResult
    func send(_ message: String) -> Bool {
        guard let socketPath, var address = Self.address(of: socketPath) else { return false }
        let descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        let bytes = Array(message.utf8)
        let sent = withUnsafePointer(to: &address.value) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                sendto(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL), $0, address.length)
            }
        }
        return sent == bytes.count
    }

    /// The socket address of a path; a leading `@` stands for the zero byte of an abstract name.
    private static func address(of path: String) -> (value: sockaddr_un, length: socklen_t)? {
        guard path.hasPrefix("/") || path.hasPrefix("@") else { return nil }
        var bytes = Array(path.utf8)
        let isAbstract = path.hasPrefix("@")
        if isAbstract { bytes[0] = 0 }
        var value = sockaddr_un()
        guard bytes.count < MemoryLayout.size(ofValue: value.sun_path) else { return nil }
        value.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &value.sun_path) { $0.copyBytes(from: bytes) }
        // An abstract name is as long as the length says: without the closing zero of a path.
        let length = MemoryLayout<sa_family_t>.size + bytes.count + (isAbstract ? 0 : 1)
        return (value, socklen_t(length))
    }

    private static func oneLine(_ text: String) -> String {
        String(text.map { $0.isNewline ? " " : $0 })
    }
}
