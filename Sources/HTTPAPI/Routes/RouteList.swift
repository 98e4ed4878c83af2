// SPDX-License-Identifier: Apache-2.0
internal import APIContract
internal import HTTPTypes
internal import LabOperations
internal import LaboratoryModel

extension LaboratoryRoutes {
    func addParties(to parties: RouteSection) {
        act(CustomerAdd.self, parties, "/customers", "Adds a customer.")
        act(CustomerEdit.self, parties, "/customers", method: .patch, "Changes a customer; absent members stay.")
        act(CustomerMerge.self, parties, "/customer-merges", "Says that a customer is the same legal person as another.")
        ask(
            CustomerList.self, parties, "/customers", "Lists customers by name, code or tax code.",
            query: [.text("search")] + .page
        ) { _, query in
            (query.text("search"), try query.page)
        }
        ask(LastOrderShow.self, parties, "/customers/{code}/last-order", "Shows what a customer ordered last, to repeat it.") {
            call, _ in try call.pathText("code")
        }
        act(SiteAdd.self, parties, "/sites", "Adds a site of a customer.")
        ask(
            SiteList.self, parties, "/sites", "Lists sites, of one customer or of all.",
            query: [.text("search"), .text("customer")] + .page
        ) { _, query in
            (query.text("search"), query.text("customer"), try query.page)
        }
        ask(PlaceList.self, parties, "/places", "Lists the administrative units as they are on a day.", query: [.date("on")]) {
            _, query in query.text("on")
        }
    }

    func addStaff(to staff: RouteSection) {
        let whoAmI = Operation(
            method: .get, path: Paths.v1 + "/me", id: "callerShow", tag: staff.tag,
            summary: "Says whom the daemon takes the caller for.",
            answers: [.init(status: 200, meaning: "The caller.", contents: [.json(JSONSchema(of: CallerView.self))])])
        route(whoAmI, staff) { call, _ in
            let caller = try call.laboratoryCaller
            return try Reply.json(
                CallerView(username: caller.username, name: caller.name, roles: caller.roles.map(\.rawValue).sorted()))
        }
        act(PersonAdd.self, staff, "/staff", "Adds a person of the staff.")
        ask(PersonList.self, staff, "/staff", "Lists the staff with their roles.", query: .page) { _, query in try query.page }
        act(RoleChange.self, staff, "/role-grants", "Grants a role to a person, or revokes it.")
        act(TokenMake.self, staff, "/tokens", "Makes a token for a person; the answer shows it this once.")
        act(TokenRevoke.self, staff, "/token-revocations", "Revokes a token.")
        act(PINSet.self, staff, "/pin", "Sets the caller's own PIN, the secret asked at each signature.")
        act(PINReset.self, staff, "/pin-resets", "Forgets a person's locked PIN, so that they set a new one.")
        act(VerifierCardAdd.self, staff, "/verifier-cards", "Records a verifier's card.")
        act(SigningAuthorityAdd.self, staff, "/signing-authorities", "Records who may sign which documents.")
        act(
            DesignationAdd.self, staff, "/designations", "Records a decision that designates the centre for types of instruments."
        )
    }

    func addSamples(to samples: RouteSection) {
        act(OrderReceive.self, samples, "/orders", "Receives samples under a new order.")
        ask(OrderShow.self, samples, "/orders/{number}", "Shows an order with its samples.") { call, _ in
            try call.pathText("number")
        }
        let printing = printing
        file(
            "application/pdf", samples, "/orders/{number}/slip", id: "requestSlip", "Prints the request slip of an order.",
            name: { "\(try $0.pathText("number")).pdf" }
        ) { call, _ in
            try await printing.requestSlip(try call.pathText("number"), by: try call.laboratoryCaller)
        }
        ask(
            SampleList.self, samples, "/samples", "Lists samples by state, number or customer.",
            query: [.text("state"), .text("search"), .flag("late"), .date("as_of")] + .page
        ) { _, query in
            (query.text("state"), query.text("search"), try query.flag("late"), query.text("as_of"), try query.page)
        }
        ask(SampleShow.self, samples, "/samples/{number}", "Shows a sample with its indicators and results.") { call, _ in
            try call.pathText("number")
        }
        ask(ResultHistory.self, samples, "/samples/{number}/history", "Lists every version of every result of a sample.") {
            call, _ in try call.pathText("number")
        }
        file(
            "application/pdf", samples, "/samples/{number}/label", id: "sampleLabel", "Prints the label of a sample.",
            name: { "\(try $0.pathText("number")).pdf" }
        ) { call, _ in
            try await printing.sampleLabel(try call.pathText("number"), by: try call.laboratoryCaller)
        }
        act(SampleEventRecord.self, samples, "/sample-events", "Records what happened to a sample: accepted, moved, disposed of.")
        act(ResultEnter.self, samples, "/results", "Enters results as read, with their signs and digits.")
        act(ResultReview.self, samples, "/reviews", "Approves results of another person, or sends them back.")
        ask(
            WorkList.self, samples, "/work-list", "Lists what is to be tested, by promised date.",
            query: [.text("matrix"), .text("indicator"), .limit]
        ) { _, query in
            (query.text("matrix"), query.text("indicator"), try query.limit)
        }
    }

    func addDocuments(to documents: RouteSection) {
        act(ReportIssue.self, documents, "/reports", "Freezes the test report of a sample under the next number.")
        act(RecordPrint.self, documents, "/records", "Freezes the record of a measurement under its own number.")
        act(CertificateIssue.self, documents, "/certificates", "Freezes the certificate of a measurement under the next number.")
        act(DocumentSign.self, documents, "/signatures", "Signs documents with the caller's PIN.")
        act(DocumentEventRecord.self, documents, "/document-events", "Withdraws, voids or hands over a document.")
        ask(
            DocumentList.self, documents, "/documents", "Lists documents by state and kind.",
            query: [.text("state"), .text("kind")] + .page
        ) { _, query in
            (query.text("state"), query.text("kind"), try query.page)
        }
        ask(DocumentShow.self, documents, "/documents/{label}", "Shows a document with its signatures.") { call, _ in
            try call.pathText("label")
        }
        let laboratory = laboratory
        file(
            "application/pdf", documents, "/documents/{label}/pdf", id: "documentPDF", "Gives a document as it was frozen.",
            name: { "\(try $0.pathText("label")).pdf" }
        ) { call, _ in
            try await laboratory.ask(DocumentPDF.self, try call.pathText("label"), by: try call.laboratoryCaller)
        }
    }
}
