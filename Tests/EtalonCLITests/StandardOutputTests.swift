// SPDX-License-Identifier: Apache-2.0

import Dispatch
import Glibc
import Testing

@testable import etalon

/// The built program, as a shell runs it.
enum ShellRun {
    /// Beside the test bundle.
    static let program: String = {
        let bundle = CommandLine.arguments.first { $0.hasSuffix(".xctest") }
        let root = "/" + #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
        let folder = bundle.map { "/" + $0.split(separator: "/").dropLast().joined(separator: "/") } ?? root + "/.build/debug"
        return folder + "/etalon"
    }()

    /// What a line of shell wrote to standard output, and its exit code; `etalon` in it is the program.
    static func of(_ line: String) async -> (output: String, exitCode: Int32) {
        await withCheckedContinuation { continuation in
            DispatchQueue.global().async {
                guard let pipe = popen("etalon() { '\(program)' \"$@\"; }; " + line, "r") else {
                    return continuation.resume(returning: ("", -1))
                }
                var output: [UInt8] = []
                while case let byte = getc(pipe), byte != EOF { output.append(UInt8(truncatingIfNeeded: byte)) }
                let status = pclose(pipe)
                continuation.resume(returning: (String(decoding: output, as: UTF8.self), (status >> 8) & 0xFF))
            }
        }
    }
}

@Suite("Standard output that takes no more")
struct StandardOutputTests {
    private static let customers = #"{"items":[{"code":"KH-1","name":"Cty A"}],"next":null}"#

    @Test(arguments: ["table", "csv", "json"])
    func `a full disk ends a list with 74 and one line about it`(format: String) async throws {
        try await FakeDaemon.running({ _ in (200, Self.customers) }) { _, server in
            let line = "etalon --server \(server) --lang en --format \(format) customer list 2>&1 >/dev/full"
            let run = await ShellRun.of(line)
            #expect(run.exitCode == 74, "\(run.output)")
            #expect(run.output.contains("standard output is incomplete: No space left on device"))
            #expect(run.output.split(separator: "\n").count == 1)
        }
    }

    @Test func `closed standard output is told, in Vietnamese too`() async throws {
        try await FakeDaemon.running({ _ in (200, Self.customers) }) { _, server in
            let run = await ShellRun.of("etalon --server \(server) --lang vi customer list 2>&1 >&-")
            #expect(run.exitCode == 74, "\(run.output)")
            #expect(run.output.hasPrefix("Lỗi: đầu ra chuẩn không được ghi đủ: "), "\(run.output)")
        }
    }

    @Test(arguments: ["--help", "sample --help", "due list --help"])
    func `help that does not arrive is told as well`(line: String) async {
        let run = await ShellRun.of("etalon \(line) --lang en 2>&1 >/dev/full")
        #expect(run.exitCode == 74 && run.output.contains("standard output is incomplete"), "\(run.output)")
    }

    @Test func `Ctrl-C during an act says that it may be done all the same, and exits with 130`() async throws {
        let note = "/tmp/etalon-cli-\(getpid()).pid"
        defer { unlink(note) }
        let answer: FakeDaemon.Answer = { _ in
            // A note that cannot be read is no process, and the answer comes.
            let text = (try? WrittenFile.contents(note)).map { String(decoding: $0, as: UTF8.self) }
            guard let process = text.flatMap({ pid_t($0.prefix { $0 != "\n" }) }), kill(process, SIGINT) == 0 else {
                return (500, "{}")
            }
            // The act is under way for as long as the program runs.
            var end = siginfo_t()
            waitid(P_PID, id_t(process), &end, WEXITED | WNOWAIT)
            return (201, "{}")
        }
        try await FakeDaemon.running(answer) { _, server in
            let run = await ShellRun.of(
                "echo $$ >\(note); exec env --default-signal=INT '\(ShellRun.program)' --server \(server) --lang en "
                    + "staff revoke hoa reviewer 2>&1")
            #expect(run.exitCode == 130 && run.output.hasPrefix("Interrupted; etalond may still finish this."), "\(run)")
        }
    }

    @Test func `a reader that has enough hears nothing`() async throws {
        let rows = (0..<4000).map { #"{"code":"KH-\#($0)","name":"Công ty trách nhiệm hữu hạn một thành viên số \#($0)"}"# }
        let answer = #"{"items":["# + rows.joined(separator: ",") + #"],"next":null}"#
        try await FakeDaemon.running({ _ in (200, answer) }) { _, server in
            let run = await ShellRun.of("etalon --server \(server) --format csv customer list 2>&1 | head -1")
            #expect(run.output == "code,name,kind,tax_code,address,phone,merged_into\r\n" && run.exitCode == 0)
        }
    }
}
