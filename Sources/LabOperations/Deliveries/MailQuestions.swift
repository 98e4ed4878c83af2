// SPDX-License-Identifier: Apache-2.0
package import APIContract
internal import Deliveries
package import LabStore
package import LaboratoryModel

/// Which mails.
package struct MailSelection: Sendable {
    let stage: String?
    let kind: String?
    let search: String?
    let page: Page

    /// Selects by where they stand, their kind, and a text of recipient, subject, about or key.
    package init(stage: String?, kind: String?, search: String?, page: Page) {
        (self.stage, self.kind, self.search, self.page) = (stage, kind, search, page)
    }
}

/// Mails, the latest first.
package enum MailList: Question {
    package static let roles: Set<Role> = [.administrator, .manager, .quality, .reception]

    package static func answer(
        _ selection: MailSelection, in setting: ActSetting, on database: isolated Transaction
    ) throws -> List<MailSummary> {
        if let stage = selection.stage {
            var check = InputCheck(today: setting.today)
            _ = check.word("stage", stage, of: MailStage.allCases.map(\.rawValue))
            try check.finish()
        }
        let rows = try database.all(
            Statements.mailList, selection.stage, selection.kind, selection.search, selection.page.after ?? Int64.max,
            selection.page.limit + 1)
        return selection.page.list(rows, cursor: \.id)
    }
}

/// A mail with everything that happened to it.
package enum MailShow: Question {
    package static let roles: Set<Role> = [.administrator, .manager, .quality, .reception]

    package static func answer(_ mail: Int64, in setting: ActSetting, on database: isolated Transaction) throws -> MailView {
        guard let view = try database.find(Statements.mailView, mail) else {
            throw ActError.notFound(thing: .mail, name: String(mail))
        }
        return view
    }
}

/// The bytes of a mail as they are sent.
package enum MailContent: Question {
    package static let roles: Set<Role> = [.administrator, .manager, .quality]

    package static func answer(_ mail: Int64, in setting: ActSetting, on database: isolated Transaction) throws -> [UInt8] {
        guard let message = try database.find(Statements.mailMessage, mail) else {
            throw ActError.notFound(thing: .mail, name: String(mail))
        }
        return message.content
    }
}

/// Addresses in quarantine, the latest first.
package enum QuarantineList: Question {
    package static let roles: Set<Role> = [.administrator, .manager, .quality, .reception]

    package static func answer(
        _ page: Page, in setting: ActSetting, on database: isolated Transaction
    ) throws -> List<QuarantinedAddress> {
        page.list(try database.all(Statements.mailAddresses, page.after ?? Int64.max, page.limit + 1), cursor: \.id)
    }
}

/// How many mails and deliveries of the last thirty days stand where.
package enum DeliveryCounts: Question {
    /// Counts by stage.
    package struct Answer: Encodable, Sendable {
        package let mails: [StageCount]
        package let webhooks: [StageCount]
        /// Seconds for which the oldest mail that goes on by itself has waited; 0 when none does.
        package let waitingSeconds: Int
    }

    package static let roles: Set<Role> = []

    package static func answer(_ parameters: Void, in setting: ActSetting, on database: isolated Transaction) throws -> Answer {
        Answer(
            mails: try database.all(Statements.mailCounts), webhooks: try database.all(Statements.webhookCounts),
            waitingSeconds: try database.only(Statements.mailWaiting).seconds)
    }
}
