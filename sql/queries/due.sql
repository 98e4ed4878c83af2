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
           select i.id from work.instrument i left join record.placement($1::date) was on was.instrument_id = i.id
           join work.site s on s.id = coalesce(was.site_id, i.site_id) join work.customer c on c.id = s.customer_id
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
       case when isfinite(d.legal_on) then d.legal_on::text end as legal_on, record.plan_by($1::text, $2::bigint, d.kind, d.due_on, d.anchor_id, $4::date)::text as plan_by,
       catalogue.working_day(d.due_on)::text as working_day, pm.proposal_id as plan, pm.starts_on::text as plan_from, pu.username as plan_accepted_by,
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
left join record.planned_move($1::text, $2::bigint, d.kind, d.due_on, d.anchor_id, $4::date) pm on true
left join work.person pu on pu.id = pm.decided_by
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
select s.id, s.kind, s.starts_on::text as starts_on, s.ends_on::text as ends_on, s.reason from record.deadline_suspension s
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

-- name: deadline_turn :one
-- Takes in what is dated up to today.
select work.turn_deadlines() as id, null::text as code;

-- name: deadline_tick :one
-- Deals with deadlines whose moment has come: the newest stage that has passed is recorded, those passed over are named in it, the row goes
-- on to the stage after it, and what is told together is put down. $1 at most
with clock as materialized (
    select work.moment() as now, work.today() as today, work.moment() at time zone work.time_zone() as civil),
picked as materialized (
    select d.class, d.subject_id, d.due_on, d.anchor_id, d.stage, d.policy, d.next_at
    from work.deadline d where d.next_at <= (select now from clock) and d.next_at < 'infinity'
    order by d.next_at limit $1::int for update skip locked),
reached as materialized (
    select p.class, p.subject_id, p.due_on, p.anchor_id, p.policy, p.stage as first, greatest(p.stage, r.reached)::int as reached,
           l.stage_days, l.at, k.subject_type, k.kind, s.customer_id, p.next_at
    from picked p
    join catalogue.reminder_policy l on l.id = p.policy
    join catalogue.deadline_class k on k.id = p.class
    cross join clock
    cross join lateral (
        select count(*) as reached from unnest(l.stage_days) u(days) where (p.due_on + u.days) + l.at <= clock.civil) r
    left join work.instrument i on k.subject_type = 'instrument' and i.id = p.subject_id
    left join work.site s on s.id = i.site_id),
moved as (
    update work.deadline d
    set stage = r.reached + 1,
        next_at = case when r.reached < cardinality(r.stage_days)
                       then ((r.due_on + r.stage_days[r.reached + 1]) + r.at) at time zone work.time_zone() else 'infinity' end
    from reached r where d.class = r.class and d.subject_id = r.subject_id),
noted as (
    insert into record.reminder (subject_type, subject_id, kind, anchor_id, due_on, stage, skipped, reminded_on, customer_id, tells)
    select r.subject_type, r.subject_id, r.kind, r.anchor_id, r.due_on, catalogue.stage_code(r.stage_days[r.reached]),
           array(select catalogue.stage_code(x) from unnest(r.stage_days[r.first:r.reached - 1]) x), clock.today, r.customer_id,
           array(select jsonb_array_elements_text(l.stage_tells -> (r.reached - 1)))
    from reached r join catalogue.reminder_policy l on l.id = r.policy cross join clock
    on conflict (subject_type, subject_id, kind, anchor_id, due_on, stage) do nothing),
together as (
    insert into work.reminder_group as g (audience, customer_id, days, on_day, notify_at)
    select a.audience, a.customer_id, a.days, clock.today,
           clock.now + make_interval(secs => abs(hashint8(a.customer_id)) % case when a.late then 28800 else 3600 end)
    from (
        select t.audience, case when t.audience = 'customer' then r.customer_id else 0 end as customer_id,
               r.stage_days[r.reached] as days, bool_or(r.next_at < c.now - interval '1 day') as late
        from (select distinct policy, stage_days, reached, customer_id, date_trunc('day', next_at) as next_at from reached) r
        join catalogue.reminder_policy l on l.id = r.policy cross join clock c
        cross join lateral jsonb_array_elements_text(l.stage_tells -> (r.reached - 1)) t(audience)
        where t.audience <> 'customer' or r.customer_id is not null
        group by 1, 2, 3) a
    cross join clock
    order by a.customer_id, a.audience, a.days
    on conflict (on_day, days, audience, customer_id) do update set taken_at = null, notify_at = excluded.notify_at
    where g.taken_at is not null)
select count(*)::int as reached, coalesce(sum(r.reached - r.first), 0)::int as skipped from reached r;

-- name: deadline_next :one
-- Milliseconds until the next stage of any deadline comes, or the day turns.
select (extract(epoch from least((select min(d.next_at) from work.deadline d where d.next_at < 'infinity'),
                                 (work.today() + 1)::timestamp at time zone work.time_zone()) - work.moment()) * 1000)::bigint as milliseconds;

