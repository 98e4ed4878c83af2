// SPDX-License-Identifier: Apache-2.0
import Metrology
import Testing

@Suite("Tables of permissible errors (OIML R 76-1, R 111-1, EN 837-1, ISO 8655-2, 1042, 648, 385)")
struct PermissibleErrorTableTests {
    /// table | arguments | limit
    static let rows = table(
        """
        oiml-r76 | class III e 1 load 500 stage initial | 0.5
        oiml-r76 | class 3 e 1 load 501 stage subsequent | 1
        oiml-r76 | class IIII e 50 load 15000 stage initial | 75
        oiml-r76 | class II e 0.1 load 500.1 stage in_service | 0.2
        oiml-r111 | class E1 nominal 1 unit mg | 0.003
        oiml-r111 | class E2 nominal 100 | 0.16
        oiml-r111 | class F1 nominal 200 | 1
        oiml-r111 | class F2 nominal 20 unit kg | 300
        oiml-r111 | class M1 nominal 20 unit kg | 1000
        oiml-r111 | class m1 nominal 0.5 unit kg | 25
        oiml-r111 | class M2 nominal 100 unit mg | 1.6
        oiml-r111 | class M1-2 nominal 50 unit kg | 5000
        oiml-r111 | class M2–3 nominal 500 unit kg | 160000
        oiml-r111 | class M3 nominal 5 unit t | 2500000
        oiml-r111 | class F1 nominal 5000 unit kg | 25000
        en-837-1 | class 1.6 span 10 | 0.16
        en-837-1 | class 0.25 span 600 | 1.5
        en-837-1 | class 2.5 span 40 | 1
        iso-8655 | nominal 1000 error systematic | 8
        iso-8655 | nominal 1000 error random | 3
        iso-8655 | nominal 10 error systematic | 0.12
        iso-8655 | nominal 300 error systematic | 4
        iso-8655 | nominal 10000 error random | 30
        iso-1042 | class A nominal 100 | 0.1
        iso-1042 | class B nominal 1000 | 0.8
        iso-648 | class AS nominal 10 | 0.02
        iso-648 | class B nominal 25 | 0.06
        iso-385 | class A nominal 50 | 0.05
        combined | percent 0.5 base 120 digits 2 resolution 0.1 combination sum | 0.8
        combined | percent 3 base -150 absolute 5 combination greater | 5
        combined | percent 3 base 200 absolute 5 combination greater | 6
        combined | percent 3 base 200 absolute 5 combination less | 5
        combined | absolute 0.20 combination sum | 0.2
        """)

    private func arguments(_ text: String) -> [String: String] {
        let words = text.split(separator: " ").map(String.init)
        return Dictionary(uniqueKeysWithValues: stride(from: 0, to: words.count - 1, by: 2).map { (words[$0], words[$0 + 1]) })
    }

    @Test(arguments: rows)
    func `a table gives the figure of its document`(row: [String]) throws {
        let limit = try PermissibleErrorTable(named: row[0]).limit(arguments(row[1]))
        #expect(limit.upper.description == row[2] && limit.lower == limit.upper.negated, "\(limit.upper)")
    }

    @Test(arguments: [
        ("oiml-r76", "class III e 1 load 10001 stage initial"), ("oiml-r76", "class III e 0 load 1 stage initial"),
        ("oiml-r76", "class V e 1 load 1 stage initial"), ("oiml-r76", "class III e 1 load 1"),
        ("oiml-r76", "class III e 1 load x stage initial"), ("oiml-r111", "class M3 nominal 100 unit mg"),
        ("oiml-r111", "class M1-2 nominal 20 unit kg"), ("oiml-r111", "class E2 nominal 3"),
        ("oiml-r111", "class E1 nominal 100 unit kg"), ("oiml-r111", "class E2 nominal 1 unit lb"),
        ("en-837-1", "class 1.5 span 10"), ("en-837-1", "class 1.6 span 0"), ("iso-8655", "nominal 10001 error random"),
        ("iso-8655", "nominal 0 error random"), ("iso-8655", "nominal 100 error mean"), ("iso-1042", "class A nominal 30"),
        ("iso-385", "class C nominal 50"), ("combined", "combination sum"), ("combined", "percent 1 combination sum"),
        ("combined", "digits 1 combination sum"), ("combined", "percent -1 base 3 combination sum"),
        ("combined", "absolute 1 combination most"), ("combined", "absolute 1 combination sum load 4"),
        ("combined", "digits 1 resolution 0 combination sum"),
    ])
    func `arguments that no row fits are refused`(table: String, text: String) throws {
        let table = try PermissibleErrorTable(named: table)
        #expect(throws: ConformityError.self) { try table.limit(arguments(text)) }
    }

