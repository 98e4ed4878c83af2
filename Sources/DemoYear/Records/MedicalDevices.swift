// SPDX-License-Identifier: Apache-2.0

extension DemoGenerator {
    /// Medical devices of the hospitals, a field that the centre opened in the last quarter of 2017.
    mutating func addMedicalDevices() throws(DemoYearError) {
        let kinds: [(type: String, maker: String, model: String)] = [
            ("34c", "Omron", "TH-839S"), ("34c", "Braun", "IRT-6520"), ("50", "Nihon Kohden", "ECG-2150"),
            ("51", "Nihon Kohden", "EEG-1200"), ("32", "ALPK2", "V-500"),
        ]
        for (index, site) in parties.hospitals.enumerated() {
            for kind in kinds {
                let type = try catalogue.type(kind.type)
                for _ in 0..<(kind.type == "51" ? 1 : 3) {
                    var made = NewInstrument(
                        type: type, site: site, putInUse: Day(2016, 6, 15) + random.below(90))
                    made.maker = kind.maker
                    made.country = "Nhật Bản"
                    made.model = kind.model
                    made.inTradeUse = false
                    let id = addInstrument(made)
                    addMedicalWork(id, type: type, site: site, order: index)
                }
            }
        }
    }

    private mutating func addMedicalWork(_ id: Int, type: TypeRow, site: SitePlan, order: Int) {
        let day = calendar.onOrAfter(Day(2017, 10, 9) + order * 8)
        // A few were still waiting when the year ended: never verified.
        guard !random.chance(perMille: 60) else { return }
        var work = Work(instrument: id, day: day, person: verifier(on: day), holder: site.owner)
        work.mode = "initial"
        if catalogue.procedure(kind: "verification", type: type.code, on: day) == nil {
            work.person = nil
            work.organisation = "Viện Đo lường Việt Nam"
            work.detail = .takenOver
        } else if random.chance(perMille: 50) {
            work.outcome = "fail"
        }
        works.append(work)
    }

    /// Instruments of customers' laboratories, and medical devices outside the group-2 table, calibrated where asked for and
    /// where the centre has a procedure.
    mutating func addCalibrations() throws(DemoYearError) {
        let analytical: [CalibratedKind] = [
            CalibratedKind(type: "C-THERMOMETER", maker: "Testo", model: "T-735"),
            CalibratedKind(type: "C-GCMS", maker: "Agilent", model: "GCMS-5977B"),
            CalibratedKind(type: "C-LCMS", maker: "Waters", model: "TQ-S"),
            CalibratedKind(type: "C-ICPOES", maker: "PerkinElmer", model: "OES-8300"),
            CalibratedKind(type: "C-PH", maker: "Mettler Toledo", model: "PH-S220"),
            CalibratedKind(type: "C-MICROPIPETTE", maker: "Eppendorf", model: "MP-1000"),
        ]
        for (index, site) in parties.laboratories.enumerated() {
            let start = Day(2017, 1, 9) + index * 5 % 330
            for kind in analytical {
                let years = [start - 365, start, start + 358]
                try addCalibrated(kind, site: site, on: years, months: index % 2 == 0 ? 12 : nil)
            }
        }
        let medical = ["C-MONITOR", "C-INCUBATOR", "C-ESU", "C-BSC", "C-XRAY", "C-CT", "C-CLEANROOM"]
        for (index, site) in parties.hospitals.enumerated() {
            for type in medical {
                let kind = CalibratedKind(type: type, maker: "Nihon Kohden", model: "MD-\(type.dropFirst(2))")
                try addCalibrated(kind, site: site, on: [Day(2017, 10, 16) + index * 7], months: 12)
            }
        }
    }

    private mutating func addCalibrated(_ kind: CalibratedKind, site: SitePlan, on days: [Day], months: Int?)
        throws(DemoYearError)
    {
        let type = try catalogue.type(kind.type)
        guard catalogue.procedure(kind: "calibration", type: kind.type, on: days[0]) != nil else { return }
        var made = NewInstrument(type: type, site: site, putInUse: days[0] - 30)
        made.maker = kind.maker
        made.country = "Đức"
        made.model = kind.model
        made.inTradeUse = false
        made.calibrationMonths = months
        let id = addInstrument(made)
        for day in days.map(calendar.onOrAfter) where day <= Horizon.last {
            var work = Work(instrument: id, day: day, kind: "calibration", holder: site.owner)
            work.mode = nil
            work.outcome = "calibrated"
            work.person = verifier(on: day)
            work.detail = day < Horizon.firstOfYear ? .takenOver : .full
            works.append(work)
        }
    }
}

/// A kind of instrument that customers have calibrated.
private struct CalibratedKind {
    let type: String
    let maker: String
    let model: String
}
