// SPDX-License-Identifier: Apache-2.0
import APIContract
import LabOperations
import LaboratoryModel

extension Bench {
    /// Registers a dispenser with nozzles of 40 L/min.
    func addDispenser(_ code: String, at site: String = "TRAM-1", nozzles: Int = 1, inUse: String = "2016-01-04") async throws {
        try await act(
            InstrumentAdd.self,
            AddInstrument(
                code: code, type: "19", serial: "TQ-\(code)", maker: "Tatsuno", country: "Nhật Bản", model: "SUNNY",
                typeApproval: "PDM 012-2015", site: site, putInUseOn: inUse,
                channels: (1...nozzles).map {
                    NewChannel(number: $0, name: "Vòi \($0)", characteristics: ["qmax_l_min": "40", "qmin_l_min": "5"])
                }), by: people.reception)
    }

    /// Registers a spring scale of 15 kg: CĐH 15, d = e = 50 g, class IIII.
    func addScale(_ code: String, at site: String = "CHO-1", inUse: String = "2016-01-04", type: String = "8a") async throws {
        try await act(
            InstrumentAdd.self,
            AddInstrument(
                code: code, type: type, serial: "NH-\(code)", maker: "Nhơn Hòa", country: "Việt Nam", model: "CĐH 15",
                typeApproval: "PDM 100-2014", site: site, putInUseOn: inUse,
                characteristics: ["max_kg": "15", "min_kg": "0.5", "e_g": "50", "d_g": "50", "accuracy_class": "IIII"]),
            by: people.reception)
    }

    /// Registers an infrared clinical thermometer.
    func addThermometer(_ code: String, inUse: String) async throws {
        try await act(
            InstrumentAdd.self,
            AddInstrument(
                code: code, type: "34c", serial: "IR-\(code)", maker: "Microlife", country: "Thụy Sĩ", site: "BV",
                putInUseOn: inUse,
                characteristics: ["range": "34 °C – 43 °C"]), by: people.reception)
    }

    /// Records a measurement as the technician.
    @discardableResult
    func measure(_ request: RecordMeasurement, by caller: Caller? = nil) async throws -> RecordedMeasurement {
        try await act(MeasurementRecord.self, request, by: caller ?? people.technician)
    }

    @discardableResult
    func report(_ kind: String, of instrument: String, on day: String, note: String? = nil) async throws -> Acknowledgement {
        try await act(
            InstrumentEventRecord.self, RecordInstrumentEvent(instrument: instrument, kind: kind, happenedOn: day, note: note),
            by: people.reception)
    }
}

extension RecordMeasurement {
    /// A verification of a dispenser: every nozzle indicates 20 L at Qmax and Qmin where the measure reads `measured`.
    static func dispenser(
        _ code: String, on day: String, mode: String = "periodic", nozzles: [Int] = [1], measured: String = "20.010",
        evidence: [NewEvidence] = []
    ) -> RecordMeasurement {
        RecordMeasurement(
            instrument: code, kind: "verification", mode: mode, procedure: "DLVN-10", workedOn: day, standards: ["VM20"],
            conditions: ["temperature_celsius": "30"], checks: [NewCheck(step: "*", outcome: "pass")],
            readings: nozzles.flatMap { nozzle($0, measured: measured) }, evidence: evidence)
    }

    /// Two deliveries at Qmax in 40 s each, two at Qmin, one of 2 L.
    static func nozzle(_ number: Int, phase: String = "as_found", measured: String = "20.010") -> [NewReading] {
        [("qmax", 1), ("qmax", 2), ("qmin", 1), ("qmin", 2)].map { point, repetition in
            NewReading(
                channel: number, phase: phase, point: point, repetition: repetition, indicated: "20.000", reference: measured,
                extra: point == "qmax" ? ["time_s": "40"] : nil)
        } + [NewReading(channel: number, phase: phase, point: "vmin", indicated: "2.000", reference: "2.005")]
    }

    /// The worked sample of the spring scale CĐH 15: Max 15 kg, e = 50 g, every load indicated without error.
    static func scale(
        _ code: String, on day: String, mode: String = "periodic", evidence: [NewEvidence] = [],
        indicated: [String: String] = [:]
    ) -> RecordMeasurement {
        let loads = [("min", "0.5"), ("50e", "2.5"), ("half", "7.5"), ("200e", "10"), ("max", "15")]
        var readings: [NewReading] = []
        func read(_ point: String, _ repetition: Int, _ load: String) {
            readings.append(
                NewReading(
                    point: point, repetition: repetition, indicated: indicated["\(point)/\(repetition)"] ?? load, reference: load)
            )
        }
        for (name, load) in loads { read("up:\(name)", 1, load) }
        for (name, load) in loads.reversed() { read("down:\(name)", 1, load) }
        for (name, load) in [loads[0], loads[2], loads[4]] {
            for repetition in 1...3 { read("repeat:\(name)", repetition, load) }
        }
        for corner in 1...4 { read("corner:\(corner)", 1, "5") }
        return RecordMeasurement(
            instrument: code, kind: "verification", mode: mode, procedure: "DLVN-30", workedOn: day, standards: ["QC-M1"],
            conditions: ["temperature_celsius": "29"], checks: [NewCheck(step: "*", outcome: "pass")], readings: readings,
            evidence: evidence)
    }

    /// An infrared thermometer that indicates what the blackbody has, at 35 °C, 37 °C and 41 °C.
    static func thermometer(_ code: String, on day: String, evidence: [NewEvidence]) -> RecordMeasurement {
        var readings: [NewReading] = []
        for (point, value) in [("t35", "35.0"), ("t37", "37.0"), ("t41", "41.0")] {
            for repetition in 1...3 {
                readings.append(NewReading(point: point, repetition: repetition, indicated: value, reference: value))
            }
        }
        return RecordMeasurement(
            instrument: code, kind: "verification", mode: "periodic", procedure: "QT-NKHN", workedOn: day, standards: ["VD-01"],
            checks: [NewCheck(step: "*", outcome: "pass")], readings: readings, evidence: evidence)
    }
}

extension [NewEvidence] {
    /// Stamp and seal of a dispenser.
    static func stamped(_ number: String, seal: String) -> [NewEvidence] {
        [
            NewEvidence(kind: "stamp", series: "17B", number: number),
            NewEvidence(kind: "seal", series: "NP", number: seal, place: "Bộ đếm"),
        ]
    }

    /// Mark and stamp of a market scale.
    static func marked(_ number: String) -> [NewEvidence] {
        [NewEvidence(kind: "stamp", series: "17B", number: number), NewEvidence(kind: "mark", series: "ĐKĐ", number: "CT-7")]
    }
}

extension [EvaluationLine] {
    /// The lines of one result.
    func of(_ result: String) -> [EvaluationLine] { filter { $0.result == result } }
}
