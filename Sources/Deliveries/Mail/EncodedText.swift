// SPDX-License-Identifier: Apache-2.0

/// Text and bytes in the ASCII forms that every mail system passes on unchanged.
enum EncodedText {
    /// The text of a header: itself when it is plain ASCII, else encoded words of at most 75 characters, folded.
    ///
    /// Control characters, line ends among them, become blanks, so that a text can never begin a header of its own.
    /// - Parameter prefix: characters that stand before it in its line.
    /// - Source: RFC 2047, encoding B.
    static func header(_ text: String, after prefix: Int = 20) -> String {
        let clean = singleLine(text)
        let isPlain = clean.utf8.allSatisfy { (32...126).contains($0) } && !clean.contains("=?") && clean.utf8.count <= 60
        if isPlain { return clean }
        var words: [String] = []
        var piece: [UInt8] = []
        for scalar in clean.unicodeScalars {
            let bytes = Array(String(scalar).utf8)
            // A line has at most 76 characters; 12 frame a word, and three bytes make four characters.
            let room = (76 - 12 - (words.isEmpty ? prefix : 1)) / 4 * 3
            if piece.count + bytes.count > room {
                words.append(encodedWord(piece))
                piece = []
            }
            piece += bytes
        }
        if !piece.isEmpty { words.append(encodedWord(piece)) }
        return words.joined(separator: "\r\n ")
    }

    /// Name and address as `From` and `To` show them.
    static func mailbox(_ name: String, _ address: String) -> String {
        let clean = singleLine(name)
        if clean.isEmpty { return address }
        let isAtoms = clean.utf8.allSatisfy { ($0 >= 48 && $0 <= 57) || ($0 | 32 >= 97 && $0 | 32 <= 122) || $0 == 32 }
        if isAtoms, clean.utf8.count <= 60 { return "\(clean) <\(address)>" }
        return words(clean) + "\r\n <\(address)>"
    }

    /// Encoded words whatever the text is: quotes and commas of a name would mean something else.
    private static func words(_ text: String) -> String {
        let encoded = header(text, after: 10)
        return encoded.hasPrefix("=?") ? encoded : encodedWord(Array(text.utf8))
    }

    /// The text in one line without control characters.
    static func singleLine(_ text: String) -> String {
        var output = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            let isControl = scalar.value < 32 || (127...159).contains(scalar.value) || [0x2028, 0x2029].contains(scalar.value)
            output.append(isControl ? " " : scalar)
        }
        return String(output)
    }

    private static func encodedWord(_ bytes: [UInt8]) -> String { "=?UTF-8?B?\(base64(bytes))?=" }

    /// Quoted-printable lines ended by CRLF, 76 characters at most.
    /// - Source: RFC 2045 section 6.7.
    static func quotedPrintable(_ text: String) -> String {
        var output: [UInt8] = []
        var unified: [UInt8] = []
        var isAfterReturn = false
        for byte in text.utf8 {
            if !(byte == 10 && isAfterReturn) { unified.append(byte == 13 ? 10 : byte) }
            isAfterReturn = byte == 13
        }
        var lines = unified.split(separator: 10, omittingEmptySubsequences: false)
        if lines.last?.isEmpty == true { lines.removeLast() }
        for line in lines {
            var width = 0
            for (offset, byte) in line.enumerated() {
                let isLast = offset == line.count - 1
                let isLiteral = (33...126).contains(byte) && byte != 61 || (byte == 32 || byte == 9) && !isLast
                let length = isLiteral ? 1 : 3
                if width + length > 75 {
                    output += [61, 13, 10]
                    width = 0
                }
                if isLiteral { output.append(byte) } else { output += [61, hex[Int(byte >> 4)], hex[Int(byte & 15)]] }
                width += length
            }
            output += [13, 10]
        }
        return String(decoding: output, as: UTF8.self)
    }

    private static let hex = Array("0123456789ABCDEF".utf8)
    private static let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    /// Base 64 in one line.
    /// - Source: RFC 4648 section 4.
    static func base64(_ bytes: some Collection<UInt8>) -> String {
        var output: [UInt8] = []
        output.reserveCapacity(bytes.count / 3 * 4 + 4)
        var (store, bits) = (UInt32(0), 0)
        for byte in bytes {
            store = store << 8 | UInt32(byte)
            bits += 8
            while bits >= 6 {
                bits -= 6
                output.append(letters[Int(store >> UInt32(bits) & 63)])
            }
        }
        if bits > 0 { output.append(letters[Int(store << UInt32(6 - bits) & 63)]) }
        while output.count % 4 != 0 { output.append(61) }
        return String(decoding: output, as: UTF8.self)
    }

    /// Bytes of base 64, white space let be; nil where anything else stands in it.
    static func bytes(base64 text: some Sequence<UInt8>) -> [UInt8]? {
        var output: [UInt8] = []
        var (store, bits, padding) = (UInt32(0), 0, 0)
        for byte in text where ![9, 10, 13, 32].contains(byte) {
            if byte == 61 {
                padding += 1
                continue
            }
            guard padding == 0, let value = letters.firstIndex(of: byte) else { return nil }
            store = store << 6 | UInt32(value)
            bits += 6
            if bits >= 8 {
                bits -= 8
                output.append(UInt8(truncatingIfNeeded: store >> UInt32(bits)))
            }
        }
        return bits == 6 || padding > 2 ? nil : output
    }

    /// Base 64 in lines of 76 characters ended by CRLF, as bodies hold it.
    static func base64Lines(_ bytes: [UInt8]) -> String {
        var output = ""
        var start = 0
        while start < bytes.count {
            let end = min(start + 57, bytes.count)
            output += base64(bytes[start..<end]) + "\r\n"
            start = end
        }
        return output
    }

    /// A parameter of a header; names of files may have letters of any alphabet.
    /// - Source: RFC 2231 section 4.
    static func parameter(_ name: String, _ value: String) -> String {
        let clean = singleLine(value)
        let isPlain = clean.utf8.allSatisfy { (32...126).contains($0) && $0 != 34 && $0 != 92 } && clean.utf8.count <= 60
        if isPlain { return "\(name)=\"\(clean)\"" }
        var encoded: [UInt8] = []
        for byte in clean.utf8 {
            let isSafe =
                (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte) || [45, 46, 95].contains(byte)
            if isSafe { encoded.append(byte) } else { encoded += [37, hex[Int(byte >> 4)], hex[Int(byte & 15)]] }
        }
        return "\(name)*=UTF-8''\(String(decoding: encoded, as: UTF8.self))"
    }
}
