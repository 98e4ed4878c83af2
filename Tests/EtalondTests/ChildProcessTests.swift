// SPDX-License-Identifier: Apache-2.0

import Glibc
import Testing

@testable import etalond

@Suite("Programs started by the daemon", .timeLimit(.minutes(1)))
struct ChildProcessTests {
    @Test func `a command's input, output and status come back`() async throws {
        let run = try await CommandRun.run(
            ["/bin/sh", "-c", "cat; echo err >&2; exit 7"], environment: [:], input: "Cân\n")
        #expect(run.output == "Cân\nerr\n")
        #expect(run.exit == .status(7))
    }

    @Test func `large input is written whole, large output is cut at its limit`() async throws {
        let text = String(repeating: "0123456789", count: 100_000)
        let counted = try await CommandRun.run(["/usr/bin/wc", "-c"], environment: [:], input: text)
        #expect(counted.output == "1000000\n")
        let echoed = try await CommandRun.run(["/bin/cat"], environment: [:], input: text)
        #expect(echoed.output.utf8.count == 65_536)
    }

    @Test func `a command that does not read its input still ends well`() async throws {
        let text = String(repeating: "x", count: 1_000_000)
        let run = try await CommandRun.run(["/bin/true"], environment: [:], input: text)
        #expect(run.exit == .status(0))
    }

    @Test func `a program that is not there is an error that names it`() async throws {
        await #expect(throws: ChildProcessError.self) {
            try await CommandRun.run(["/usr/bin/no-such-program"], environment: [:])
        }
    }

    @Test func `a child ends by the signal it was sent, and a later signal hits nobody`() async throws {
        let child = try ChildProcess.start(["/bin/sleep", "600"], environment: [:])
        child.signal(SIGTERM)
        #expect(await child.exit() == .signal(SIGTERM))
        #expect(child.hasEnded)
        child.signal(SIGKILL)
        #expect(await child.exit() == .signal(SIGTERM))
    }

    @Test func `a child has three descriptors, a session of its own and only its variables`() async throws {
        let leaked = open("/dev/null", O_RDONLY)
        defer { close(leaked) }
        // Number 3 is the folder that ls itself has open.
        let descriptors = try await CommandRun.run(["/bin/ls", "/proc/self/fd"], environment: [:])
        #expect(descriptors.output == "0\n1\n2\n3\n")
        let script = "cut -d' ' -f1,6 /proc/$$/stat; /usr/bin/env"
        let run = try await CommandRun.run(["/bin/sh", "-c", script], environment: ["ONLY": "this"])
        let lines = run.output.split(separator: "\n").map(String.init)
        try #require(lines.count > 1)
        let numbers = lines[0].split(separator: " ")
        #expect(numbers.first == numbers.last)
        #expect(lines.contains("ONLY=this"))
        #expect(!lines.contains { $0.hasPrefix("HOME=") })
    }

    @Test func `an ignored signal of the daemon is not ignored by its child`() async throws {
        let before = Glibc.signal(SIGHUP, SIG_IGN)
        defer { _ = Glibc.signal(SIGHUP, before) }
        let run = try await CommandRun.run(
            ["/bin/sh", "-c", "kill -HUP $$; echo survived"], environment: [:])
        #expect(run.exit == .signal(SIGHUP))
    }
}
