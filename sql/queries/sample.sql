-- name: order_add :one
-- $1 customer, $2 site, $3 place, $4 outside the city, $5 purpose, $6 document, $7 ministry, $8 received on, $9 promised on, $10 person
insert into record.work_order (number, customer_id, site_id, place_code, outside_city, purpose, state_document, ministry,
                               received_on, promised_on, recorded_by)
values (to_char($8::date, 'YY') || '-' || lpad(work.next_number('order', extract(year from $8::date)::int)::text, 5, '0'),
        $1::bigint, $2::bigint, $3::text, $4::bool, $5::text, $6::text, $7::text, $8::date, $9::date, $10::bigint)
returning id, number as code;

-- name: sample_add :one
-- $1 order, $2 parent, $3 kind, $4 matrix, $5 description, $6 condition, $7 lot, $8 quantity, $9 specification, $10 retain until,
-- $11 person, $12 received on
insert into record.sample (number, order_id, parent_id, kind, matrix_code, description, condition, lot, quantity,
                           specification_id, retain_until, recorded_by)
values ('M' || to_char($12::date, 'YY') || '-' || lpad(work.next_number('sample', extract(year from $12::date)::int)::text, 5, '0'),
        $1::bigint, $2::bigint, $3::text, $4::text, normalize($5::text, NFC), normalize($6::text, NFC), $7::text, $8::text,
        $9::bigint, $10::date, $11::bigint)
returning id, number as code;

-- name: matrix_by_code :one
select code, field_code as field from catalogue.matrix where code = $1::text;

-- name: specification_on :one
-- The version of a specification in force on a day. $1 code, $2 day
select id, code, version from catalogue.specification where code = $1::text and valid @> $2::date;

-- name: specification_lines :many
-- Lines of a specification as the catalogue has them on a day. $1 specification, $2 day
select l.id, l.code from catalogue.specification_limit s
join catalogue.line l on l.code = s.line_code and l.valid @> $2::date
where s.specification_id = $1::bigint order by s.position;

-- name: lines_on :many
-- Lines of the catalogue with these codes on a day. $1 codes, $2 day
select l.id, l.code from catalogue.line l where l.code = any($1::text[]) and l.valid @> $2::date;

-- name: requests_add :exec
-- $1 sample, $2 line ids, $3 subcontracted flags, $4 person
insert into record.request (sample_id, line_id, subcontracted, recorded_by)
select $1::bigint, l, s, $4::bigint from unnest($2::bigint[], $3::bool[]) as u(l, s);

-- name: last_order_samples :many
-- What the newest order of a customer asked for, to be asked for again. $1 customer
select s.matrix_code as matrix, s.description, sp.code as specification,
       array(select l.code from record.request r join catalogue.line l on l.id = r.line_id where r.sample_id = s.id order by r.id) as indicators
from record.sample s left join catalogue.specification sp on sp.id = s.specification_id
where s.order_id = (select max(o.id) from record.work_order o where o.customer_id = $1::bigint) and s.parent_id is null
order by s.id;

-- name: order_view :one
-- $1 number
select o.id, o.number, c.code as customer, c.name as customer_name, t.code as site, t.name as site_name, o.purpose,
       o.state_document, o.ministry, o.received_on::text as received_on, o.promised_on::text as promised_on,
       (select coalesce(jsonb_agg(jsonb_build_object(
            'id', s.id, 'number', s.number, 'matrix', s.matrix_code, 'description', s.description, 'condition', s.condition,
            'lot', s.lot, 'quantity', s.quantity, 'kind', s.kind, 'specification', sp.code,
            'indicators', (select coalesce(jsonb_agg(l.code order by r.id), '[]') from record.request r
                           join catalogue.line l on l.id = r.line_id where r.sample_id = s.id)) order by s.id), '[]')
        from record.sample s left join catalogue.specification sp on sp.id = s.specification_id where s.order_id = o.id) as samples
from record.work_order o join work.customer c on c.id = o.customer_id left join work.site t on t.id = o.site_id
where o.number = $1::text;

-- name: sample_by_number :one
select s.id, s.number as code, o.received_on::text as received_on,
       exists (select from record.sample_event e where e.sample_id = s.id and e.kind = 'rejected') as rejected
from record.sample s join record.work_order o on o.id = s.order_id where s.number = $1::text;

-- name: sample_event_add :one
insert into record.sample_event (sample_id, kind, place, to_person, reason, recorded_by)
values ($1::bigint, $2::text, $3::text, $4::bigint, $5::text, $6::bigint) returning id, kind as code;

