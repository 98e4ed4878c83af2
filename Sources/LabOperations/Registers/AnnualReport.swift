// SPDX-License-Identifier: Apache-2.0
package import APIContract
package import LabStore
package import LaboratoryModel

/// The annual report of a year, every figure counted from the records as of a cut-off date.
package enum AnnualReport: Question {
    package static let roles: Set<Role> = []

    package static func answer(
        _ parameters: (year: Int, asOf: String?), in setting: ActSetting, on database: isolated Transaction
    ) throws -> AnnualReportView {
        var check = InputCheck(today: setting.today)
        if !(2000...2100).contains(parameters.year) {
            check.fault("year", vi: "từ 2000 đến 2100", en: "between 2000 and 2100")
        }
        let cutOff = check.date("as_of", parameters.asOf, required: false, future: true)
        try check.finish()
        let figures = try database.only(Statements.annualReport, parameters.year, "\(cutOff)")
        let parts = try database.all(Statements.annualReportBreakdown, parameters.year, "\(cutOff)")
        return AnnualReportView(
            figures: figures, byField: parts.filter { $0.dimension == "field" },
            byMonth: parts.filter { $0.dimension == "month" },
            byMinistry: parts.filter { $0.dimension == "ministry" })
    }
}
