// SPDX-License-Identifier: Apache-2.0
internal import APIContract
internal import Hummingbird
internal import LabOperations
internal import LaboratoryModel
internal import NIOCore

extension LaboratoryRoutes {
    /// The largest file to be imported, in bytes.
    static let largestImport = 64 << 20

    func addImports(to group: RouterGroup<APIContext>) {
        let laboratory = laboratory
        group.handle(.post, "/imports/{kind}") { call in
            let kind = try call.importKind
            let caller = try call.laboratoryCaller
            // Asked before the body is read, so that nobody sends 64 MiB for a refusal.
            guard !kind.roles.isDisjoint(with: caller.roles) else { throw ActError.notPermitted(needs: Array(kind.roles)) }
            let apply = try call.query("apply").flag("apply")
            let key = try call.idempotencyKey()?.value
            var content: [UInt8] = []
            for try await piece in try call.stream(types: ["text/csv"], upTo: Self.largestImport) {
                content.append(contentsOf: piece.readableBytesView)
            }
            let done = try await laboratory.importFile(
                kind, ImportFile(content: content, apply: apply), by: caller,
                fingerprint: call.fingerprint(of: JSONBody(bytes: content)), key: key)
            return Reply.json(bytes: done.body)
        }
        group.handle(.get, "/imports/{kind}/example") { call in
            let kind = try call.importKind
            return Reply.file(Array(kind.example.utf8), type: "text/csv; charset=utf-8", name: "\(kind.rawValue).csv")
        }
    }
}

extension Call {
    /// What the file of an import holds, by the path.
    fileprivate var importKind: ImportKind {
        get throws {
            let name = try pathText("kind")
            guard let kind = ImportKind(rawValue: name) else { throw ActError.notFound(thing: "import", name: name) }
            return kind
        }
    }
}
