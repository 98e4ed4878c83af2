// SPDX-License-Identifier: Apache-2.0
internal import APIContract
internal import Hummingbird
internal import LabOperations
internal import LaboratoryModel

extension LaboratoryRoutes {
    func addParties(to group: RouterGroup<APIContext>) {
        group.handle(.get, "/me") { call in
            let caller = try call.laboratoryCaller
            return try Reply.json(
                CallerView(username: caller.username, name: caller.name, roles: caller.roles.map(\.rawValue).sorted()))
        }
        act(CustomerAdd.self, group, "/customers")
        act(CustomerEdit.self, group, "/customers", method: .patch)
        act(CustomerMerge.self, group, "/customer-merges")
        ask(CustomerList.self, group, "/customers") { call in
            let query = try call.listQuery("search")
            return (query.text("search"), try query.page)
        }
        ask(LastOrderShow.self, group, "/customers/{code}/last-order") { try $0.pathText("code") }
        act(SiteAdd.self, group, "/sites")
        ask(SiteList.self, group, "/sites") { call in
            let query = try call.listQuery("search", "customer")
            return (query.text("search"), query.text("customer"), try query.page)
        }
        ask(PlaceList.self, group, "/places") { try $0.query("on").text("on") }
        act(PersonAdd.self, group, "/staff")
        ask(PersonList.self, group, "/staff") { try $0.listQuery().page }
        act(RoleChange.self, group, "/role-grants")
        act(TokenMake.self, group, "/tokens")
        act(TokenRevoke.self, group, "/token-revocations")
        act(PINSet.self, group, "/pin")
        act(VerifierCardAdd.self, group, "/verifier-cards")
        act(SigningAuthorityAdd.self, group, "/signing-authorities")
        act(DesignationAdd.self, group, "/designations")
    }

    func addSamples(to group: RouterGroup<APIContext>) {
        act(OrderReceive.self, group, "/orders")
        ask(OrderShow.self, group, "/orders/{number}") { try $0.pathText("number") }
        ask(SampleList.self, group, "/samples") { call in
            let query = try call.listQuery("state", "search", "late", "as_of")
            return (query.text("state"), query.text("search"), try query.flag("late"), query.text("as_of"), try query.page)
        }
        ask(SampleShow.self, group, "/samples/{number}") { try $0.pathText("number") }
        ask(ResultHistory.self, group, "/samples/{number}/history") { try $0.pathText("number") }
        act(SampleEventRecord.self, group, "/sample-events")
        act(ResultEnter.self, group, "/results")
        act(ResultReview.self, group, "/reviews")
        ask(WorkList.self, group, "/work-list") { call in
            let query = try call.query("matrix", "indicator", "limit")
            return (query.text("matrix"), query.text("indicator"), try query.limit)
        }
    }

    func addDocuments(to group: RouterGroup<APIContext>) {
        act(ReportIssue.self, group, "/reports")
        act(RecordPrint.self, group, "/records")
        act(CertificateIssue.self, group, "/certificates")
        act(DocumentSign.self, group, "/signatures")
        act(DocumentEventRecord.self, group, "/document-events")
        ask(DocumentList.self, group, "/documents") { call in
            let query = try call.listQuery("state", "kind")
            return (query.text("state"), query.text("kind"), try query.page)
        }
        ask(DocumentShow.self, group, "/documents/{label}") { try $0.pathText("label") }
        let laboratory = laboratory
        group.handle(.get, "/documents/{label}/pdf") { call in
            let label = try call.pathText("label")
            let bytes = try await laboratory.ask(DocumentPDF.self, label, by: try call.laboratoryCaller)
            return Reply.file(bytes, type: "application/pdf", name: "\(label).pdf")
        }
    }

