// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Glibc

/// Reads a PIN: from a file, or from the terminal without echo.
enum PersonalSecret {
    /// The PIN in a file, else the one typed at the terminal.
    ///
    /// - Throws: ``TransportError/fileUnreadable(_:why:)``; ``Failure`` without a terminal.
    static func read(file: String?, prompt: Bilingual, _ session: Session) throws -> String {
        if let file { return firstLine(try WrittenFile.contents(file)) }
        guard let secret = typed(prompt[session.language]) else { throw Failure(Phrase.noTerminal) }
        return secret
    }

    private static func firstLine(_ bytes: [UInt8]) -> String {
        String(decoding: bytes.prefix { $0 != 0x0A && $0 != 0x0D }, as: UTF8.self)
    }

    /// What is typed at the controlling terminal, not shown there; `nil` without a terminal or at its end.
    private static func typed(_ prompt: String) -> String? {
        let terminal = open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY)
        guard terminal >= 0 else { return nil }
        defer { close(terminal) }
        var shown = termios()
        guard tcgetattr(terminal, &shown) == 0 else { return nil }
        var hidden = shown
        hidden.c_lflag &= ~tcflag_t(ECHO)
        guard tcsetattr(terminal, TCSAFLUSH, &hidden) == 0 else { return nil }
        defer {
            tcsetattr(terminal, TCSAFLUSH, &shown)
            Presentation.write("\n", to: terminal)
        }
        Presentation.write(prompt + ": ", to: terminal)
        var line: [UInt8] = []
        var byte: UInt8 = 0
        while line.count < 1024 {
            let count = Glibc.read(terminal, &byte, 1)
            if count < 0, errno == EINTR { continue }
            guard count == 1 else { return line.isEmpty ? nil : String(decoding: line, as: UTF8.self) }
            if byte == 0x0A { break }
            line.append(byte)
        }
        return String(decoding: line, as: UTF8.self)
    }
}
