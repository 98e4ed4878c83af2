// SPDX-License-Identifier: Apache-2.0
import APIContract
import EtalonTestSupport
import LabOperations
import LaboratoryModel
import Testing

@Suite("From a result to a test report")
struct TestReportTests {
    @Test func `a comma is kept as typed and 0,050 keeps its digits`() async throws {
        let bench = try await Bench.open()
        let sample = try await bench.receive()
        let entered = try await bench.enter("0,050", of: sample)
        #expect(entered.text == "0,050")
        #expect(try await bench.database.texts("select value::text from record.result") == ["0.050"])
    }

    @Test func `KPH is a result below the detection limit, and the report says which limit`() async throws {
        let bench = try await Bench.open()
        let sample = try await bench.receive()
        #expect(try await bench.enter("KPH", of: sample).kind == "below_lod")
        try await bench.review(sample)
        let report = try await bench.issueReport(of: sample)
        #expect(try await bench.content(of: report.label).contains("KPH (LOD: 0,02)"))
    }

    @Test func `what was not measured is said with its reason, and an empty cell is no result`() async throws {
        let bench = try await Bench.open()
        let sample = try await bench.receive(["FOOD-PB", "FOOD-SALM"])
        let empty = try await refusal { try await bench.enter("", of: sample) }
        #expect(empty.fields == ["results[0].value"])
        let unreasoned = try await refusal { try await bench.enter(nil, of: sample, notMeasured: " ") }
        #expect(unreasoned.fields == ["results[0].not_measured"])
        try await bench.enter(nil, of: sample, notMeasured: "Mẫu không đủ lượng")
        try await bench.enter("Âm tính", for: "FOOD-SALM", of: sample)
        try await bench.review(sample)
        let report = try await bench.issueReport(of: sample)
        let content = try await bench.content(of: report.label)
        #expect(content.contains("Không thử (Mẫu không đủ lượng)"))
        #expect(content.contains("Âm tính"))
    }

    @Test func `a correction needs its reason, and both versions stay`() async throws {
        let bench = try await Bench.open()
        let sample = try await bench.receive()
        try await bench.enter("0.08", of: sample)
        let refused = try await refusal { try await bench.enter("0.09", of: sample) }
        #expect(refused.fields == ["results[0].reason"])
        try await bench.enter("0.09", of: sample, reason: "Nhập nhầm")
        let history = try await bench.ask(ResultHistory.self, sample)
        #expect(history.items.map(\.version) == [1, 2])
        #expect(history.items.map(\.text) == ["0.08", "0.09"])
        #expect(history.items.map(\.reason) == [nil, "Nhập nhầm"])
    }

    @Test func `one fault in a batch refuses the whole batch and names every fault`() async throws {
        let bench = try await Bench.open()
        let sample = try await bench.receive(["FOOD-PB", "FOOD-AS"])
        let refused = try await refusal {
            try await bench.act(
                ResultEnter.self,
                EnterResults(results: [
                    NewResult(sample: sample, indicator: "FOOD-PB", value: "0.08"),
                    NewResult(sample: sample, indicator: "FOOD-HG", value: "0.01"),
                    NewResult(sample: "M99-00001", indicator: "FOOD-PB", value: "0.01"),
                    NewResult(sample: sample, indicator: "FOOD-AS", value: "-3"),
                ]), by: bench.people.technician)
        }
        #expect(Set(refused.fields) == ["results[1].indicator", "results[2].sample", "results[3].value"])
        #expect(try await bench.database.texts("select count(*)::text from record.result") == ["0"])
    }

    @Test func `whoever entered a result may not review it`() async throws {
        let bench = try await Bench.open()
        let sample = try await bench.receive()
        try await bench.enter("0.08", of: sample, by: bench.people.colleague)
        let refused = try await refusal { try await bench.review(sample, by: bench.people.colleague) }
        #expect(refused.codes == ["entered-and-reviewed-by-same-person"])
        try await bench.review(sample)
        let again = try await refusal { try await bench.review(sample) }
        #expect(again.codes == ["nothing-to-review"])
    }

    @Test func `a result sent back waits for the technician again, with the reason`() async throws {
        let bench = try await Bench.open()
        let sample = try await bench.receive()
        try await bench.enter("0.08", of: sample)
        try await bench.review(sample, "sent_back", reason: "Kiểm tra lại đường chuẩn")
        let work = try await bench.ask(WorkList.self, (matrix: nil, indicator: nil, limit: 10))
        #expect(work.items.map(\.state) == ["sent_back"])
        #expect(work.items.map(\.reason) == ["Kiểm tra lại đường chuẩn"])
        try await bench.enter("0.07", of: sample, reason: "Đo lại")
        try await bench.review(sample)
        #expect(try await bench.ask(SampleShow.self, sample).lines.map(\.state) == ["approved"])
    }

