-- The annual report: every figure is counted from the records, by the definitions below. No figure is written here.
--
-- Definition annual-report/1. The year is the civil year of the laboratory; nothing after the cut-off is seen.
--   samples     root samples of customers whose first test report was issued in the year and that have a report in force at
--               the cut-off: issued, neither withdrawn nor voided nor replaced by then. No partitions, retained, control,
--               proficiency, internal or rejected samples.
--   indicators  lines (sample x indicator x method) with an approved result of any kind but "not measured" on the report in
--               force of those samples; a retest counts once, a subcontracted line in a figure of its own.
--   outside city, state management  of those samples: what the order says of the place at reception, and its purpose.
--   dispensers  instruments of type 19 in the city with a verification by the centre concluded pass or fail in the year.
--   enterprises legal persons, after merges, that held them at their last such verification of the year.
--   totalisers  instruments with a totaliser seal affixed in the year; the sites where they stood then.
--   scales      rows 6 to 15 of the group-2 table, in trade use at wholesale markets, concluded pass or fail in the year; every other scale has its own figure.
--   inspection  the Department's act, never mixed with verification: campaigns by decision, establishments by visit.

-- name: annual_report :one
-- The figures of one year at a cut-off date.
-- $1 integer year, $2 date cut-off
with recursive year as (
    select make_date($1::integer, 1, 1) as first_day, make_date($1::integer, 12, 31) as last_day, $2::date as cut_off),
-- the legal person behind each customer code, after merges
legal_person as (
    select id, id as person_id from work.customer where merged_into is null
    union all
    select c.id, p.person_id from work.customer c join legal_person p on c.merged_into = p.id),
issued as (
    select d.id, d.sample_id, e.happened_on
    from record.document d
    join record.document_event e on e.document_id = d.id and e.kind = 'issued'
    cross join year
    where d.kind = 'test_report' and e.happened_on <= year.cut_off),
counted as materialized (
    select s.id, o.outside_city, o.purpose
    from record.sample s
    join record.work_order o on o.id = s.order_id
    join (select sample_id, min(happened_on) as first_on from issued group by sample_id) f on f.sample_id = s.id
    cross join year
    where s.parent_id is null and s.kind = 'customer' and o.purpose <> 'internal'
      and f.first_on between year.first_day and year.last_day
      and not exists (select from record.sample_event e where e.sample_id = s.id and e.kind = 'rejected'
                      and work.civil_day(e.happened_at) <= year.cut_off)),
in_force as materialized (
    select i.id as document_id, c.id as sample_id, c.outside_city, c.purpose
    from issued i join counted c on c.id = i.sample_id cross join year
    where not exists (select from record.document_event e where e.document_id = i.id
                      and e.kind in ('amended', 'withdrawn', 'voided') and e.happened_on <= year.cut_off)),
samples as (
    select count(*) as tested,
           count(*) filter (where outside_city) as outside_city,
           count(*) filter (where purpose = 'state_management') as state_management
    from (select distinct sample_id, outside_city, purpose from in_force) s),
lines as (
    select count(*) filter (where not subcontracted) as own, count(*) filter (where subcontracted) as subcontracted
    from (
        select f.sample_id, q.line_id, bool_and(q.subcontracted) as subcontracted
        from in_force f
        join record.document_result dr on dr.document_id = f.document_id
        join record.result r on r.id = dr.result_id and r.kind <> 'not_measured'
        join record.request q on q.id = r.request_id
        where exists (select from record.result_review v where v.result_id = r.id and v.decision = 'approved')
        group by f.sample_id, q.line_id) l),
plan as (
    select p.samples, p.version, p.decision
    from record.year_plan p cross join year
    where p.year = $1::integer and p.decided_on <= least(year.last_day, year.cut_off)
    order by p.version desc limit 1),
fuel_lots as (
    select count(*) as certified,
           count(*) filter (where l.origin = 'blended') as blended,
           count(*) filter (where l.origin = 'domestic') as domestic,
           count(*) filter (where l.origin = 'imported') as imported
    from record.fuel_lot l cross join year
    where l.certified_on between year.first_day and least(year.last_day, year.cut_off)
      and not exists (select from record.fuel_lot_withdrawal w where w.lot_id = l.id and w.withdrawn_on <= year.cut_off)),
