// SPDX-License-Identifier: Apache-2.0
package import APIContract
package import LaboratoryModel
internal import LabOperations

extension Problem {
    /// What an error of the laboratory is to the caller; nil for a fault.
    package init?(of error: any Error) {
        guard let error = error as? ActError else { return nil }
        self.init(error)
    }

    /// The one place where an act's error becomes a status and a type.
    package init(_ error: ActError) {
        switch error {
        case .invalid(let faults):
            let first = faults.first
            self.init(
                .invalidField, vi: Self.listed(faults, \.vi), en: Self.listed(faults, \.en), field: first?.field,
                // One fault is said once, in the detail; the list is for several.
                reasons: faults.count < 2
                    ? nil : faults.map { ReasonView(code: "invalid", vi: $0.message.vi, en: $0.message.en, field: $0.field) })
        case .refused(let reasons):
            self.init(refusal: reasons.map(ReasonView.init))
        case .refusedAfterwards(let reasons):
            self.init(refusal: reasons.map { ReasonView(code: $0.code, clause: $0.clause, vi: $0.text.vi, en: $0.text.en) })
        case .notFound(let thing, let name, let field):
            self.init(
                .notFound, vi: "không có \(thing.noun.vi) “\(name)”", en: "there is no \(thing.noun.en) “\(name)”",
                field: field ?? thing.rawValue)
        case .notPermitted(let roles):
            let names = roles.map(\.name)
            self.init(
                .notPermitted, vi: "cần một trong các vai trò: \(names.map(\.vi).joined(separator: ", "))",
                en: "needs one of the roles: \(names.map(\.en).joined(separator: ", "))")
        case .conflict(let text):
            self.init(.conflict, vi: text.vi, en: text.en)
        case .staleRevision:
            self.init(
                .versionMismatch, vi: "mục này đã được sửa từ lúc bạn đọc; hãy đọc lại",
                en: "it was changed since you read it; read it again")
        case .keyReused:
            self.init(
                .idempotencyKeyReused, vi: "Idempotency-Key này đã dùng cho yêu cầu khác",
                en: "this Idempotency-Key came with another request before", field: "Idempotency-Key")
        case .unavailable(let text):
            self.init(.unavailable, vi: text.vi, en: text.en)
        }
    }

    /// One reason is the detail itself; several are counted there and said one by one.
    private init(refusal reasons: [ReasonView]) {
        let only = reasons.count == 1 ? reasons.first : nil
        self.init(
            .refused, vi: only?.vi ?? "có \(reasons.count) lý do không cho phép",
            en: only?.en ?? "\(reasons.count) reasons stand against it", reasons: reasons)
    }

    private static func listed(_ faults: [InputFault], _ language: KeyPath<BilingualSentence, String>) -> String {
        let shown = faults.prefix(20).map { fault in
            fault.field.isEmpty ? fault.message[keyPath: language] : "\(fault.field): \(fault.message[keyPath: language])"
        }
        return shown.joined(separator: "; ") + (faults.count > 20 ? "; … (\(faults.count))" : "")
    }
}
