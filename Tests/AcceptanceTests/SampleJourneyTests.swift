// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import Testing

@Suite("A sample from the counter to its report")
struct SampleJourneyTests {
    @Test func `a sample is received, tested, reported, amended and withdrawn at the command line`()
        async throws
    {
        let laboratory = try await Laboratory.shared.value
        let sample = try await laboratory.approvedSample()
        let label = try await laboratory.issuedReport(of: sample)
        let issued = try await laboratory.document("report", "show", label, by: .reviewer)
        #expect(issued["state"]?.text == "issued")
        #expect(issued["signatures"]?.list.count == 2)
        let firstPDF = try bytes(at: try await laboratory.renderedPDF(of: label))
        #expect(firstPDF.starts(with: "%PDF-".utf8))

        let amended = try await laboratory.document(
            "report", "amend", label, "--reason", "Sửa tên mẫu", by: .reviewer)
        let successor = try #require(amended["label"]?.text)
        #expect(successor != label)
        #expect(amended["replaces"]?.text == label)
        #expect(try bytes(at: try await laboratory.renderedPDF(of: label)) == firstPDF)
        #expect(
            try await laboratory.document("report", "show", label, by: .reviewer)["replaced_by"]?.text
                == successor)

        let code = try #require(issued["access_code"]?.text)
        try await laboratory.done(
            "certificate", "withdraw", label, "--reason", "thu hồi theo yêu cầu", by: .signatory)
        let check = try await laboratory.done("--format", "json", "certificate", "verify", code, by: nil)
            .document()
        #expect(check["status"]?.text == "withdrawn")
        #expect(try bytes(at: try await laboratory.renderedPDF(of: label)) == firstPDF)
        let again = try await laboratory.etalon(
            "certificate", "withdraw", label, "--reason", "lần nữa", by: .signatory)
        #expect(again.exitCode == 1)
    }

    @Test func `the request slip and the labels are written at reception`() async throws {
        let laboratory = try await Laboratory.shared.value
        let slip = laboratory.daemon.folder + "/phieu.pdf"
        let labels = laboratory.daemon.folder + "/nhan"
        try FileManager.default.createDirectory(atPath: labels, withIntermediateDirectories: true)
        let order = try await laboratory.document(
            "sample", "receive", "--customer", "KH-1", "--site", "DD-1", "--matrix", "gasoline",
            "--description",
            "Xăng RON 95-III", "--specification", "XANG-RON95-III", "--count", "2", "--slip", slip,
            "--labels", labels,
            by: .reception)
        #expect(try bytes(at: slip).starts(with: "%PDF-".utf8))
        let numbers = try #require(order["samples"]?.list.compactMap { $0["number"]?.text })
        #expect(numbers.count == 2)
        for number in numbers { #expect(try bytes(at: "\(labels)/\(number).pdf").starts(with: "%PDF-".utf8)) }
    }

    @Test func `a frozen report is rendered at once though the poll ceiling is an hour`() async throws {
        let laboratory = try await Laboratory.shared.value
        let configuration = try await laboratory.etalond(
            "check-config", "--config", laboratory.daemon.configuration)
        #expect(configuration.output.contains(/jobs\.ceiling_seconds +3600/))
        let label = try await laboratory.frozenReport(of: try await laboratory.approvedSample())
        let pdf = try await laboratory.renderedPDF(of: label)
        #expect(try bytes(at: pdf).starts(with: "%PDF-".utf8))
    }

    @Test func `who entered a result may not approve it`() async throws {
        let laboratory = try await Laboratory.shared.value
        let sample = try await laboratory.receivedSample(indicators: ["PET-RON"])
        try await laboratory.done("staff", "grant", "technician", "reviewer", by: .administrator)
        try await laboratory.done("result", "enter", sample, "PET-RON=95,2", by: .technician)
        let refused = try await laboratory.etalon("result", "approve", sample, by: .technician)
        try await laboratory.done("staff", "revoke", "technician", "reviewer", by: .administrator)
        #expect(refused.exitCode == 1)
        #expect(refused.errors.hasPrefix("Refused: "))
    }

    @Test func `every reason is printed when documents cannot be signed`() async throws {
        let laboratory = try await Laboratory.shared.value
        let first = try await laboratory.frozenReport(of: try await laboratory.approvedSample())
        let second = try await laboratory.frozenReport(of: try await laboratory.approvedSample())
        try await laboratory.renderedPDF(of: first)
        try await laboratory.renderedPDF(of: second)
        // The head of the laboratory comes first, then the head of the centre.
        let early = try await laboratory.etalon(
            "sign", first, second, "--pin-file", laboratory.pinFile, by: .head)
        #expect(early.exitCode == 1)
        #expect(
            early.errorLines.filter { $0.contains("[no-signing-authority]") }.count == 2, "\(early.errors)")
        let wrong = try laboratory.daemon.write("000000\n", to: "wrong-pin")
        let refused = try await laboratory.etalon("sign", first, "--pin-file", wrong, by: .signatory, in: .vi)
        #expect(refused.exitCode == 1)
        #expect(refused.errors.contains("Sai mã PIN"))
        try await laboratory.done("sign", first, "--pin-file", laboratory.pinFile, by: .signatory)
        let mixed = try await laboratory.etalon(
            "--format", "json", "sign", first, second, "--pin-file", laboratory.pinFile, by: .signatory)
        #expect(mixed.exitCode == 1)
        let outcomes = try mixed.document().items
        #expect(outcomes.map { $0["document"]?.text } == [first, second])
        #expect(outcomes.map { $0["signed"] } == [.truth(false), .truth(true)])
        #expect(outcomes.first?["reasons"]?.list.isEmpty == false)
    }

    private func bytes(at path: String) throws -> Data { try Data(contentsOf: URL(filePath: path)) }
}
