// SPDX-License-Identifier: Apache-2.0
import APIContract
import EtalonTestSupport
import LabStore
import LaboratoryModel
import Testing

@testable import LabOperations

@Suite("What reminders say")
struct ReminderLetterTests {
    /// Eight dispensers of one customer, due for as many reasons on 2019-04-01.
    private func station(language: String) async throws -> DeadlineTraveller {
        let bench = try await Bench.open(on: "2018-12-31")
        for number in 1...8 { try await bench.addDispenser("COT-\(number)") }
        try await bench.act(
            ReminderPreferenceSet.self, SetReminderPreference(customer: "XDHG", addresses: ["kt@xdhg.vn"], language: language),
            by: bench.people.reception)
        let traveller = try await DeadlineTraveller(bench, at: "2018-12-31 12:00+07")
        for (code, until) in [
            ("COT-1", "2019-05-31"), ("COT-4", "2019-05-31"), ("COT-5", "2019-05-31"), ("COT-6", "2020-04-30"),
            ("COT-7", "2020-04-30"), ("COT-8", "2020-04-30"),
        ] {
            try await traveller.script(.verification(of: code, on: "2018-05-10", validUntil: until))
        }
        try await traveller.script(.verification(of: "COT-3", on: "2018-12-20", validUntil: nil, outcome: "fail"))
        try await traveller.script(.event("seal_broken", of: "COT-4", on: "2018-12-20"))
        try await bench.calibrated("COT-7", on: "2018-05-31")
        for (code, kind, months) in [("COT-5", "verification", 6), ("COT-6", "calibration", 12), ("COT-7", "calibration", 12)] {
            try await traveller.script(
                """
                insert into record.interval_agreement (subject_type, subject_id, kind, basis, months, starts_on, reference)
                select 'instrument', id, '\(kind)', 'agreed', \(months), '2018-05-10', 'HĐ 1' from work.instrument where code = '\(code)';
                """)
        }
        try await bench.act(
            DeadlineOverride.self, OverrideDeadline(code: "COT-8", dueOn: "2019-05-31", reason: "sớm"), by: bench.people.manager)
        try await traveller.travel(to: "2019-04-01 07:00+07")
        try await traveller.tick()
        try await traveller.tell(at: "2019-04-01 20:00+07")
        return traveller
    }

    /// What stands after the serial of each line, with its code.
    private func lines(of letter: String) -> [String] {
        letter.split(separator: "\n").filter { $0.hasPrefix("- ") }.map { line in
            let code = line.firstRange(of: "COT-").map { String(line[$0.lowerBound...].prefix { $0 != "," }) } ?? ""
            let end = line.firstRange(of: ": ")?.lowerBound ?? line.startIndex
            let why = line.firstRange(of: " – ").map { line[$0.upperBound...] } ?? ""
            return "\(code) \(line.dropFirst(2)[..<end]): \(why)"
        }
    }

