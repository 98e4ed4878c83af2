-- name: schedule_lock :one
-- A schedule as it stands, locked.
-- $1 key
select s.pattern, s.tz, s.last_slot::text as last_slot from jobs.schedule s where s.key = $1::text for update;

-- name: schedule_now :one
-- Civil time of now in a time zone, to the minute.
-- $1 time zone
select jobs.slot_now($1::text) as slot;

-- name: schedule_put :exec
-- Declares a schedule, or declares it anew.
-- $1 key, $2 time zone, $3 pattern, $4 kind, $5 payload, $6 catch-up, $7 most slots, $8 overlap, $9 last slot, $10 next slot
insert into jobs.schedule (key, tz, pattern, kind, payload, catch_up, max_slots, overlap, last_slot, next_slot, next_at)
values ($1::text, $2::text, $3::text, $4::text, $5::jsonb, $6::text, $7::int, $8::text, $9::text, $10::text,
        jobs.slot_instant($10::text, $2::text))
on conflict (key) do update
set tz = excluded.tz, pattern = excluded.pattern, kind = excluded.kind, payload = excluded.payload,
    catch_up = excluded.catch_up, max_slots = excluded.max_slots, overlap = excluded.overlap,
    last_slot = excluded.last_slot, next_slot = excluded.next_slot, next_at = excluded.next_at;

-- name: schedule_due :many
-- Schedules whose next slot has come, locked; those another process holds are left to it.
-- $1 kinds this worker knows
select s.id, s.key, s.tz, s.pattern, s.kind, s.catch_up, s.max_slots, s.overlap,
       s.last_slot::text as last_slot, jobs.slot_now(s.tz) as now_slot
from jobs.schedule s
where s.enabled and s.next_at <= jobs.now() and s.kind = any($1::text[])
order by s.next_at, s.id
limit 50
for update skip locked;

-- name: schedule_fire :one
-- Runs a slot: its job and the note of it; no row when the slot has been dealt with already.
-- $1 schedule, $2 slot, $3 lane, $4 most attempts, $5 key of the job
with fresh as materialized (
    select s.kind, s.payload || jsonb_build_object('slot', $2::text) as payload
    from jobs.schedule s
    where s.id = $1::int
      and not exists (select from jobs.schedule_run r where r.schedule_id = $1::int and r.slot = $2::text)
), queued as (
    insert into jobs.job (lane, kind, max_attempt, ukey, payload, state)
    select (select l.id from jobs.lane l where l.name = $3::text), f.kind, $4::smallint, $5::text, f.payload, 1
    from fresh f
    on conflict (kind, ukey) where ukey is not null do nothing
    returning id
)
insert into jobs.schedule_run (schedule_id, slot, outcome, reason, job_id)
select $1::int, $2::text, case when q.id is null then 'skipped' else 'enqueued' end,
       case when q.id is null then 'the job of an earlier slot is unfinished' end, q.id
from fresh left join queued q on true
on conflict do nothing
returning outcome;

-- name: schedule_skip :exec
-- Notes slots that are not run, each with its reason.
-- $1 schedule, $2 slots, $3 reasons
insert into jobs.schedule_run (schedule_id, slot, outcome, reason)
select $1::int, n.slot, 'skipped', n.reason from unnest($2::text[], $3::text[]) as n(slot, reason)
on conflict do nothing;

-- name: schedule_advance :exec
-- The schedule waits for its next slot.
-- $1 schedule, $2 last slot, $3 next slot
update jobs.schedule s
set last_slot = $2::text, next_slot = $3::text, next_at = jobs.slot_instant($3::text, s.tz)
where s.id = $1::int;

-- name: schedule_next_moment :one
-- Milliseconds until the next slot of a schedule this worker knows; null when there is none.
-- $1 kinds this worker knows
select ceil(extract(epoch from min(s.next_at) - jobs.now()) * 1000)::bigint as milliseconds
from jobs.schedule s where s.enabled and s.kind = any($1::text[]);
