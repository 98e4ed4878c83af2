// SPDX-License-Identifier: Apache-2.0
package import APIContract
package import Postgres

// sql/queries/job.sql
extension Statements {
    package static let jobInterventionAdd = Statement<InterventionRow>.named("job_intervention_add")
    package static let jobInterventionList = Statement<JobInterventionView>.named("job_intervention_list")
    package static let jobInterventionLast = Statement<JobInterventionView>.named("job_intervention_last")
    package static let dueRunAge = Statement<DueRunAgeRow>.named("due_run_age")
    package static let zonesApart = Statement<ZonesApartRow>.named("zones_apart")
    package static let reminderReach = Statement<ReminderReachRow>.named("reminder_reach")
    package static let dueRunSight = Statement<DueRunSightRow>.named("due_run_sight")

    static let checkedJobs: [CheckedStatement] = [
        CheckedStatement(jobInterventionAdd), CheckedStatement(jobInterventionList),
        CheckedStatement(jobInterventionLast), CheckedStatement(dueRunAge),
        CheckedStatement(dueRunSight), CheckedStatement(reminderReach), CheckedStatement(zonesApart),
    ]
}
