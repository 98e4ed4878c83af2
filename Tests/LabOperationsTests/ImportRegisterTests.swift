// SPDX-License-Identifier: Apache-2.0
import LabStore
import LaboratoryModel
import Testing

@testable import LabOperations

@Suite("Start-up import")
struct ImportRegisterTests {
    private static let registers = "work.customer union all select 1 from work.site union all select 1 from work.instrument"
    private static let records =
        "select count(*) from (select 1 from \(registers) union all select 1 from record.audit_entry) everything"

    private func withExamples(before kind: ImportKind) async throws -> ImportLaboratory {
        let etalon = try await ImportLaboratory()
        for earlier in ImportKind.allCases.prefix(while: { $0 != kind }) where earlier != .results {
            _ = try await etalon.importing(earlier, earlier.example, apply: true)
        }
        return etalon
    }

    @Test(arguments: ImportKind.allCases.filter { $0 != .results })
    func `the example of a kind is judged, added once, and known the second time`(kind: ImportKind) async throws {
        let etalon = try await withExamples(before: kind)
        let before = try await etalon.count(Self.records)
        let dry = try await etalon.importing(kind, kind.example)
        #expect(dry.errors == 0, "\(dry.rows)")
        #expect(dry.ok == 2)
        #expect(!dry.applied)
        #expect(try await etalon.count(Self.records) == before)
        let applied = try await etalon.importing(kind, kind.example, apply: true)
        #expect(applied.applied)
        #expect(applied.rows.map(\.verdict) == ["ok", "ok"])
        #expect(applied.rows.map(\.line) == [2, 3])
        #expect(try await etalon.count(Self.records) > before)
        let again = try await etalon.importing(kind, kind.example, apply: true)
        #expect(again.exists == 2)
        #expect(again.rows.map(\.verdict) == ["exists", "exists"])
    }

