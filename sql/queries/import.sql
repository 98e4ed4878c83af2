-- Files of the start-up import and of results. The rows of a file come as one JSON text or as columns, so that one statement judges
-- a whole file and one adds it; no table is staged, for the daemon may make none. Text is brought to NFC on the way in.

-- name: import_customer_facts :many
-- What is known of each customer in a file, in its order. $1 rows as JSON
select distinct on (n.position) n.position, c.code as by_code, c.name as by_code_name, t.code as by_tax_code, t.name as by_tax_code_name,
       s.code as by_name
from json_to_recordset(normalize($1::text, NFC)::json) as n(position int, code text, name text, tax_code text, address text)
left join work.customer c on c.code = n.code
left join work.customer t on t.tax_code = n.tax_code
left join work.customer s on s.name = n.name and coalesce(s.address, '') = coalesce(n.address, '')
order by n.position, s.id;

-- name: import_customers_add :exec
-- Customers without a code are numbered behind every number in use. $1 rows as JSON
with n as (
    select * from json_to_recordset(normalize($1::text, NFC)::json)
        as n(position int, code text, name text, kind text, tax_code text, address text, phone text)),
base as (
    select coalesce(max(substr(u.code, 3)::bigint), 0) as last
    from (select code from work.customer union all select code from n
          union all select 'KH' || max(id) from work.customer) u where u.code ~ '^KH\d{1,15}$')
insert into work.customer (code, name, kind, tax_code, address, phone)
select coalesce(n.code, 'KH' || lpad((base.last + row_number() over (order by n.position))::text, 5, '0')),
       n.name, n.kind, n.tax_code, n.address, n.phone
from n cross join base order by n.position;

-- name: import_site_facts :many
-- What is known of each site in a file. $1 rows as JSON, $2 day
select distinct on (n.position) n.position, c.id as customer_id, m.code as merged_into, s.code as by_code, sc.code as by_code_customer,
       s.name as by_code_name, d.code as by_name, p.code as place
from json_to_recordset(normalize($1::text, NFC)::json) as n(position int, code text, customer text, name text, place text)
left join work.customer c on c.code = n.customer
left join work.customer m on m.id = c.merged_into
left join work.site s on s.code = n.code
left join work.customer sc on sc.id = s.customer_id
left join work.site d on d.customer_id = c.id and d.name = n.name
left join catalogue.place p on p.code = n.place and p.valid @> $2::date
order by n.position, d.id;

-- name: import_sites_add :exec
-- $1 rows as JSON
with n as (
    select * from json_to_recordset(normalize($1::text, NFC)::json)
        as n(position int, code text, customer text, name text, kind text, place text, address text)),
base as (
    select coalesce(max(substr(u.code, 3)::bigint), 0) as last
    from (select code from work.site union all select code from n
          union all select 'DD' || max(id) from work.site) u where u.code ~ '^DD\d{1,15}$')
insert into work.site (code, customer_id, name, kind, place_code, address)
select coalesce(n.code, 'DD' || lpad((base.last + row_number() over (order by n.position))::text, 5, '0')),
       c.id, n.name, n.kind, n.place, n.address
from n join work.customer c on c.code = n.customer cross join base order by n.position;

