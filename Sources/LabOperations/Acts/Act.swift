// SPDX-License-Identifier: Apache-2.0
package import LabStore
package import LaboratoryModel

/// What every act knows besides its request.
package struct ActSetting: Sendable {
    /// Who asks.
    package let caller: Caller
    /// Today's civil date in Asia/Ho_Chi_Minh, as the database has it.
    package let today: CivilDate
    /// Revision that the caller read before changing (`If-Match`); nil when none was sent.
    package let revision: Int?
    /// The centre's own facts and addresses.
    package let centre: Centre
}

/// Facts about the installation that documents show.
package struct Centre: Sendable {
    /// Address under which the public check page answers, without a final slash; nil: no document can be issued.
    package var publicURL: String?
    /// Which missed nights of the due list are made up for.
    package var dueCatchUp: DueCatchUp

    package init(publicURL: String? = nil, dueCatchUp: DueCatchUp = .all) {
        (self.publicURL, self.dueCatchUp) = (publicURL, dueCatchUp)
    }
}

/// Which missed nights of the due list are made up for, of the last 92.
package enum DueCatchUp: String, Sendable, CaseIterable {
    /// Every one.
    case all
    /// The newest one.
    case latest
    /// Only that of today, however late.
    case none
}

/// A change of the records: one request, one transaction, one answer.
///
/// An act refuses by throwing ``ActError`` with every reason at once; then nothing is changed.
package protocol Act: SendableMetatype {
    associatedtype Request: Decodable & Sendable
    associatedtype Answer: Codable & Sendable

    /// The verb, as the audit shows it: `sample.receive`.
    static var name: String { get }
    /// Who may: any one of these roles.
    static var roles: Set<Role> { get }
    /// Whether the request must name the revision it changes.
    static var needsRevision: Bool { get }

    /// Does it.
    static func perform(_ request: Request, in setting: ActSetting, on database: isolated Transaction) throws -> Answer

    /// By what a repeated request is recognised, where the body holds a secret that must not be stored even as a hash; nil: by the body.
    static func recognition(of request: Request) -> [UInt8]?

    /// The answer as it is kept for a repetition: without what is shown only once.
    static func kept(_ answer: Answer) -> Answer

    /// What an answer that was committed still has to be refused with: a wrong PIN is counted, then refused.
    static func refusal(in answer: Answer) -> ActError?
}

extension Act {
    package static var needsRevision: Bool { false }
    package static func refusal(in answer: Answer) -> ActError? { nil }
    package static func recognition(of request: Request) -> [UInt8]? { nil }
    package static func kept(_ answer: Answer) -> Answer { answer }
}

/// A question: reads one view of the data and changes nothing.
package protocol Question: SendableMetatype {
    associatedtype Parameters: Sendable
    associatedtype Answer: Encodable & Sendable

    /// Who may ask; empty: everyone whom the daemon knows.
    static var roles: Set<Role> { get }

    /// Answers.
    static func answer(_ parameters: Parameters, in setting: ActSetting, on database: isolated Transaction) throws -> Answer
}
