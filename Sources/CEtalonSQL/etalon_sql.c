// SPDX-License-Identifier: Apache-2.0
// Made by scripts/embed-sql; do not edit.
#include "etalon_sql.h"

static const unsigned char file_0[] = {
#embed "../../sql/bench/effects.sql"
};
static const unsigned char file_1[] = {
#embed "../../sql/bench/queries.sql"
};
static const unsigned char file_2[] = {
#embed "../../sql/cluster/etalon.sql"
};
static const unsigned char file_3[] = {
#embed "../../sql/jobs/migrations/0001_queue.sql"
};
static const unsigned char file_4[] = {
#embed "../../sql/jobs/migrations/0002_schedule.sql"
};
static const unsigned char file_5[] = {
#embed "../../sql/jobs/migrations/0003_rights.sql"
};
static const unsigned char file_6[] = {
#embed "../../sql/jobs/migrations/0004_history_by_month.sql"
};
static const unsigned char file_7[] = {
#embed "../../sql/jobs/migrations/0005_schedules.sql"
};
static const unsigned char file_8[] = {
#embed "../../sql/jobs/migrations/0006_flow.sql"
};
static const unsigned char file_9[] = {
#embed "../../sql/jobs/migrations/0007_suspects.sql"
};
static const unsigned char file_10[] = {
#embed "../../sql/jobs/migrations/0008_worker_numbers.sql"
};
static const unsigned char file_11[] = {
#embed "../../sql/jobs/migrations/0009_worker_kinds.sql"
};
static const unsigned char file_12[] = {
#embed "../../sql/jobs/migrations/0010_lanes_after_a_set_back.sql"
};
static const unsigned char file_13[] = {
#embed "../../sql/jobs/migrations/0011_finite_moments.sql"
};
static const unsigned char file_14[] = {
#embed "../../sql/jobs/migrations/0012_lines_and_programs.sql"
};
static const unsigned char file_15[] = {
#embed "../../sql/jobs/queries/clock.sql"
};
static const unsigned char file_16[] = {
#embed "../../sql/jobs/queries/flow.sql"
};
static const unsigned char file_17[] = {
#embed "../../sql/jobs/queries/inspection.sql"
};
static const unsigned char file_18[] = {
#embed "../../sql/jobs/queries/job.sql"
};
static const unsigned char file_19[] = {
#embed "../../sql/jobs/queries/schedule.sql"
};
static const unsigned char file_20[] = {
#embed "../../sql/jobs/queries/upkeep.sql"
};
static const unsigned char file_21[] = {
#embed "../../sql/jobs/queries/worker.sql"
};
static const unsigned char file_22[] = {
#embed "../../sql/migrations/0001_catalogue.sql"
};
static const unsigned char file_23[] = {
#embed "../../sql/migrations/0002_parties.sql"
};
static const unsigned char file_24[] = {
#embed "../../sql/migrations/0003_samples.sql"
};
static const unsigned char file_25[] = {
#embed "../../sql/migrations/0004_instruments.sql"
};
static const unsigned char file_26[] = {
#embed "../../sql/migrations/0005_documents.sql"
};
static const unsigned char file_27[] = {
#embed "../../sql/migrations/0006_deadlines.sql"
};
static const unsigned char file_28[] = {
#embed "../../sql/migrations/0007_audit.sql"
};
static const unsigned char file_29[] = {
#embed "../../sql/migrations/0008_rights.sql"
};
static const unsigned char file_30[] = {
#embed "../../sql/migrations/0009_load.sql"
};
static const unsigned char file_31[] = {
#embed "../../sql/migrations/0010_service_accounts.sql"
};
static const unsigned char file_32[] = {
#embed "../../sql/migrations/0011_procedures.sql"
};
static const unsigned char file_33[] = {
#embed "../../sql/migrations/0012_time_zone.sql"
};
static const unsigned char file_34[] = {
#embed "../../sql/migrations/0013_job_interventions.sql"
};
static const unsigned char file_35[] = {
#embed "../../sql/migrations/0014_deliveries.sql"
};
static const unsigned char file_36[] = {
#embed "../../sql/migrations/0015_deadline_rules.sql"
};
static const unsigned char file_37[] = {
#embed "../../sql/migrations/0016_due_runs.sql"
};
static const unsigned char file_38[] = {
#embed "../../sql/migrations/0017_deadline_rows.sql"
};
static const unsigned char file_39[] = {
#embed "../../sql/migrations/0018_plans.sql"
};
static const unsigned char file_40[] = {
#embed "../../sql/migrations/0019_places_as_of.sql"
};
static const unsigned char file_41[] = {
#embed "../../sql/migrations/0020_reminder_addresses.sql"
};
static const unsigned char file_42[] = {
#embed "../../sql/migrations/0021_comparison_without_table.sql"
};
static const unsigned char file_43[] = {
#embed "../../sql/migrations/0022_moves_without_places.sql"
};
static const unsigned char file_44[] = {
#embed "../../sql/migrations/0023_runs_of_nights.sql"
};
static const unsigned char file_45[] = {
#embed "../../sql/migrations/0024_papers_beside_others.sql"
};
static const unsigned char file_46[] = {
#embed "../../sql/queries/access.sql"
};
static const unsigned char file_47[] = {
#embed "../../sql/queries/annual_report.sql"
};
static const unsigned char file_48[] = {
#embed "../../sql/queries/audit.sql"
};
static const unsigned char file_49[] = {
#embed "../../sql/queries/catalogue.sql"
};
static const unsigned char file_50[] = {
#embed "../../sql/queries/delivery.sql"
};
static const unsigned char file_51[] = {
#embed "../../sql/queries/demo_year.sql"
};
static const unsigned char file_52[] = {
#embed "../../sql/queries/document.sql"
};
static const unsigned char file_53[] = {
#embed "../../sql/queries/due.sql"
};
static const unsigned char file_54[] = {
#embed "../../sql/queries/due_run.sql"
};
static const unsigned char file_55[] = {
#embed "../../sql/queries/due_telling.sql"
};
static const unsigned char file_56[] = {
#embed "../../sql/queries/import.sql"
};
static const unsigned char file_57[] = {
#embed "../../sql/queries/instrument.sql"
};
static const unsigned char file_58[] = {
#embed "../../sql/queries/job.sql"
};
static const unsigned char file_59[] = {
#embed "../../sql/queries/measurement.sql"
};
static const unsigned char file_60[] = {
#embed "../../sql/queries/party.sql"
};
static const unsigned char file_61[] = {
#embed "../../sql/queries/plan.sql"
};
static const unsigned char file_62[] = {
#embed "../../sql/queries/procedure.sql"
};
static const unsigned char file_63[] = {
#embed "../../sql/queries/register.sql"
};
static const unsigned char file_64[] = {
#embed "../../sql/queries/result.sql"
};
static const unsigned char file_65[] = {
#embed "../../sql/queries/sample.sql"
};
static const unsigned char file_66[] = {
#embed "../../sql/queries/schema.sql"
};
static const unsigned char file_67[] = {
#embed "../../sql/queries/stamp.sql"
};

