// SPDX-License-Identifier: Apache-2.0

/// When reminders of a deadline go out and who is told, during one period.
package struct ReminderPolicy: Sendable, Equatable {
    /// Who is told.
    package enum Audience: String, Sendable, CaseIterable {
        case customer, staff, manager, head
    }

    /// What deadlines belong to.
    package enum Subject: String, Sendable, CaseIterable {
        case instrument, standard, designation, accreditation, sample
        case verifierCard = "verifier_card"
    }

    /// One reminder.
    package struct Stage: Sendable, Equatable {
        /// Days after the due date, -3660...3660; negative before it.
        package let days: Int
        /// Who is told, one at least.
        package let tells: [Audience]
    }

    /// Code, the same for all versions.
    package let code: String
    /// Vietnamese name.
    package let nameVi: String
    /// English name.
    package let nameEn: String
    /// What it is for; nil: everything.
    package let subject: Subject?
    /// Kind of deadline; nil: every kind.
    package let kind: String?
    /// Type of instruments; nil: every type.
    package let typeCode: String?
    /// Whether only customers have it that chose it.
    package let isByChoice: Bool
    /// Civil time of the day, `HH:MM`.
    package let at: String
    /// Stages with rising days.
    package let stages: [Stage]
    /// Days on which the policy holds.
    package let validity: ValidityRange
    /// Where it comes from.
    package let source: String
}

/// Addresses of those who are told besides the customers, during one period.
package struct ReminderAudience: Sendable, Equatable {
    /// The languages of mails.
    package enum MailLanguage: String, Sendable, CaseIterable {
        case vi, en
    }

    /// Who they are; never the customer.
    package let audience: ReminderPolicy.Audience
    /// Mail addresses, perhaps none.
    package let addresses: [String]
    /// Language of their mails.
    package let language: MailLanguage
    /// Days on which it holds.
    package let validity: ValidityRange
}

/// Days after the due date before a deadline counts as overdue, during one period.
package struct DeadlineGrace: Sendable, Equatable {
    /// Deadlines that neither law nor paper ends.
    package enum Deadline: String, Sendable, CaseIterable {
        case instrumentCalibration = "instrument/calibration"
        case standardCalibration = "standard/calibration"
        case sampleRetention = "sample/retention"
    }

    /// Which deadlines.
    package let deadline: Deadline
    /// Days, 0...366.
    package let days: Int
    /// Days on which it holds.
    package let validity: ValidityRange
    /// Where it comes from.
    package let source: String
}
