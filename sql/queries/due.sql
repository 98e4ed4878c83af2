-- name: due_settings :one
-- For this transaction: a question over a million deadlines is planned better with room, and compiling it costs more than running it.
select set_config('jit', 'off', true) || set_config('work_mem', '64MB', true) as name;

-- name: due_rows :many
-- The due list as of a day, in its order: overdue first, then by date and identity; one row of the answer holds as many of the list.
-- $1 as of, $2 days ahead, $3 only overdue, $4 type, $5 district, $6 customer, $7 site, $8 subject types, $9 only the held,
-- $10..$14 what the page before ended with (rank 0 overdue or 1, due on, subject type, identity, kind) or nulls, $15 at most or null,
-- $16 how many in a row of the answer
with picked as (
    select d.subject_type, d.subject_id, d.kind, d.due_on, d.reason, d.anchor_id, d.last_done_on, d.rule, d.event_id, d.overdue, d.held
    from record.due($1::date) d
    where (d.overdue or (not $3::bool and d.due_on <= $1::date + $2::int) or (d.held is not null and d.due_on <= $1::date + $2::int))
      and (d.held is not null) = $9::bool and d.subject_type = any($8::text[])
      and (num_nonnulls($4::text, $5::text, $6::text, $7::text) = 0 or (d.subject_type = 'instrument' and d.subject_id in (
           select i.id from work.instrument i join work.site s on s.id = i.site_id join work.customer c on c.id = s.customer_id
           where ($4::text is null or i.type_code = $4::text) and ($5::text is null or s.place_code = $5::text)
             and ($6::text is null or c.code = $6::text) and ($7::text is null or s.code = $7::text))))
      and ($10::int is null or (case when d.overdue then 0 else 1 end, d.due_on, d.subject_type, d.subject_id, d.kind)
           > ($10::int, $11::date, $12::text, $13::bigint, $14::text))
    order by (not d.overdue), d.due_on, d.subject_type, d.subject_id, d.kind limit $15::int),
numbered as (select p, row_number() over (order by (not p.overdue), p.due_on, p.subject_type, p.subject_id, p.kind) - 1 as n from picked p)
select array_agg(p order by n)::text as rows, count(*)::int as count,
       (array_agg((case when (p).overdue then 0 else 1 end) || ' ' || (p).due_on || ' ' || (p).subject_type || ' ' || (p).subject_id || ' '
                  || (p).kind order by n desc))[1] as last
from numbered group by n / $16::int order by n / $16::int;

-- name: due_lines :many
-- $1 rows of the list, $2 as of
select class, reason, due_on, days, subject_type, instrument_id, code, type, serial, customer, site, district, kind, last_done_on,
       last_certificate, rule, why, held, plan_by
from work.due_lines($1::work.due_row[], $2::date) order by number;

-- name: due_lines_text :one
-- The same lines as JSON objects behind one another, for an answer that is passed on as it is written. $1 rows of the list, $2 as of
select coalesce(string_agg(json_strip_nulls(to_json(x))::text, ',' order by l.number), '') as text
from work.due_lines($1::work.due_row[], $2::date) l
cross join lateral (
    select l.class, l.reason, l.due_on, l.days, l.subject_type, l.instrument_id, l.code, l.type, l.serial, l.customer, l.site, l.district,
           l.kind, l.last_done_on, l.last_certificate, l.rule, l.why, l.held, l.plan_by) x;