verification as materialized (
    select m.id, m.instrument_id, m.holder_id, m.site_id, m.worked_on, c.outcome, i.type_code, i.in_trade_use,
           st.kind as site_kind, p.in_city, coalesce(district.code, case when p.kind = 'district' then p.code end) as district
    from record.measurement m
    join record.conclusion c on c.measurement_id = m.id and c.outcome in ('pass', 'fail', 'refused')
    join work.instrument i on i.id = m.instrument_id
    join work.site st on st.id = m.site_id
    cross join year
    left join catalogue.place p on p.code = m.place_code and p.valid @> m.worked_on
    left join catalogue.place district on p.kind = 'commune' and district.code = p.parent and district.kind = 'district'
         and district.valid @> m.worked_on
    where m.kind = 'verification' and m.organisation is null
      and m.worked_on between year.first_day and least(year.last_day, year.cut_off)),
dispensers as (
    select count(distinct instrument_id) filter (where outcome <> 'refused') as verified,
           count(*) filter (where outcome <> 'refused') as verifications,
           count(*) filter (where outcome = 'pass') as passed,
           count(*) filter (where outcome = 'fail') as failed,
           count(*) filter (where outcome = 'refused') as refused
    from verification where type_code = '19' and in_city),
dispenser_holders as (
    select count(distinct p.person_id) as enterprises, count(distinct v.site_id) as sites
    from (select distinct on (instrument_id) instrument_id, holder_id, site_id
          from verification where type_code = '19' and in_city and outcome <> 'refused'
          order by instrument_id, worked_on desc, id desc) v
    join legal_person p on p.id = v.holder_id),
totalisers as (
    select count(distinct e.instrument_id) as sealed, count(distinct coalesce(m.site_id, i.site_id)) as sites
    from record.stamp_event e
    join record.stamp s on s.id = e.stamp_id and s.kind = 'totaliser_seal'
    join work.instrument i on i.id = e.instrument_id
    left join record.measurement m on m.id = e.measurement_id
    cross join year
    where e.kind = 'affixed' and e.happened_on between year.first_day and least(year.last_day, year.cut_off)),
scales as (
    select count(distinct instrument_id) filter (where in_market) as verified,
           count(distinct instrument_id) filter (where not in_market) as others,
           count(*) filter (where in_market) as verifications,
           count(*) filter (where in_market and outcome = 'pass') as passed,
           count(*) filter (where in_market and outcome = 'fail') as failed,
           count(distinct site_id) filter (where in_market) as markets,
           count(distinct district) filter (where in_market) as districts
    from (select *, in_trade_use and site_kind = 'wholesale_market' as in_market
          from verification
          where substring(type_code from '^[0-9]+')::integer between 6 and 15 and outcome <> 'refused') v),
campaigns as (
    select count(*) as decided
    from record.inspection_campaign c cross join year
    where c.decided_on between year.first_day and least(year.last_day, year.cut_off)),
inspections as (
    select count(*) as visits, count(distinct (v.site_id, case when v.site_id is null then p.person_id end)) as establishments
    from record.inspection_visit v join legal_person p on p.id = v.customer_id cross join year
    where v.visited_on between year.first_day and least(year.last_day, year.cut_off))
