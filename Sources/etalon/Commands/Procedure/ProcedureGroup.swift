// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// Procedures as data: what is checked, read, computed and judged.
struct ProcedureGroup: ParsableCommand {
    static let configuration = CommandConfiguration.group(
        "procedure", "Quy trình kiểm định, hiệu chuẩn", "Verification and calibration procedures",
        [ProcedureList.self, ProcedureShow.self, ProcedureValidate.self, ProcedureLoad.self])
}
