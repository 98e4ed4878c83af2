// SPDX-License-Identifier: Apache-2.0

import APIContract
import ArgumentParser

/// Checks a procedure file: every fault with file, line, column and remedy; its worked examples are run.
struct ProcedureValidate: Verb {
    static let example = "etalon procedure validate Examples/procedures/torque-wrench.yaml"
    static let configuration = described(
        "validate", "Kiểm tra tệp quy trình: mọi lỗi với dòng, cột và cách sửa; chạy các ví dụ",
        "Checks a procedure file: every fault with line, column and remedy; runs its examples")

    @OptionGroup var global: GlobalOptions
    @Argument(help: .both("Tệp YAML; - là đầu vào chuẩn", "YAML file; - is standard input")) var file: String

    func perform(_ session: Session) async throws {
        let text = try ProcedureText.read(file)
        let answer = try await session.post("/procedure-checks", CheckProcedure(file: file, text: text))
        try session.show(record: answer, ProcedureTables.outcome)
    }
}