-- name: due_why :one
-- The deadline of one subject as of a day, with the derivation that was stored when it was verified, and what people agreed and decided.
-- $1 subject type, $2 its identity, $3 kind or null, $4 as of
select d.kind, case when isfinite(d.due_on) then d.due_on::text end as due_on,
       case when d.subject_id is null then 'not_under_control' when d.held is not null then 'on_hold'
            when d.overdue then 'overdue' else 'due' end as class, d.reason,
       case when isfinite(d.legal_on) then d.legal_on::text end as legal_on, catalogue.working_day(d.due_on)::text as plan_by,
       case when c.outcome = 'pass' then c.derivation else '[]' end as derivation, c.valid_until::text as valid_until,
       m.worked_on::text as worked_on, d.last_done_on::text as last_done_on, d.rule,
       e.kind as event_kind, e.happened_on::text as event_on, e.note as event_note, i.put_in_use_on::text as put_in_use_on,
       o.due_on::text as override_on, o.replaces::text as override_replaces, o.reason as override_reason, op.username as override_by,
       o.starts_on::text as override_from,
       s.reason as held_reason, s.starts_on::text as held_from, s.ends_on::text as held_until, sp.username as held_by,
       a.months as agreed_months, a.reference as agreed_reference, a.starts_on::text as agreed_from, a.policy as agreed_policy,
       a.basis as agreed_basis, ap.username as agreed_by, i.calibration_months as registered_months,
       p.days as advised_days, pd.starts_on::text as advised_from, pp.username as advised_by, ps.username as advised_signed_by,
       pr.code as procedure, pr.version as procedure_version, (pr.content ->> 'interval_months')::int as procedure_months,
       w.from_what as used, sc.organisation as paper_organisation, sc.number as paper_number, sc.valid_until::text as paper_until,
       (select g.days from catalogue.grace g join catalogue.deadline_class k on k.code = g.code
        where g.code = d.subject_type || '/' || d.kind and g.valid @> $4::date and not k.bounded) as grace_days,
       (select h.name_en from catalogue.holiday h where h.day = d.due_on) as holiday
from (select 1) one
left join lateral (select * from record.due($4::date) x where x.subject_type = $1::text and x.subject_id = $2::bigint
                   and ($3::text is null or x.kind = $3::text) order by x.kind <> 'verification', x.kind limit 1) d on true
left join work.instrument i on $1::text = 'instrument' and i.id = $2::bigint
left join record.measurement m on $1::text = 'instrument' and m.id = d.anchor_id
left join record.conclusion c on c.measurement_id = m.id
left join catalogue.procedure pr on pr.id = m.procedure_id and m.kind = 'calibration'
left join record.standard_certificate sc on $1::text = 'standard' and sc.id = d.anchor_id
left join record.instrument_event e on e.id = d.event_id
left join record.deadline_override o on o.id = d.override_id
left join work.person op on op.id = o.recorded_by
left join record.deadline_suspension s on s.id = d.suspension_id
left join work.person sp on sp.id = s.recorded_by
left join record.agreed_interval($4::date) ag on ag.subject_type = $1::text and ag.subject_id = $2::bigint and ag.kind = d.kind
left join record.interval_agreement a on a.id = ag.agreement_id
left join work.person ap on ap.id = a.recorded_by
left join record.advised_interval($4::date) ad on ad.subject_type = $1::text and ad.subject_id = $2::bigint and d.kind = 'calibration'
left join record.interval_proposal p on p.id = ad.proposal_id
left join record.interval_decision pd on pd.proposal_id = p.id
left join work.person pp on pp.id = p.recorded_by
left join work.person ps on ps.id = pd.decided_by
cross join lateral (select case when d.proposal_id is not null then 'advised' when d.agreement_id is not null then 'agreed' end as from_what) w;

-- name: due_subject :one
-- The subject of a deadline by its code, number or identity. $1 subject type, $2 code
select id, code from (
    select 'instrument' as subject_type, i.id, i.code from work.instrument i where i.code = $2::text or i.id::text = $2::text
    union all select 'standard', s.id, s.code from work.standard s where s.code = $2::text
    union all select 'verifier_card', c.id, c.number from record.verifier_card c where c.number = $2::text
    union all select 'designation', d.id, d.number from record.designation d where d.number = $2::text
    union all select 'sample', s.id, s.number from record.sample s where s.number = $2::text
    union all select 'accreditation', a.id, a.number from record.accreditation a where a.number = $2::text
    union all select 'customer', c.id, c.code from work.customer c where c.code = $2::text) x