    @Test func `a last verification keeps the day that its paper shows, with the reason why`() async throws {
        let etalon = try await withExamples(before: .standards)
        let asPrinted = """
            select count(*) from record.conclusion c join record.measurement m on m.id = c.measurement_id
            join work.instrument i on i.id = m.instrument_id
            where c.derivation -> 1 ->> 'rule' = 'start-up import, as printed' and c.interval_rule_id is not null
              and (i.code, m.worked_on, c.valid_until, m.organisation) in (
                  ('CX-0001', '2016-08-15', '2017-08-31', 'Trung tâm Kỹ thuật'),
                  ('CDH-0001', '2016-06-05', '2017-06-30', 'Chi cục Tiêu chuẩn Đo lường Chất lượng'))
            """
        #expect(try await etalon.count(asPrinted) == 2)
        #expect(
            try await etalon.count(
                "select count(*) from record.due('2017-07-15') where subject_type = 'instrument' and due_on = '2017-06-30'") == 1)
        #expect(try await etalon.count("select count(*) from work.channel where characteristics ->> 'fuel' = 'DO'") == 1)
    }

    @Test func `every fault of every row comes at once and nothing is added`() async throws {
        let etalon = try await ImportLaboratory()
        let report = try await etalon.importing(
            .customers,
            """
            code,name,kind,tax_code
            K-1,Công ty Một,enterprise,18001
            K-2,,firm,
            K-1,Công ty Ba,individual,18001
            K-4,Công ty, Bốn,individual,
            """, apply: true)
        #expect(!report.applied)
        #expect((report.ok, report.errors) == (1, 3))
        #expect(report.rows.filter { $0.verdict == "error" }.map(\.line) == [3, 4, 5])
        #expect(report.rows.map { $0.messages.map(\.field) } == [[], ["name", "kind"], ["code", "tax_code"], [""]])
        #expect(try await etalon.count("select count(*) from work.customer") == 0)
    }

    @Test func `customers without a code are numbered behind those that have one`() async throws {
        let etalon = try await ImportLaboratory()
        let file = "name;kind;code\nCông ty A;enterprise;\nCông ty B;enterprise;KH00007\nHộ C;individual;\n"
        #expect(try await etalon.importing(.customers, file, apply: true).applied)
        #expect(try await etalon.count("select count(*) from work.customer where code in ('KH00007', 'KH00008', 'KH00010')") == 3)
        #expect(try await etalon.importing(.customers, file, apply: true).exists == 3)
    }

    @Test func `text is kept in NFC however it was typed`() async throws {
        let etalon = try await ImportLaboratory()
        let file = "code,name,kind\nK-1,Cho\u{31B}\u{323} Ta\u{302}n An,state_body\n"
        #expect(try await etalon.importing(.customers, file, apply: true).applied)
        #expect(try await etalon.count("select count(*) from work.customer where name = 'Chợ Tân An'") == 1)
        #expect(try await etalon.importing(.customers, "code,name,kind\nK-1,Chợ Tân An,state_body\n").exists == 1)
    }

    @Test func `a code that belongs to another is a fault, not a repetition`() async throws {
        let etalon = try await withExamples(before: .standards)
        let customer = try await etalon.importing(.customers, "code,name,kind\nKH-001,Công ty khác,enterprise\n")
        #expect(customer.rows.first?.messages.map(\.field) == ["code"])
        let instrument = try await etalon.importing(
            .instruments, "code,type,serial,site,put_in_use_on\nCX-0001,19,TK-9,CH-01,2013-01-10\n,19,TK-2201,CH-01,2013-01-10\n")
        #expect(instrument.rows.map(\.verdict) == ["error", "exists"])
    }

    @Test func `what an instrument needs is asked for cell by cell`() async throws {
        let etalon = try await withExamples(before: .instruments)
        let header = "code,type,serial,site,put_in_use_on,channels,last_verified_on,last_mode,last_outcome,last_valid_until\n"
        let rows = [
            ",19,,CH-01,2013-01-10,,,,,",  // neither code nor serial number
            "A1,77,S1,CH-99,2013-01-10,,,,,",  // unknown type and site
            "A2,19,S2,CH-01,2999-01-01,,,,,",  // a day in the future
            "A3,19,S3,CH-01,2013-01-10,1|1:Vòi,,,,",  // a channel without a name
            "A4,19,S4,CH-01,2013-01-10,,2016-08-15,periodic,pass,",  // no printed day
            "A5,19,S5,CH-01,2013-01-10,,2016-08-15,periodic,pass,2015-08-31",  // days swapped
            "A6,19,S6,CH-01,2013-01-10,,2016-08-15,periodic,fail,2017-08-31",  // a failure with validity
            "A7,19,S7,CH-01,2013-01-10,,,periodic,,",  // a mode without a day
            "A8,19,S8,CH-01,30/02/2013,,,,,",  // no such day
        ]
        let report = try await etalon.importing(.instruments, header + rows.joined(separator: "\n"), apply: true)
        #expect(
            report.rows.map { $0.messages.map(\.field) } == [
                ["code"], ["type", "site"], ["put_in_use_on"], ["channels"], ["last_valid_until"], ["last_valid_until"],
                ["last_valid_until"], ["last_verified_on"], ["put_in_use_on"],
            ])
        #expect(try await etalon.count("select count(*) from work.instrument") == 0)
    }

    @Test func `numbers that the centre gives go on behind those of the file`() async throws {
        let etalon = try await withExamples(before: .instruments)
        let file =
            "code,type,serial,site,put_in_use_on\nTB000041,19,S1,CH-01,2013-01-10\n,19,S2,CH-01,2013-01-10\nX-3,8a,,CHO-01,2013-01-10\n"
        #expect(try await etalon.importing(.instruments, file, apply: true).applied)
        #expect(try await etalon.count("select count(*) from work.instrument where code = 'TB000042' and serial = 'S2'") == 1)
        #expect(
            try await etalon.count(
                "select count(*) from work.instrument where code = 'X-3' and serial = 'CT-000001' and serial_assigned") == 1)
    }

    @Test func `stamps that overlap in the file or in the records are refused`() async throws {
        let etalon = try await ImportLaboratory()
        let header = "kind,series,first,last,received_on,holder\n"
        let clash = try await etalon.importing(
            .stamps,
            header + "stamp,16A,001,100,2016-12-20,\nstamp,16A,100,110,2016-12-20,\nstamp,16A,0001,0010,2016-12-20,nobody\n")
        #expect(clash.rows.map { $0.messages.map(\.field) } == [[], ["first"], ["holder"]])
        #expect(try await etalon.importing(.stamps, header + "stamp,16A,001,010,2016-12-20,binh\n", apply: true).applied)
        #expect(
            try await etalon.count("select count(*) from record.stamp_state where state = 'assigned' and person_id = 2") == 10)
        let half = try await etalon.importing(.stamps, header + "stamp,16A,006,015,2016-12-20,\n")
        #expect(half.rows.map(\.verdict) == ["error"])
    }

    @Test(arguments: [
        ("0000000000000000000", "9223372036854775807"), ("-9223372036854775808", "09223372036854775807"), ("5", "1"), ("1", "02"),
        ("a", "b"),
        ("١", "٢"), ("00001", "99999"),
    ])
    func `what is no run of numbers is refused`(_ run: (first: String, last: String)) async throws {
        var check = InputCheck(today: try CivilDate(parsing: "2017-06-30"))
        let file = "kind,series,first,last,received_on\nstamp,16A,\(run.first),\(run.last),2016-12-20\n"
        var reading = try ImportReading(Array(file.utf8), kind: .stamps)
        let line = try #require(try reading.next())
        let entry = StampEntry(line, position: 0, &check)
        #expect(check.faults.count == 1)
        #expect(StampEntry.clashes([entry]).isEmpty)
    }

    @Test func `one instrument is not brought along twice`() async throws {
        let etalon = try await withExamples(before: .instruments)
        let file = "code,type,serial,site,put_in_use_on\nA-1,19,S1,CH-01,2013-01-10\n,19,S1,CH-01,2013-01-10\n"
        let report = try await etalon.importing(.instruments, file, apply: true)
        #expect(report.rows.map { $0.messages.map(\.field) } == [[], ["serial"]])
    }

    @Test func `a card names a person and families that there are`() async throws {
        let etalon = try await ImportLaboratory()
        let header = "person,number,families,issued_on,expires_on\n"
        let report = try await etalon.importing(
            .cards,
            header
                + "an,T-1,volume;magic,2016-01-01,2021-01-01\nnobody,T-2,mass,2016-01-01,2015-01-01\nan,T-3,;,2016-01-01,2021-01-01\n",
            apply: true)
        #expect(report.rows.map { $0.messages.map(\.field) } == [["families"], ["expires_on", "person"], ["families"]])
    }

    @Test func `a wrong header names what is missing and what is unknown`() async throws {
        let etalon = try await ImportLaboratory()
        let faults = try await etalon.refusal(.customers, Array("name,Tên,name\nx,y,z\n".utf8))
        #expect(faults.map(\.field) == ["header"])
        let text = try #require(faults.first).message
        #expect(text.en.hasPrefix("missing columns: “kind”; unknown columns: “tên”; repeated columns: “name”"))
        #expect(text.vi.hasPrefix("thiếu cột: “kind”; cột không biết: “tên”; cột lặp lại: “name”"))
    }

    @Test func `files that are no table are refused as a whole`() async throws {
        let etalon = try await ImportLaboratory()
        #expect(try await etalon.refusal(.customers, []).map(\.field) == ["file"])
        #expect(try await etalon.refusal(.customers, Array("name,kind\n".utf8)).map(\.field) == ["file"])
        let notText = try await etalon.refusal(.customers, Array("name,kind\nA,individual\n".utf8) + [0xE9, 0x2C, 0x61])
        #expect(notText.first?.message.en.hasPrefix("line 3 is not UTF-8") == true)
    }

    @Test func `one file under one key is added once, and another is refused`() async throws {
        let etalon = try await ImportLaboratory()
        let file = "code,name,kind\nK-1,Công ty Một,enterprise\n"
        let first = try await etalon.importing(.customers, file, apply: true, key: "k1")
        let second = try await etalon.importing(.customers, file, apply: true, key: "k1")
        #expect(first.ok == 1)
        #expect(second.ok == 1, "the first answer is given again")
        #expect(try await etalon.count("select count(*) from work.customer") == 1)
    }

    @Test func `only an administrator imports registers, only a technician results`() async throws {
        let etalon = try await ImportLaboratory()
        await #expect(throws: ActError.self) {
            try await etalon.importing(.customers, ImportKind.customers.example, by: etalon.technician)
        }
        await #expect(throws: ActError.self) {
            try await etalon.importing(.results, ImportKind.results.example, by: etalon.administrator)
        }
    }

    @Test func `a long file shows its first thousand faults and counts them all`() async throws {
        let etalon = try await ImportLaboratory()
        let rows = (1...3_000).map { $0 % 2 == 0 ? "K-\($0),Công ty \($0),enterprise" : "K-\($0),,enterprise" }
        let report = try await etalon.importing(.customers, "code,name,kind\n" + rows.joined(separator: "\n"))
        #expect((report.ok, report.errors, report.rows.count) == (1_500, 1_500, 1_000))
        #expect(report.rows.allSatisfy { $0.verdict == "error" })
    }
}
