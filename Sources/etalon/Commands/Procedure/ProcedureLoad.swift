// SPDX-License-Identifier: Apache-2.0

import APIContract
import ArgumentParser

/// Puts a version of a procedure in force from its first day on.
struct ProcedureLoad: Verb {
    static let example = "etalon procedure load Examples/procedures/torque-wrench.yaml"
    static let configuration = described(
        "load", "Đưa một phiên bản quy trình vào hiệu lực; phiên bản trước kết thúc hôm trước",
        "Puts a version of a procedure in force; the one before it ends the day before")

    @OptionGroup var global: GlobalOptions
    @Argument(help: .both("Tệp YAML; - là đầu vào chuẩn", "YAML file; - is standard input")) var file: String

    func perform(_ session: Session) async throws {
        let text = try ProcedureText.read(file)
        let answer = try await session.post("/procedures", LoadProcedure(file: file, text: text))
        try session.show(record: answer, ProcedureTables.outcome)
    }
}