    func addInstruments(to group: RouterGroup<APIContext>) {
        act(InstrumentAdd.self, group, "/instruments")
        ask(InstrumentList.self, group, "/instruments") { call in
            let query = try call.listQuery("search", "type", "customer", "site")
            return (query.text("search"), query.text("type"), query.text("customer"), query.text("site"), try query.page)
        }
        ask(InstrumentShow.self, group, "/instruments/{code}") { try $0.pathText("code") }
        ask(InstrumentHistory.self, group, "/instruments/{code}/history") { try $0.pathText("code") }
        act(InstrumentEventRecord.self, group, "/instrument-events")
        act(StandardAdd.self, group, "/standards")
        ask(StandardList.self, group, "/standards") { try $0.query("code").text("code") }
        act(StandardCertificateAdd.self, group, "/standard-certificates")
        act(MeasurementRecord.self, group, "/measurements")
        ask(MeasurementList.self, group, "/measurements") { call in
            let query = try call.listQuery("instrument", "verifier")
            return (query.text("instrument"), query.text("verifier"), try query.page)
        }
        ask(MeasurementShow.self, group, "/measurements/{id}") { try $0.id() }
        ask(GateCheck.self, group, "/gate") { call in
            let query = try call.query("instrument", "kind", "mode", "procedure", "worked_on", "verifier", "standards")
            return GateCheck.Parameters(
                instrument: try query.requiredText("instrument"), kind: query.text("kind") ?? "verification",
                mode: query.text("mode"), procedure: try query.requiredText("procedure"), workedOn: query.text("worked_on"),
                verifier: query.text("verifier"),
                standards: (query.text("standards") ?? "").split(separator: ",").map { String($0).trimmed })
        }
        act(StampReceive.self, group, "/stamp-receipts")
        act(StampEventRecord.self, group, "/stamp-events")
        ask(StampStockList.self, group, "/stamps") { try $0.query("holder").text("holder") }
    }

    func addRegisters(to group: RouterGroup<APIContext>) {
        act(YearPlanSet.self, group, "/plans")
        act(FuelLotCertify.self, group, "/fuel-lots")
        act(FuelLotWithdraw.self, group, "/fuel-lot-withdrawals")
        act(InspectionCampaignAdd.self, group, "/inspection-campaigns")
        act(InspectionVisitAdd.self, group, "/inspection-visits")
    }

    func addOversight(to group: RouterGroup<APIContext>) {
        ask(DueList.self, group, "/due") { try Self.dueSelection($0) }
        ask(DueWhy.self, group, "/due/{instrument}") { call in
            (try call.pathText("instrument"), try call.query("as_of").text("as_of"))
        }
        act(DueEmit.self, group, "/due-runs")
        ask(DueRunList.self, group, "/due-runs") { try $0.listQuery().page }
        ask(DueRunShow.self, group, "/due-runs/{run}") { try $0.pathText("run") }
        ask(ReminderList.self, group, "/reminders") { try $0.listQuery().page }
        ask(AuditLog.self, group, "/audit-entries") { call in
            let query = try call.listQuery("person", "table", "row")
            return (query.text("person"), query.text("table"), query.text("row"), try query.page)
        }
        ask(AuditVerify.self, group, "/audit-verification") { _ in }
        ask(AuditHead.self, group, "/audit-head") { _ in }
        ask(AnnualReport.self, group, "/annual-reports/{year}") { call in
            (Int(try call.id("year")), try call.query("as_of").text("as_of"))
        }
    }

    func addJobs(to group: RouterGroup<APIContext>) {
        ask(JobList.self, group, "/jobs") { try $0.query("state").text("state") }
        ask(JobLanes.self, group, "/job-stats") { _ in }
        act(JobRetry.self, group, "/job-retries")
        act(JobCancel.self, group, "/job-cancellations")
        let printing = printing
        group.handle(.get, "/orders/{number}/slip") { call in
            let number = try call.pathText("number")
            return Reply.file(
                try await printing.requestSlip(number, by: try call.laboratoryCaller), type: "application/pdf",
                name: "\(number).pdf")
        }
        group.handle(.get, "/samples/{number}/label") { call in
            let number = try call.pathText("number")
            return Reply.file(
                try await printing.sampleLabel(number, by: try call.laboratoryCaller), type: "application/pdf",
                name: "\(number).pdf")
        }
        group.handle(.get, "/due-page") { call in
            let selection = try Self.dueSelection(call)
            return Reply.file(
                try await printing.duePage(selection, by: try call.laboratoryCaller), type: "application/pdf", name: "due.pdf")
        }
    }

    static func dueSelection(_ call: Call) throws -> DueSelection {
        let query = try call.query("as_of", "within", "overdue", "type", "district", "customer", "site", "subject")
        return DueSelection(
            asOf: query.text("as_of"), within: Int(try query.integer("within", in: 0...3660) ?? 30),
            onlyOverdue: try query.flag("overdue"), type: query.text("type"), district: query.text("district"),
            customer: query.text("customer"), site: query.text("site"), subject: query.text("subject"))
    }
}
