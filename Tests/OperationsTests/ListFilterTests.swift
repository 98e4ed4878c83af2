// SPDX-License-Identifier: Apache-2.0
import APIContract
import EtalonTestSupport
import LabOperations
import LaboratoryModel
import Testing

/// “Nothing found” is an answer about what exists; a mistyped code must not get it.
@Suite("Filters of lists")
struct ListFilterTests {
    /// Noun and name of what an answer refused as unknown, with its parameter.
    private func unknown<R>(of body: () async throws -> R) async throws -> String {
        guard case .notFound(let thing, let name, let field) = try await refusal(of: body) else { throw NotRefused() }
        return "\(field ?? "-"): \(thing.noun.en) \(name)"
    }

    @Test func `a due list narrowed by what does not exist is refused, in a page and as a whole`() async throws {
        let bench = try await Bench.open()
        try await bench.addScale("CAN-1")
        for (selection, expected) in [
            (DueSelection(type: "nope"), "type: instrument type nope"),
            (DueSelection(district: "nope"), "district: administrative unit nope"),
            (DueSelection(customer: "KH99999"), "customer: customer KH99999"), (DueSelection(site: "nope"), "site: site nope"),
            (DueSelection(type: "19", customer: "KH99999"), "customer: customer KH99999"),
        ] {
            #expect(try await unknown { try await bench.ask(DueList.self, selection) } == expected)
            let whole = try await unknown {
                try await DueListText(selection, in: bench.database.laboratory, by: bench.people.manager)
            }
            #expect(whole == expected)
        }
        // What exists and has nothing due is told so.
        let known = DueSelection(asOf: "2016-01-01", type: "19", district: "918", customer: "XDTD", site: "TRAM-3")
        #expect(try await bench.ask(DueList.self, known).items.isEmpty)
    }

    @Test func `instruments, sites, forecasts, calendars and plans refuse what does not exist`() async throws {
        let bench = try await Bench.open()
        #expect(
            try await unknown { try await bench.ask(InstrumentList.self, (nil, "nope", nil, nil, Page())) }
                == "type: instrument type nope")
        #expect(
            try await unknown { try await bench.ask(InstrumentList.self, (nil, "19", "KH99999", nil, Page())) }
                == "customer: customer KH99999")
        #expect(
            try await unknown { try await bench.ask(InstrumentList.self, (nil, nil, nil, "nope", Page())) } == "site: site nope")
        #expect(try await bench.ask(InstrumentList.self, (nil, "19", "XDHG", "TRAM-1", Page())).items.isEmpty)
        #expect(
            try await unknown { try await bench.ask(SiteList.self, (nil, "KH99999", Page())) } == "customer: customer KH99999")
        #expect(
            try await unknown { try await bench.ask(DueForecast.self, (nil, 4, false, "nope", nil, nil)) }
                == "type: instrument type nope")
        #expect(
            try await unknown { try await bench.ask(DueCalendar.self, (nil, nil, "nope", nil)) }
                == "district: administrative unit nope")
        let plan = ProposePlan(capacity: 4, weeks: 10, type: "nope")
        #expect(
            try await unknown { try await bench.act(PlanPropose.self, plan, by: bench.people.manager) }
                == "type: instrument type nope")
    }

    @Test func `measurements, messages, deliveries and the audit log refuse whom and what nobody knows`() async throws {
        let bench = try await Bench.open()
        try await bench.addScale("CAN-1")
        let manager = bench.people.manager
        #expect(
            try await unknown { try await bench.ask(MeasurementList.self, ("CAN-9", nil, Page())) }
                == "instrument: instrument CAN-9")
        #expect(
            try await unknown { try await bench.ask(MeasurementList.self, ("CAN-1", "nope", Page())) } == "verifier: person nope")
        #expect(try await bench.ask(MeasurementList.self, ("CAN-1", nil, Page())).items.isEmpty)
        #expect(
            try await unknown { try await bench.ask(ReminderNoticeList.self, ("KH99999", Page())) }
                == "customer: customer KH99999")
        #expect(try await bench.ask(ReminderNoticeList.self, ("XDTD", Page())).items.isEmpty)
        #expect(
            try await unknown { try await bench.ask(WebhookDeliveries.self, ("nope", nil, Page()), by: manager) }
                == "webhook: \(Thing.webhook.noun.en) nope")
        #expect(
            try await unknown { try await bench.ask(AuditLog.self, ("nope", nil, nil, Page()), by: manager) }
                == "person: person nope")
    }

    @Test func `a state or kind that samples and documents do not have is refused with those they have`() async throws {
        let bench = try await Bench.open()
        for (body, expected) in [
            ({ _ = try await bench.ask(SampleList.self, ("nope", nil, false, nil, Page())) }, "state: received"),
            ({ _ = try await bench.ask(DocumentList.self, ("nope", nil, Page())) }, "state: numbered"),
            ({ _ = try await bench.ask(DocumentList.self, (nil, "sample_label", Page())) }, "kind: test_report"),
        ] as [(() async throws -> Void, String)] {
            guard case .invalid(let faults) = try await refusal(of: body) else { throw NotRefused() }
            #expect(faults.count == 1 && expected.hasPrefix("\(faults[0].field): "))
            #expect(faults[0].message.en.contains(expected.split(separator: " ")[1]))
        }
        #expect(try await bench.ask(SampleList.self, ("to_review", nil, false, nil, Page())).items.isEmpty)
        #expect(try await bench.ask(DocumentList.self, ("voided", "test_report", Page())).items.isEmpty)
    }
}
