// SPDX-License-Identifier: Apache-2.0
import APIContract
import EtalonTestSupport
import LabOperations
import LaboratoryModel
import Testing

@Suite("Signatures")
struct SignatureTests {
    private func draft(_ bench: Bench) async throws -> String {
        let sample = try await bench.receive()
        try await bench.enter("0.08", of: sample)
        try await bench.review(sample)
        let report = try await bench.act(ReportIssue.self, IssueReport(sample: sample), by: bench.people.reviewer)
        try await bench.render(report.label)
        return report.label
    }

    @Test func `nothing is signed before it can be read`() async throws {
        let bench = try await Bench.open()
        let sample = try await bench.receive()
        try await bench.enter("0.08", of: sample)
        try await bench.review(sample)
        let report = try await bench.act(ReportIssue.self, IssueReport(sample: sample), by: bench.people.reviewer)
        try await bench.act(PINSet.self, SetPIN(pin: Bench.pin), by: bench.people.laboratoryHead)
        let refused = try await refusal { try await bench.sign(report.label, by: bench.people.laboratoryHead) }
        #expect(refused.codes == ["document-not-in-state"])
    }

    @Test func `a test report is signed by the head of the laboratory, then by the head, and only then issued`() async throws {
        let bench = try await Bench.open()
        let label = try await draft(bench)
        let early = try await refusal { try await bench.sign(label, by: bench.people.head) }
        #expect(early.codes == ["no-signing-authority"])
        #expect(try await bench.sign(label, by: bench.people.laboratoryHead).issued == false)
        let twice = try await refusal { try await bench.sign(label, by: bench.people.laboratoryHead) }
        #expect(twice.codes == ["already-signed", "no-signing-authority"])
        #expect(try await bench.sign(label, by: bench.people.head).issued)
        #expect(try await bench.ask(DocumentShow.self, label).signatures.map(\.person) == ["son", "dung"])
    }

    @Test func `whoever entered a result of the report may not sign it`() async throws {
        let bench = try await Bench.open()
        try await bench.act(
            RoleChange.self, ChangeRole(person: "son", role: "technician", granted: true), by: bench.people.administrator)
        let both = Caller(
            personID: bench.people.laboratoryHead.personID, username: "son", name: "Võ Thanh Sơn",
            roles: [.signatory, .technician])
        let sample = try await bench.receive()
        try await bench.enter("0.08", of: sample, by: both)
        try await bench.review(sample)
        let report = try await bench.act(ReportIssue.self, IssueReport(sample: sample), by: bench.people.reviewer)
        try await bench.render(report.label)
        let refused = try await refusal { try await bench.sign(report.label, by: both) }
        #expect(refused.codes == ["entered-and-signed-by-same-person"])
    }

    @Test func `a certificate is signed by the verifier who measured, then by the head`() async throws {
        let bench = try await Bench.open()
        try await bench.addDispenser("COT-1")
        let done = try await bench.measure(.dispenser("COT-1", on: "2018-05-10", evidence: .stamped("00001", seal: "001")))
        let certificate = try await bench.act(
            CertificateIssue.self, IssueCertificate(measurement: done.id), by: bench.people.technician)
        try await bench.render(certificate.label)
        let head = try await refusal { try await bench.sign(certificate.label, by: bench.people.head) }
        #expect(head.codes == ["verifier-signature-missing"])
        try await bench.act(PINSet.self, SetPIN(pin: Bench.pin), by: bench.people.colleague)
        let colleague = try await refusal { try await bench.sign(certificate.label, by: bench.people.colleague) }
        #expect(colleague.codes == ["measured-by-another"])
        #expect(try await bench.sign(certificate.label, by: bench.people.technician).signed)
        #expect(try await bench.sign(certificate.label, by: bench.people.head).issued)
    }

    @Test func `a delegation that ended gives no signature`() async throws {
        let bench = try await Bench.open()
        try await bench.act(
            SigningAuthorityAdd.self,
            AddSigningAuthority(
                person: "thao", level: "laboratory_head", form: "TL.", titleVi: "TRƯỞNG PHÒNG", titleEn: "Head",
                validFrom: "2018-01-01",
                validUntil: "2018-12-30", decision: "QĐ 9"), by: bench.people.quality)
        let delegate = Caller(
            personID: bench.people.reviewer.personID, username: "thao", name: "Phạm Thị Thảo", roles: [.signatory])
        try await bench.act(PINSet.self, SetPIN(pin: Bench.pin), by: delegate)
        let label = try await draft(bench)
        let refused = try await refusal { try await bench.sign(label, by: delegate) }
        #expect(refused.codes == ["no-signing-authority"])
    }

    @Test func `five wrong tries lock the PIN, and the right one then helps no more`() async throws {
        let bench = try await Bench.open()
        let label = try await draft(bench)
        for left in [4, 3, 2, 1] {
            let wrong = try await refusal { try await bench.sign(label, by: bench.people.laboratoryHead, pin: "000000") }
            guard case .refusedAfterwards(let sentences) = wrong else { throw NotRefused() }
            #expect(sentences.map(\.text.en) == ["wrong PIN, \(left) tries left"])
        }
        let fifth = try await refusal { try await bench.sign(label, by: bench.people.laboratoryHead, pin: "000000") }
        #expect(fifth.codes == ["pin-locked"])
        let right = try await refusal { try await bench.sign(label, by: bench.people.laboratoryHead) }
        #expect(right.codes == ["pin-locked"])
        #expect(try await bench.ask(DocumentShow.self, label).signatures.isEmpty)
    }

    @Test func `a right PIN forgets the wrong ones before it`() async throws {
        let bench = try await Bench.open()
        for _ in 1...2 {
            let label = try await draft(bench)
            for _ in 1...4 {
                _ = try await refusal { try await bench.sign(label, by: bench.people.laboratoryHead, pin: "000000") }
            }
            #expect(try await bench.sign(label, by: bench.people.laboratoryHead).signed)
        }
    }

    @Test func `guessing at the present PIN while changing it is counted too`() async throws {
        let bench = try await Bench.open()
        let label = try await draft(bench)
        for _ in 1...5 {
            _ = try await refusal {
                try await bench.act(PINSet.self, SetPIN(pin: "999999", current: "000000"), by: bench.people.laboratoryHead)
            }
        }
        let right = try await refusal {
            try await bench.act(PINSet.self, SetPIN(pin: "999999", current: Bench.pin), by: bench.people.laboratoryHead)
        }
        #expect(right.codes == ["pin-locked"])
        let signing = try await refusal { try await bench.sign(label, by: bench.people.laboratoryHead) }
        #expect(signing.codes == ["pin-locked"])
    }

    @Test func `a signature without a PIN is refused`() async throws {
        let bench = try await Bench.open()
        let label = try await draft(bench)
        let nameless = Caller(personID: bench.people.quality.personID, username: "ha", name: "Huỳnh Thu Hà", roles: [.signatory])
        let refused = try await refusal { try await bench.sign(label, by: nameless) }
        #expect(refused.codes == ["no-pin"])
    }
}
