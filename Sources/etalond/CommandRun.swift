// SPDX-License-Identifier: Apache-2.0

import Dispatch
import Glibc

/// The end of a short command and what it wrote.
struct CommandRun: Sendable {
    /// How it ended.
    let exit: ChildExit
    /// Standard output and standard error as one text, at most 64 KiB of it.
    let output: String

    /// Runs a command to its end, with the text as its standard input.
    ///
    /// - Throws: ``ChildProcessError`` when it cannot be started.
    static func run(
        _ arguments: [String],
        environment: [String: String],
        input: String = ""
    ) async throws(ChildProcessError) -> CommandRun {
        // A socket pair, because it is closed on exec from its first moment; a pipe could leak into another
        // child.
        var ends: [Int32] = [-1, -1]
        let kind = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
        guard socketpair(AF_UNIX, kind, 0, &ends) == 0 else {
            throw ChildProcessError(program: arguments.first ?? "", reason: String(cString: strerror(errno)))
        }
        let conversation = Conversation(ends[0])
        let childEnd = ends[1]
        defer { conversation.close() }
        let child: ChildProcess
        do {
            defer { close(childEnd) }
            child = try ChildProcess.start(
                arguments,
                environment: environment,
                input: .descriptor(childEnd),
                output: .descriptor(childEnd)
            )
        }
        let bytes = await conversation.run(sending: Array(input.utf8), limit: 64 * 1024)
        return await CommandRun(exit: child.exit(), output: String(decoding: bytes, as: UTF8.self))
    }
}

/// The daemon's end of a child's standard descriptors, served by threads of its own: a child may take its
/// time.
private struct Conversation: Sendable {
    private let number: Int32

    init(_ number: Int32) {
        self.number = number
    }

    func close() {
        Glibc.close(number)
    }

    /// Writes all, says that no more will come, and reads to the end.
    func run(sending input: [UInt8], limit: Int) async -> [UInt8] {
        async let written: Void = onThread { send(input) }
        let bytes = await onThread { receive(limit: limit) }
        await written
        return bytes
    }

    /// A child that does not read all of its input ends the sending with an error; its exit says the rest.
    private func send(_ input: [UInt8]) {
        var rest = input[...]
        while !rest.isEmpty {
            // No signal: a child that has gone must not take the daemon with it.
            let count = rest.withUnsafeBytes {
                Glibc.send(number, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            if count < 0, errno != EINTR { break }
            rest = rest.dropFirst(max(0, count))
        }
        shutdown(number, Int32(SHUT_WR))
    }

    private func receive(limit: Int) -> [UInt8] {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 16 * 1024)
        while true {
            let count = recv(number, &buffer, buffer.count, 0)
            if count == 0 || (count < 0 && errno != EINTR) { return bytes }
            bytes += buffer.prefix(min(max(0, count), limit - bytes.count))
        }
    }

    private func onThread<Value: Sendable>(_ work: @escaping @Sendable () -> Value) async -> Value {
        await withCheckedContinuation { continuation in
            DispatchQueue(label: "etalond.command").async { continuation.resume(returning: work()) }
        }
    }
}
