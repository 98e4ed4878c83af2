// SPDX-License-Identifier: Apache-2.0

/// Adds an instrument with its channels. `POST /v1/instruments`
package struct AddInstrument: Codable, Sendable {
    package var code: String?
    /// Type of the group-2 table, for example `19`.
    package var type: String
    /// The maker's serial; absent: the verifier numbers the instrument (Circular 24/2013 Art. 41(4)).
    package var serial: String?
    package var maker: String?
    package var country: String?
    package var model: String?
    package var madeInYear: Int?
    package var typeApproval: String?
    package var site: String
    package var inTradeUse: Bool?
    package var putInUseOn: String
    package var calibrationMonths: Int?
    /// Characteristics as texts with units in the name: `max_kg`, `e_g`, `d_g`, `accuracy_class`, `range`.
    package var characteristics: [String: String]?
    package var channels: [NewChannel]?

    package init(
        code: String? = nil, type: String, serial: String? = nil, maker: String? = nil, country: String? = nil,
        model: String? = nil, madeInYear: Int? = nil, typeApproval: String? = nil, site: String, inTradeUse: Bool? = nil,
        putInUseOn: String, calibrationMonths: Int? = nil, characteristics: [String: String]? = nil,
        channels: [NewChannel]? = nil
    ) {
        (self.code, self.type, self.serial, self.maker, self.country) = (code, type, serial, maker, country)
        (self.model, self.madeInYear, self.typeApproval, self.site) = (model, madeInYear, typeApproval, site)
        (self.inTradeUse, self.putInUseOn, self.calibrationMonths) = (inTradeUse, putInUseOn, calibrationMonths)
        (self.characteristics, self.channels) = (characteristics, channels)
    }
}

/// A channel of an instrument: a nozzle of a dispenser.
package struct NewChannel: Codable, Sendable {
    package var number: Int
    package var name: String
    /// `qmax_l_min`, `qmin_l_min`, `vmin_l`, `fuel` for a nozzle.
    package var characteristics: [String: String]?

    package init(number: Int, name: String, characteristics: [String: String]? = nil) {
        (self.number, self.name, self.characteristics) = (number, name, characteristics)
    }
}

/// Something that happened to an instrument. `POST /v1/instrument-events`
package struct RecordInstrumentEvent: Codable, Sendable {
    /// Code of the instrument.
    package var instrument: String
    /// `seal_broken`, `stamp_lost`, `mark_lost`, `repaired`, `changed`, `failed_inspection`, `moved`, `owner_changed`,
    /// `taken_out` or `put_back`.
    package var kind: String
    package var happenedOn: String?
    package var note: String?
    /// New site, for `moved`.
    package var site: String?

    package init(instrument: String, kind: String, happenedOn: String? = nil, note: String? = nil, site: String? = nil) {
        (self.instrument, self.kind, self.happenedOn, self.note, self.site) = (instrument, kind, happenedOn, note, site)
    }
}

/// Adds a measurement standard. `POST /v1/standards`
package struct AddStandard: Codable, Sendable {
    package var code: String
    package var nameVi: String
    package var nameEn: String
    /// What it is: `volume_measure`, `weight_set`, `thermometer`, `black_body`, `stopwatch` …
    package var kind: String
    package var serial: String
    package var maker: String?
    package var accuracyClass: String?
    package var characteristics: [String: String]?

    package init(
        code: String, nameVi: String, nameEn: String, kind: String, serial: String, maker: String? = nil,
        accuracyClass: String? = nil, characteristics: [String: String]? = nil
    ) {
        (self.code, self.nameVi, self.nameEn, self.kind, self.serial) = (code, nameVi, nameEn, kind, serial)
        (self.maker, self.accuracyClass, self.characteristics) = (maker, accuracyClass, characteristics)
    }
}

/// Records a calibration certificate or a certification of a standard. `POST /v1/standard-certificates`
package struct AddStandardCertificate: Codable, Sendable {
    package var standard: String
    /// `calibration` or `certification`.
    package var kind: String
    package var number: String
    package var organisation: String
    package var issuedOn: String
    package var validUntil: String
    /// What the paper says, as texts: `expanded_uncertainty`, `coverage_factor`, `unit`, `correction` …
    package var content: [String: String]?

    package init(
        standard: String, kind: String, number: String, organisation: String, issuedOn: String, validUntil: String,
        content: [String: String]? = nil
    ) {
        (self.standard, self.kind, self.number, self.organisation) = (standard, kind, number, organisation)
        (self.issuedOn, self.validUntil, self.content) = (issuedOn, validUntil, content)
    }
}

