-- What the generator of the demonstration year asks of the database and tells it. Run by the owner of the database.

-- name: demo_year_is_empty :one
-- Whether nothing has been recorded yet.
select not exists (select from record.sample) and not exists (select from work.instrument)
       and not exists (select from work.customer) and not exists (select from work.person where id > 0) as is_empty;

-- name: demo_year_lines :many
-- Catalogue lines in force in the middle of the year, by field, matrix and code.
-- $1 date
select l.id, l.code, l.matrix_code, m.field_code, m.name_vi as matrix_vi, l.indicator_vi, l.indicator_en, l.method, l.unit,
       l.result_kind, l.lod::text as lod, coalesce(l.decimals, 0) as decimals
from catalogue.line l join catalogue.matrix m on m.code = l.matrix_code
where l.valid @> $1::date
order by m.field_code, l.matrix_code, l.code;

-- name: demo_year_specifications :many
-- Specifications with the days on which they hold, the last one exclusive.
select s.id, s.code, s.name_vi, s.matrix_code, coalesce(lower(s.valid), date '1900-01-01')::text as valid_from,
       coalesce(upper(s.valid), date '2999-12-31')::text as valid_to
from catalogue.specification s
where s.matrix_code is not null and not isempty(s.valid)
order by s.matrix_code, s.code, s.valid;

-- name: demo_year_limits :many
-- Numeric limits of all specifications.
select l.specification_id, l.line_code, l.lower::text as lower, l.upper::text as upper
from catalogue.specification_limit l
where l.lower is not null or l.upper is not null
order by l.specification_id, l.line_code;

-- name: demo_year_places :many
-- Districts of the city and provinces elsewhere on a day.
-- $1 date
select code, name_vi, in_city
from catalogue.place
where valid @> $1::date and ((in_city and kind = 'district') or (not in_city and kind = 'province'))
order by code;

-- name: demo_year_procedures :many
-- Procedures with the days on which they hold, the last one exclusive.
select id, code, version, name_vi, kind, type_codes, content, coalesce(lower(valid), date '1900-01-01')::text as valid_from,
       coalesce(upper(valid), date '2999-12-31')::text as valid_to
from catalogue.procedure
order by code, version;

-- name: demo_year_types :many
-- Instrument types with their cycle on a day, where they have one.
-- $1 date
select t.code, t.name_vi, t.family, r.cycle_months
from catalogue.instrument_type t left join catalogue.interval_rule r on r.type_code = t.code and r.valid @> $1::date
order by t.code;

-- name: demo_year_fields :many
-- Testing fields.
select code from catalogue.field order by position, code;

-- name: demo_year_letterhead :one
-- What documents print in their heads.
select value as letterhead from catalogue.laboratory where key = 'issuing_laboratory';

-- name: demo_year_holidays :many
-- Holidays.
select day::text as day from catalogue.holiday order by day;

-- name: demo_year_begin :script
-- Marks what follows in the audit trail and makes room for rows that are completed by the database: documents get the hash
-- of their content, conclusions their last day of validity with its derivation.
set local etalon.act = 'demo year';
create temporary table demo_document (
    id bigint, kind text, series text, year integer, number integer, label text, sample_id bigint, measurement_id bigint,
    replaces_id bigint, reason text, content text, access_code text, frozen_on date, recorded_by bigint) on commit drop;
create temporary table demo_signature (
    document_id bigint, step text, person_id bigint, authority_id bigint, signed_on date) on commit drop;
create temporary table demo_conclusion (
    measurement_id bigint, outcome text, reasons jsonb, evaluation jsonb, engine_version text, last_certificate text,
    recorded_by bigint) on commit drop;

-- name: demo_year_copy_person :copy
copy work.person (id, username, name, title) from stdin;

-- name: demo_year_copy_role_grant :copy
copy work.role_grant (person_id, role) from stdin;

-- name: demo_year_copy_verifier_card :copy
copy record.verifier_card (id, person_id, number, families, issued_on, expires_on, source) from stdin;

