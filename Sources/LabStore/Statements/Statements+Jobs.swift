// SPDX-License-Identifier: Apache-2.0
package import APIContract
package import Postgres

// sql/queries/job.sql
extension Statements {
    package static let jobInterventionAdd = Command.named("job_intervention_add")
    package static let jobInterventionList = Statement<JobInterventionView>.named("job_intervention_list")
    package static let jobInterventionLast = Statement<JobInterventionView>.named("job_intervention_last")
    package static let dueRunAge = Statement<DueRunAgeRow>.named("due_run_age")

    static let checkedJobs: [CheckedStatement] = [
        CheckedStatement(command: jobInterventionAdd), CheckedStatement(jobInterventionList),
        CheckedStatement(jobInterventionLast), CheckedStatement(dueRunAge),
    ]
}
