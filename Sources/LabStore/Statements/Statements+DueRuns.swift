// SPDX-License-Identifier: Apache-2.0
package import APIContract
package import Postgres

// sql/queries/due_run.sql
extension Statements {
    package static let dueNow = Statement<ClockRow>.named("due_now")
    package static let dueRunLock = Statement<LockRow>.named("due_run_lock")
    package static let dueRunHead = Statement<DueRunHead>.named("due_run_head")
    package static let dueNightRun = Statement<NameRow>.named("due_night_run")
    package static let dueRunAdd = Statement<KeyRow>.named("due_run_add")
    package static let dueRunPartAdd = Command.named("due_run_part_add")
    package static let dueRunFileAdd = Command.named("due_run_file_add")
    package static let dueRunList = Statement<DueRunView>.named("due_run_list")
    package static let dueRunById = Statement<DueRunRow>.named("due_run_by_id")
    package static let dueRunFiles = Statement<DueRunFileView>.named("due_run_files")
    package static let dueRunPart = Statement<DueRunPartRow>.named("due_run_part")
    package static let dueRunCheck = Statement<DueRunCheckRow>.named("due_run_check")
    package static let dueRunDifference = Statement<DueRunChange>.named("due_run_difference")
    package static let dueRunTotals = Statement<DueTotalRow>.named("due_run_totals")
    package static let dueDeadlinesExist = Statement<FoundRow>.named("due_deadlines_exist")
    package static let dueNights = Statement<DueNightView>.named("due_nights")
    package static let dueAlarmMissingAdd = Statement<KeyRow>.named("due_alarm_missing_add")
    package static let dueAlarmAdd = Statement<KeyRow>.named("due_alarm_add")
    package static let dueAlarmEnd = Statement<KeyRow>.named("due_alarm_end")
    package static let dueAlarmList = Statement<DueAlarmView>.named("due_alarm_list")
    package static let dueRunLines = Statement<DueRunLineRow>.named("due_run_lines")
    package static let personMailAddresses = Statement<NameRow>.named("person_mail_addresses")

    /// What the test of statements prepares of these.
    static let dueRunsChecked: [CheckedStatement] = [
        CheckedStatement(dueNow),
        CheckedStatement(dueRunLock),
        CheckedStatement(dueRunHead),
        CheckedStatement(dueNightRun),
        CheckedStatement(dueRunAdd),
        CheckedStatement(command: dueRunPartAdd),
        CheckedStatement(command: dueRunFileAdd),
        CheckedStatement(dueRunList),
        CheckedStatement(dueRunById),
        CheckedStatement(dueRunFiles),
        CheckedStatement(dueRunPart),
        CheckedStatement(dueRunCheck),
        CheckedStatement(dueRunDifference),
        CheckedStatement(dueRunTotals),
        CheckedStatement(dueDeadlinesExist),
        CheckedStatement(dueNights),
        CheckedStatement(dueAlarmMissingAdd),
        CheckedStatement(dueAlarmAdd),
        CheckedStatement(dueAlarmEnd),
        CheckedStatement(dueAlarmList),
        CheckedStatement(dueRunLines),
        CheckedStatement(personMailAddresses),
    ]
}
