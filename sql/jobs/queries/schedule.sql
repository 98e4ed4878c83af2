-- name: schedule_lock :one
-- A schedule as it stands, locked.
-- $1 key
select s.id, s.key, s.tz, s.pattern, s.kind, s.lane, s.catch_up, s.max_slots, s.window_minutes, s.overlap, coalesce(s.calendar, '') as calendar,
       s.last_slot::text as last_slot, s.last_job, s.enabled as is_enabled,
       s.withdrawn_at is not null as is_withdrawn
from jobs.schedule s where s.key = $1::text for update;

-- name: schedule_read :one
-- A schedule as it stands.
-- $1 key
select s.id, s.key, s.tz, s.pattern, s.kind, s.lane, s.catch_up, s.max_slots, s.window_minutes, s.overlap, coalesce(s.calendar, '') as calendar,
       s.last_slot::text as last_slot, s.last_job, s.enabled as is_enabled,
       s.withdrawn_at is not null as is_withdrawn
from jobs.schedule s where s.key = $1::text;

-- name: schedule_now :one
-- Seconds from 1970-01-01T00:00Z by the queue's clock.
select floor(extract(epoch from jobs.now()))::bigint as instant;

-- name: schedule_put :exec
-- Declares a schedule, or declares it anew.
-- $1 key, $2 time zone, $3 pattern, $4 kind, $5 lane, $6 priority, $7 most attempts, $8 payload, $9 catch-up, $10 most slots,
-- $11 window in minutes or null, $12 overlap, $13 calendar or null, $14 last slot, $15 next slot, $16 its moment in seconds
insert into jobs.schedule (key, tz, pattern, kind, lane, priority, max_attempt, payload, catch_up, max_slots, window_minutes,
                           overlap, calendar, last_slot, next_slot, next_at)
values ($1::text, $2::text, $3::text, $4::text, $5::text, $6::smallint, $7::smallint, $8::jsonb, $9::text, $10::int, $11::int,
        $12::text, $13::text, $14::text, $15::text, to_timestamp($16::bigint))
on conflict (key) do update
set tz = excluded.tz, pattern = excluded.pattern, kind = excluded.kind, lane = excluded.lane, priority = excluded.priority,
    max_attempt = excluded.max_attempt, payload = excluded.payload, catch_up = excluded.catch_up,
    max_slots = excluded.max_slots, window_minutes = excluded.window_minutes, overlap = excluded.overlap,
    calendar = excluded.calendar, last_slot = excluded.last_slot, next_slot = excluded.next_slot, next_at = excluded.next_at,
    program = excluded.program, declared_at = excluded.declared_at, withdrawn_at = null;

-- name: schedule_renew :exec
-- A program says that it still knows its schedules.
-- $1 keys
update jobs.schedule s set declared_at = pg_catalog.now() where s.key = any($1::text[]);

-- name: schedule_withdraw :many
-- Schedules of this program that no start of it declares any more: kept, and not run. One that another live process may know
-- is given a quarter of an hour, since that one renews what it knows.
-- $1 keys of this process
update jobs.schedule s set withdrawn_at = jobs.now()
where s.withdrawn_at is null and s.program = jobs.program() and s.key <> all($1::text[])
  and (s.declared_at < pg_catalog.now() - interval '15 minutes'
       or not exists (select from jobs.worker w where w.beat_at > pg_catalog.now() - interval '30 seconds'))
returning s.key;

-- name: schedule_due :many
-- Schedules whose next slot has come, locked; those another process holds are left to it.
-- $1 kinds this worker knows
select s.id, s.key, s.tz, s.pattern, s.kind, s.lane, s.catch_up, s.max_slots, s.window_minutes, s.overlap, coalesce(s.calendar, '') as calendar,
       s.last_slot::text as last_slot, s.last_job, s.enabled as is_enabled, false as is_withdrawn
from jobs.schedule s
where s.enabled and s.withdrawn_at is null and s.next_at <= jobs.now() and s.kind = any($1::text[])
order by s.next_at, s.id
limit 500
for update skip locked;

-- name: schedule_fire :many
-- Runs slots: for each its job and the note of it; no row for a slot that has been dealt with already.
-- $1 schedules, $2 slots, $3 keys of the jobs, $4 who asked for a run out of turn, $5 traceparent or null
with want as materialized (
    select w.*, s.kind, s.lane, s.priority, s.max_attempt, s.payload,
           row_number() over (partition by s.kind, w.ukey order by w.slot collate "C") as place
    from unnest($1::int[], $2::text[], $3::text[]) as w(schedule_id, slot, ukey)
    join jobs.schedule s on s.id = w.schedule_id
    where not exists (select from jobs.schedule_run r where r.schedule_id = w.schedule_id and r.slot = w.slot)
), queued as (
    insert into jobs.job (lane, kind, priority, max_attempt, ukey, payload, state, tenant, trace)
    select l.id, w.kind, w.priority, w.max_attempt, w.ukey, w.payload || jsonb_build_object('slot', w.slot), 1,
           case when l.is_fair then '' end, $5::text
    from want w join jobs.lane l on l.name = w.lane
    where w.place = 1
    order by w.slot collate "C", w.schedule_id
    on conflict (kind, ukey) where ukey is not null do nothing
    returning id, kind, ukey
)
insert into jobs.schedule_run (schedule_id, slot, outcome, cause, reason, job_id, requested_by)
select w.schedule_id, w.slot, case when q.id is null then 'skipped' else 'enqueued' end,
       case when q.id is null then 'overlap' end,
       case when q.id is null then 'the job of an earlier slot is unfinished' end, q.id, $4::text