-- name: import_instrument_facts :many
-- What is known of each instrument in a file. $1 rows as JSON
select distinct on (n.position) n.position, t.code as type, s.code as site, i.code as by_code, i.type_code as by_code_type,
       i.serial as by_code_serial, d.code as by_serial, r.cycle_months,
       (select l.value #>> '{name,vi}' from catalogue.laboratory l where l.key = 'issuing_laboratory') as centre
from json_to_recordset(normalize($1::text, NFC)::json)
    as n(position int, code text, type text, serial text, site text, last_verified_on date)
left join catalogue.instrument_type t on t.code = n.type
left join work.site s on s.code = n.site
left join work.instrument i on i.code = n.code
left join work.instrument d on d.type_code = n.type and d.serial = n.serial and d.site_id = s.id
left join catalogue.interval_rule r on r.type_code = n.type and r.valid @> n.last_verified_on
order by n.position, d.id;

-- name: import_instrument_numbers :exec
-- Moves the series behind the numbers that a file brings along. $1 rows as JSON
insert into work.number_series as s (series, year, last)
select 'instrument', 0, max(substr(n.code, 3)::int)
from json_to_recordset($1::json) as n(code text) where n.code ~ '^TB\d{1,9}$'
having max(substr(n.code, 3)::int) > 0
on conflict (series, year) do update set last = greatest(s.last, excluded.last);

-- name: import_instruments_add :exec
-- Instruments with their channels, and the last verification with the last day of validity that its paper shows. $1 rows as JSON, $2 person
with n as materialized (
    select n.*, coalesce(n.code, 'TB' || lpad(work.next_number('instrument', 0)::text, 6, '0')) as given_code
    from json_to_recordset(normalize($1::text, NFC)::json)
        as n(position int, code text, type text, serial text, maker text, country text, model text, made_in_year int, type_approval text,
             site text, put_in_use_on date, calibration_months int, characteristics jsonb, channels json, last_verified_on date,
             last_mode text, last_outcome text, last_valid_until date, last_organisation text, last_certificate text)
    order by n.position),
added as (
    insert into work.instrument (code, type_code, serial, serial_assigned, maker, country, model, made_in_year, type_approval, site_id,
                                 put_in_use_on, calibration_months, characteristics)
    select n.given_code, n.type, coalesce(n.serial, 'CT-' || lpad(work.next_number('assigned serial', 0)::text, 6, '0')), n.serial is null,
           n.maker, n.country, n.model, n.made_in_year, n.type_approval, s.id, n.put_in_use_on, n.calibration_months, n.characteristics
    from n join work.site s on s.code = n.site order by n.position
    returning id, code, site_id),
channel as (
    insert into work.channel (instrument_id, number, name, characteristics)
    select a.id, c.number, c.name, c.characteristics
    from n join added a on a.code = n.given_code
    cross join lateral json_to_recordset(n.channels) as c(number int, name text, characteristics jsonb)
    order by a.id, c.number),
measured as (
    insert into record.measurement (instrument_id, kind, mode, worked_on, organisation, holder_id, site_id, place_code, recorded_by)
    select a.id, 'verification', n.last_mode, n.last_verified_on,
           coalesce(n.last_organisation,
                    (select l.value #>> '{name,vi}' from catalogue.laboratory l where l.key = 'issuing_laboratory')),
           s.customer_id, s.id, s.place_code, $2::bigint
    from n join added a on a.code = n.given_code join work.site s on s.id = a.site_id
    where n.last_verified_on is not null order by n.position
    returning id, instrument_id, worked_on, mode, organisation)
insert into record.conclusion (measurement_id, outcome, reasons, engine_version, valid_until, interval_rule_id, derivation,
                               last_certificate, recorded_by)
select m.id, n.last_outcome, '[]', 'import', n.last_valid_until, r.id,
       case when n.last_outcome = 'pass' then jsonb_build_array(
           jsonb_build_object(
               'step', 'anchor', 'rule', 'verification concluded pass', 'rule_version', m.mode, 'in', m.worked_on::text,
               'out', m.worked_on::text, 'source', concat_ws(', ', m.organisation, n.last_certificate)),
           jsonb_build_object(
               'step', 'last_day', 'rule', 'start-up import, as printed', 'rule_version', '', 'in', m.worked_on::text,
               'out', coalesce(n.last_valid_until::text, 'no expiry'),
               'source', concat_ws(', ', m.organisation, n.last_certificate)))
       else '[]' end,
       n.last_certificate, $2::bigint
from measured m join added a on a.id = m.instrument_id join n on n.given_code = a.code
left join catalogue.interval_rule r on r.type_code = n.type and r.valid @> m.worked_on
order by m.id;

-- name: import_standard_facts :many
-- What is known of each standard in a file. $1 rows as JSON
select n.position, s.code as by_code, s.serial as by_code_serial
from json_to_recordset(normalize($1::text, NFC)::json) as n(position int, code text)
left join work.standard s on s.code = n.code
order by n.position;

-- name: import_standards_add :exec
-- Standards with their papers. $1 rows as JSON, $2 person
with n as (
    select * from json_to_recordset(normalize($1::text, NFC)::json)
        as n(position int, code text, name_vi text, name_en text, kind text, serial text, maker text, accuracy_class text,
             characteristics jsonb, papers json)),
added as (
    insert into work.standard (code, name_vi, name_en, kind, serial, maker, accuracy_class, characteristics)
    select n.code, n.name_vi, n.name_en, n.kind, n.serial, n.maker, n.accuracy_class, n.characteristics from n order by n.position
    returning id, code)
insert into record.standard_certificate (standard_id, kind, number, organisation, issued_on, valid_until, content, recorded_by)
select a.id, p.kind, p.number, p.organisation, p.issued_on, p.valid_until, p.content, $2::bigint
from n join added a on a.code = n.code
cross join lateral json_to_recordset(n.papers)
    as p(kind text, number text, organisation text, issued_on date, valid_until date, content jsonb)
order by n.position, p.kind;

-- name: import_card_facts :many
-- What is known of each verifier card in a file. $1 rows as JSON
select n.position, p.id as person_id, c.number as by_number, h.username as by_number_person,
       array(select f from unnest(n.families) f
             where not exists (select from catalogue.instrument_type t where t.family = f) order by f) as unknown_families,
       array(select distinct t.family from catalogue.instrument_type t order by t.family) as families
from json_to_recordset(normalize($1::text, NFC)::json) as n(position int, person text, number text, families text[])
left join work.person p on p.username = n.person
left join record.verifier_card c on c.number = n.number
left join work.person h on h.id = c.person_id
order by n.position;

-- name: import_cards_add :exec
-- $1 rows as JSON
insert into record.verifier_card (person_id, number, families, issued_on, expires_on, source)
select p.id, n.number, n.families, n.issued_on, n.expires_on, 'start-up import'
from json_to_recordset(normalize($1::text, NFC)::json)
    as n(position int, person text, number text, families text[], issued_on date, expires_on date)
join work.person p on p.username = n.person order by n.position;

-- name: import_stamp_facts :many
-- How many stamps of each run are known already. $1 rows as JSON
select n.position, p.id as holder_id,
       (select count(*)::int from record.stamp s
        where s.kind = n.kind and s.series = n.series and s.number between n.first and n.last and length(s.number) = length(n.first)) as known
from json_to_recordset(normalize($1::text, NFC)::json)
    as n(position int, kind text, series text, first text, last text, holder text)
left join work.person p on p.username = n.holder
order by n.position;

-- name: import_stamps_add :exec
-- Takes runs of numbers into stock and hands them to their holders. $1 rows as JSON, $2 person
with n as (
    select * from json_to_recordset(normalize($1::text, NFC)::json)
        as n(position int, kind text, series text, first text, last text, received_on date, holder text)),
numbers as (
    select n.position, n.kind, n.series, lpad(g::text, length(n.first), '0') as number, n.received_on, p.id as holder_id
    from n cross join lateral generate_series(n.first::bigint, n.last::bigint) as g
    left join work.person p on p.username = n.holder),
added as (
    insert into record.stamp (kind, series, number, recorded_by)
    select u.kind, u.series, u.number, $2::bigint from numbers u order by u.position, u.number
    returning id, kind, series, number)
insert into record.stamp_event (stamp_id, kind, happened_on, person_id, recorded_by)
select a.id, e.kind, u.received_on, case e.kind when 'assigned' then u.holder_id end, $2::bigint
from added a join numbers u on u.kind = a.kind and u.series = a.series and u.number = a.number
cross join (values (1, 'received'), (2, 'assigned')) as e(turn, kind)
where e.kind = 'received' or u.holder_id is not null
order by e.turn, a.id;

-- name: import_result_rows :many
-- What is known of each line of a file of results, in its order. $1 sample numbers, $2 line codes
select n.position::int as position, s.id as sample_id, r.id as request_id, r.line_id, s.specification_id, coalesce(v.version, 0) as version,
       v.text as current_text, v.reason as current_reason, v.tested_on::text as current_tested_on, o.received_on::text as received_on, x.sample_id is not null as rejected
from unnest($1::text[], $2::text[]) with ordinality as n(sample, indicator, position)
left join record.sample s on s.number = n.sample
left join record.work_order o on o.id = s.order_id
left join (record.request r join catalogue.line l on l.id = r.line_id) on r.sample_id = s.id and l.code = n.indicator
left join lateral (select y.version, y.text, y.reason, y.tested_on from record.result y where y.request_id = r.id
                   order by y.version desc limit 1) v on true
left join (select distinct e.sample_id from record.sample_event e where e.kind = 'rejected') x on x.sample_id = s.id
order by n.position;

-- name: import_indicator_facts :many
-- What results of catalogue lines are judged by, in the order asked. $1 lines, $2 specifications
select u.n::int as position, null::bigint as sample_id, null::bigint as request_id, l.unit, l.result_kind, l.lod::text as lod,
       l.loq::text as loq, l.decimals, l.physical_lower::text as physical_lower, l.physical_upper::text as physical_upper,
       sl.lower::text as lower, sl.upper::text as upper, sl.text_limit, 0 as version, null::text as current_text, null::text as decision,
       null::text as received_on, null::boolean as subcontracted, false as rejected
from unnest($1::bigint[], $2::bigint[]) with ordinality as u(line, specification, n)
join catalogue.line l on l.id = u.line
left join catalogue.specification_limit sl on sl.specification_id = u.specification and sl.line_code = l.code
order by u.n;
