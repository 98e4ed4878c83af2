// SPDX-License-Identifier: Apache-2.0
internal import APIContract
internal import HTTPTypes
internal import Hummingbird
internal import LabOperations
internal import LaboratoryModel
internal import NIOCore

extension LaboratoryRoutes {
    func addDueTelling(to deadlines: RouteSection) {
        act(PersonMailSet.self, deadlines, "/staff-addresses", "Says under which address a person of the centre gets mail.")
        act(DueAssignmentAdd.self, deadlines, "/due-assignments", "Says which instruments a person answers for.")
        act(DueAssignmentRemove.self, deadlines, "/due-assignment-removals", "Takes an assignment back.")
        ask(DueAssignmentList.self, deadlines, "/due-assignments", "Lists who answers for what.", query: .page) { _, query in
            try query.page
        }
        act(DueSubscriptionAdd.self, deadlines, "/due-subscriptions", "Records that a customer agreed to be told of what is due.")
        act(DueSubscriptionEnd.self, deadlines, "/due-subscription-removals", "Ends a customer's agreement.")
        ask(DueSubscriptionList.self, deadlines, "/due-subscriptions", "Lists customers who are told.", query: .page) {
            _, query in try query.page
        }
        act(CalendarFeedAdd.self, deadlines, "/calendar-feeds", "Makes a calendar; the answer shows its address this once.")
        act(CalendarFeedRevoke.self, deadlines, "/calendar-feed-revocations", "Revokes a calendar.")
        ask(CalendarFeedList.self, deadlines, "/calendar-feeds", "Lists calendars.", query: .page) { _, query in try query.page }
    }

    /// A calendar is open to whoever knows its address: calendar programs know no tokens.
    func addCalendars(to router: Router<APIContext>) {
        let laboratory = laboratory
        let operation = Operation(
            method: .get, path: "/calendars/{calendar}", id: "calendar", tag: "deadlines",
            summary: "Gives the calendar behind a secret address (RFC 5545); unchanged, 304 to who names its mark.",
            access: .open,
            answers: [
                Operation.Answer(
                    status: 200, meaning: "The calendar.", contents: [.file("text/calendar; charset=utf-8")])
            ])
        description.add(operation)
        // Unknown parameters are let be: calendar programs add their own.
        router.handle(.get, operation.path) { call in
            let name = try call.pathText("calendar")
            guard name.hasSuffix(".ics") else { throw ActError.notFound(thing: .calendar, name: "…") }
            let calendar = try await laboratory.ask(CalendarFeedContent.self, String(name.dropLast(4)), by: .public)
            let mark = "\"\(calendar.mark)\""
            var headers: HTTPFields = [.eTag: mark, .cacheControl: "private, max-age=900"]
            if let known = call.request.headers[.ifNoneMatch], known == "*" || known.contains(mark) {
                return Response(status: .notModified, headers: headers)
            }
            headers[.contentType] = "text/calendar; charset=utf-8"
            return Response(
                status: .ok, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: calendar.bytes)))
        }
    }
}
