// SPDX-License-Identifier: Apache-2.0

import Glibc
import ServiceLifecycle
import Testing

@testable import etalond

@Suite("Messages to the service manager (sd_notify(3))")
struct SystemdNotifyTests {
    @Test func `readiness and a status line arrive in one datagram`() throws {
        let manager = try ServiceManagerSocket()
        let notify = SystemdNotify(environment: ["NOTIFY_SOCKET": manager.name])
        notify.ready(status: "serving\n/run/etalon/etalon.sock")
        #expect(manager.receive() == "READY=1\nSTATUS=serving /run/etalon/etalon.sock")
        notify.stopping()
        #expect(manager.receive() == "STOPPING=1\nSTATUS=draining")
    }

    @Test func `an abstract socket name is reached too`() throws {
        let manager = try ServiceManagerSocket(isAbstract: true)
        let notify = SystemdNotify(environment: ["NOTIFY_SOCKET": manager.name])
        notify.extendTimeout(by: .milliseconds(1500))
        #expect(manager.receive() == "EXTEND_TIMEOUT_USEC=1500000")
    }

    @Test func `without a service manager nothing is sent and nothing fails`() {
        let notify = SystemdNotify(environment: [:])
        #expect(!notify.isSupervised)
        #expect(!notify.send("READY=1"))
        #expect(notify.watchdogLimit == nil)
    }

    @Test(arguments: ["relative", String(repeating: "/long", count: 40), "/nowhere/at/all.sock"])
    func `a socket that cannot be reached is no error of the daemon`(path: String) {
        #expect(!SystemdNotify(environment: ["NOTIFY_SOCKET": path]).send("READY=1"))
    }

    @Test func `the watchdog of another process is not ours`() {
        let own = ["WATCHDOG_USEC": "30000000", "WATCHDOG_PID": String(getpid())]
        #expect(SystemdNotify(environment: own).watchdogLimit == .seconds(30))
        let other = ["WATCHDOG_USEC": "30000000", "WATCHDOG_PID": "1"]
        #expect(SystemdNotify(environment: other).watchdogLimit == nil)
        #expect(SystemdNotify(environment: ["WATCHDOG_USEC": "soon"]).watchdogLimit == nil)
    }

    @Test(.timeLimit(.minutes(1)))
    func `the watchdog is fed until graceful shutdown`() async throws {
        let manager = try ServiceManagerSocket()
        let notify = SystemdNotify(environment: ["NOTIFY_SOCKET": manager.name, "WATCHDOG_USEC": "40000"])
        let log = RecordingLog()
        let group = ServiceGroup(services: [WatchdogService(notify: notify)], logger: log.logger)
        let running = Task { try await group.run() }
        for _ in 1...3 { #expect(manager.receive() == "WATCHDOG=1") }
        await group.triggerGracefulShutdown()
        try await running.value
    }
}

/// The service manager's end of `NOTIFY_SOCKET`.
private final class ServiceManagerSocket {
    let name: String
    private let descriptor: Int32

    init(isAbstract: Bool = false) throws {
        let unique = "etalond-notify-\(getpid())-\(UInt32.random(in: 0 ... .max))"
        name = (isAbstract ? "@" : "/tmp/") + unique
        descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        var bytes = Array(name.utf8)
        if isAbstract { bytes[0] = 0 }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
        let length = socklen_t(2 + bytes.count)
        let code = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(descriptor, $0, length) }
        }
        try #require(code == 0)
        var limit = timeval(tv_sec: 10, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
    }

    func receive() -> String? {
        var bytes = [UInt8](repeating: 0, count: 4096)
        let count = recv(descriptor, &bytes, bytes.count, 0)
        return count < 0 ? nil : String(decoding: bytes.prefix(count), as: UTF8.self)
    }

    deinit {
        close(descriptor)
        if name.hasPrefix("/") { unlink(name) }
    }
}
