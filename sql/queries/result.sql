-- name: result_facts :many
-- What is known of each requested indicator before a result is entered, in the order asked.
-- $1 sample numbers, $2 line codes
select u.n::int as position, s.id as sample_id, r.id as request_id, l.unit, l.result_kind, l.lod::text as lod, l.loq::text as loq,
       l.decimals, l.physical_lower::text as physical_lower, l.physical_upper::text as physical_upper,
       sl.lower::text as lower, sl.upper::text as upper, sl.text_limit, coalesce(v.version, 0) as version, v.text as current_text,
       w.decision, o.received_on::text as received_on, r.subcontracted,
       exists (select from record.sample_event e where e.sample_id = s.id and e.kind = 'rejected') as rejected
from unnest($1::text[], $2::text[]) with ordinality as u(sample, line, n)
left join record.sample s on s.number = u.sample
left join record.work_order o on o.id = s.order_id
left join record.request r on r.sample_id = s.id
    and exists (select from catalogue.line x where x.id = r.line_id and x.code = u.line)
left join catalogue.line l on l.id = r.line_id
left join catalogue.specification_limit sl on sl.specification_id = s.specification_id and sl.line_code = u.line
left join lateral (select x.* from record.result x where x.request_id = r.id order by x.version desc limit 1) v on true
left join lateral (select x.decision from record.result_review x where x.result_id = v.id order by x.id desc limit 1) w on true
order by u.n;

-- name: results_add :exec
-- $1 requests, $2 versions, $3 texts, $4 kinds, $5 values, $6 flags joined by a blank, $7 reasons, $8 tested on, $9 person
insert into record.result (request_id, version, text, kind, value, flags, reason, tested_on, entered_by)
select r, v, t, k, n, case when f = '' then '{}'::text[] else string_to_array(f, ' ') end, e, d, $9::bigint
from unnest($1::bigint[], $2::int[], $3::text[], $4::text[], $5::numeric[], $6::text[], $7::text[], $8::date[])
    as u(r, v, t, k, n, f, e, d);

-- name: work_list :many
-- What waits for a technician. $1 matrix or null, $2 line code or null, $3 limit
select s.number as sample, l.code as indicator, l.indicator_vi as name_vi, l.indicator_en as name_en, l.method, l.unit,
       s.matrix_code as matrix, o.received_on::text as received_on, o.promised_on::text as promised_on,
       case when v.id is null then 'waiting' else 'sent_back' end as state, w.reason
from record.request r
join record.sample s on s.id = r.sample_id
join record.work_order o on o.id = s.order_id
join catalogue.line l on l.id = r.line_id
left join lateral (select x.id from record.result x where x.request_id = r.id order by x.version desc limit 1) v on true
left join lateral (select x.decision, x.reason from record.result_review x where x.result_id = v.id order by x.id desc limit 1) w on true
where not r.subcontracted and (v.id is null or w.decision = 'sent_back')
  and not exists (select from record.sample_event e where e.sample_id = s.id and e.kind in ('rejected', 'disposed'))
  and ($1::text is null or s.matrix_code = $1::text) and ($2::text is null or l.code = $2::text)
order by o.promised_on nulls last, o.received_on, s.id, r.id limit $3::int;

-- name: review_candidates :many
-- Current results of a sample that wait for review. $1 sample, $2 line codes or null
select v.id, l.code, v.entered_by
from record.request r join catalogue.line l on l.id = r.line_id
join lateral (select x.* from record.result x where x.request_id = r.id order by x.version desc limit 1) v on true
where r.sample_id = $1::bigint and ($2::text[] is null or l.code = any($2::text[]))
  and not exists (select from record.result_review w where w.result_id = v.id);

-- name: reviews_add :exec
insert into record.result_review (result_id, decision, reason, reviewed_by)
select u, $2::text, $3::text, $4::bigint from unnest($1::bigint[]) as u;

-- name: result_history :many
select l.code as indicator, v.version, v.text, v.kind, v.flags, v.reason, v.tested_on::text as tested_on, p.username as entered_by,
       work.instant(v.recorded_at) as entered_at, w.decision, q.username as reviewed_by, w.reason as review_reason
from record.sample s join record.request r on r.sample_id = s.id join catalogue.line l on l.id = r.line_id
join record.result v on v.request_id = r.id
left join work.person p on p.id = v.entered_by
left join record.result_review w on w.result_id = v.id
left join work.person q on q.id = w.reviewed_by
where s.number = $1::text order by r.id, v.version, w.id;
