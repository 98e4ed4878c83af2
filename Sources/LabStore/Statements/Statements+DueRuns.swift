// SPDX-License-Identifier: Apache-2.0
package import APIContract
package import Postgres

// sql/queries/due_run.sql
extension Statements {
    package static let dueRunLock = Statement<LockRow>.named("due_run_lock")
    package static let dueRunHead = Statement<DueRunHead>.named("due_run_head")
    package static let dueRunAdd = Statement<KeyRow>.named("due_run_add")
    package static let dueRunList = Statement<DueRunView>.named("due_run_list")
    package static let dueRunFiles = Statement<DueRunFiles>.named("due_run_files")
    package static let dueNow = Statement<ClockRow>.named("due_now")
    package static let dueRunExists = Statement<FoundRow>.named("due_run_exists")

    /// What the test of statements prepares of these.
    static let dueRunsChecked: [CheckedStatement] = [
        CheckedStatement(dueRunLock),
        CheckedStatement(dueRunHead),
        CheckedStatement(dueRunAdd),
        CheckedStatement(dueRunList),
        CheckedStatement(dueRunFiles),
        CheckedStatement(dueRunExists),
        CheckedStatement(dueNow),
    ]
}