const struct etalon_sql_file etalon_sql_files[] = {
    {"sql/bench/effects.sql", file_0, sizeof file_0},
    {"sql/bench/queries.sql", file_1, sizeof file_1},
    {"sql/cluster/etalon.sql", file_2, sizeof file_2},
    {"sql/jobs/migrations/0001_queue.sql", file_3, sizeof file_3},
    {"sql/jobs/migrations/0002_schedule.sql", file_4, sizeof file_4},
    {"sql/jobs/migrations/0003_rights.sql", file_5, sizeof file_5},
    {"sql/jobs/migrations/0004_history_by_month.sql", file_6, sizeof file_6},
    {"sql/jobs/migrations/0005_schedules.sql", file_7, sizeof file_7},
    {"sql/jobs/migrations/0006_flow.sql", file_8, sizeof file_8},
    {"sql/jobs/migrations/0007_suspects.sql", file_9, sizeof file_9},
    {"sql/jobs/migrations/0008_worker_numbers.sql", file_10, sizeof file_10},
    {"sql/jobs/migrations/0009_worker_kinds.sql", file_11, sizeof file_11},
    {"sql/jobs/migrations/0010_lanes_after_a_set_back.sql", file_12, sizeof file_12},
    {"sql/jobs/migrations/0011_finite_moments.sql", file_13, sizeof file_13},
    {"sql/jobs/migrations/0012_lines_and_programs.sql", file_14, sizeof file_14},
    {"sql/jobs/queries/clock.sql", file_15, sizeof file_15},
    {"sql/jobs/queries/flow.sql", file_16, sizeof file_16},
    {"sql/jobs/queries/inspection.sql", file_17, sizeof file_17},
    {"sql/jobs/queries/job.sql", file_18, sizeof file_18},
    {"sql/jobs/queries/schedule.sql", file_19, sizeof file_19},
    {"sql/jobs/queries/upkeep.sql", file_20, sizeof file_20},
    {"sql/jobs/queries/worker.sql", file_21, sizeof file_21},
    {"sql/migrations/0001_catalogue.sql", file_22, sizeof file_22},
    {"sql/migrations/0002_parties.sql", file_23, sizeof file_23},
    {"sql/migrations/0003_samples.sql", file_24, sizeof file_24},
    {"sql/migrations/0004_instruments.sql", file_25, sizeof file_25},
    {"sql/migrations/0005_documents.sql", file_26, sizeof file_26},
    {"sql/migrations/0006_deadlines.sql", file_27, sizeof file_27},
    {"sql/migrations/0007_audit.sql", file_28, sizeof file_28},
    {"sql/migrations/0008_rights.sql", file_29, sizeof file_29},
    {"sql/migrations/0009_load.sql", file_30, sizeof file_30},
    {"sql/migrations/0010_service_accounts.sql", file_31, sizeof file_31},
    {"sql/migrations/0011_procedures.sql", file_32, sizeof file_32},
    {"sql/migrations/0012_time_zone.sql", file_33, sizeof file_33},
    {"sql/migrations/0013_job_interventions.sql", file_34, sizeof file_34},
    {"sql/migrations/0014_deliveries.sql", file_35, sizeof file_35},
    {"sql/migrations/0015_deadline_rules.sql", file_36, sizeof file_36},
    {"sql/migrations/0016_due_runs.sql", file_37, sizeof file_37},
    {"sql/migrations/0017_deadline_rows.sql", file_38, sizeof file_38},
    {"sql/migrations/0018_plans.sql", file_39, sizeof file_39},
    {"sql/migrations/0019_places_as_of.sql", file_40, sizeof file_40},
    {"sql/migrations/0020_reminder_addresses.sql", file_41, sizeof file_41},
    {"sql/migrations/0021_comparison_without_table.sql", file_42, sizeof file_42},
    {"sql/migrations/0022_moves_without_places.sql", file_43, sizeof file_43},
    {"sql/migrations/0023_runs_of_nights.sql", file_44, sizeof file_44},
    {"sql/migrations/0024_papers_beside_others.sql", file_45, sizeof file_45},
    {"sql/queries/access.sql", file_46, sizeof file_46},
    {"sql/queries/annual_report.sql", file_47, sizeof file_47},
    {"sql/queries/audit.sql", file_48, sizeof file_48},
    {"sql/queries/catalogue.sql", file_49, sizeof file_49},
    {"sql/queries/delivery.sql", file_50, sizeof file_50},
    {"sql/queries/demo_year.sql", file_51, sizeof file_51},
    {"sql/queries/document.sql", file_52, sizeof file_52},
    {"sql/queries/due.sql", file_53, sizeof file_53},
    {"sql/queries/due_run.sql", file_54, sizeof file_54},
    {"sql/queries/due_telling.sql", file_55, sizeof file_55},
    {"sql/queries/import.sql", file_56, sizeof file_56},
    {"sql/queries/instrument.sql", file_57, sizeof file_57},
    {"sql/queries/job.sql", file_58, sizeof file_58},
    {"sql/queries/measurement.sql", file_59, sizeof file_59},
    {"sql/queries/party.sql", file_60, sizeof file_60},
    {"sql/queries/plan.sql", file_61, sizeof file_61},
    {"sql/queries/procedure.sql", file_62, sizeof file_62},
    {"sql/queries/register.sql", file_63, sizeof file_63},
    {"sql/queries/result.sql", file_64, sizeof file_64},
    {"sql/queries/sample.sql", file_65, sizeof file_65},
    {"sql/queries/schema.sql", file_66, sizeof file_66},
    {"sql/queries/stamp.sql", file_67, sizeof file_67},
};
const unsigned long etalon_sql_file_count = sizeof etalon_sql_files / sizeof *etalon_sql_files;
