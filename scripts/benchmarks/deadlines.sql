-- SPDX-License-Identifier: Apache-2.0
-- A register of :instruments instruments for the figures of the deadlines: 1,250 of them a customer, 20 a site, each verified once or
-- twice, in the year before :today; one in a hundred was never verified, one in fifty failed, one in thirty had its seal broken.
-- Run as a superuser: neither audit entries nor foreign keys are wanted here, only the rows.
\set ON_ERROR_STOP on
set session_replication_role = replica;
insert into work.customer (code, name, kind)
select 'BENCH' || c, 'Khách hàng ' || c, 'enterprise' from generate_series(1, greatest(1, :instruments / 1250)) c;
insert into work.site (code, customer_id, name, kind, place_code)
select 'BENCH' || s, k.first + s % k.many, 'Địa điểm ' || s, 'other', (array['916', '917', '918', '919', '923', '924', '925', '926', '927'])[1 + s % 9]
from generate_series(1, greatest(1, :instruments / 20)) s
cross join (select min(id) as first, count(*)::int as many from work.customer where code like 'BENCH%') k;
insert into work.instrument (code, type_code, serial, site_id, put_in_use_on)
select 'BENCH' || i, (array['19', '8a', '8b', '34c', '10', '50'])[1 + i % 6], 'S' || i, k.first + i % k.many, :'today'::date - 900 - i % 500
from generate_series(1, :instruments) i
cross join (select min(id) as first, count(*)::int as many from work.site where code like 'BENCH%') k
where exists (select from catalogue.instrument_type);
-- The year's work, in the order of its days, and the work before it for one instrument in five.
insert into record.measurement (instrument_id, kind, mode, organisation, worked_on, holder_id, site_id, place_code)
select i.id, 'verification', 'periodic', 'BENCH', d.worked_on, s.customer_id, s.id, s.place_code
from work.instrument i join work.site s on s.id = i.site_id
cross join lateral (
    select :'today'::date - 1 - (hashint8(i.id) & 1023) % 385 as worked_on, true as wanted where i.id % 100 <> 0
    union all
    select :'today'::date - 400 - (hashint8(i.id) & 1023) % 385, i.id % 5 = 0 where i.id % 100 <> 0) d
where d.wanted and i.code like 'BENCH%' order by d.worked_on;
insert into record.conclusion (measurement_id, outcome, engine_version, valid_until, interval_rule_id, derivation)
select m.id, o.outcome, 'bench', case when o.outcome = 'pass' then v.valid_until end, v.rule_id, v.derivation
from record.measurement m join work.instrument i on i.id = m.instrument_id
cross join lateral (select case when m.id % 50 = 0 then 'fail' else 'pass' end as outcome) o
cross join lateral record.valid_until(i.type_code, m.worked_on, m.mode) v
where m.organisation = 'BENCH';
insert into record.instrument_event (instrument_id, kind, happened_on)
select i.id, case when i.id % 2 = 0 then 'seal_broken' else 'repaired' end, :'today'::date - 10 - (i.id % 97)::int
from work.instrument i where i.id % 30 = 0 and i.code like 'BENCH%';
set session_replication_role = origin;
vacuum (analyze) work.customer, work.site, work.instrument, record.measurement, record.conclusion, record.instrument_event;
