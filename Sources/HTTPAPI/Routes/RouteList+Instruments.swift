// SPDX-License-Identifier: Apache-2.0
internal import APIContract
internal import LabOperations
internal import LaboratoryModel

extension LaboratoryRoutes {
    func addInstruments(to instruments: RouteSection) {
        act(InstrumentAdd.self, instruments, "/instruments", "Adds an instrument with its channels.")
        ask(
            InstrumentList.self, instruments, "/instruments", "Lists instruments by type, customer or site.",
            query: [.text("search"), .text("type"), .text("customer"), .text("site")] + .page
        ) { _, query in
            (query.text("search"), query.text("type"), query.text("customer"), query.text("site"), try query.page)
        }
        ask(InstrumentShow.self, instruments, "/instruments/{code}", "Shows an instrument with its channels.") { call, _ in
            try call.pathText("code")
        }
        ask(InstrumentHistory.self, instruments, "/instruments/{code}/history", "Lists what happened to an instrument.") {
            call, _ in try call.pathText("code")
        }
        act(InstrumentEventRecord.self, instruments, "/instrument-events", "Records what happened to an instrument.")
        act(StampReceive.self, instruments, "/stamp-receipts", "Takes stamps or seals into stock.")
        act(StampEventRecord.self, instruments, "/stamp-events", "Records what happens to stamps of the stock.")
        ask(
            StampStockList.self, instruments, "/stamps", "Lists the stamps of the stock, or of one holder.",
            query: [.text("holder")]
        ) {
            _, query in query.text("holder")
        }
    }

    func addMeasurements(to measurements: RouteSection) {
        act(StandardAdd.self, measurements, "/standards", "Adds a measurement standard.")
        ask(StandardList.self, measurements, "/standards", "Lists measurement standards, or shows one.", query: [.text("code")]) {
            _, query in query.text("code")
        }
        act(StandardCertificateAdd.self, measurements, "/standard-certificates", "Records a certificate of a standard.")
        act(
            MeasurementRecord.self, measurements, "/measurements", "Records a whole calibration or verification and evaluates it."
        )
        ask(
            MeasurementList.self, measurements, "/measurements", "Lists measurements of an instrument or a verifier.",
            query: [.text("instrument"), .text("verifier")] + .page
        ) { _, query in
            (query.text("instrument"), query.text("verifier"), try query.page)
        }
        ask(MeasurementShow.self, measurements, "/measurements/{id}", "Shows a measurement with its evaluation.", number: "id") {
            call, _ in try call.id()
        }
        ask(
            GateCheck.self, measurements, "/gate", "Lists every reason why a measurement could not be made today.",
            query: [
                .required("instrument"), .text("kind"), .text("mode"), .required("procedure"), .date("worked_on"),
                .text("verifier"), .text("standards"),
            ]
        ) { _, query in
            GateCheck.Parameters(
                instrument: try query.requiredText("instrument"), kind: query.text("kind") ?? "verification",
                mode: query.text("mode"), procedure: try query.requiredText("procedure"), workedOn: query.text("worked_on"),
                verifier: query.text("verifier"),
                standards: (query.text("standards") ?? "").split(separator: ",").map { String($0).trimmed })
        }
    }

    func addProcedures(to procedures: RouteSection) {
        act(ProcedureCheck.self, procedures, "/procedure-checks", "Reads a procedure file and runs its worked examples.")
        act(ProcedureLoad.self, procedures, "/procedures", "Puts a version of a procedure in force.")
        ask(
            ProcedureList.self, procedures, "/procedures", "Lists versions of procedures.",
            query: [.text("kind"), .text("type"), .date("on")]
        ) { _, query in (query.text("kind"), query.text("type"), query.text("on")) }
        ask(
            ProcedureShow.self, procedures, "/procedures/{code}", "Shows the version of a procedure in force on a day.",
            query: [.date("on")]
        ) { call, query in (try call.pathText("code"), query.text("on")) }
        ask(ReplayList.self, procedures, "/replays", "Evaluates recorded measurements again and compares.", query: .page) {
            _, query in try query.page
        }
        ask(
            ReplayShow.self, procedures, "/replays/{id}", "Evaluates one recorded measurement again and compares.", number: "id"
        ) { call, _ in try call.id() }
    }

    func addRegisters(to registers: RouteSection) {
        act(YearPlanSet.self, registers, "/plans", "Sets the plan of a year.")
        act(FuelLotCertify.self, registers, "/fuel-lots", "Certifies a lot of fuel.")
        act(FuelLotWithdraw.self, registers, "/fuel-lot-withdrawals", "Withdraws the certification of a lot of fuel.")
        act(InspectionCampaignAdd.self, registers, "/inspection-campaigns", "Adds an inspection campaign.")
        act(InspectionVisitAdd.self, registers, "/inspection-visits", "Records a visit of an inspection campaign.")
        ask(
            AnnualReport.self, registers, "/annual-reports/{year}", "Counts the figures of a year over the records.",
            query: [.date("as_of")], number: "year"
        ) { call, query in
            (Int(try call.id("year")), query.text("as_of"))
        }
    }

    func addDeadlines(to deadlines: RouteSection) {
        addDueList(to: deadlines)
        addDecisions(to: deadlines)
        addPlans(to: deadlines)
        let printing = printing
        file(
            "application/pdf", deadlines, "/due-page", id: "duePage", "Prints the due list as a page for the wall.",
            query: Self.dueQuery, name: { _ in "due.pdf" }
        ) { call, query in
            try await printing.duePage(try Self.dueSelection(query), by: try call.laboratoryCaller)
        }
        addDueRuns(to: deadlines)
        addDueTelling(to: deadlines)
        ask(ReminderList.self, deadlines, "/reminders", "Lists the recorded reminders.", query: .page) { _, query in
            try query.page
        }
    }

    func addOversight(to oversight: RouteSection) {
        ask(
            AuditLog.self, oversight, "/audit-entries", "Lists audit entries of a person, a table or a row.",
            query: [.text("person"), .text("table"), .text("row")] + .page
        ) { _, query in
            (query.text("person"), query.text("table"), query.text("row"), try query.page)
        }
        ask(AuditVerify.self, oversight, "/audit-verification", "Compares every record with its audit entry.") { _, _ in }
        ask(AuditHead.self, oversight, "/audit-head", "Shows the newest seal of the audit.") { _, _ in }
    }
}