/// A whole record of a calibration or verification: readings, checks, standards, evidence. `POST /v1/measurements`
package struct RecordMeasurement: Codable, Sendable {
    /// Code of the instrument.
    package var instrument: String
    /// `verification`, `calibration` or `test`.
    package var kind: String
    /// `initial`, `periodic` or `after_repair`; absent for a calibration.
    package var mode: String?
    /// Code of the procedure; its version in force on the day of the work is used.
    package var procedure: String
    package var workedOn: String
    /// User name of who measured; absent: the caller.
    package var measuredBy: String?
    /// Codes of the standards used.
    package var standards: [String]
    /// As texts: `temperature_celsius`, `humidity_percent`.
    package var conditions: [String: String]?
    package var checks: [NewCheck]?
    package var readings: [NewReading]
    /// Numbers of channels that were sealed off and are excluded on the evidence.
    package var excludedChannels: [Int]?
    /// `refused` or `not_done` where no evaluation is to be made, with `reasons`.
    package var outcome: String?
    package var reasons: [String]?
    package var evidence: [NewEvidence]?

    package init(
        instrument: String, kind: String, mode: String? = nil, procedure: String, workedOn: String,
        measuredBy: String? = nil, standards: [String], conditions: [String: String]? = nil, checks: [NewCheck]? = nil,
        readings: [NewReading], excludedChannels: [Int]? = nil, outcome: String? = nil, reasons: [String]? = nil,
        evidence: [NewEvidence]? = nil
    ) {
        (self.instrument, self.kind, self.mode, self.procedure) = (instrument, kind, mode, procedure)
        (self.workedOn, self.measuredBy, self.standards) = (workedOn, measuredBy, standards)
        (self.conditions, self.checks, self.readings) = (conditions, checks, readings)
        (self.excludedChannels, self.outcome, self.reasons) = (excludedChannels, outcome, reasons)
        self.evidence = evidence
    }
}

/// A step of the procedure that is judged, not measured.
package struct NewCheck: Codable, Sendable {
    /// Code of the step; `*` stands for every step that is not named otherwise.
    package var step: String
    package var channel: Int?
    /// `pass`, `fail` or `not_applicable`.
    package var outcome: String
    package var note: String?

    package init(step: String, channel: Int? = nil, outcome: String, note: String? = nil) {
        (self.step, self.channel, self.outcome, self.note) = (step, channel, outcome, note)
    }
}

/// One observation, as read.
package struct NewReading: Codable, Sendable {
    package var channel: Int?
    /// `as_found` (default) or `as_left`.
    package var phase: String?
    /// Point of the procedure: `qmax`, `qmin`, `vmin`; `up:5`, `down:5`, `repeat:max`, `corner:1` for a scale.
    package var point: String
    /// From 1; absent: 1.
    package var repetition: Int?
    package var indicated: String
    package var reference: String?
    /// Further values by name: `time_s`, `temperature_celsius`, `unit_price`, `price`.
    package var extra: [String: String]?

    package init(
        channel: Int? = nil, phase: String? = nil, point: String, repetition: Int? = nil, indicated: String,
        reference: String? = nil, extra: [String: String]? = nil
    ) {
        (self.channel, self.phase, self.point, self.repetition) = (channel, phase, point, repetition)
        (self.indicated, self.reference, self.extra) = (indicated, reference, extra)
    }
}

/// A stamp, seal or mark affixed on site.
package struct NewEvidence: Codable, Sendable {
    /// `stamp`, `seal`, `mark` or `totaliser_seal`.
    package var kind: String
    package var series: String
    package var number: String
    /// Where on the instrument.
    package var place: String?

    package init(kind: String, series: String, number: String, place: String? = nil) {
        (self.kind, self.series, self.number, self.place) = (kind, series, number, place)
    }
}

/// Freezes the record (biên bản) of a measurement, pass or fail, under its own number. `POST /v1/records`
package struct PrintRecord: Codable, Sendable {
    package var measurement: Int64

    package init(measurement: Int64) {
        self.measurement = measurement
    }
}

/// Freezes the certificate of a measurement under the next number. `POST /v1/certificates`
package struct IssueCertificate: Codable, Sendable {
    package var measurement: Int64
    package var amends: String?
    package var reason: String?

    package init(measurement: Int64, amends: String? = nil, reason: String? = nil) {
        (self.measurement, self.amends, self.reason) = (measurement, amends, reason)
    }
}

/// Takes stamps or seals into stock. `POST /v1/stamp-receipts`
package struct ReceiveStamps: Codable, Sendable {
    /// `stamp`, `seal`, `mark`, `totaliser_seal` or `inspection_seal`.
    package var kind: String
    package var series: String
    /// First and last number, of the same length, inclusive; at most 10,000.
    package var from: String
    package var to: String

    package init(kind: String, series: String, from: String, to: String) {
        (self.kind, self.series, self.from, self.to) = (kind, series, from, to)
    }
}

/// What happens to stamps of the stock. `POST /v1/stamp-events`
package struct RecordStampEvent: Codable, Sendable {
    package var kind: String
    package var series: String
    package var from: String
    package var to: String
    /// `assigned`, `void`, `lost`, `returned` or `removed`.
    package var event: String
    /// User name, for `assigned`.
    package var person: String?
    package var happenedOn: String?
    package var reason: String?

    package init(
        kind: String, series: String, from: String, to: String, event: String, person: String? = nil,
        happenedOn: String? = nil, reason: String? = nil
    ) {
        (self.kind, self.series, self.from, self.to, self.event) = (kind, series, from, to, event)
        (self.person, self.happenedOn, self.reason) = (person, happenedOn, reason)
    }
}
