// SPDX-License-Identifier: Apache-2.0
package import APIContract
package import Postgres

/// The named statements of `sql/queries` with the types of their rows.
package enum Statements {
    // sql/queries/access.sql
    package static let callerByToken = Statement<PersonRow>.named("caller_by_token")
    package static let callerByOsUser = Statement<PersonRow>.named("caller_by_os_user")
    package static let administratorExists = Statement<FoundRow>.named("administrator_exists")
    package static let sessionBegin = Statement<SessionRow>.named("session_begin")
    package static let idempotencyFind = Statement<IdempotencyRow>.named("idempotency_find")
    package static let idempotencyLock = Statement<LockRow>.named("idempotency_lock")
    package static let idempotencyKeep = Command.named("idempotency_keep")
    package static let personAdd = Statement<KeyRow>.named("person_add")
    package static let personByUsername = Statement<KeyRow>.named("person_by_username")
    package static let personList = Statement<PersonView>.named("person_list")
    package static let roleGrant = Command.named("role_grant")
    package static let roleRevoke = Command.named("role_revoke")
    package static let tokenAdd = Statement<KeyRow>.named("token_add")
    package static let tokenRevoke = Command.named("token_revoke")
    package static let pinFind = Statement<PINRow>.named("pin_find")
    package static let pinSet = Command.named("pin_set")
    package static let pinForget = Command.named("pin_forget")
    package static let pinFailures = Command.named("pin_failures")
    package static let verifierCardAdd = Statement<KeyRow>.named("verifier_card_add")
    package static let signingAuthorityAdd = Statement<KeyRow>.named("signing_authority_add")
    package static let designationAdd = Statement<KeyRow>.named("designation_add")

    // sql/queries/party.sql
    package static let customerAdd = Statement<KeyRow>.named("customer_add")
    package static let customerByCode = Statement<CustomerRow>.named("customer_by_code")
    package static let customerList = Statement<CustomerView>.named("customer_list")
    package static let customerEdit = Statement<KeyRow>.named("customer_edit")
    package static let customerMerge = Statement<KeyRow>.named("customer_merge")
    package static let siteAdd = Statement<KeyRow>.named("site_add")
    package static let siteByCode = Statement<SiteRow>.named("site_by_code")
    package static let siteList = Statement<SiteView>.named("site_list")
    package static let placeOn = Statement<PlaceRow>.named("place_on")
    package static let placeList = Statement<PlaceRow>.named("place_list")

    // sql/queries/sample.sql
    package static let orderAdd = Statement<KeyRow>.named("order_add")
    package static let sampleAdd = Statement<KeyRow>.named("sample_add")
    package static let matrixByCode = Statement<CodeRow>.named("matrix_by_code")
    package static let specificationOn = Statement<VersionRow>.named("specification_on")
    package static let specificationLines = Statement<KeyRow>.named("specification_lines")
    package static let linesOn = Statement<KeyRow>.named("lines_on")
    package static let requestsAdd = Command.named("requests_add")
    package static let lastOrderSamples = Statement<LastSampleRow>.named("last_order_samples")
    package static let orderView = Statement<OrderView>.named("order_view")
    package static let sampleByNumber = Statement<SampleRow>.named("sample_by_number")
    package static let sampleEventAdd = Statement<KeyRow>.named("sample_event_add")
    package static let sampleList = Statement<SampleSummary>.named("sample_list")
    package static let sampleView = Statement<SampleView>.named("sample_view")

    // sql/queries/result.sql
    package static let resultFacts = Statement<ResultFacts>.named("result_facts")
    package static let resultsAdd = Command.named("results_add")
    package static let workList = Statement<WorkItem>.named("work_list")
    package static let reviewCandidates = Statement<ReviewCandidate>.named("review_candidates")
    package static let reviewsAdd = Command.named("reviews_add")
    package static let resultHistory = Statement<ResultVersion>.named("result_history")

    // sql/queries/document.sql
    package static let reportFacts = Statement<ReportFacts>.named("report_facts")
    package static let documentNumber = Statement<NumberRow>.named("document_number")
    package static let documentAdd = Statement<KeyRow>.named("document_add")
    package static let documentResultsAdd = Command.named("document_results_add")
    package static let documentView = Statement<DocumentView>.named("document_view")
    package static let documentList = Statement<DocumentView>.named("document_list")
    package static let signingFacts = Statement<SigningFacts>.named("signing_facts")
    package static let documentLock = Statement<LockRow>.named("document_lock")
    package static let sampleLock = Statement<LockRow>.named("sample_lock")
    package static let measurementLock = Statement<LockRow>.named("measurement_lock")
    package static let signatureAdd = Command.named("signature_add")
    package static let documentEventAdd = Statement<KeyRow>.named("document_event_add")
    package static let documentContent = Statement<DocumentContentRow>.named("document_content")
    package static let documentPdf = Statement<PDFRow>.named("document_pdf")
    package static let renderingAdd = Command.named("rendering_add")
    package static let signaturePrint = Statement<SignaturePrintRow>.named("signature_print")
    package static let laboratoryFact = Statement<NameRow>.named("laboratory_fact")
    package static let signingAuthoritiesOn = Statement<SignaturePrintRow>.named("signing_authorities_on")
    package static let verifierCardOn = Statement<KeyRow>.named("verifier_card_on")
    package static let publicCheck = Statement<PublicCheck>.named("public_check")

    // sql/queries/instrument.sql
    package static let instrumentTypeByCode = Statement<CodeRow>.named("instrument_type_by_code")
    package static let instrumentAdd = Statement<KeyRow>.named("instrument_add")
    package static let channelsAdd = Command.named("channels_add")
    package static let instrumentList = Statement<InstrumentSummary>.named("instrument_list")
    package static let instrumentView = Statement<InstrumentView>.named("instrument_view")
    package static let instrumentHistory = Statement<InstrumentHistoryLine>.named("instrument_history")
    package static let instrumentEventAdd = Statement<KeyRow>.named("instrument_event_add")
    package static let instrumentMove = Command.named("instrument_move")
    package static let standardAdd = Statement<KeyRow>.named("standard_add")
    package static let standardByCode = Statement<KeyRow>.named("standard_by_code")
    package static let standardList = Statement<StandardView>.named("standard_list")
    package static let standardCertificateAdd = Statement<KeyRow>.named("standard_certificate_add")

    // sql/queries/measurement.sql
    package static let gateInstrument = Statement<GateInstrument>.named("gate_instrument")
    package static let gateProcedure = Statement<GateProcedure>.named("gate_procedure")
    package static let gateProcedureAny = Statement<CodeOnlyRow>.named("gate_procedure_any")
    package static let gateVerifier = Statement<GateVerifier>.named("gate_verifier")
    package static let gateStandards = Statement<GateStandard>.named("gate_standards")
    package static let measurementAdd = Statement<KeyRow>.named("measurement_add")
    package static let measurementStandardsAdd = Command.named("measurement_standards_add")
    package static let readingsAdd = Command.named("readings_add")
    package static let checksAdd = Command.named("checks_add")
    package static let conclusionAdd = Statement<KeyRow>.named("conclusion_add")
    package static let measurementView = Statement<MeasurementView>.named("measurement_view")
    package static let certificateFacts = Statement<CertificateFacts>.named("certificate_facts")
    package static let measurementList = Statement<MeasurementSummary>.named("measurement_list")

    // sql/queries/procedure.sql
    package static let procedureList = Statement<ProcedureSummary>.named("procedure_list")
    package static let procedureView = Statement<ProcedureRow>.named("procedure_view")
    package static let instrumentTypesKnown = Statement<CodeOnlyRow>.named("instrument_types_known")
    package static let procedureLoad = Statement<ProcedureLoadRow>.named("procedure_load")
    package static let replayRows = Statement<ReplayRow>.named("replay_rows")

    // sql/queries/stamp.sql
    package static let stampsReceive = Statement<KeyRow>.named("stamps_receive")
    package static let stampFacts = Statement<StampFacts>.named("stamp_facts")
    package static let stampRun = Statement<StampFacts>.named("stamp_run")
    package static let stampLock = Statement<LockRow>.named("stamp_lock")
    package static let stampEventsAdd = Command.named("stamp_events_add")
    package static let stampsAffix = Command.named("stamps_affix")
    package static let stampStock = Statement<StampStock>.named("stamp_stock")

    // sql/queries/register.sql
    package static let yearPlanAdd = Statement<KeyRow>.named("year_plan_add")
    package static let fuelLotAdd = Statement<KeyRow>.named("fuel_lot_add")
    package static let fuelLotByNumber = Statement<KeyRow>.named("fuel_lot_by_number")
    package static let fuelLotWithdraw = Command.named("fuel_lot_withdraw")
    package static let inspectionCampaignAdd = Statement<KeyRow>.named("inspection_campaign_add")
    package static let inspectionCampaignByDecision = Statement<KeyRow>.named("inspection_campaign_by_decision")
    package static let inspectionVisitAdd = Statement<KeyRow>.named("inspection_visit_add")

    // sql/queries/due.sql
    package static let dueList = Statement<DueLine>.named("due_list")
    package static let dueWhy = Statement<DueWhyRow>.named("due_why")
    package static let remindersRecord = Statement<KeyRow>.named("reminders_record")
    package static let reminderNext = Statement<MomentRow>.named("reminder_next")
    package static let reminderList = Statement<ReminderView>.named("reminder_list")

    // sql/queries/audit.sql
    package static let auditLog = Statement<AuditEntryView>.named("audit_log")
    package static let auditSeal = Statement<KeyRow>.named("audit_seal")
    package static let auditTables = Statement<NameRow>.named("audit_tables")
    package static let auditFaults = Statement<AuditFault>.named("audit_faults")
    package static let auditBrokenSeals = Statement<AuditFault>.named("audit_broken_seals")
    package static let auditHead = Statement<AuditHeadRow>.named("audit_head")

    // sql/queries/annual_report.sql
    package static let annualReport = Statement<AnnualFigures>.named("annual_report")
    package static let annualReportBreakdown = Statement<AnnualPart>.named("annual_report_breakdown")

    // sql/queries/catalogue.sql
    package static let catalogueLoadVersions = Statement<LoadedTable>.named("catalogue_load_versions")
    package static let catalogueLoadNames = Statement<LoadedTable>.named("catalogue_load_names")
    package static let catalogueLoadLimits = Command.named("catalogue_load_limits")
    package static let catalogueLoadNote = Command.named("catalogue_load_note")

    // sql/queries/import.sql
    package static let importCustomerFacts = Statement<ImportCustomerFacts>.named("import_customer_facts")
    package static let importCustomersAdd = Command.named("import_customers_add")
    package static let importSiteFacts = Statement<ImportSiteFacts>.named("import_site_facts")
    package static let importSitesAdd = Command.named("import_sites_add")
    package static let importInstrumentFacts = Statement<ImportInstrumentFacts>.named("import_instrument_facts")
    package static let importInstrumentNumbers = Command.named("import_instrument_numbers")
    package static let importInstrumentsAdd = Command.named("import_instruments_add")
    package static let importStandardFacts = Statement<ImportStandardFacts>.named("import_standard_facts")
    package static let importStandardsAdd = Command.named("import_standards_add")
    package static let importCardFacts = Statement<ImportCardFacts>.named("import_card_facts")
    package static let importCardsAdd = Command.named("import_cards_add")
    package static let importStampFacts = Statement<ImportStampFacts>.named("import_stamp_facts")
    package static let importStampsAdd = Command.named("import_stamps_add")
    package static let importResultRows = Statement<ImportResultRow>.named("import_result_rows")
    package static let importIndicatorFacts = Statement<ResultFacts>.named("import_indicator_facts")

    // sql/queries/schema.sql
    static let schemaStep = Statement<SchemaStepRow>.named("schema_step")
}
