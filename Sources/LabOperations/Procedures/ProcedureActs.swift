// SPDX-License-Identifier: Apache-2.0
package import APIContract
internal import Catalogue
internal import Digests
package import LabStore
package import LaboratoryModel
internal import Procedures

/// Reads a procedure file, compiles it and runs its worked examples; changes nothing.
package enum ProcedureCheck: Act {
    package static let name = "procedure.check"
    package static let roles = Set(Role.allCases)

    package static func perform(
        _ request: CheckProcedure, in setting: ActSetting, on database: isolated Transaction
    ) throws -> ProcedureOutcome {
        let version = try ProcedureUpload(request.file, request.text, on: database).version
        return ProcedureOutcome(version, state: "checked")
    }
}

/// Puts a version of a procedure in force from its first day on; the version before it ends the day before. Nothing is edited.
package enum ProcedureLoad: Act {
    package static let name = "procedure.load"
    package static let roles: Set<Role> = [.quality, .administrator]

    package static func perform(
        _ request: LoadProcedure, in setting: ActSetting, on database: isolated Transaction
    ) throws -> ProcedureOutcome {
        let upload = try ProcedureUpload(request.file, request.text, on: database)
        let version = upload.version
        let loaded = try database.only(
            Statements.procedureLoad, try CatalogueRow.types(version.newTypes), try CatalogueRow.procedure(version),
            request.file, SHA256.hex(request.text))
        if let (key, conflict) = Self.conflict(loaded, version) {
            throw ActError.invalid([InputFault(field: "\(request.file): \(key)", message: conflict)])
        }
        return ProcedureOutcome(version, state: loaded.state, closes: loaded.state == "loaded" ? loaded.closes : nil)
    }

    /// Why a version was not loaded: the key that would have to change, and how; nil where it was.
    private static func conflict(_ loaded: ProcedureLoadRow, _ version: ProcedureVersion) -> (key: String, BilingualSentence)? {
        let (other, day) = (loaded.closes ?? "", version.validity.from)
        let date = SentenceParts.vietnameseDay(day)
        return switch loaded.state {
        case "different":
            (
                "version",
                BilingualSentence(
                    vi: "\(other) từ ngày \(date) đã có với nội dung khác; phiên bản mới cần `version` và `valid_from` mới",
                    en:
                        "\(other) from \(day) is there with other content; a new version needs a `version` and a `valid_from` of its own"
                )
            )
        case "overlapping":
            (
                "valid_from",
                BilingualSentence(
                    vi: "\(other) đã có hiệu lực vào một số ngày từ \(date); hãy sửa `valid_from` hoặc `valid_to`",
                    en: "\(other) holds on some of the days from \(day) on; change `valid_from` or `valid_to`")
            )
        case "followed":
            (
                "valid_from",
                BilingualSentence(
                    vi: "đã có lần đo theo \(other) từ ngày \(date); `valid_from` phải sau các lần đo đó",
                    en: "work from \(day) on was recorded by \(other); `valid_from` must come after it")
            )
        case "other_type":
            (
                "instrument_types",
                BilingualSentence(
                    vi: "loại phương tiện đo `\(other)` đã có với tên hoặc lĩnh vực khác; hãy bỏ nó khỏi tệp này",
                    en: "instrument type `\(other)` is there with another name or family; leave it out of this file")
            )
        default: nil
        }
    }
}

/// A procedure file as it was sent, read and tried.
private struct ProcedureUpload {
    let version: ProcedureVersion

    /// - Throws: ``ActError/invalid(_:)`` with every finding: file, line, column, place and remedy.
    init(_ file: String, _ text: String, on database: isolated Transaction) throws {
        let read: ProcedureVersion
        do {
            read = try ProcedureFile.read(text, name: file)
        } catch {
            throw ActError.invalid(error.findings.map(InputFault.init))
        }
        let known = try database.all(
            Statements.instrumentTypesKnown, read.typeCodes.filter { code in !read.newTypes.contains { $0.code == code } })
        let missing = Set(read.typeCodes).subtracting(known.map(\.code)).subtracting(read.newTypes.map(\.code))
        guard missing.isEmpty else {
            let names = missing.sorted().map { "`\($0)`" }.joined(separator: ", ")
            throw ActError.invalid(
                "\(file): types", vi: "chưa có loại phương tiện đo \(names); hãy khai báo trong `instrument_types` của tệp này",
                en: "no instrument type \(names); describe it under `instrument_types` of this file")
        }
        version = read
    }
}

extension InputFault {
    /// A finding in a file, with its place as the field.
    fileprivate init(_ finding: CatalogueFinding) {
        let place = [finding.file] + [finding.line, finding.column].filter { $0 > 0 }.map(String.init)
        self.init(
            field: place.joined(separator: ":") + (finding.path.isEmpty ? "" : " \(finding.path)"),
            message: BilingualSentence(vi: finding.problem.vietnamese, en: finding.problem.sentence))
    }
}

extension ProcedureOutcome {
    fileprivate init(_ version: ProcedureVersion, state: String, closes: String? = nil) {
        self.init(
            code: version.code, version: version.version, validFrom: version.validity.from,
            sha256: SHA256.hex(version.canonicalText), points: version.content.points.count,
            results: version.content.results.count, examples: version.content.examples.count, state: state, closes: closes)
    }
}

/// Versions of procedures, newest first.
package enum ProcedureList: Question {
    package static let roles: Set<Role> = []

    package static func answer(
        _ parameters: (kind: String?, type: String?, on: String?), in setting: ActSetting, on database: isolated Transaction
    ) throws -> List<ProcedureSummary> {
        var check = InputCheck(today: setting.today)
        let day = parameters.on.map { "\(check.date("on", $0, future: true))" }
        try check.finish()
        return List(items: try database.all(Statements.procedureList, parameters.kind, parameters.type, day))
    }
}

/// A version of a procedure as it is in force on a day.
package enum ProcedureShow: Question {
    package static let roles: Set<Role> = []

    package static func answer(
        _ parameters: (code: String, on: String?), in setting: ActSetting, on database: isolated Transaction
    ) throws -> ProcedureView {
        var check = InputCheck(today: setting.today)
        let day = check.date("on", parameters.on, required: false, future: true)
        try check.finish()
        guard let row = try database.find(Statements.procedureView, parameters.code, "\(day)") else {
            throw ActError.notFound(thing: .procedure, name: parameters.code)
        }
        return ProcedureView(
            code: row.code, version: row.version, nameVi: row.nameVi, nameEn: row.nameEn, kind: row.kind, types: row.types,
            validFrom: row.validFrom, validTo: row.validTo, source: row.source, sha256: row.sha256,
            content: try StrictJSON.parse(Array(row.content.utf8)))
    }
}
