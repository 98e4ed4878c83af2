// SPDX-License-Identifier: Apache-2.0
internal import Digests
internal import LabStore

/// A file of a run on its way into the database: in parts, hashed as it comes, so that its length does not matter.
struct DueRunParts {
    /// Bytes of a part; the last one may be shorter, and any may be longer by what was added at once.
    static let partSize = 512 * 1024

    private let run: String
    private let name: String
    private let digest: SHA256Stream
    private var buffer: [UInt8] = []
    private var parts = 0
    private var length = 0

    /// A file still empty.
    init(run: String, name: String) throws {
        (self.run, self.name) = (run, name)
        digest = try SHA256Stream()
        buffer.reserveCapacity(Self.partSize + 64 * 1024)
    }

    /// Adds bytes by writing them into the buffer.
    mutating func append(_ write: (inout [UInt8]) -> Void) { write(&buffer) }

    /// Stores what has come together, when it is enough for a part.
    mutating func storeFullPart(on database: isolated Transaction) throws {
        if buffer.count >= Self.partSize { try store(on: database) }
    }

    /// Stores the rest, and the file's own row.
    /// - Returns: SHA-256 of the whole file.
    mutating func finish(engine: String? = nil, on database: isolated Transaction) throws -> String {
        if !buffer.isEmpty || parts == 0 { try store(on: database) }
        let sha256 = digest.hex()
        try database.run(Statements.dueRunFileAdd, run, name, length, sha256, engine)
        return sha256
    }

    /// Stores a file that lies elsewhere, piece by piece.
    /// - Parameter next: gives the next piece; nil or nothing at the end.
    static func store(
        run: String, name: String, engine: String?, on database: isolated Transaction, next: () throws -> [UInt8]?
    ) throws -> String {
        var parts = try DueRunParts(run: run, name: name)
        while let piece = try next(), !piece.isEmpty {
            parts.append { $0 += piece }
            try parts.storeFullPart(on: database)
        }
        return try parts.finish(engine: engine, on: database)
    }

    private mutating func store(on database: isolated Transaction) throws {
        parts += 1
        length += buffer.count
        digest.update(buffer)
        try database.run(Statements.dueRunPartAdd, run, name, parts, buffer)
        buffer.removeAll(keepingCapacity: true)
    }
}
