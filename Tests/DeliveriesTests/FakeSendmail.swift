// SPDX-License-Identifier: Apache-2.0
import Foundation

/// A program `sendmail` of a test: it keeps what it is called with and what it is given, and ends as it is told.
struct FakeSendmail: Sendable {
    let folder: URL

    /// How it behaves.
    enum Manner: String, Sendable {
        /// Takes the mail over.
        case takes
        /// Says that it cannot now.
        case later = "exit 75"
        /// Says that there is no such user.
        case refuses = "exit 67"
        /// Says something that sysexits does not know.
        case strange = "exit 3"
        /// Takes the mail over and does not end.
        case takesAndHangs = "exec sleep 600"
        /// Takes the mail over and is killed.
        case takesAndDies = "kill -9 $$"
        /// Takes every mail over and kills the daemon that called at every fifth, before it can write anything down. The place of
        /// its own call decides, not how many there are by then: of several at a time, one is the fifth.
        case takesAndKillsDaemon = """
            place=$(grep -nF -- "$*" calls | tail -n 1 | cut -d: -f1)
            [ $((place % 5)) -ne 0 ] || kill -9 $PPID
            exit 0
            """
        /// Says very much and takes the mail over.
        case chatters = "head -c 3000000 /dev/zero | tr '\\0' x; exit 0"
    }

    init() throws {
        folder = URL(filePath: "/tmp/etalon-sendmail-\(UUID().uuidString.prefix(8))")
        try FileManager.default.createDirectory(at: folder.appending(path: "spool"), withIntermediateDirectories: true)
        try behave(.takes)
    }

    func behave(_ manner: Manner) throws {
        let takes = ![.later, .refuses, .strange].contains(manner)
        let script = """
            #!/bin/sh
            # SPDX-License-Identifier: Apache-2.0
            cd \(folder.path)
            printf '%s\\n' "$*" >> calls
            \(takes ? "cat > spool/$$.part && mv spool/$$.part spool/$$.eml" : "cat > /dev/null; echo the mailbox sleeps >&2")
            \(manner == .takes ? "exit 0" : manner.rawValue)
            """
        // A program that runs cannot be written over; the new one takes its name.
        let next = folder.appending(path: "next").path
        try Data(script.utf8).write(to: URL(filePath: next))
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: next)
        guard rename(next, path) == 0 else { throw CocoaError(.fileWriteUnknown) }
    }

    var path: String { folder.appending(path: "sendmail").path }

    /// Mails taken over.
    var mails: [String] {
        get throws {
            let spool = folder.appending(path: "spool")
            return try FileManager.default.contentsOfDirectory(atPath: spool.path).filter { $0.hasSuffix(".eml") }
                .map { try String(contentsOf: spool.appending(path: $0), encoding: .utf8) }
        }
    }

    /// Arguments of each call.
    var calls: [String] {
        let text = FileManager.default.contents(atPath: folder.appending(path: "calls").path) ?? Data()
        return String(decoding: text, as: UTF8.self).split(separator: "\n").map(String.init)
    }

    /// The Message-ID of each mail taken over.
    var identities: [String] {
        get throws {
            try mails.flatMap { $0.split(separator: "\n").filter { $0.hasPrefix("Message-ID: ") }.map(String.init) }
        }
    }

    func remove() {
        // Nothing of it is needed any more, and /tmp is cleaned in any case.
        try? FileManager.default.removeItem(at: folder)
    }
}
