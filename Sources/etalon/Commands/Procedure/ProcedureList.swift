// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// Lists versions of procedures.
struct ProcedureList: Verb {
    static let example = "etalon procedure list --kind verification --on 2017-06-30"
    static let configuration = described(
        "list", "Liệt kê các phiên bản quy trình", "Lists versions of procedures")

    @OptionGroup var global: GlobalOptions
    @Option(help: "verification, calibration, test") var kind: String?
    @Option(help: .both("Mã loại phương tiện đo", "Code of an instrument type")) var type: String?
    @Option(help: .both("Chỉ phiên bản có hiệu lực ngày này", "Only versions in force on this day")) var on: String?

    func perform(_ session: Session) async throws {
        try session.show(
            list: try await session.get("/procedures", ["kind": kind, "type": type, "on": on]), ProcedureTables.versions)
    }
}
