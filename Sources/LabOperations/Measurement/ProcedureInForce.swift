// SPDX-License-Identifier: Apache-2.0
internal import FoundationEssentials
internal import LabStore
internal import LaboratoryModel
internal import Procedures
internal import Synchronization

/// Procedures made ready for evaluation, kept by the hash of their content: a version never changes.
enum ProcedureInForce {
    private static let known = Mutex<[String: CompiledProcedure]>([:])

    /// A stored version, made ready.
    ///
    /// - Parameters:
    ///   - content: The version's canonical JSON.
    ///   - sha256: Its hash.
    /// - Throws: ``Procedures/ProcedureFaults`` or the decoder's error, where the content was not loaded by this program.
    static func compiled(_ content: String, sha256: String) throws -> CompiledProcedure {
        if let found = known.withLock({ $0[sha256] }) { return found }
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        let compiled = try CompiledProcedure(decoder.decode(Procedure.self, from: Data(content.utf8)))
        known.withLock { $0[sha256] = compiled }
        return compiled
    }
}

extension GateProcedure {
    /// The version made ready.
    func compiled() throws -> CompiledProcedure {
        try ProcedureInForce.compiled(content, sha256: sha256)
    }
}

extension Procedure {
    /// A step by its code, with its name.
    func step(_ code: String) -> CodedName { steps.first { $0.code == code }?.name ?? CodedName(code) }
}