-- name: demo_year_copy_verifier_card_event :copy
copy record.verifier_card_event (id, card_id, kind, happened_on, reason, recorded_by) from stdin;

-- name: demo_year_copy_signing_authority :copy
copy record.signing_authority (id, person_id, level, form, title_vi, title_en, valid, decision) from stdin;

-- name: demo_year_copy_designation :copy
copy record.designation (id, number, type_codes, issued_on, expires_on, range_text) from stdin;

-- name: demo_year_copy_customer :copy
copy work.customer (id, code, name, kind, tax_code, address, phone, merged_into) from stdin;

-- name: demo_year_copy_site :copy
copy work.site (id, code, customer_id, name, kind, place_code, address) from stdin;

-- name: demo_year_copy_standard :copy
copy work.standard (id, code, name_vi, name_en, kind, serial, maker, accuracy_class, characteristics) from stdin;

-- name: demo_year_copy_standard_certificate :copy
copy record.standard_certificate (id, standard_id, kind, number, organisation, issued_on, valid_until, content, recorded_by) from stdin;

-- name: demo_year_copy_instrument :copy
copy work.instrument (id, code, type_code, serial, maker, country, model, made_in_year, type_approval, site_id, in_trade_use,
    put_in_use_on, calibration_months, characteristics) from stdin;

-- name: demo_year_copy_channel :copy
copy work.channel (id, instrument_id, number, name, characteristics) from stdin;

-- name: demo_year_copy_instrument_event :copy
copy record.instrument_event (id, instrument_id, kind, happened_on, note, recorded_by) from stdin;

-- name: demo_year_copy_measurement :copy
copy record.measurement (id, instrument_id, kind, mode, procedure_id, worked_on, measured_by, organisation, holder_id, site_id,
    place_code, conditions, recorded_by) from stdin;

-- name: demo_year_copy_measurement_standard :copy
copy record.measurement_standard (measurement_id, standard_id) from stdin;

-- name: demo_year_copy_reading :copy
copy record.reading (id, measurement_id, channel_id, point, repetition, indicated, reference, recorded_by) from stdin;

-- name: demo_year_copy_check_result :copy
copy record.check_result (id, measurement_id, step, channel_id, outcome, recorded_by) from stdin;

-- name: demo_year_copy_conclusion :copy
copy demo_conclusion (measurement_id, outcome, reasons, evaluation, engine_version, last_certificate, recorded_by) from stdin;

-- name: demo_year_copy_stamp :copy
copy record.stamp (id, kind, series, number, recorded_by) from stdin;

-- name: demo_year_copy_stamp_event :copy
copy record.stamp_event (id, stamp_id, kind, happened_on, person_id, measurement_id, instrument_id, place, reason, recorded_by) from stdin;

-- name: demo_year_copy_year_plan :copy
copy record.year_plan (id, year, version, samples, decision, decided_on, recorded_by) from stdin;

-- name: demo_year_copy_work_order :copy
copy record.work_order (id, number, customer_id, place_code, outside_city, purpose, state_document, ministry, received_on, promised_on,
    recorded_by) from stdin;

-- name: demo_year_copy_sample :copy
copy record.sample (id, number, order_id, parent_id, kind, matrix_code, description, condition, quantity, specification_id, retain_until,
    recorded_by) from stdin;

-- name: demo_year_copy_sample_event :copy
copy record.sample_event (id, sample_id, kind, happened_at, place, to_person, reason, recorded_by) from stdin;

-- name: demo_year_copy_request :copy
copy record.request (id, sample_id, line_id, subcontracted, recorded_by) from stdin;

-- name: demo_year_copy_result :copy
copy record.result (id, request_id, version, text, kind, value, flags, reason, tested_on, entered_by) from stdin;

-- name: demo_year_copy_result_review :copy
copy record.result_review (id, result_id, decision, reason, reviewed_by) from stdin;

-- name: demo_year_copy_fuel_lot :copy
copy record.fuel_lot (id, number, customer_id, origin, product, volume_m3, specification_id, sample_id, certificate, certified_on,
    recorded_by) from stdin;