-- name: sample_list :many
-- Samples with where they stand. $1 state or null, $2 search or null, $3 only late, $4 as of, $5 before id, $6 limit
with line as (
    select r.sample_id, count(*) as requested, count(v.id) as entered,
           count(*) filter (where w.decision = 'approved') as approved
    from record.request r
    left join lateral (select x.id from record.result x where x.request_id = r.id order by x.version desc limit 1) v on true
    left join lateral (select x.decision from record.result_review x where x.result_id = v.id order by x.id desc limit 1) w on true
    where not r.subcontracted
    group by r.sample_id),
stand as (
    select s.id, s.number, s.description, s.matrix_code as matrix, m.field_code as field, c.code as customer, c.name as customer_name,
           o.received_on, o.promised_on, coalesce(l.requested, 0) as requested, coalesce(l.entered, 0) as entered,
           coalesce(l.approved, 0) as approved, d.label as report,
           case when exists (select from record.sample_event e where e.sample_id = s.id and e.kind = 'rejected') then 'rejected'
                when d.label is not null then 'reported'
                when l.approved = l.requested then 'approved'
                when l.entered = l.requested then 'to_review'
                when l.entered > 0 then 'in_progress'
                else 'received' end as state,
           work.folded(s.number || ' ' || s.description || ' ' || c.name) as search
    from record.sample s
    join record.work_order o on o.id = s.order_id
    join work.customer c on c.id = o.customer_id
    join catalogue.matrix m on m.code = s.matrix_code
    left join line l on l.sample_id = s.id
    left join lateral (select x.label from record.document_state x where x.sample_id = s.id and x.state not in ('voided', 'withdrawn')
                       order by x.id desc limit 1) d on true
    where s.id < $5::bigint)
select id, number, description, matrix, field, customer, customer_name, received_on::text as received_on,
       promised_on::text as promised_on, state, requested, entered, approved, report,
       coalesce(promised_on < $4::date and state not in ('reported', 'rejected'), false) as late
from stand
where ($1::text is null or state = $1::text)
  and ($2::text is null or search like '%' || work.folded($2::text) || '%')
  and (not $3::bool or (promised_on < $4::date and state not in ('reported', 'rejected')))
order by id desc limit $6::int;

-- name: sample_view :one
-- A sample with everything requested and found. $1 number
select s.id, s.number, s.description, s.matrix_code as matrix, s.kind, s.condition, s.lot, s.quantity, o.number as order,
       c.code as customer, c.name as customer_name, o.received_on::text as received_on,
       sp.code as specification, sp.version as specification_version,
       (select coalesce(jsonb_agg(jsonb_build_object(
            'indicator', l.code, 'name_vi', l.indicator_vi, 'name_en', l.indicator_en, 'method', l.method, 'unit', l.unit,
            'result_kind', l.result_kind, 'subcontracted', r.subcontracted, 'result', v.text, 'kind', v.kind, 'version', v.version,
            'flags', to_jsonb(v.flags), 'entered_by', p.username, 'tested_on', v.tested_on,
            'state', case when v.id is null then 'waiting' when w.decision is null then 'entered' else w.decision end,
            'review_reason', w.reason, 'lower', sl.lower::text, 'upper', sl.upper::text, 'text_limit', sl.text_limit)
            order by r.id), '[]')
        from record.request r join catalogue.line l on l.id = r.line_id
        left join lateral (select x.* from record.result x where x.request_id = r.id order by x.version desc limit 1) v on true
        left join lateral (select x.* from record.result_review x where x.result_id = v.id order by x.id desc limit 1) w on true
        left join work.person p on p.id = v.entered_by
        left join catalogue.specification_limit sl on sl.specification_id = s.specification_id and sl.line_code = l.code
        where r.sample_id = s.id) as lines,
       (select coalesce(jsonb_agg(jsonb_build_object('kind', e.kind, 'happened_at', work.instant(e.happened_at), 'place', e.place,
            'reason', e.reason, 'by', p.username) order by e.id), '[]')
        from record.sample_event e left join work.person p on p.id = e.recorded_by where e.sample_id = s.id) as events,
       array(select d.label from record.document d where d.sample_id = s.id order by d.id) as documents
from record.sample s
join record.work_order o on o.id = s.order_id
join work.customer c on c.id = o.customer_id
left join catalogue.specification sp on sp.id = s.specification_id
where s.number = $1::text;
