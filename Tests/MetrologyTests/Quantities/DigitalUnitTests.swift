// SPDX-License-Identifier: Apache-2.0
internal import Foundation
import Metrology
import Testing

@Suite("Names of units in the D-SI, judged by PTB's dsiUnits")
struct DigitalUnitTests {
    @Test(arguments: [
        ("kg", #"\kilogram"#), ("mg/L", #"\milli\gram\litre\tothe{-1}"#), ("m³/h", #"\metre\tothe{3}\hour\tothe{-1}"#),
        ("°C", #"\degreecelsius"#),
        ("K", #"\kelvin"#), ("%", #"\percent"#), ("mmHg", #"\mmHg"#), ("1", #"\one"#), ("CFU/100 mL", #"\deci\litre\tothe{-1}"#),
        ("psi", "|psi"),
        ("kWh", #"\kilo\watt\hour"#), ("10⁻⁶/K", #"\ppm\kelvin\tothe{-1}"#), ("pH", #"\one"#), ("dB(A)", #"\decibel"#),
        ("đ/L", "|VND/L"),
    ])
    func `a unit has its D-SI name`(text: String, name: String) throws {
        #expect(try MeasurementUnit(parsing: text).digitalName == name)
    }

    @Test func `every name is accepted, and says the size that we compute with`() throws {
        let units = try (MeasurementUnit.table.map(\.symbol) + UnitTexts.all).map { try MeasurementUnit(parsing: $0) }
        let judgements = try UnitJudge.judge(units.map { ($0.digitalName, Self.coherent($0.dimension)) })
        #expect(judgements.count == units.count)
        var compared = 0
        for (unit, judgement) in zip(units, judgements) {
            #expect(judgement.isAccepted, "\(unit): \(unit.digitalName): \(judgement.warnings)")
            #expect(judgement.isForeign == unit.digitalName.hasPrefix("|"), "\(unit): \(unit.digitalName)")
            guard let factor = judgement.factor, !Self.hasOwnBase(unit) else { continue }
            compared += 1
            #expect(
                agrees(factor, unit.coherentFactor, relative: 1e-12),
                "\(unit): \(unit.digitalName) is \(factor), not \(unit.coherentFactor)")
        }
        #expect(compared > 200)
    }

    @Test func `only units that the D-SI does not know stand behind a bar`() throws {
        let foreign = try UnitTexts.all.filter { try MeasurementUnit(parsing: $0).digitalName.hasPrefix("|") }
        #expect(Set(foreign) == UnitTexts.foreign)
    }

    /// D-SI name of the coherent unit of a dimension.
    private static func coherent(_ dimension: Metrology.Dimension) -> String {
        let bases: [(Metrology.Dimension.Axis, String)] = [
            (.mass, "kilogram"), (.length, "metre"), (.time, "second"), (.current, "ampere"), (.temperature, "kelvin"),
            (.amount, "mole"),
            (.luminousIntensity, "candela"), (.level, "decibel"),
        ]
        let text = bases.compactMap { axis, name -> String? in
            let exponent = dimension[axis].numerator
            return exponent == 0 ? nil : exponent == 1 ? "\\\(name)" : "\\\(name)\\tothe{\(exponent)}"
        }
        return text.isEmpty ? #"\one"# : text.joined()
    }

    /// What dsiUnits keeps apart from the base units: angles, levels, degrees Celsius, things that are counted.
    private static func hasOwnBase(_ unit: MeasurementUnit) -> Bool {
        let apart = ["radian", "degree", "arc", "neper", "decibel", "lumen", "lux", "steradian"]
        return apart.contains { unit.digitalName.contains($0) } || unit.dimension[.acidity].numerator != 0
    }
}

/// Runs the names through dsiUnits.
private enum UnitJudge {
    struct Judgement {
        let isAccepted: Bool
        let isForeign: Bool
        let factor: Double?
        let warnings: String
    }

    static func judge(_ names: [(String, String)]) throws -> [Judgement] {
        let process = Process()
        process.executableURL = URL(filePath: try python())
        process.arguments = [root.appending(path: "scripts/judge-units.py").path]
        process.environment = ["PATH": "/usr/bin:/bin", "PYTHONIOENCODING": "utf-8"]
        let (input, output) = (Pipe(), Pipe())
        process.standardInput = input
        process.standardOutput = output
        try process.run()
        // A few hundred short lines fit into the pipe: nothing waits for the reader.
        try input.fileHandleForWriting.write(contentsOf: Data(names.map { "\($0.0)\t\($0.1)\n" }.joined().utf8))
        try input.fileHandleForWriting.close()
        let answer = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0, "scripts/judge-units.py failed")
        return String(decoding: answer, as: UTF8.self).split(separator: "\n").map { line in
            let words = line.split(separator: "\t", omittingEmptySubsequences: false)
            return Judgement(
                isAccepted: words[0] == "ok", isForeign: words[1] == "foreign",
                factor: Double(words[2]).flatMap { $0.isFinite ? $0 : nil },
                warnings: String(words[3]))
        }
    }

    /// The python that has dsiUnits: the one that `scripts/test` names, else the one in `.build/test-python`.
    private static func python() throws -> String {
        let named =
            ProcessInfo.processInfo.environment["ETALON_TEST_PYTHON"]
            ?? root.appending(path: ".build/test-python/bin/python").path
        try #require(
            FileManager.default.isExecutableFile(atPath: named),
            "no python with dsiUnits at \(named); make it with: scripts/test-python .build/test-python")
        return named
    }

    private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()
        .deletingLastPathComponent()
}
