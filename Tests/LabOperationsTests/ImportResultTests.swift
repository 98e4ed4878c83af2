// SPDX-License-Identifier: Apache-2.0
import LabStore
import LaboratoryModel
import Testing

@testable import LabOperations

@Suite("Import of results")
struct ImportResultTests {
    private static let header = "sample,indicator,value,not_measured,tested_on,reason\n"

    private func laboratory(samples: Int) async throws -> ImportLaboratory {
        let etalon = try await ImportLaboratory()
        try await etalon.script(ImportLaboratory.samples(samples))
        return etalon
    }

    @Test func `three thousand results are judged, added at once, and known the second time`() async throws {
        let etalon = try await laboratory(samples: 1_000)
        var file = "\u{FEFF}sample;indicator;value;tested_on\r\n"
        for index in 1...1_000 {
            let number = "M-2017-" + String("0000\(index)".suffix(5))
            file += "\(number);E_RON;9\(index % 10),\(index % 7);15/03/2017\r\n"
            file += "\(number);E_BENZEN;\(index % 3 == 0 ? "<0,05" : "2,\(index % 10)1");2017-03-16\r\n"
            file += "\(number);E_LEAD;KPH;2017-03-16\r\n"
        }
        let dry = try await etalon.importing(.results, file)
        #expect((dry.ok, dry.errors, dry.applied) == (3_000, 0, false))
        #expect(try await etalon.count("select count(*) from record.result") == 0)
        #expect(try await etalon.importing(.results, file, apply: true).applied)
        #expect(try await etalon.count("select count(*) from record.result where entered_by = 2") == 3_000)
        #expect(
            try await etalon.count(
                "select count(*) from record.audit_entry where table_name = 'result' and act = 'import.results'") == 3_000)
        #expect(try await etalon.count("select count(*) from record.result where text = '95,1' and value = 95.1") > 0)
        #expect(try await etalon.count("select count(*) from record.result where 'outside_limit' = any(flags)") > 0)
        let again = try await etalon.importing(.results, file, apply: true)
        #expect((again.ok, again.exists, again.errors) == (0, 3_000, 0))
        #expect(try await etalon.count("select count(*) from record.result") == 3_000)
    }

    @Test func `every fault comes with its line and nothing is added`() async throws {
        let etalon = try await laboratory(samples: 5)
        let rows = [
            #"M-2017-00001,E_RON,"95,2",,2017-03-15,"#,
            "M-2017-00001,E_BENZEN,,,2017-03-15,",  // an empty cell
            "M-2017-00001,E_LEAD,0,012,,2017-03-15,",  // a decimal comma outside quotes
            "M-2017-00002,E_RON,5000,,2017-03-15,",  // impossible
            "M-2017-00002,E_RON,95,,2017-03-15,",  // the same indicator again
            "M-2017-00099,E_RON,95,,2017-03-15,",  // no such sample
            "M-2017-00003,E_NONE,95,,2017-03-15,",  // not asked for
            "M-2017-00003,E_RON,95,,2999-03-15,",  // in the future
            "M-2017-00004,E_RON,95,,2017-02-15,",  // before it came
            "M-2017-00005,E_RON,ND,,2017-03-15,",
            "M-2017-00005,E_BENZEN,,hết hóa chất,2017-03-15,",
            "M-2017-00005,E_LEAD,abc,,2017-03-15,",  // no result
        ]
        let report = try await etalon.importing(.results, Self.header + rows.joined(separator: "\n"), apply: true)
        #expect(!report.applied)
        let faults = report.rows.filter { $0.verdict == "error" }.map {
            "\($0.line) \($0.messages.map(\.field).joined(separator: " "))"
        }
        #expect(
            faults == [
                "3 value", "4 ", "5 value", "6 indicator", "7 sample", "8 indicator", "9 tested_on", "10 tested_on", "13 value",
            ])
        #expect(report.ok == 3)
        #expect(try await etalon.count("select count(*) from record.result") == 0)
    }

    @Test func `a correction needs its reason, and is known when it comes again`() async throws {
        let etalon = try await laboratory(samples: 1)
        let line = "M-2017-00001,E_RON,95,,2017-03-15,\n"
        #expect(try await etalon.importing(.results, Self.header + line, apply: true).applied)
        let bare = try await etalon.importing(.results, Self.header + "M-2017-00001,E_RON,96,,2017-03-15,\n", apply: true)
        #expect(bare.rows.first?.messages.map(\.field) == ["reason"])
        let reasoned = Self.header + "M-2017-00001,E_RON,96,,2017-03-15,ghi nhầm\n"
        #expect(try await etalon.importing(.results, reasoned, apply: true).ok == 1)
        #expect(try await etalon.importing(.results, reasoned, apply: true).exists == 1)
        #expect(try await etalon.count("select max(version) from record.result") == 2)
    }

    @Test func `a rejected sample takes no result`() async throws {
        let etalon = try await laboratory(samples: 1)
        try await etalon.script("insert into record.sample_event (sample_id, kind, reason) values (1, 'rejected', 'vỡ')")
        let report = try await etalon.importing(.results, Self.header + "M-2017-00001,E_RON,95,,2017-03-15,\n")
        #expect(report.rows.first?.messages.map(\.field) == ["sample"])
    }
}
