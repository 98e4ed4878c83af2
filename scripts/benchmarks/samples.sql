-- SPDX-License-Identifier: Apache-2.0
-- A set of samples that ask again for what samples of the demonstration year asked for, with no results yet.
-- Variables: set (part of the numbers), lines (how many indicators are requested).
begin;
create temporary table line on commit drop as
    select q.id as request_id, q.sample_id, q.line_id
    from record.request q
    join record.result r on r.request_id = q.id and r.version = 1
    join catalogue.line l on l.id = q.line_id
    where not q.subcontracted and r.kind <> 'not_measured'
      -- What the entry would refuse is no measure of its speed.
      and (r.kind <> 'value'
           or r.value between coalesce(l.physical_lower, '-infinity') and coalesce(l.physical_upper, 'infinity'))
    order by q.id limit :lines;
insert into record.work_order (number, customer_id, place_code, outside_city, purpose, received_on)
select 'BENCH-' || :'set', o.customer_id, o.place_code, o.outside_city, 'internal', date '2018-01-02'
from record.work_order o order by o.id limit 1;
insert into record.sample (number, order_id, kind, matrix_code, description, specification_id)
select :'set' || '-' || s.number, o.id, 'internal', s.matrix_code, s.description, s.specification_id
from record.sample s join record.work_order o on o.number = 'BENCH-' || :'set'
where s.id in (select sample_id from line)
order by s.id;
insert into record.request (sample_id, line_id)
select b.id, n.line_id
from line n join record.sample s on s.id = n.sample_id join record.sample b on b.number = :'set' || '-' || s.number
order by n.request_id;
commit;
