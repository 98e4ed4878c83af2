-- name: clock_look :one
-- What the database's clock shows, in milliseconds from 1970-01-01T00:00Z, and what is remembered of it. The time goes on within
-- a transaction, so that a long wait is not taken for a moved clock.
-- $1 start of this computer
select ((extract(epoch from jobs.now() + (pg_catalog.clock_timestamp() - pg_catalog.now()))) * 1000)::bigint as now,
       (extract(epoch from g.held_at) * 1000)::bigint as held_at,
       (extract(epoch from g.held_at - g.expected_at) * 1000)::bigint as shift,
       (extract(epoch from g.released_at) * 1000)::bigint as released_at,
       (extract(epoch from h.seen_at) * 1000)::bigint as here_at, h.uptime_ms as here_uptime,
       (select (extract(epoch from max(s.seen_at)) * 1000)::bigint from jobs.clock_seen s) as latest
from jobs.clock_guard g left join jobs.clock_seen h on h.boot = $1::text;

-- name: clock_note :exec
-- Remembers a look.
-- $1 start of this computer, $2 the database's clock in milliseconds, $3 milliseconds since that start
insert into jobs.clock_seen (boot, seen_at, uptime_ms) values ($1::text, to_timestamp($2::bigint / 1000.0), $3::bigint)
on conflict (boot) do update set seen_at = excluded.seen_at, uptime_ms = excluded.uptime_ms;

-- name: clock_event :exec
-- Notes that the clock was moved; what was seen later than it shows now tells nothing any more, and schedules that went on to where it
-- stood come back: what they skipped there is still to come, what they ran has run.
-- $1 what, $2 milliseconds, $3 who
with gone as (
    delete from jobs.clock_seen s where s.seen_at > jobs.now() + interval '1 minute'
), back as (
    update jobs.schedule s
    set last_slot = to_char(jobs.now() at time zone s.tz, 'YYYY-MM-DD"T"HH24:MI'), next_at = jobs.now()
    where $2::bigint < 0
      and case when s.tz in (select z.name from pg_catalog.pg_timezone_names z)
               then s.last_slot > to_char(jobs.now() at time zone s.tz, 'YYYY-MM-DD"T"HH24:MI') end
    returning s.id, s.last_slot
), forgotten as (
    delete from jobs.schedule_run r using back b where r.schedule_id = b.id and r.slot > b.last_slot and r.outcome = 'skipped'
)
insert into jobs.clock_event (at, what, shift, who)
values (jobs.now(), $1::text, $2::bigint * interval '1 millisecond', $3::text);

-- name: clock_hold :exec
-- Holds the clock for all processes, unless it is held.
-- $1 milliseconds by which it is ahead, $2 who noticed
with held as (
    update jobs.clock_guard g
    set held_at = jobs.now(), expected_at = jobs.now() - $1::bigint * interval '1 millisecond', noticed_by = $2::text,
        released_at = null, released_by = null, released_reason = null
    where g.held_at is null
    returning g.held_at
)
insert into jobs.clock_event (at, what, shift, who)
select h.held_at, 'held', $1::bigint * interval '1 millisecond', $2::text from held h;

-- name: clock_release :exec
-- Trusts the clock again; nothing is noted when it is not held.
-- $1 released or returned, $2 who, $3 why, null when the clock came back by itself
with freed as (
    update jobs.clock_guard g
    set held_at = null, expected_at = null, noticed_by = null, released_at = jobs.now(), released_by = $2::text,
        released_reason = $3::text
    from jobs.clock_guard was
    where g.held_at is not null and was.one = g.one
    returning was.held_at - was.expected_at as shift
)
insert into jobs.clock_event (at, what, shift, who, reason)
select jobs.now(), $1::text, f.shift, $2::text, $3::text from freed f;

-- name: clock_report :one
-- How the guard of the clock stands.
select to_char(jobs.now(), 'YYYY-MM-DD"T"HH24:MI:SSTZH:TZM') as now,
       to_char(g.held_at, 'YYYY-MM-DD"T"HH24:MI:SSTZH:TZM') as held_at,
       to_char(g.expected_at, 'YYYY-MM-DD"T"HH24:MI:SSTZH:TZM') as expected_at,
       extract(epoch from g.held_at - g.expected_at)::bigint as shift_seconds, g.noticed_by,
       (select count(*) from jobs.schedule s where s.enabled and s.withdrawn_at is null and s.next_at <= jobs.now()) as due_schedules,
       to_char(g.released_at, 'YYYY-MM-DD"T"HH24:MI:SSTZH:TZM') as released_at, g.released_by, g.released_reason,
       (select to_char(max(s.seen_at), 'YYYY-MM-DD"T"HH24:MI:SSTZH:TZM') from jobs.clock_seen s) as seen_at
from jobs.clock_guard g;

-- name: clock_events :many
-- What has happened to the clock, the latest first.
-- $1 how many
select to_char(e.at, 'YYYY-MM-DD"T"HH24:MI:SSTZH:TZM') as at, e.what, extract(epoch from e.shift)::bigint as shift_seconds, e.who,
       e.reason
from jobs.clock_event e order by e.id desc limit $1::int;
