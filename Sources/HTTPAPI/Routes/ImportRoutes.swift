// SPDX-License-Identifier: Apache-2.0
internal import APIContract
internal import HTTPTypes
internal import Hummingbird
internal import LabOperations
internal import LaboratoryModel
internal import NIOCore

extension LaboratoryRoutes {
    /// The largest file to be imported, in bytes.
    static let largestImport = 64 << 20

    func addImports(to section: RouteSection) {
        let laboratory = laboratory
        var upload = Operation(
            method: .post, path: Paths.v1 + "/imports/{kind}", id: "importFile", tag: section.tag,
            summary: "Judges every row of a CSV file, and adds all of them or none.",
            access: .roles(Set(ImportKind.allCases.flatMap(\.roles)).sorted { $0.rawValue < $1.rawValue }),
            query: [.flag("apply")], request: .file("text/csv"),
            answers: [
                Operation.Answer(
                    status: 200, meaning: "The verdicts.", contents: [.json(JSONSchema(of: ImportReport.self))])
            ], act: "import")
        upload.pathSchemas = Self.importKinds
        route(upload, section) { call, query in
            let kind = try call.importKind
            let caller = try call.laboratoryCaller
            // Asked before the body is read, so that nobody sends 64 MiB for a refusal.
            guard !kind.roles.isDisjoint(with: caller.roles) else { throw ActError.notPermitted(needs: Array(kind.roles)) }
            let apply = try query.flag("apply")
            let key = try call.idempotencyKey()?.value
            var content: [UInt8] = []
            for try await piece in try call.stream(types: ["text/csv"], upTo: Self.largestImport) {
                content.append(contentsOf: piece.readableBytesView)
            }
            let done = try await laboratory.importFile(
                kind, ImportFile(content: content, apply: apply), by: caller,
                fingerprint: call.fingerprint(of: JSONBody(bytes: content)), key: key)
            return Reply.json(bytes: done.body, replayed: done.repeated)
        }
        var example = Operation(
            file: Wire.csv, Paths.v1 + "/imports/{kind}/example", id: "importExample", tag: section.tag,
            summary: "Gives a file with the columns and two rows, as a template.")
        example.pathSchemas = Self.importKinds
        route(example, section) { call, _ in
            let kind = try call.importKind
            return Reply.file(Array(kind.example.utf8), type: Wire.csv, name: "\(kind.rawValue).csv")
        }
    }

    private static let importKinds = ["kind": JSONSchema.words(ImportKind.allCases.map(\.rawValue))]
}

extension Call {
    /// What the file of an import holds, by the path.
    fileprivate var importKind: ImportKind {
        get throws {
            let name = try pathText("kind")
            guard let kind = ImportKind(rawValue: name) else { throw ActError.notFound(thing: .importKind, name: name) }
            return kind
        }
    }
}
