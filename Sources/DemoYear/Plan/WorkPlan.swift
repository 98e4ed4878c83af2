// SPDX-License-Identifier: Apache-2.0

/// An instrument as the generator remembers it.
struct InstrumentPlan: Sendable {
    let id: Int
    let type: String
    let typeName: String
    let serial: String
    let maker: String
    let model: String
    let madeInYear: Int
    let characteristics: String
    let site: SitePlan
    let channels: [Int]
    /// Scale interval in grams and Max in kilograms, where it is a scale.
    let division: Int
    let capacity: Int
}

/// How much of a piece of work is on record.
enum Detail: Sendable {
    /// Only that it was done and how it ended, taken over from paper.
    case takenOver
    /// Readings, checks, stamps and documents.
    case full
}

/// One measurement of one instrument, before it has an id.
struct Work: Sendable {
    let instrument: Int
    let day: Day
    var kind = "verification"
    var mode: String? = "periodic"
    var outcome = "pass"
    var person: Int?
    var organisation: String?
    var holder: Int
    var detail = Detail.full
    /// Whether the tax scheme's seal was put on the totaliser then.
    var sealsTotaliser = false
    /// Whether a certificate was written besides the record.
    var hasCertificate = true
}

/// Dates between which the year and its neighbours lie.
enum Horizon {
    /// The last working day on record.
    static let last = Day(2018, 6, 29)
    static let firstOfYear = Day(2017, 1, 1)
    static let lastOfYear = Day(2017, 12, 31)
}
