// SPDX-License-Identifier: Apache-2.0
import CLibCrypto

/// SHA-256 (FIPS 180-4) of bytes, by the system's libcrypto.
package enum SHA256 {
    /// Digest of some bytes.
    /// - Returns: 32 bytes.
    package static func digest(_ bytes: some Sequence<UInt8>) -> [UInt8] {
        let input = Array(bytes)
        var output = [UInt8](repeating: 0, count: 32)
        _ = CLibCrypto.SHA256(input, input.count, &output)
        return output
    }

    /// Digest as 64 lower-case hexadecimal digits.
    package static func hex(_ bytes: some Sequence<UInt8>) -> String {
        hexadecimal(digest(bytes))
    }

    /// Keyed digest (HMAC, RFC 2104) of some bytes.
    /// - Returns: 32 bytes.
    package static func authentication(of bytes: [UInt8], key: [UInt8]) -> [UInt8] {
        var output = [UInt8](repeating: 0, count: 32)
        var length: UInt32 = 32
        _ = HMAC(EVP_sha256(), key, Int32(key.count), bytes, bytes.count, &output, &length)
        return output
    }

    /// Digest of a text's UTF-8 bytes as 64 lower-case hexadecimal digits.
    package static func hex(_ text: String) -> String {
        hex(text.utf8)
    }
}

/// SHA-256 of bytes that come in pieces.
package final class SHA256Stream {
    private let context: OpaquePointer

    /// A digest of nothing yet.
    /// - Throws: ``DigestError/outOfMemory`` when libcrypto has no room.
    package init() throws(DigestError) {
        guard let context = EVP_MD_CTX_new() else { throw .outOfMemory }
        guard EVP_DigestInit_ex(context, EVP_sha256(), nil) == 1 else {
            EVP_MD_CTX_free(context)
            throw .outOfMemory
        }
        self.context = context
    }

    deinit { EVP_MD_CTX_free(context) }

    /// Takes the next bytes.
    package func update(_ bytes: [UInt8]) {
        EVP_DigestUpdate(context, bytes, bytes.count)
    }

    /// The digest of all bytes as 64 lower-case hexadecimal digits; nothing may be added afterwards.
    package func hex() -> String {
        var output = [UInt8](repeating: 0, count: 32)
        EVP_DigestFinal_ex(context, &output, nil)
        return hexadecimal(output)
    }
}

/// Bytes as lower-case hexadecimal digits.
package func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
    let digits = Array("0123456789abcdef".utf8)
    var text: [UInt8] = []
    for byte in bytes {
        text.append(digits[Int(byte >> 4)])
        text.append(digits[Int(byte & 15)])
    }
    return String(decoding: text, as: UTF8.self)
}

/// Random bytes and codes from the system's cryptographic generator.
package enum RandomCode {
    /// Cryptographically random bytes.
    /// - Throws: ``DigestError/noRandomness`` when the system's generator fails.
    package static func bytes(_ count: Int) throws(DigestError) -> [UInt8] {
        var output = [UInt8](repeating: 0, count: count)
        guard RAND_bytes(&output, Int32(count)) == 1 else { throw .noRandomness }
        return output
    }

    /// A code people can read aloud: letters and digits without I, L, O, U (Crockford's base 32), 5 random bits each.
    /// - Parameter length: characters, 12 give 60 bits.
    package static func readable(length: Int) throws(DigestError) -> String {
        let letters = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ".utf8)
        return String(decoding: try bytes(length).map { letters[Int($0 & 31)] }, as: UTF8.self)
    }
}

/// What can go wrong in libcrypto.
package enum DigestError: Error, Equatable {
    /// The random generator of the system gave nothing.
    case noRandomness
    /// The key derivation failed (out of memory).
    case derivationFailed
    /// A digest could not be begun.
    case outOfMemory
}

/// A personal secret kept as scrypt (RFC 7914), `N = 2^14, r = 8, p = 1`, 16 bytes of salt, 32 bytes of key.
package struct ScryptHash: Sendable, Equatable {
    /// `scrypt$16384$8$1$SALT$KEY`, salt and key in hexadecimal.
    package let text: String

    private static let cost: UInt64 = 16_384

    /// Hash of a new secret under fresh salt.
    package init(of secret: String) throws(DigestError) {
        let salt = try RandomCode.bytes(16)
        let key = try Self.derive(secret, salt: salt)
        text = "scrypt$16384$8$1$\(hexadecimal(salt))$\(hexadecimal(key))"
    }

    /// A stored hash.
    package init(stored: String) {
        text = stored
    }

    /// Whether a secret is the one hashed; compared in constant time.
    package func matches(_ secret: String) throws(DigestError) -> Bool {
        let parts = text.split(separator: "$")
        guard parts.count == 6, parts[0] == "scrypt", parts[1] == "16384", parts[2] == "8", parts[3] == "1" else { return false }
        let key = try Self.derive(secret, salt: Self.bytes(hexadecimal: parts[4]))
        let stored = Self.bytes(hexadecimal: parts[5])
        return key.count == stored.count && CRYPTO_memcmp(key, stored, key.count) == 0
    }

    private static func derive(_ secret: String, salt: [UInt8]) throws(DigestError) -> [UInt8] {
        var key = [UInt8](repeating: 0, count: 32)
        let secretBytes = secret.utf8.map { CChar(bitPattern: $0) }
        guard
            EVP_PBE_scrypt(
                secretBytes, secretBytes.count, salt, salt.count, cost, 8, 1, 64 << 20, &key, key.count) == 1
        else { throw .derivationFailed }
        return key
    }

    private static func bytes(hexadecimal text: Substring) -> [UInt8] {
        var result: [UInt8] = []
        var rest = text[...]
        while rest.count >= 2 {
            guard let byte = UInt8(rest.prefix(2), radix: 16) else { return [] }
            result.append(byte)
            rest = rest.dropFirst(2)
        }
        return result
    }
}