from want w left join queued q on w.place = 1 and q.kind = w.kind and q.ukey = w.ukey
on conflict do nothing
returning schedule_id, slot::text as slot, outcome, job_id;

-- name: schedule_skip :exec
-- Notes slots that are not run, each with its reason.
-- $1 schedules, $2 slots, $3 causes, $4 reasons, $5 the last slot before the absence, $6 the time after it
insert into jobs.schedule_run (schedule_id, slot, outcome, cause, reason, down_from, down_to)
select n.schedule_id, n.slot, 'skipped', n.cause, n.reason, n.down_from, n.down_to
from unnest($1::int[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[])
     as n(schedule_id, slot, cause, reason, down_from, down_to)
on conflict do nothing;

-- name: schedule_advance :exec
-- Schedules wait for their next slot.
-- $1 schedules, $2 last slots, $3 next slots, $4 their moments in seconds, $5 the jobs enqueued, null for the one before
update jobs.schedule s
set last_slot = n.last_slot, next_slot = n.next_slot, next_at = to_timestamp(n.moment), last_job = coalesce(n.job_id, s.last_job)
from unnest($1::int[], $2::text[], $3::text[], $4::bigint[], $5::bigint[]) as n(id, last_slot, next_slot, moment, job_id)
where s.id = n.id;

-- name: schedule_ran :exec
-- A run out of turn is the latest run as well. $1 schedule, $2 job
update jobs.schedule s set last_job = $2::bigint where s.id = $1::int;

-- name: schedule_postpone :exec
-- Schedules that this program cannot read are tried again in five minutes, perhaps by a newer one.
-- $1 schedules
update jobs.schedule s set next_at = jobs.now() + interval '5 minutes' where s.id = any($1::int[]);

-- name: schedule_next_moment :one
-- Milliseconds until the next slot of a schedule this worker knows; null when there is none.
-- $1 kinds this worker knows
select ceil(extract(epoch from min(s.next_at) - jobs.now()) * 1000)::bigint as milliseconds
from jobs.schedule s where s.enabled and s.withdrawn_at is null and s.kind = any($1::text[]);

-- name: schedule_enable :exec
-- Switches a schedule on again.
-- $1 schedule
update jobs.schedule s set enabled = true, disabled_at = null, disabled_by = null, disabled_reason = null where s.id = $1::int;

-- name: schedule_disable :one
-- Switches a schedule off; no row when there is none or it is off.
-- $1 key, $2 who, $3 why
update jobs.schedule s set enabled = false, disabled_at = jobs.now(), disabled_by = $2::text, disabled_reason = $3::text
where s.key = $1::text and s.enabled
returning s.id;

-- name: zone_changes :many
-- Changes of a zone's clocks from 1970 to 2099, after one row for the beginning; no row for an unknown zone.
-- $1 time zone
select z.at, z.before, z.after from jobs.zone_changes($1::text) as z;

-- name: calendar_days :many
-- Weeks and days of calendars.
-- $1 names
select c.name, array_to_string(c.week, ',') as week, h.day - date '1970-01-01' as day, coalesce(h.is_worked, false) as is_worked
from jobs.calendar c left join jobs.holiday h on h.calendar = c.name
where c.name = any($1::text[]);

-- name: calendar_put :exec
-- Makes a calendar, or changes its week.
-- $1 name, $2 days of the week that are worked
insert into jobs.calendar (name, week) values ($1::text, $2::text[])
on conflict (name) do update set week = excluded.week where jobs.calendar.week <> excluded.week;

-- name: calendar_add :exec
-- Makes a calendar of a week from Monday to Friday unless it is there.
-- $1 name
insert into jobs.calendar (name) values ($1::text) on conflict do nothing;

-- name: calendar_fill :exec
-- Puts the days of a calendar in the place of those it had.
-- $1 name, $2 days, $3 whether each is worked, $4 what it is
with told as (
    select * from unnest($2::date[], $3::boolean[], $4::text[]) as t(day, is_worked, name)
), gone as (
    delete from jobs.holiday h where h.calendar = $1::text and not exists (select from told t where t.day = h.day)
)
insert into jobs.holiday (calendar, day, is_worked, name)
select $1::text, t.day, t.is_worked, t.name from told t
on conflict (calendar, day) do update set is_worked = excluded.is_worked, name = excluded.name
where (jobs.holiday.is_worked, jobs.holiday.name) is distinct from (excluded.is_worked, excluded.name);

-- name: calendar_schedules :many
-- Schedules that go by a calendar, locked.
-- $1 calendar
select s.id, s.key, s.tz, s.pattern, s.kind, s.lane, s.catch_up, s.max_slots, s.window_minutes, s.overlap, coalesce(s.calendar, '') as calendar,
       s.last_slot::text as last_slot, s.last_job, s.enabled as is_enabled,
       s.withdrawn_at is not null as is_withdrawn
from jobs.schedule s where s.calendar = $1::text order by s.id for update;
