// SPDX-License-Identifier: Apache-2.0
internal import APIContract
internal import LabOperations
internal import LaboratoryModel

extension LaboratoryRoutes {
    /// The list and its explanations.
    func addDueList(to deadlines: RouteSection) {
        let laboratory = laboratory
        var list = Operation(
            question: DueList.self, Paths.v1 + "/due", tag: deadlines.tag, summary: "Lists what is overdue or due soon.")
        list.query = Self.dueQuery + .page
        route(list, deadlines) { call, query in
            let selection = try Self.dueSelection(query)
            let caller = try call.laboratoryCaller
            guard selection.limit == nil, selection.cursor == nil else {
                return try Reply.json(try await laboratory.ask(DueList.self, selection, by: caller))
            }
            let list = try await DueListText(selection, in: laboratory, by: caller)
            return Reply.stream(call, type: Wire.json) { writer in
                for number in 0..<list.pieces { try await writer.write(try await list.piece(number)) }
            }
        }
        ask(
            DueWhy.self, deadlines, "/due/{instrument}", "Explains why an instrument, or another subject, is due when it is.",
            query: [.date("as_of"), .text("subject"), .text("kind")]
        ) { call, query in
            (try call.pathText("instrument"), query.text("as_of"), query.text("subject"), query.text("kind"))
        }
    }

    /// What people agree and decide about deadlines.
    func addDecisions(to deadlines: RouteSection) {
        act(DeadlineSuspend.self, deadlines, "/deadline-suspensions", "Holds the deadlines of a subject.")
        act(DeadlineResume.self, deadlines, "/deadline-resumptions", "Lets the deadlines of a subject count again.")
        ask(
            SuspensionList.self, deadlines, "/deadline-suspensions", "Lists suspensions of deadlines.",
            query: [.text("subject"), .text("code")] + .page
        ) { _, query in (query.text("subject"), query.text("code"), try query.page) }
        act(DeadlineOverride.self, deadlines, "/deadline-overrides", "Sets a deadline by decision, or lifts the decision.")
        act(IntervalAgree.self, deadlines, "/interval-agreements", "Records what was agreed about an interval.")
        act(IntervalPropose.self, deadlines, "/interval-proposals", "Proposes an interval from the history of the instrument.")
        act(IntervalDecide.self, deadlines, "/interval-decisions", "Signs or refuses a proposed interval.")
        ask(
            IntervalList.self, deadlines, "/intervals", "Lists agreements and proposals about intervals.",
            query: [.text("subject"), .text("code"), .flag("waiting"), .limit]
        ) { _, query in (query.text("subject"), query.text("code"), try query.flag("waiting"), try query.limit) }
        act(ReminderPreferenceSet.self, deadlines, "/reminder-preferences", "Says how a customer wants to be reminded.")
        ask(ReminderPolicyList.self, deadlines, "/reminder-policies", "Lists the policies of reminders.", query: [.date("on")]) {
            _, query in query.text("on")
        }
        ask(
            ReminderNoticeList.self, deadlines, "/reminder-notices", "Lists the messages about reminders.",
            query: [.text("customer")] + .page
        ) { _, query in (query.text("customer"), try query.page) }
        act(DeadlineReconcile.self, deadlines, "/deadline-reconciliations", "Compares the stored deadlines with the records.")
        ask(
            ReconciliationList.self, deadlines, "/deadline-reconciliations", "Lists the comparisons of the stored deadlines.",
            query: .page
        ) { _, query in try query.page }
        act(AccreditationAdd.self, deadlines, "/accreditations", "Records an accreditation of the centre.")
    }

    /// What is coming, and plans that spread it.
    func addPlans(to deadlines: RouteSection) {
        ask(
            DueForecast.self, deadlines, "/due-forecast", "Forecasts the work by week, type, district or standard.",
            query: [
                .text("by"), .integer("weeks", in: Self.weeks), .flag("weekly"), .text("type"), .text("district"), .date("as_of"),
            ]
        ) { _, query in
            (
                query.text("by"), Int(try query.integer("weeks", in: Self.weeks) ?? 12), try query.flag("weekly"),
                query.text("type"), query.text("district"), query.text("as_of")
            )
        }
        ask(
            DueCalendar.self, deadlines, "/due-calendar", "Shows the days of a month with what is due and planned.",
            query: [.text("month"), .text("type"), .text("district"), .date("as_of")]
        ) { _, query in (query.text("month"), query.text("type"), query.text("district"), query.text("as_of")) }
        act(PlanPropose.self, deadlines, "/work-plans", "Proposes to spread the work over the weeks, only earlier.")
        act(PlanDecide.self, deadlines, "/work-plan-decisions", "Accepts or refuses a proposed plan.")
        ask(PlanList.self, deadlines, "/work-plans", "Lists plans.", query: .page) { _, query in try query.page }
        ask(PlanShow.self, deadlines, "/work-plans/{id}", "Shows a plan by week.", number: "id") { call, _ in try call.id() }
        ask(
            PlanMoveList.self, deadlines, "/work-plans/{id}/moves", "Lists what a plan moves.", query: .page, number: "id"
        ) { call, query in (try call.id(), try query.page) }
    }

    private static let weeks: ClosedRange<Int64> = 1...104
    private static let within: ClosedRange<Int64> = 0...3660
    /// What the list and its printed page are asked for.
    static let dueQuery: [QueryParameter] = [
        .date("as_of"), .integer("within", in: within), .flag("overdue"), .text("type"), .text("district"), .text("customer"),
        .text("site"), .text("subject"), .flag("held"),
    ]

    /// The selection that the parameters name.
    static func dueSelection(_ query: QueryParameters) throws -> DueSelection {
        DueSelection(
            asOf: query.text("as_of"), within: Int(try query.integer("within", in: within) ?? 30),
            onlyOverdue: try query.flag("overdue"), type: query.text("type"), district: query.text("district"),
            customer: query.text("customer"), site: query.text("site"), subject: query.text("subject"),
            held: try query.flag("held"), limit: query.text("limit") == nil ? nil : try query.limit, cursor: query.cursor)
    }
}