    @Test func `each line says why it is due and since when, and a validity only where there is one`() async throws {
        let letters = try await station(language: "vi").letters(to: "kt@xdhg.vn")
        #expect(
            letters.map(\.subject) == [
                "3 phương tiện đo sẽ đến hạn trong 60 ngày tới", "5 phương tiện đo đã quá hạn, lâu nhất 1184 ngày",
            ])
        let (ahead, over) = (try #require(letters.first).text, try #require(letters.last).text)
        #expect(
            lines(of: ahead) == [
                "COT-1 31/05/2019 (còn 60 ngày): kiểm định có hiệu lực đến hết ngày 31/05/2019",
                "COT-7 31/05/2019 (còn 60 ngày): hiệu chuẩn lần cuối ngày 31/05/2018, chu kỳ thỏa thuận đến ngày 31/05/2019",
                "COT-8 31/05/2019 (còn 60 ngày): hạn theo quyết định",
            ])
        #expect(ahead.hasPrefix("Kính gửi: Công ty TNHH Xăng dầu Hậu Giang\n\n3 phương tiện đo"))
        #expect(ahead.contains("): phương tiện đo COT-1, Cột đo xăng dầu, số TQ-COT-1, Địa điểm TRAM-1 – "))
        #expect(ahead.hasSuffix("\nHiệu lực nêu trên tính đến hết ngày ghi. Đề nghị sắp xếp thực hiện đúng hạn.\n"))
        #expect(
            lines(of: over) == [
                "COT-2 03/01/2016 (quá hạn 1184 ngày): chưa từng kiểm định, sử dụng từ ngày 04/01/2016",
                "COT-6 03/01/2016 (quá hạn 1184 ngày): chưa từng hiệu chuẩn, sử dụng từ ngày 04/01/2016",
                "COT-5 10/11/2018 (quá hạn 142 ngày): chu kỳ thỏa thuận đã hết ngày 10/11/2018",
                "COT-3 19/12/2018 (quá hạn 103 ngày): kiểm định ngày 20/12/2018 không đạt",
                "COT-4 19/12/2018 (quá hạn 103 ngày): mất hiệu lực từ ngày 20/12/2018: đứt niêm",
            ])
        #expect(over.hasSuffix("đứt niêm\n\nĐề nghị sắp xếp thực hiện ngay.\n"))
    }

    @Test func `in English as well`() async throws {
        let letters = try await station(language: "en").letters(to: "kt@xdhg.vn")
        #expect(
            letters.map(\.subject) == [
                "3 measuring instruments due within 60 days", "5 measuring instruments overdue for up to 1184 days",
            ])
        let (ahead, over) = (try #require(letters.first).text, try #require(letters.last).text)
        #expect(
            lines(of: ahead) == [
                "COT-1 2019-05-31 (in 60 days): verification valid through 2019-05-31",
                "COT-7 2019-05-31 (in 60 days): last calibrated on 2018-05-31, the agreed interval ends on 2019-05-31",
                "COT-8 2019-05-31 (in 60 days): set by a decision",
            ])
        #expect(ahead.contains("): measuring instrument COT-1, Fuel dispenser, serial TQ-COT-1, Địa điểm TRAM-1 – "))
        #expect(ahead.hasSuffix("\nA validity lasts through the whole of the day shown. Please see to this in time.\n"))
        #expect(
            lines(of: over) == [
                "COT-2 2016-01-03 (overdue for 1184 days): never verified, in use since 2016-01-04",
                "COT-6 2016-01-03 (overdue for 1184 days): never calibrated, in use since 2016-01-04",
                "COT-5 2018-11-10 (overdue for 142 days): the agreed interval ended on 2018-11-10",
                "COT-3 2018-12-19 (overdue for 103 days): failed its verification on 2018-12-20",
                "COT-4 2018-12-19 (overdue for 103 days): validity ended on 2018-12-20: seal broken",
            ])
        #expect(over.hasSuffix("seal broken\n\nPlease see to this without delay.\n") && !over.contains("alid through"))
    }

    @Test func `standards, papers and samples are called what they are`() async throws {
        let bench = try await Bench.open(on: "2018-12-31")
        let people = bench.people
        try await bench.addStandard(
            "CH-1", named: "Bình chuẩn", kind: "volume_measure", calibratedUntil: "2019-06-30", certifiedUntil: nil)
        try await bench.act(
            VerifierCardAdd.self,
            AddVerifierCard(
                person: people.reviewer.username, number: "KDV-7", families: ["mass"], issuedOn: "2015-01-01",
                expiresOn: "2019-05-31"), by: people.quality)
        try await bench.act(
            DesignationAdd.self,
            AddDesignation(number: "QĐ 7/TĐC", types: ["20"], issuedOn: "2015-01-01", expiresOn: "2019-06-30"), by: people.quality
        )
        let order = try await bench.act(
            OrderReceive.self,
            ReceiveOrder(
                customer: "XDHG", site: "TRAM-1", purpose: "customer",
                samples: [
                    NewSample(matrix: "food", description: "Chả lụa", indicators: ["FOOD-PB"], retainUntil: "2019-05-31")
                ]), by: people.reception)
        let sample = try #require(order.samples.first).number
        try await bench.database.script(
            """
            insert into record.accreditation (number, body, issued_on, expires_on) values ('VILAS 300', 'BoA', '2016-01-01', '2019-05-31');
            update catalogue.reminder_audience set addresses = array[code || '@kd.vn'], language = case code when 'staff' then 'en' else 'vi' end
            """, as: "etalon_owner")
        let traveller = try await DeadlineTraveller(bench, at: "2019-04-01 07:00+07")
        try await traveller.tick()
        try await traveller.tell(at: "2019-04-01 20:00+07")
        let staff = try await traveller.letters(to: "staff@kd.vn")
        #expect(
            staff.map(\.subject) == ["1 measurement standard due within 90 days", "3 deadlines due within 60 days"])
        for line in [
            "- 2019-06-30 (in 90 days; plan by 2019-06-28): measurement standard CH-1, Bình chuẩn, serial S-CH-1 – "
                + "calibration certificate calibration CH-1 valid through 2019-06-30\n",
            "- 2019-05-31 (in 60 days): verifier card KDV-7, Phạm Thị Thảo – card valid through 2019-05-31\n",
            "- 2019-05-31 (in 60 days): accreditation VILAS 300, BoA – accreditation valid through 2019-05-31\n",
            "- 2019-05-31 (in 60 days): retained sample \(sample) – to be kept through 2019-05-31\n",
        ] {
            let told = line.replacing("Bình chuẩn", with: "volume_measure")
            #expect(staff.contains { $0.text.contains(told) }, "\(told)")
        }
        let manager = try await traveller.letters(to: "manager@kd.vn")
        #expect(manager.map(\.subject) == ["1 quyết định chỉ định sẽ hết hạn trong 90 ngày tới"])
        #expect(
            manager.first?.text.contains(
                "- 30/06/2019 (còn 90 ngày; làm trước 28/06/2019): quyết định chỉ định QĐ 7/TĐC – "
                    + "quyết định có hiệu lực đến hết ngày 30/06/2019\n") == true)
    }

    private func line(_ type: String, _ code: Int, days: Int, overdue: Bool? = nil) throws -> ReminderLineRow {
        try StrictJSON.decode(
            ReminderLineRow.self,
            from: Array(
                """
                {"id":\(code),"subject_type":"\(type)","subject_id":\(code),"code":"\(code)","name_vi":"","name_en":"","serial":"","site":"",
                 "kind":"","due_on":"2019-05-31","skipped":[],"plan_by":"2019-05-31","days":\(days),"overdue":\(overdue ?? (days > 0)),
                 "reason":"expired","current":true}
                """.utf8))
    }

    @Test(
        arguments: [
            ("instrument", [-1], "1 measuring instrument due within 1 day", "1 phương tiện đo sẽ đến hạn trong 1 ngày tới"),
            ("instrument", [0], "1 measuring instrument due today", "1 phương tiện đo đến hạn hôm nay"),
            ("instrument", [1, 1], "2 measuring instruments overdue since today", "2 phương tiện đo đã quá hạn từ hôm nay"),
            (
                "instrument", [300, 31], "2 measuring instruments overdue for up to 300 days",
                "2 phương tiện đo đã quá hạn, lâu nhất 300 ngày"
            ),
            ("instrument", [-7, 3], "2 measuring instruments due or overdue", "2 phương tiện đo đến hạn hoặc quá hạn"),
            ("designation", [1], "1 designation expired yesterday", "1 quyết định chỉ định đã hết hạn hôm qua"),
            ("verifier_card", [14], "1 verifier card expired 14 days ago", "1 thẻ kiểm định viên đã hết hạn 14 ngày"),
            (
                "accreditation", [-1, -7], "2 accreditations expiring within 7 days",
                "2 chứng chỉ công nhận sẽ hết hạn trong 7 ngày tới"
            ),
            ("sample", [1], "1 retained sample past retention since today", "1 mẫu lưu đã quá hạn lưu từ hôm nay"),
        ] as [(String, [Int], String, String)])
    func `a subject counts what there is and the days that have passed`(
        type: String, days: [Int], english: String, vietnamese: String
    ) throws {
        let lines = try days.enumerated().map { try line(type, $0.offset + 1, days: $0.element) }
        #expect(ReminderWords(isEnglish: true).summary(lines) == english)
        #expect(ReminderWords(isEnglish: false).summary(lines) == vietnamese)
    }

    @Test func `within a grace nothing is called overdue`() throws {
        let words = ReminderWords(isEnglish: true)
        let line = try line("instrument", 1, days: 5, overdue: false)
        #expect(words.summary([line]) == "1 measuring instrument due or overdue")
        #expect(
            words.line(line, naming: true).hasPrefix("2019-05-31 (due 5 days ago, within the grace): measuring instrument 1 – "))
    }
}
