// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// Shows the version of a procedure in force on a day.
struct ProcedureShow: Verb {
    static let example = "etalon procedure show DLVN-10 --on 2017-06-30"
    static let configuration = described(
        "show", "Xem phiên bản quy trình có hiệu lực vào một ngày", "Shows the version of a procedure in force on a day")

    @OptionGroup var global: GlobalOptions
    @Argument(help: .both("Mã quy trình", "Code of the procedure")) var code: String
    @Option(help: .both("Ngày; mặc định hôm nay", "Day; today when absent")) var on: String?

    func perform(_ session: Session) async throws {
        try session.show(
            record: try await session.get("/procedures/\(step(code))", ["on": on]), ProcedureTables.version,
            [ProcedureTables.points, ProcedureTables.results, ProcedureTables.steps])
    }
}
