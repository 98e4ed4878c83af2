// SPDX-License-Identifier: Apache-2.0
internal import FoundationEssentials

/// Writes payloads of one kind as JSON, with the version of their form where it is not the first.
struct PayloadWriter {
    /// Name of the version in a payload.
    private static let member = "\"$v\""

    private let encoder = JSONEncoder()
    private let version: Int

    init(_ kind: JobKind) {
        version = kind.payloadVersion
        encoder.keyEncodingStrategy = .convertToSnakeCase
        encoder.outputFormatting = .withoutEscapingSlashes
    }

    /// The payload as JSON.
    ///
    /// - Throws: `EncodingError` for what JSON cannot hold, and for a payload of a later version that is no object.
    func text(_ payload: some Encodable) throws -> String {
        let text = String(decoding: try encoder.encode(payload), as: UTF8.self)
        guard version > 1 else { return text }
        guard text.hasPrefix("{") else {
            throw EncodingError.invalidValue(payload, .init(codingPath: [], debugDescription: "no object, so it has no version"))
        }
        return "{\(Self.member):\(version)\(text == "{}" ? "" : ",")\(text.dropFirst())"
    }

    private struct Version: Decodable {
        let number: Int

        enum CodingKeys: String, CodingKey {
            case number = "$v"
        }
    }

    /// The version that a payload states, or 1; without a decoder where there is none, which is nearly always.
    static func version(of payload: String) -> Int {
        let states = payload.utf8.withContiguousStorageIfAvailable { bytes in
            bytes.indices.dropFirst().dropLast(2).contains {
                bytes[$0] == UInt8(ascii: "$") && bytes[$0 - 1] == UInt8(ascii: "\"") && bytes[$0 + 1] == UInt8(ascii: "v")
                    && bytes[$0 + 2] == UInt8(ascii: "\"")
            }
        }
        guard states ?? true else { return 1 }
        // A text further inside the payload may look like it; then there is none.
        return (try? JSONDecoder().decode(Version.self, from: Data(payload.utf8)))?.number ?? 1
    }
}
