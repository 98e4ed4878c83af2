// SPDX-License-Identifier: Apache-2.0
import APIContract
import EtalonTestSupport
import LabOperations
import LaboratoryModel
import Testing

@Suite("Requests that come twice, late or for nothing")
struct RepetitionTests {
    @Test func `the same request under the same key is done once and answered twice alike`() async throws {
        let bench = try await Bench.open()
        let request = AddCustomer(name: "Công ty Cổ phần Lương thực", kind: "enterprise")
        let first = try await bench.act(CustomerAdd.self, request, by: bench.people.reception, key: "phiếu-1")
        let second = try await bench.act(CustomerAdd.self, request, by: bench.people.reception, key: "phiếu-1")
        #expect(first.id == second.id)
        #expect(first.code == second.code)
        #expect(
            try await bench.database.texts("select count(*)::text from work.customer where name = '\(request.name)'") == ["1"])
    }

    @Test func `another request under a used key is refused`() async throws {
        let bench = try await Bench.open()
        try await bench.act(CustomerAdd.self, AddCustomer(name: "Một", kind: "enterprise"), by: bench.people.reception, key: "k")
        let refused = try await refusal {
            try await bench.act(
                CustomerAdd.self, AddCustomer(name: "Hai", kind: "enterprise"), by: bench.people.reception, key: "k")
        }
        guard case .keyReused = refused else { throw NotRefused() }
        // A key belongs to whoever used it.
        try await bench.act(
            CustomerAdd.self, AddCustomer(name: "Hai", kind: "enterprise"), by: bench.people.administrator, key: "k")
    }

    @Test func `ten requests at once under one key leave one customer`() async throws {
        let bench = try await Bench.open()
        let codes = try await withThrowingTaskGroup(of: String?.self) { group in
            for _ in 1...10 {
                group.addTask {
                    try await bench.act(
                        CustomerAdd.self, AddCustomer(name: "Mười", kind: "enterprise"), by: bench.people.reception, key: "10"
                    ).code
                }
            }
            return try await group.reduce(into: Set<String?>()) { $0.insert($1) }
        }
        #expect(codes.count == 1)
        #expect(try await bench.database.texts("select count(*)::text from work.customer where name = 'Mười'") == ["1"])
    }

    @Test func `a request that was refused may come again under its key`() async throws {
        let bench = try await Bench.open()
        try await bench.addDispenser("COT-1")
        let request = RecordMeasurement.dispenser("COT-1", on: "2018-05-10", evidence: .stamped("00051", seal: "001"))
        for _ in 1...2 {
            let refused = try await refusal {
                try await bench.act(MeasurementRecord.self, request, by: bench.people.technician, key: "COT-1")
            }
            #expect(refused.codes == ["stamp-not-in-stock"])
        }
        #expect(try await bench.database.texts("select count(*)::text from work.idempotency") == ["0"])
    }

    @Test func `a customer that somebody else changed meanwhile is not overwritten`() async throws {
        let bench = try await Bench.open()
        let edit = EditCustomer(customer: "XDHG", phone: "0292 3 111 222")
        try await bench.act(CustomerEdit.self, edit, by: bench.people.reception, revision: 1)
        let stale = try await refusal {
            try await bench.act(
                CustomerEdit.self, EditCustomer(customer: "XDHG", phone: "0292 3 999 999"), by: bench.people.reception,
                revision: 1)
        }
        guard case .staleRevision = stale else { throw NotRefused() }
        let customers = try await bench.ask(CustomerList.self, (search: "XDHG", page: Page()))
        #expect(customers.items.map(\.phone) == ["0292 3 111 222"])
        #expect(customers.items.map(\.revision) == [2])
    }

    @Test func `what does not exist is named`() async throws {
        let bench = try await Bench.open()
        #expect(try await refusal { try await bench.ask(InstrumentShow.self, "COT-9") }.unknown == "COT-9")
        #expect(try await refusal { try await bench.ask(SampleShow.self, "M18-99999") }.unknown == "M18-99999")
        #expect(try await refusal { try await bench.ask(DocumentShow.self, "9999/2018/KQTN") }.unknown == "9999/2018/KQTN")
        #expect(try await refusal { try await bench.ask(MeasurementShow.self, 77) }.unknown == "77")
        #expect(try await refusal { try await bench.measure(.dispenser("COT-9", on: "2018-05-10")) }.unknown == "COT-9")
        #expect(try await refusal { try await bench.review("M18-99999") }.unknown == "M18-99999")
        #expect(
            try await refusal {
                try await bench.act(CertificateIssue.self, IssueCertificate(measurement: 77), by: bench.people.technician)
            }.unknown == "77")
    }

    @Test func `work, reception and tests of tomorrow are refused`() async throws {
        let bench = try await Bench.open(on: "2018-06-15")
        try await bench.addDispenser("COT-1")
        #expect(try await refusal { try await bench.measure(.dispenser("COT-1", on: "2018-06-16")) }.fields == ["worked_on"])
        #expect(
            try await refusal { try await bench.report("seal_broken", of: "COT-1", on: "2018-06-16") }.fields == ["happened_on"])
        #expect(
            try await refusal {
                try await bench.act(
                    OrderReceive.self,
                    ReceiveOrder(
                        customer: "XDHG", site: "TRAM-1", purpose: "customer", receivedOn: "2018-06-16",
                        samples: [NewSample(matrix: "food", description: "Chả lụa", indicators: ["FOOD-PB"])]),
                    by: bench.people.reception)
            }.fields == ["received_on"])
    }

    @Test func `a merged customer gets no new order, and the one who stays is named`() async throws {
        let bench = try await Bench.open()
        try await bench.act(CustomerMerge.self, MergeCustomer(customer: "XDTD", into: "XDHG"), by: bench.people.reception)
        let refused = try await refusal {
            try await bench.act(
                OrderReceive.self,
                ReceiveOrder(
                    customer: "XDTD", place: "916", purpose: "customer",
                    samples: [NewSample(matrix: "food", description: "Chả lụa", indicators: ["FOOD-PB"])]),
                by: bench.people.reception)
        }
        guard case .refused([.customerMerged(customer: "XDTD", into: "XDHG")]) = refused else { throw NotRefused() }
        let circle = try await refusal {
            try await bench.act(CustomerMerge.self, MergeCustomer(customer: "XDHG", into: "XDTD"), by: bench.people.reception)
        }
        #expect(circle.codes == ["customer-merged"])
    }

    @Test func `a role is asked for before anything is read`() async throws {
        let bench = try await Bench.open()
        let refused = try await refusal { try await bench.review("M18-99999", by: bench.people.technician) }
        guard case .notPermitted(needs: [.reviewer]) = refused else { throw NotRefused() }
    }
}
