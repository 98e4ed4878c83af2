// SPDX-License-Identifier: Apache-2.0

/// The figures that the Department published for 2017, and how this demonstration spreads them.
///
/// The only place where they stand: the generator aims at them, the annual report counts them from the records.
/// Totals are published; the spread over fields, months, ministries and origins is chosen here and sums to them.
package struct PublishedYear: Sendable {
    /// Samples with a test report, of the plan, and the indicators on them.
    package let samples = 13_996
    package let plan = 13_105
    package let indicators = 68_776
    /// Samples from outside the city, and for state management.
    package let outsideCity = 6_116
    package let stateManagement = 3_121
    package let fuelLots = 80
    package let dispensers = 1_159
    package let dispenserEnterprises = 259
    package let totalisers = 983
    package let totaliserSites = 236
    package let marketScales = 2_077
    package let markets = 36
    package let districts = 9
    package let campaigns = 8
    package let inspectedEstablishments = 202

    /// Samples that are both from outside the city and for state management.
    let outsideAndState = 1_100
    /// Samples by month of the first report.
    let months = [1_020, 930, 1_240, 1_130, 1_190, 1_230, 1_180, 1_260, 1_210, 1_250, 1_240, 1_116]
    /// Fuel lots by origin.
    let lots: [(origin: String, count: Int)] = [("blended", 34), ("domestic", 27), ("imported", 19)]
    /// Samples and indicators by testing field.
    let fields: [FieldTarget] = [
        FieldTarget(field: .agriculture, samples: 1_250, indicators: 3_400),
        FieldTarget(field: .food, samples: 3_120, indicators: 15_300),
        FieldTarget(field: .fertiliser, samples: 2_410, indicators: 10_600),
        FieldTarget(field: .petroleum, samples: 3_480, indicators: 25_536),
        FieldTarget(field: .environment, samples: 2_386, indicators: 11_900),
        FieldTarget(field: .construction, samples: 700, indicators: 1_250),
        FieldTarget(field: .electrical, samples: 280, indicators: 420),
        FieldTarget(field: .consumerGoods, samples: 370, indicators: 370),
    ]
    /// Samples for state management by the ministry that ordered them, and the field they were tested in.
    let ministries: [MinistryTarget] = [
        MinistryTarget(ministry: .science, field: .petroleum, samples: 1_000),
        MinistryTarget(ministry: .science, field: .electrical, samples: 120),
        MinistryTarget(ministry: .science, field: .consumerGoods, samples: 120),
        MinistryTarget(ministry: .agriculture, field: .agriculture, samples: 320),
        MinistryTarget(ministry: .agriculture, field: .fertiliser, samples: 300),
        MinistryTarget(ministry: .health, field: .food, samples: 560),
        MinistryTarget(ministry: .industry, field: .food, samples: 151),
        MinistryTarget(ministry: .industry, field: .fertiliser, samples: 150),
        MinistryTarget(ministry: .environment, field: .environment, samples: 250),
        MinistryTarget(ministry: .construction, field: .construction, samples: 90),
        MinistryTarget(ministry: .labour, field: .consumerGoods, samples: 60),
    ]

    /// The figures of 2017.
    package init() {}
}

/// Samples and indicators of one testing field.
struct FieldTarget: Sendable {
    let field: TestingField
    let samples: Int
    let indicators: Int
}

/// Samples that one ministry's bodies ordered in one field.
struct MinistryTarget: Sendable {
    let ministry: Ministry
    let field: TestingField
    let samples: Int
}
