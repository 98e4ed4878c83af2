// SPDX-License-Identifier: Apache-2.0

import APIContract

/// Whether work may be done: card, designation, standards, procedure on the day.
struct GateQuestion {
    let instrument: String
    let kind: String
    let mode: String?
    let procedure: String
    let workedOn: String?
    let verifier: String?
    let standards: [String]

    /// The question before a record is made.
    init(_ request: RecordMeasurement) {
        (instrument, kind, mode) = (request.instrument, request.kind, request.mode)
        // The daemon takes an absent day for today, but not an empty one.
        (procedure, workedOn) = (request.procedure, request.workedOn.isEmpty ? nil : request.workedOn)
        (verifier, standards) = (request.measuredBy, request.standards)
    }

    /// Every reason why not; empty when nothing stands in the way.
    func reasons(_ session: Session) async throws -> [ReasonView] {
        try session.read(List<ReasonView>.self, try await answer(session)).items
    }

    /// Shows the reasons; exit code 1 when there is one.
    func show(_ session: Session) async throws {
        let answer = try await answer(session)
        let isOpen = try session.read(List<ReasonView>.self, answer).items.isEmpty
        if isOpen, session.presentation.format == .table {
            return session.output(Phrase.gateOpen[session.language] + "\n")
        }
        try session.show(list: answer, session.reasonColumns)
        if !isOpen { throw end(.refused) }
    }

    private func answer(_ session: Session) async throws -> [UInt8] {
        try await session.get(
            "/gate",
            [
                "instrument": instrument, "kind": kind, "mode": mode, "procedure": procedure, "worked_on": workedOn,
                "verifier": verifier, "standards": standards.isEmpty ? nil : standards.joined(separator: ","),
            ])
    }
}

extension Session {
    /// The columns of reasons, in the language of the run.
    var reasonColumns: [Column] {
        [
            Column(language.rawValue, vi: "Lý do", en: "Reason"), Column("clause", vi: "Điều khoản", en: "Clause", .citation),
            Column("code", vi: "Mã", en: "Code"),
        ]
    }
}
