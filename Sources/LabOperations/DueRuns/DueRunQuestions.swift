// SPDX-License-Identifier: Apache-2.0
package import APIContract
package import LabStore
package import LaboratoryModel

/// Runs of the due list, newest first.
package enum DueRunList: Question {
    package static let roles: Set<Role> = []

    package static func answer(_ page: Page, in setting: ActSetting, on database: isolated Transaction) throws -> List<DueRunView>
    {
        List(items: try database.all(Statements.dueRunList, page.after ?? Int64.max, page.limit))
    }
}

/// What a run of the due list said then.
package enum DueRunShow: Question {
    package static let roles: Set<Role> = []

    package static func answer(_ run: String, in setting: ActSetting, on database: isolated Transaction) throws -> DueRunFiles {
        guard let files = try database.find(Statements.dueRunFiles, run) else {
            throw ActError.notFound(thing: .dueRun, name: run)
        }
        return files
    }
}