where subject_type = $1::text order by id limit 1;

-- name: due_of :one
-- One deadline as of a day. $1 subject type, $2 identity, $3 kind, $4 as of
select d.due_on::text as due_on, d.legal_on::text as legal_on, coalesce(d.anchor_id, 0) as anchor_id, d.reason, k.bounded, d.suspension_id
from record.due($4::date) d
join catalogue.deadline_class k on k.subject_type = d.subject_type and k.kind = d.kind
where d.subject_type = $1::text and d.subject_id = $2::bigint and d.kind = $3::text;

-- name: deadline_lock :one
-- Decisions about the deadlines of one subject follow one another. $1 subject type, $2 identity
select pg_advisory_xact_lock(hashtextextended('deadline ' || $1::text || ' ' || $2::bigint, 0))::text as name;

-- name: suspension_add :one
-- $1 subject type, $2 identity, $3 kind or null, $4 from, $5 last day or null, $6 suspension that ends or null, $7 reason, $8 person
insert into record.deadline_suspension (subject_type, subject_id, kind, starts_on, ends_on, resumes_id, reason, recorded_by)
values ($1::text, $2::bigint, $3::text, $4::date, $5::date, $6::bigint, $7::text, $8::bigint)
returning id, subject_type as code;

-- name: suspension_open :many
-- Suspensions of a subject that are in force on a day or later and not ended by a resumption. $1 subject type, $2 identity, $3 kind, $4 day
select s.id, s.kind as code from record.deadline_suspension s
where s.subject_type = $1::text and s.subject_id = $2::bigint and ($3::text is null or s.kind is null or s.kind = $3::text)
  and s.resumes_id is null and (s.ends_on is null or s.ends_on >= $4::date)
  and not exists (select from record.deadline_suspension r where r.resumes_id = s.id)
order by s.id;

-- name: suspension_list :many
-- $1 subject type or null, $2 identity or null, $3 before id, $4 limit
select s.id, s.subject_type, coalesce(i.code, st.code, vc.number, dg.number, sa.number, ac.number, cu.code) as subject, s.kind,
       s.starts_on::text as starts_on, s.ends_on::text as ends_on, r.starts_on::text as resumed_on, s.reason, r.reason as resumed_reason,
       p.username as recorded_by, work.instant(s.recorded_at) as recorded_at
from record.deadline_suspension s
left join record.deadline_suspension r on r.resumes_id = s.id
left join work.person p on p.id = s.recorded_by
left join work.instrument i on s.subject_type = 'instrument' and i.id = s.subject_id
left join work.standard st on s.subject_type = 'standard' and st.id = s.subject_id
left join record.verifier_card vc on s.subject_type = 'verifier_card' and vc.id = s.subject_id
left join record.designation dg on s.subject_type = 'designation' and dg.id = s.subject_id
left join record.sample sa on s.subject_type = 'sample' and sa.id = s.subject_id
left join record.accreditation ac on s.subject_type = 'accreditation' and ac.id = s.subject_id
left join work.customer cu on s.subject_type = 'customer' and cu.id = s.subject_id
where s.resumes_id is null and ($1::text is null or s.subject_type = $1::text) and ($2::bigint is null or s.subject_id = $2::bigint)
  and s.id < $3::bigint order by s.id desc limit $4::int;

-- name: override_add :one
-- $1 subject type, $2 identity, $3 kind, $4 anchor, $5 replaces, $6 due on or null, $7 from, $8 reason, $9 person
insert into record.deadline_override (subject_type, subject_id, kind, anchor_id, replaces, due_on, starts_on, reason, recorded_by)
values ($1::text, $2::bigint, $3::text, $4::bigint, $5::date, $6::date, $7::date, $8::text, $9::bigint)
returning id, kind as code;

