// SPDX-License-Identifier: Apache-2.0
package import APIContract
package import Postgres

// sql/queries/due_telling.sql
extension Statements {
    package static let personMailSet = Statement<KeyRow>.named("person_mail_set")
    package static let dueAssignmentAdd = Statement<KeyRow>.named("due_assignment_add")
    package static let dueAssignmentRemove = Command.named("due_assignment_remove")
    package static let dueAssignmentList = Statement<DueAssignmentView>.named("due_assignment_list")
    package static let dueSubscriptionAdd = Statement<KeyRow>.named("due_subscription_add")
    package static let dueSubscriptionEnd = Command.named("due_subscription_end")
    package static let dueSubscriptionList = Statement<DueSubscriptionView>.named("due_subscription_list")
    package static let dueToldPeople = Statement<DueToldRow>.named("due_told_people")
    package static let dueConcerned = Statement<DueConcernedRow>.named("due_concerned")
    package static let calendarFeedAdd = Statement<KeyRow>.named("calendar_feed_add")
    package static let calendarFeedRevoke = Command.named("calendar_feed_revoke")
    package static let calendarFeedList = Statement<CalendarFeedView>.named("calendar_feed_list")
    package static let calendarFeedOpen = Statement<CalendarFeedRow>.named("calendar_feed_open")
    package static let calendarEntries = Statement<CalendarEntryRow>.named("calendar_entries")

    /// What the test of statements prepares of these.
    static let dueTellingChecked: [CheckedStatement] = [
        CheckedStatement(personMailSet),
        CheckedStatement(dueAssignmentAdd),
        CheckedStatement(command: dueAssignmentRemove),
        CheckedStatement(dueAssignmentList),
        CheckedStatement(dueSubscriptionAdd),
        CheckedStatement(command: dueSubscriptionEnd),
        CheckedStatement(dueSubscriptionList),
        CheckedStatement(dueToldPeople),
        CheckedStatement(dueConcerned),
        CheckedStatement(calendarFeedAdd),
        CheckedStatement(command: calendarFeedRevoke),
        CheckedStatement(calendarFeedList),
        CheckedStatement(calendarFeedOpen),
        CheckedStatement(calendarEntries),
    ]
}
