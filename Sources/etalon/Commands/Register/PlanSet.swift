// SPDX-License-Identifier: Apache-2.0

import APIContract
import ArgumentParser

/// Sets the plan of a year as a new version.
struct PlanSet: Verb {
    static let example = "etalon plan set 2018 --samples 13500 --decision 05/QĐ-SKHCN --decided-on 2018-01-05"
    static let configuration = described("set", "Đặt kế hoạch năm", "Sets the plan of a year")

    @OptionGroup var global: GlobalOptions
    @Argument(help: .both("Năm", "Year")) var year: Int
    @Option(help: .both("Số mẫu", "Samples")) var samples: Int
    @Option(help: .both("Số quyết định", "Number of the decision")) var decision: String
    @Option(help: .both("Ngày quyết định", "Day of the decision")) var decidedOn: String

    func perform(_ session: Session) async throws {
        let body = SetYearPlan(year: year, samples: samples, decision: decision, decidedOn: decidedOn)
        try session.show(record: try await session.post("/plans", body), PartyTables.acknowledgement)
    }
}