-- name: interval_agreement_add :one
-- $1 subject type, $2 identity, $3 kind, $4 basis, $5 months, $6 policy, $7 from, $8 reference, $9 person
insert into record.interval_agreement (subject_type, subject_id, kind, basis, months, policy, starts_on, reference, recorded_by)
values ($1::text, $2::bigint, $3::text, $4::text, $5::int, $6::text, $7::date, $8::text, $9::bigint)
returning id, basis as code;

-- name: interval_history :many
-- What the calibrations of an instrument found, oldest first. $1 instrument, $2 up to the day
select m.worked_on - date '1970-01-01' as day, m.worked_on::text as worked_on, coalesce(c.evaluation -> 'lines', '[]') as lines
from record.measurement m join record.conclusion c on c.measurement_id = m.id
where m.instrument_id = $1::bigint and m.kind = 'calibration' and c.outcome = 'calibrated' and m.worked_on <= $2::date
order by m.worked_on, m.id;

-- name: interval_proposal_add :one
-- $1 subject type, $2 identity, $3 days, $4 present days, $5 method, $6 reasons, $7 inputs, $8 engine version, $9 day, $10 person
insert into record.interval_proposal (subject_type, subject_id, days, current_days, method, reasons, inputs, engine_version, proposed_on,
                                      recorded_by)
values ($1::text, $2::bigint, $3::int, $4::int, $5::text, $6::jsonb, $7::jsonb, $8::text, $9::date, $10::bigint)
returning id, method as code;

-- name: interval_proposal_find :one
-- A proposal and what became of it. $1 identity
select p.id, p.subject_type, p.subject_id, p.days, p.recorded_by, d.decision
from record.interval_proposal p left join record.interval_decision d on d.proposal_id = p.id where p.id = $1::bigint;

-- name: interval_authority :one
-- The authority by which a person may sign an interval on a day. $1 person, $2 day
select a.id, a.level as code from record.signing_authority a
where a.person_id = $1::bigint and a.valid @> $2::date order by a.level = 'head', a.id desc limit 1;

-- name: interval_decision_add :one
-- $1 proposal, $2 decision, $3 from, $4 reason, $5 authority, $6 person
insert into record.interval_decision (proposal_id, decision, starts_on, reason, authority_id, decided_by)
values ($1::bigint, $2::text, $3::date, $4::text, $5::bigint, $6::bigint)
returning id, decision as code;

-- name: interval_list :many
-- Agreements and proposals, newest first. $1 subject type or null, $2 identity or null, $3 only what waits for a signature, $4 limit
select * from (
    select 'agreement' as source, a.id, a.subject_type, a.subject_id, a.kind, a.basis as state, a.months, null::int as days,
           a.starts_on::text as starts_on, a.reference as reason, p.username as recorded_by, null::text as decided_by, a.recorded_at as at
    from record.interval_agreement a left join work.person p on p.id = a.recorded_by where not $3::bool
    union all
    select 'proposal', r.id, r.subject_type, r.subject_id, 'calibration', coalesce(d.decision, 'waiting'), null, r.days,
           d.starts_on::text, coalesce(d.reason, r.reasons -> 0 ->> 'en'), p.username, q.username, r.recorded_at
    from record.interval_proposal r left join record.interval_decision d on d.proposal_id = r.id
    left join work.person p on p.id = r.recorded_by left join work.person q on q.id = d.decided_by
    where not $3::bool or d.id is null) x
left join lateral (
    select i.code as subject from work.instrument i where x.subject_type = 'instrument' and i.id = x.subject_id
    union all select s.code from work.standard s where x.subject_type = 'standard' and s.id = x.subject_id) named on true
where ($1::text is null or x.subject_type = $1::text) and ($2::bigint is null or x.subject_id = $2::bigint)
order by x.at desc, x.source, x.id desc limit $4::int;

-- name: accreditation_add :one
-- $1 number, $2 body, $3 scope, $4 issued on, $5 expires on, $6 person
insert into record.accreditation (number, body, scope, issued_on, expires_on, recorded_by)
values ($1::text, $2::text, $3::text, $4::date, $5::date, $6::bigint) returning id, number as code;

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