-- name: deadline_reconcile :one
-- $1 whether to mend
select r.deadlines, r.differences from work.reconcile_deadlines($1::bool) r;

-- name: reconciliation_list :many
-- $1 before id, $2 limit
select id, compared_on::text as compared_on, deadlines, differences, milliseconds, work.instant(recorded_at) as recorded_at
from record.deadline_reconciliation where id < $1::bigint order by id desc limit $2::int;

-- name: reminder_groups_take :many
-- What is to be told now, in its order. $1 at most
with next as (
    select id from work.reminder_group where taken_at is null and notify_at <= work.moment()
    order by notify_at, id limit $1::int for update skip locked)
update work.reminder_group g set taken_at = work.moment() from next where g.id = next.id
returning g.id, g.audience as code;

-- name: reminder_group_next :one
-- Milliseconds until something is to be told. Null when nothing waits.
select (extract(epoch from min(notify_at) - work.moment()) * 1000)::bigint as milliseconds
from work.reminder_group where taken_at is null;

-- name: reminder_group_find :one
-- A group with those who are told: what the customer wants, or the addresses of the audience. $1 group
select g.id, g.audience, g.customer_id, c.code as customer, c.name as customer_name, catalogue.stage_code(g.days) as stage, g.days,
       g.on_day::text as on_day, coalesce(w.addresses, a.addresses, '{}') as addresses, coalesce(w.language, a.language, 'vi') as language
from work.reminder_group g
left join work.customer c on c.id = g.customer_id and g.audience = 'customer'
left join record.reminder_wish(work.today()) w on g.audience = 'customer' and w.customer_id = g.customer_id
left join catalogue.reminder_audience a on g.audience = a.code and a.valid @> work.today()
where g.id = $1::bigint;

-- name: reminder_group_lines :many
-- Reminders of a group that no message has told yet, each with what it is about, whose, and why it is due today; `current` while the deadline
-- is still the one that was meant, not held, and the customer still holds the instrument. $1 group
with handed as materialized (
    select distinct u.id
    from work.reminder_group g
    join record.reminder_notice n on n.on_day = g.on_day and n.stage = catalogue.stage_code(g.days) and n.outcome = 'handed_over'
    cross join lateral unnest(n.told) u(id)
    where g.id = $1::bigint and g.audience = 'unaddressed'),
said as materialized (
    select u.id from record.reminder_notice n cross join lateral unnest(n.told || n.superseded) u(id) where n.group_id = $1::bigint),
-- Neither list speaks of the group, so that each is hashed once and not read for every reminder.
line as materialized (
    select r.id, r.subject_type, r.subject_id, r.kind, r.due_on, r.anchor_id, r.skipped, r.customer_id, g.audience
    from work.reminder_group g
    join record.reminder r on r.reminded_on = g.on_day and r.stage = catalogue.stage_code(g.days)
        and case g.audience when 'unaddressed' then 'customer' else g.audience end = any(r.tells)
        and (g.audience <> 'customer' or r.customer_id = g.customer_id)
        and (g.audience <> 'unaddressed' or r.id in (select h.id from handed h))
    where g.id = $1::bigint and r.id not in (select s.id from said s))
select r.id, r.subject_type, r.subject_id,
       coalesce(i.code, st.code, vc.number, dg.number, sa.number, ac.number, r.subject_id::text) as code,
       coalesce(t.name_vi, st.name_vi, pe.name, ac.body, '') as name_vi, coalesce(t.name_en, st.name_en, pe.name, ac.body, '') as name_en,
       coalesce(i.serial, st.serial, '') as serial, coalesce(s.name, '') as site, c.code as customer, c.name as customer_name,
       c.phone, coalesce(c.address, s.address) as address, r.kind, r.due_on::text as due_on, r.skipped,
       record.plan_by(r.subject_type, r.subject_id, r.kind, r.due_on, r.anchor_id, work.today())::text as plan_by,
       work.today() - r.due_on as days, coalesce(w.overdue, work.today() > r.due_on) as overdue, w.reason, w.rule,
       w.last_done_on::text as last_done_on, i.put_in_use_on::text as used_from, e.kind as event_kind, e.happened_on::text as event_on,
       coalesce(d.anchor_id = r.anchor_id and d.due_on = r.due_on and d.held is null
                and (r.audience not in ('customer', 'unaddressed') or s.customer_id = r.customer_id), false) as current
from line r
left join lateral (
    select * from record.due(work.today()) x
    where x.subject_type = r.subject_type and x.subject_id = r.subject_id and x.kind = r.kind limit 1) w on true