    @Test func `a report is refused with every reason at once`() async throws {
        let bench = try await Bench.open()
        let sample = try await bench.receive(["FOOD-PB", "FOOD-AS"])
        try await bench.enter("0.08", of: sample)
        try await bench.act(
            SampleEventRecord.self, RecordSampleEvent(sample: sample, kind: "rejected", reason: "Bao bì rách"),
            by: bench.people.reception)
        let refused = try await refusal { try await bench.issueReport(of: sample) }
        #expect(refused.codes == ["sample-rejected", "results-missing", "results-not-approved"])
        #expect(try await bench.database.texts("select count(*)::text from work.number_series where series = 'KQTN'") == ["0"])
    }

    @Test func `a sample is reported once; a second report amends the first, which it replaces when it is signed`() async throws {
        let bench = try await Bench.open()
        let first = try await bench.reportedSample()
        let sample = try #require(first.sample)
        let twice = try await refusal { try await bench.issueReport(of: sample) }
        #expect(twice.codes == ["report-exists"])
        let unreasoned = try await refusal { try await bench.issueReport(of: sample, amends: first.label) }
        #expect(unreasoned.fields == ["reason"])

        try await bench.enter("0.05", of: sample, reason: "Sai hệ số pha loãng")
        try await bench.review(sample)
        let draft = try await bench.act(
            ReportIssue.self, IssueReport(sample: sample, amends: first.label, reason: "Sai hệ số pha loãng"),
            by: bench.people.reviewer)
        #expect(try await bench.ask(DocumentShow.self, first.label).state == "issued")
        #expect(try await bench.ask(PublicVerification.self, first.accessCode).replacedBy == nil)
        let second = try await refusal {
            try await bench.act(
                ReportIssue.self, IssueReport(sample: sample, amends: first.label, reason: "Lần nữa"), by: bench.people.reviewer)
        }
        guard case .conflict = second else { throw NotRefused() }
        try await bench.render(draft.label)
        try await bench.sign(draft.label, by: bench.people.laboratoryHead)
        try await bench.sign(draft.label, by: bench.people.head)
        let replaced = try await bench.ask(DocumentShow.self, first.label)
        #expect(replaced.state == "amended")
        #expect(replaced.replacedBy == draft.label)
        let check = try await bench.ask(PublicVerification.self, first.accessCode)
        #expect(check.status == "amended")
        #expect(check.replacedBy == draft.label)
        #expect(try await bench.content(of: first.label).contains("0,08"))
    }

    @Test func `an amendment that was voided can be made again`() async throws {
        let bench = try await Bench.open()
        let first = try await bench.reportedSample()
        let sample = try #require(first.sample)
        let draft = try await bench.act(
            ReportIssue.self, IssueReport(sample: sample, amends: first.label, reason: "Sửa tên mẫu"), by: bench.people.reviewer)
        try await bench.document(draft.label, "voided", reason: "In hỏng")
        let second = try await bench.issueReport(of: sample, amends: first.label, reason: "Sửa tên mẫu")
        #expect(second.state == "issued")
        #expect(try await bench.ask(DocumentShow.self, first.label).replacedBy == second.label)
    }

    @Test func `a withdrawn report is no longer valid for whoever asks with its code`() async throws {
        let bench = try await Bench.open()
        let report = try await bench.reportedSample()
        #expect(try await bench.ask(PublicVerification.self, report.accessCode).status == "valid")
        let unreasoned = try await refusal { try await bench.document(report.label, "withdrawn") }
        #expect(unreasoned.fields == ["reason"])
        try await bench.document(report.label, "withdrawn", reason: "Mẫu bị nhầm")
        #expect(try await bench.ask(PublicVerification.self, report.accessCode).status == "withdrawn")
        let again = try await refusal { try await bench.document(report.label, "withdrawn", reason: "Mẫu bị nhầm") }
        #expect(again.codes == ["document-not-in-state"])
    }

    @Test func `numbers have no gap: a void report keeps its number and the next takes the next`() async throws {
        let bench = try await Bench.open()
        let first = try await bench.reportedSample()
        let sample = try await bench.receive()
        try await bench.enter("0.08", of: sample)
        try await bench.review(sample)
        let void = try await bench.act(ReportIssue.self, IssueReport(sample: sample), by: bench.people.reviewer)
        try await bench.document(void.label, "voided", reason: "Máy in hỏng")
        let third = try await bench.issueReport(of: sample)
        #expect([first.label, void.label, third.label] == ["0001/2018/KQTN", "0002/2018/KQTN", "0003/2018/KQTN"])
    }
}