-- name: demo_year_copy_fuel_lot_withdrawal :copy
copy record.fuel_lot_withdrawal (lot_id, withdrawn_on, reason, recorded_by) from stdin;

-- name: demo_year_copy_inspection_campaign :copy
copy record.inspection_campaign (id, decision, decided_on, title, subject, recorded_by) from stdin;

-- name: demo_year_copy_inspection_visit :copy
copy record.inspection_visit (id, campaign_id, customer_id, site_id, visited_on, finding, recorded_by) from stdin;

-- name: demo_year_copy_document :copy
copy demo_document (id, kind, series, year, number, label, sample_id, measurement_id, replaces_id, reason, content, access_code,
    frozen_on, recorded_by) from stdin;

-- name: demo_year_copy_document_result :copy
copy record.document_result (document_id, result_id) from stdin;

-- name: demo_year_copy_signature :copy
copy demo_signature (document_id, step, person_id, authority_id, signed_on) from stdin;

-- name: demo_year_copy_document_event :copy
copy record.document_event (id, document_id, kind, happened_on, reason, recorded_by) from stdin;

-- name: demo_year_copy_number_series :copy
copy work.number_series (series, year, last) from stdin;

-- name: demo_year_documents :command
-- Documents with the SHA-256 of their content.
insert into record.document (id, kind, series, year, number, label, sample_id, measurement_id, replaces_id, reason, content,
                             content_sha256, access_code, frozen_on, recorded_by)
overriding system value
select id, kind, series, year, number, label, sample_id, measurement_id, replaces_id, reason, content,
       encode(sha256(convert_to(content, 'UTF8')), 'hex'), access_code, frozen_on, recorded_by
from demo_document order by id;

-- name: demo_year_signatures :command
-- Signatures under the hash of what was signed.
insert into record.signature (document_id, step, person_id, authority_id, signed_on, content_sha256)
select s.document_id, s.step, s.person_id, s.authority_id, s.signed_on, d.content_sha256
from demo_signature s join record.document d on d.id = s.document_id
order by s.document_id, s.step;

-- name: demo_year_conclusions :command
-- Conclusions; the last day of validity comes from the same function that the daemon asks, once for each kind of case.
insert into record.conclusion (measurement_id, outcome, reasons, evaluation, engine_version, valid_until, interval_rule_id,
                               derivation, last_certificate, recorded_by)
with measured as (
    select c.*, m.kind, m.mode, m.worked_on, i.type_code
    from demo_conclusion c join record.measurement m on m.id = c.measurement_id join work.instrument i on i.id = m.instrument_id),
validity as (
    select t.type_code, t.worked_on, t.mode, v.valid_until, v.rule_id, v.derivation
    from (select distinct type_code, worked_on, mode from measured where outcome = 'pass') t
    cross join lateral record.valid_until(t.type_code, t.worked_on, t.mode) v)
select m.measurement_id, m.outcome, m.reasons, m.evaluation, m.engine_version, v.valid_until, v.rule_id,
       coalesce(v.derivation, '[]'), m.last_certificate, m.recorded_by
from measured m
left join validity v on m.outcome = 'pass' and v.type_code = m.type_code and v.worked_on = m.worked_on and v.mode = m.mode
order by m.measurement_id;

-- name: demo_year_end :script
-- Moves every identity behind the rows that came with their own numbers, and lets the planner see what is there.
do $$
declare
    moved record;
begin
    for moved in
        select table_schema, table_name, column_name from information_schema.columns
        where table_schema in ('work', 'record') and is_identity = 'YES' and table_name not like 'audit\_%'
    loop
        execute format(
            'select setval(pg_get_serial_sequence(%L, %L), greatest((select max(%I) from %I.%I), 1), (select count(*) > 0 from %I.%I))',
            format('%I.%I', moved.table_schema, moved.table_name), moved.column_name, moved.column_name,
            moved.table_schema, moved.table_name, moved.table_schema, moved.table_name);
    end loop;
end $$;
analyze;
