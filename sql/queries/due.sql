-- name: due_list :many
-- The due list as of a day, in its order: overdue first, then by date and identity.
-- $1 as of, $2 days ahead, $3 only overdue, $4 type, $5 district, $6 customer, $7 site, $8 subject type, $9 instrument id or null
select case when d.due_on < $1::date then 'overdue' else 'due' end as class, d.reason,
       case when d.due_on = '-infinity' then '' else d.due_on::text end as due_on,
       case when d.due_on = '-infinity' then -99999 else d.due_on - $1::date end as days,
       d.subject_type, d.subject_id as instrument_id,
       coalesce(i.code, st.code, vc.number, dg.number, sa.number) as code,
       coalesce(i.type_code, st.kind, d.subject_type) as type, coalesce(i.serial, st.serial, '') as serial,
       coalesce(c.name, pe.name, '') as customer, coalesce(s.name, '') as site,
       coalesce((select p.name_vi from catalogue.place p where p.code = s.place_code and p.valid @> $1::date limit 1),
                (select p.name_vi from catalogue.place p where p.code = s.place_code order by upper(p.valid) desc nulls first limit 1),
                s.place_code, '') as district,
       d.kind, d.last_done_on::text as last_done_on,
       coalesce((select x.label from record.document x where x.measurement_id = d.anchor_id and d.subject_type = 'instrument'
                 and x.kind in ('verification_certificate', 'calibration_certificate') order by x.id desc limit 1),
                cn.last_certificate) as last_certificate,
       d.rule,
       case d.reason
           when 'expired' then 'valid through ' || d.due_on
           when 'ended-early' then 'validity ended by ' || (select e.kind || ' on ' || e.happened_on from record.instrument_event e where e.id = d.event_id)
           when 'failed' then 'failed on ' || d.last_done_on
           else 'nothing on record since ' || coalesce((d.due_on + 1)::text, '') end as why
from record.due($1::date) d
left join work.instrument i on d.subject_type = 'instrument' and i.id = d.subject_id
left join work.site s on s.id = i.site_id
left join work.customer c on c.id = s.customer_id
left join work.standard st on d.subject_type = 'standard' and st.id = d.subject_id
left join record.verifier_card vc on d.subject_type = 'verifier_card' and vc.id = d.subject_id
left join work.person pe on pe.id = vc.person_id
left join record.designation dg on d.subject_type = 'designation' and dg.id = d.subject_id
left join record.sample sa on d.subject_type = 'sample' and sa.id = d.subject_id
left join record.conclusion cn on d.subject_type = 'instrument' and cn.measurement_id = d.anchor_id
where (d.due_on < $1::date or (not $3::bool and d.due_on <= $1::date + $2::int))
  and ($4::text is null or i.type_code = $4::text) and ($5::text is null or s.place_code = $5::text)
  and ($6::text is null or c.code = $6::text) and ($7::text is null or s.code = $7::text)
  and d.subject_type = any($8::text[]) and ($9::bigint is null or d.subject_id = $9::bigint)
order by (d.due_on >= $1::date), d.due_on, d.subject_type, d.subject_id, d.kind;

-- name: due_why :one
-- The deadline of one instrument as of a day, with the derivation that was stored when it was verified. $1 code or id, $2 as of
select i.id, i.code, i.serial, d.kind, d.due_on::text as due_on,
       case when d.due_on is null then 'not_under_control' when d.due_on < $2::date then 'overdue' else 'due' end as class, d.reason,
       coalesce(c.derivation, '[]') as derivation, c.valid_until::text as valid_until, c.outcome, m.worked_on::text as worked_on,
       m.organisation, e.kind as event_kind, e.happened_on::text as event_on, e.note as event_note, i.put_in_use_on::text as put_in_use_on
from work.instrument i
left join lateral (select * from record.due($2::date) x where x.subject_type = 'instrument' and x.subject_id = i.id
                   order by x.kind desc limit 1) d on true
left join record.measurement m on m.id = d.anchor_id
left join record.conclusion c on c.measurement_id = d.anchor_id
left join record.instrument_event e on e.id = d.event_id
where i.code = $1::text or i.id::text = $1::text;

-- name: reminders_record :many
-- Records every reminder stage that has come and is not recorded: one row an anchor, the newest stage, the ones passed over named.
-- $1 as of, $2 at most
with stages(stage, days_before) as (values ('60_days', 60), ('30_days', 30), ('7_days', 7), ('overdue', -1)),
reached as (
    select d.subject_type, d.subject_id, d.kind, coalesce(d.anchor_id, 0) as anchor_id, d.due_on,
           array_agg(s.stage order by s.days_before) as stages
    from record.due($1::date) d join stages s on d.due_on - s.days_before <= $1::date
    where d.due_on > '-infinity'
    group by 1, 2, 3, 4, 5),
wanted as (
    select r.*, r.stages[1] as stage from reached r
    where not exists (select from record.reminder x where x.subject_type = r.subject_type and x.subject_id = r.subject_id
                      and x.kind = r.kind and x.anchor_id = r.anchor_id and x.due_on = r.due_on and x.stage = r.stages[1])
    order by r.due_on, r.subject_id limit $2::int)
insert into record.reminder (subject_type, subject_id, kind, anchor_id, due_on, stage, skipped, reminded_on)
select w.subject_type, w.subject_id, w.kind, w.anchor_id, w.due_on, w.stage,
       array(select s from unnest(w.stages[2:]) s
             where not exists (select from record.reminder x where x.subject_type = w.subject_type and x.subject_id = w.subject_id
                               and x.kind = w.kind and x.anchor_id = w.anchor_id and x.due_on = w.due_on and x.stage = s)),
       $1::date
from wanted w
on conflict (subject_type, subject_id, kind, anchor_id, due_on, stage) do nothing
returning id, stage as code;

-- name: reminder_next :one
-- Milliseconds until some reminder stage comes: the morning of its day at seven, civil time. Null when none will. $1 as of
select (extract(epoch from ((min(day) + time '07:00') at time zone 'Asia/Ho_Chi_Minh') - now()) * 1000)::bigint as milliseconds from (
    select d.due_on - s as day from record.due($1::date) d cross join unnest(array[60, 30, 7, -1]) s
    where d.due_on > '-infinity' and d.due_on - s > $1::date) x;

-- name: reminder_list :many
select r.subject_type, coalesce(i.code, st.code, vc.number, r.subject_id::text) as subject, r.kind, r.due_on::text as due_on, r.stage,
       r.skipped, r.reminded_on::text as reminded_on
from record.reminder r
left join work.instrument i on r.subject_type = 'instrument' and i.id = r.subject_id
left join work.standard st on r.subject_type = 'standard' and st.id = r.subject_id
left join record.verifier_card vc on r.subject_type = 'verifier_card' and vc.id = r.subject_id
where r.id < $1::bigint order by r.id desc limit $2::int;
