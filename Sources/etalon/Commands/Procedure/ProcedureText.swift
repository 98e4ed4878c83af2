// SPDX-License-Identifier: Apache-2.0

/// The text of a procedure file before it is sent.
enum ProcedureText {
    /// Bytes that a file may have: no procedure needs a tenth of it, and the daemon takes a body of one mebibyte.
    static let greatest = 500_000

    /// Reads a file.
    ///
    /// - Throws: ``Failure`` that names the file: unreadable, too large, or not UTF-8.
    static func read(_ file: String) throws -> String {
        let bytes = try WrittenFile.contents(file)
        guard bytes.count <= greatest else {
            throw Failure(Phrase.procedureTooLarge.filled(["file": file, "count": "\(bytes.count)", "greatest": "\(greatest)"]))
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw Failure(Phrase.notUTF8.filled(["file": file]))
        }
        return text
    }
}