select $1::integer as year, year.cut_off as as_of, 'annual-report/1' as definition,
       samples.tested as samples_tested,
       plan.samples as plan, plan.version as plan_version, plan.decision as plan_decision,
       round(100.0 * samples.tested / plan.samples, 1)::text as plan_percent,
       lines.own as indicators_tested, lines.subcontracted as indicators_subcontracted,
       samples.outside_city as outside_city_samples,
       round(100.0 * samples.outside_city / nullif(samples.tested, 0), 1)::text as outside_city_percent,
       samples.state_management as state_management_samples,
       round(100.0 * samples.state_management / nullif(samples.tested, 0), 1)::text as state_management_percent,
       fuel_lots.certified as fuel_lots_certified, fuel_lots.blended as fuel_lots_blended,
       fuel_lots.domestic as fuel_lots_domestic, fuel_lots.imported as fuel_lots_imported,
       dispensers.verified as fuel_dispensers_verified, dispensers.verifications as fuel_dispensers_verifications,
       dispensers.passed as fuel_dispensers_passed, dispensers.failed as fuel_dispensers_failed,
       dispensers.refused as fuel_dispensers_refused,
       dispenser_holders.enterprises as fuel_dispenser_enterprises, dispenser_holders.sites as fuel_dispenser_sites,
       totalisers.sealed as totalisers_sealed, totalisers.sites as totaliser_sites,
       scales.verified as scales_verified, scales.others as other_scales_verified,
       scales.verifications as scales_verifications, scales.passed as scales_passed, scales.failed as scales_failed,
       scales.markets as markets, scales.districts as districts,
       campaigns.decided as inspection_campaigns, inspections.establishments as inspected_establishments,
       inspections.visits as inspection_visits
from year cross join samples cross join lines cross join fuel_lots cross join dispensers cross join dispenser_holders
cross join totalisers cross join scales cross join campaigns cross join inspections left join plan on true;

-- name: annual_report_breakdown :many
-- Samples and indicators of the annual report by testing field, by month of first issue and by the ministry of the order;
-- `dimension` is field, month or ministry, `key` the code, null for an order that names no ministry.
-- $1 integer year, $2 date cut-off
with year as (
    select make_date($1::integer, 1, 1) as first_day, make_date($1::integer, 12, 31) as last_day, $2::date as cut_off),
issued as (
    select d.id, d.sample_id, e.happened_on
    from record.document d
    join record.document_event e on e.document_id = d.id and e.kind = 'issued'
    cross join year
    where d.kind = 'test_report' and e.happened_on <= year.cut_off),
in_force as materialized (
    select i.id as document_id, s.id as sample_id, m.field_code, to_char(f.first_on, 'MM') as month, o.ministry,
           o.outside_city, o.purpose
    from issued i
    join record.sample s on s.id = i.sample_id
    join record.work_order o on o.id = s.order_id
    join catalogue.matrix m on m.code = s.matrix_code
    join (select sample_id, min(happened_on) as first_on from issued group by sample_id) f on f.sample_id = s.id
    cross join year
    where s.parent_id is null and s.kind = 'customer' and o.purpose <> 'internal'
      and f.first_on between year.first_day and year.last_day
      and not exists (select from record.sample_event e where e.sample_id = s.id and e.kind = 'rejected'
                      and work.civil_day(e.happened_at) <= year.cut_off)
      and not exists (select from record.document_event e where e.document_id = i.id
                      and e.kind in ('amended', 'withdrawn', 'voided') and e.happened_on <= year.cut_off)),
lines as (
    select f.sample_id, q.line_id
    from in_force f
    join record.document_result dr on dr.document_id = f.document_id
    join record.result r on r.id = dr.result_id and r.kind <> 'not_measured'
    join record.request q on q.id = r.request_id
    where exists (select from record.result_review v where v.result_id = r.id and v.decision = 'approved')
    group by f.sample_id, q.line_id
    having not bool_and(q.subcontracted)),
sample as (
    select distinct f.sample_id, f.field_code, f.month, f.ministry, f.outside_city, f.purpose, coalesce(n.indicators, 0) as indicators
    from in_force f left join (select sample_id, count(*) as indicators from lines group by sample_id) n using (sample_id)),
part as (
    select grouping(field_code, month, ministry) as which, field_code, month, ministry,
           count(*) as samples, sum(indicators) as indicators,
           count(*) filter (where outside_city) as outside_city,
           count(*) filter (where purpose = 'state_management') as state_management
    from sample group by grouping sets ((field_code), (month), (ministry)))
select case part.which when 3 then 'field' when 5 then 'month' else 'ministry' end as dimension,
       case part.which when 3 then part.field_code when 5 then part.month else part.ministry end as key,
       part.samples::bigint as samples, part.indicators::bigint as indicators,
       part.outside_city::bigint as outside_city, part.state_management::bigint as state_management
from part left join catalogue.field f on f.code = part.field_code
order by 1, f.position, 2 nulls last;