left join record.instrument_event e on e.id = w.event_id
join catalogue.deadline_class k on k.subject_type = r.subject_type and k.kind = r.kind
left join work.deadline d on d.class = k.id and d.subject_id = r.subject_id
left join work.instrument i on r.subject_type = 'instrument' and i.id = r.subject_id
left join catalogue.instrument_type t on t.code = i.type_code
left join work.site s on s.id = i.site_id
left join work.customer c on c.id = s.customer_id
left join work.standard st on r.subject_type = 'standard' and st.id = r.subject_id
left join record.verifier_card vc on r.subject_type = 'verifier_card' and vc.id = r.subject_id
left join work.person pe on pe.id = vc.person_id
left join record.designation dg on r.subject_type = 'designation' and dg.id = r.subject_id
left join record.sample sa on r.subject_type = 'sample' and sa.id = r.subject_id
left join record.accreditation ac on r.subject_type = 'accreditation' and ac.id = r.subject_id
order by case when r.audience = 'unaddressed' then c.name end, case when r.audience = 'unaddressed' then c.id end, r.due_on, site, code, r.id;

-- name: reminder_subscriptions :many
-- Addresses at which a customer agreed to be told, each in its language. $1 customer
select u.email, u.language from work.due_subscription u where u.customer_id = $1::bigint and u.ended_at is null order by u.id;

-- name: reminder_heads :many
-- Addresses of those who may sign as the head of the centre today.
select distinct p.email as name from record.signing_authority a join work.person p on p.id = a.person_id
where a.level = 'head' and a.valid @> work.today() and p.active and p.email is not null order by 1;

-- name: reminder_group_hand_over :one
-- What is told to the person for what is unassigned in place of customers without an address, gathered for an hour. $1 group of a customer
insert into work.reminder_group as o (audience, customer_id, days, on_day, notify_at)
select 'unaddressed', 0, g.days, g.on_day, work.moment() + interval '1 hour' from work.reminder_group g where g.id = $1::bigint
on conflict (on_day, days, audience, customer_id) do update set taken_at = null,
    notify_at = case when o.taken_at is null then o.notify_at else excluded.notify_at end
returning id, audience as code;

-- name: reminder_notice_add :one
-- $1 group, $2 outcome, $3 told, $4 superseded, $5 mails
insert into record.reminder_notice (group_id, audience, customer_id, stage, on_day, outcome, told, superseded, mails)
select g.id, g.audience, nullif(g.customer_id, 0), catalogue.stage_code(g.days), g.on_day, $2::text, $3::bigint[], $4::bigint[], $5::bigint[]
from work.reminder_group g where g.id = $1::bigint
returning id, outcome as code;

-- name: reminder_notice_list :many
-- Messages about reminders, of a customer also those in its place. $1 customer code or null, $2 before id, $3 limit
select n.id, n.audience, c.code as customer, n.stage, n.on_day::text as on_day, n.outcome, cardinality(n.told) as told,
       cardinality(n.superseded) as superseded, n.mails, work.instant(n.recorded_at) as recorded_at
from record.reminder_notice n left join work.customer c on c.id = n.customer_id
where n.id < $2::bigint
  and ($1::text is null or c.code = $1::text
       or n.audience = 'unaddressed' and exists (
           select from record.reminder_notice h join work.customer x on x.id = h.customer_id
           where x.code = $1::text and h.outcome = 'handed_over' and (h.on_day, h.stage) = (n.on_day, n.stage) and h.told && n.told))
order by n.id desc limit $3::int;

-- name: reminder_preference_add :one
-- $1 customer, $2 policy or null, $3 addresses, $4 language, $5 from, $6 person
insert into record.reminder_preference (customer_id, policy_code, addresses, language, starts_on, recorded_by)
values ($1::bigint, $2::text, $3::text[], $4::text, $5::date, $6::bigint) returning id, language as code;

-- name: reminder_policy_list :many
-- Policies in force on a day. $1 day
select p.code, p.name_vi, p.name_en, p.subject_type, p.kind, p.type_code as type, p.by_choice, to_char(p.at, 'HH24:MI') as at,
       p.stage_days, p.stage_tells::text as stage_tells, lower(p.valid)::text as valid_from, p.source
from catalogue.reminder_policy p where p.valid @> $1::date order by p.by_choice, p.code;

-- name: reminder_list :many
-- $1 before id, $2 limit
select r.id, r.subject_type, coalesce(i.code, st.code, vc.number, r.subject_id::text) as subject, r.kind, r.due_on::text as due_on, r.stage,
       r.skipped, r.reminded_on::text as reminded_on
from record.reminder r
left join work.instrument i on r.subject_type = 'instrument' and i.id = r.subject_id
left join work.standard st on r.subject_type = 'standard' and st.id = r.subject_id
left join record.verifier_card vc on r.subject_type = 'verifier_card' and vc.id = r.subject_id
where r.id < $1::bigint order by r.id desc limit $2::int;