    @Test func `a table that does not exist is refused with the names of those that do`() {
        #expect(throws: ConformityError.self) { try PermissibleErrorTable(named: "oiml-r35") }
        #expect("\(ConformityError.unknownWord("x", place: "table", known: ["a", "b"]))".contains("a, b"))
    }

    @Test(arguments: PermissibleErrorTable.Name.allCases)
    func `a table says what it takes, so that a procedure can be checked when it is loaded`(name: PermissibleErrorTable.Name)
        throws
    {
        let table = PermissibleErrorTable(name)
        try table.check(argumentNames: table.parameters.map(\.name))
        #expect(throws: ConformityError.self) { try table.check(argumentNames: []) }
        #expect(throws: ConformityError.self) { try table.check(argumentNames: table.parameters.map(\.name) + ["colour"]) }
        #expect(table.source.isEmpty == (name == .combined))
    }

    @Test(arguments: WeightTable.rows)
    func `every figure of the table of weights is there, and no other`(row: [String]) throws {
        for (weightClass, printed) in zip(WeightClass.allCases, row.dropFirst()) {
            let nominal = try decimal(row[0])
            if printed == "-" {
                #expect(throws: ConformityError.self) {
                    try WeightErrors.permissibleErrorMilligrams(weightClass, nominalGrams: nominal)
                }
            } else {
                let limit = try WeightErrors.permissibleErrorMilligrams(weightClass, nominalGrams: nominal)
                #expect(try limit == decimal(printed), "\(weightClass) at \(nominal) g")
            }
        }
    }

    @Test func `the nominal values of weights are those of the table`() throws {
        #expect(try WeightErrors.nominalGrams.reversed() == WeightTable.rows.map { try decimal($0[0]) })
    }

    @Test func `glassware of class B may err about twice as much as class A`() throws {
        for (glassware, nominals) in [
            (Glassware.flask, ["1", "50", "5000"]), (.pipette, ["0.5", "100"]), (.burette, ["2", "100"]),
        ] {
            for nominal in nominals {
                let a = try VolumeErrors.glasswareErrorMillilitres(glassware, .a, nominalMillilitres: decimal(nominal))
                let b = try VolumeErrors.glasswareErrorMillilitres(glassware, .b, nominalMillilitres: decimal(nominal))
                #expect(try b == a.multiplied(by: DecimalNumber(2)), "\(glassware) \(nominal)")
            }
        }
    }
}

@Suite("Classes and partial ranges of weighing instruments (OIML R 76-1, 3.2 and 3.3)")
struct WeighingClassCheckTests {
    /// class | e in g | Max in g | allowed | reason
    static let rows = table(
        """
        III | 2 | 200 | true | n = 100 allowed for e from 0.1 g to 2 g
        III | 5 | 2000 | false | n below 500 for e >= 5 g
        III | 1 | 99 | false | n below 100 for e from 0.1 g to 2 g
        III | 1 | 10001 | false | n above 10000
        III | 0.05 | 100 | false | class III needs e >= 0.1 g
        II | 0.05 | 5 | true | n = 100 allowed for e from 0.001 g to 0.05 g
        II | 0.1 | 400 | false | n below 5000 for e >= 0.1 g
        I | 0.001 | 49.999 | false | n below 50000 for e >= 0.001 g
        I | 0.0001 | 220 | false | class I needs e >= 0.001 g
        IIII | 50 | 15000 | true | n = 300
        """)

    @Test(arguments: rows)
    func `a class says why it allows an instrument or not`(row: [String]) throws {
        let check = try WeighingClassCheck(
            accuracyClass: #require(WeighingAccuracyClass(written: row[0])), verificationIntervalGrams: decimal(row[1]),
            maximumCapacityGrams: decimal(row[2]))
        #expect("\(check.isFulfilled)" == row[3] && check.reason == row[4], "\(check.reason)")
    }

    @Test func `a scale of 6 kg and 15 kg takes the interval of the range that the load lies in`() throws {
        let scale = try MultiIntervalWeighing(
            accuracyClass: .medium,
            ranges: [
                .init(maximum: decimal("6000"), interval: decimal("2")), .init(maximum: decimal("15000"), interval: decimal("5")),
            ])
        // 6000 g = 3000 e of 2 g; 6001 g lies in the second range, 1200 e of 5 g.
        for (load, limit) in [("1000", "1"), ("4000", "2"), ("6000", "3"), ("6001", "5"), ("15000", "7.5")] {
            let rules = try scale.rules(atLoad: decimal(load))
            #expect(try rules.maximumPermissibleError(load: decimal(load), control: .initial).upper == decimal(limit), "\(load)")
        }
        #expect(throws: ConformityError.self) { try scale.rules(atLoad: decimal("15001")) }
        #expect(throws: ConformityError.limitsReversed) {
            try MultiIntervalWeighing(accuracyClass: .medium, ranges: scale.ranges.reversed())
        }
    }
}
