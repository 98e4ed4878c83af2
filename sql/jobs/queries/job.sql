-- name: job_enqueue :one
-- A new job and a hint to the runners; no row when an unfinished job of the kind has the key already.
-- $1 lane, $2 kind, $3 priority, $4 most attempts, $5 key or null, $6 payload, $7 instant or null,
-- $8 civil time in Asia/Ho_Chi_Minh or null, $9 milliseconds from now
with moment as (
    select coalesce($7::timestamptz, $8::timestamp at time zone 'Asia/Ho_Chi_Minh',
                    jobs.now() + $9::bigint * interval '1 millisecond') as run_at
), queued as (
    insert into jobs.job (lane, kind, priority, max_attempt, ukey, payload, run_at, state)
    select (select l.id from jobs.lane l where l.name = $1::text), $2::text, $3::smallint, $4::smallint, $5::text,
           $6::jsonb, m.run_at, case when m.run_at <= jobs.now() then 1 else 0 end
    from moment m
    on conflict (kind, ukey) where ukey is not null do nothing
    returning id
)
select q.id from queued q cross join lateral pg_notify('etalon_jobs', $1::text);

-- name: job_enqueue_many :many
-- Many jobs of one kind, ready at once; keys that an unfinished job has already are left out.
-- $1 lane, $2 kind, $3 priority, $4 most attempts, $5 payloads, $6 keys (null for none), one for each payload
with queued as (
    insert into jobs.job (lane, kind, priority, max_attempt, ukey, payload, state)
    select (select l.id from jobs.lane l where l.name = $1::text), $2::text, $3::smallint, $4::smallint, n.ukey,
           n.payload::jsonb, 1
    from unnest($5::text[], $6::text[]) as n(payload, ukey)
    on conflict (kind, ukey) where ukey is not null do nothing
    returning id
), hint as materialized (
    select pg_notify('etalon_jobs', $1::text) where exists (select from queued)
)
select q.id from queued q cross join (select count(*) from hint) as hinted order by q.id;

-- name: moment_hint :exec
-- Tells the runners that a moment they wait for may have come nearer.
select pg_notify('etalon_jobs', 'moment');

-- name: job_hint :exec
-- Tells the runners that jobs may have become ready.
select pg_notify('etalon_jobs', 'ready');

-- name: job_promote :one
-- Waiting jobs whose moment has come become ready; at most 1,000 at a time.
with promoted as (
    update jobs.job set state = 1
    where id = any(array(select j.id from jobs.job j where j.state = 0 and j.open_deps = 0 and j.run_at <= jobs.now()
                         order by j.run_at limit 1000 for update skip locked))
    returning id
)
select count(*) as count from promoted;

-- name: job_limited_lanes :many
-- Locks the lanes that are limited over all processes, so that their running jobs can be counted.
-- $1 lanes
select l.id from jobs.lane l where l.name = any($1::text[]) and l.max_running is not null order by l.id for update;

-- name: job_claim :many
-- Takes ready jobs, at most as many of each lane as there is room for; a worker declared dead takes none.
-- $1 worker, $2 lanes, $3 room in each, $4 kinds this worker knows, $5 milliseconds after which it is dead without a beat
update jobs.job as j
set state = 2, worker = $1::int, attempt = j.attempt + 1, started_at = jobs.now()
from jobs.lane as lane
where lane.id = j.lane
  and exists (select from jobs.worker w
              where w.id = $1::int and w.beat_at > pg_catalog.now() - $5::bigint * interval '1 millisecond')
  and j.id = any(array(
    select picked.id
    from unnest($2::text[], $3::int[]) as r(name, room)
    join jobs.lane l on l.name = r.name and l.paused_at is null
    cross join lateral (
        select c.id from jobs.job c
        where c.state = 1 and c.lane = l.id and c.kind = any($4::text[])
        order by c.priority, c.run_at, c.id
        limit case when l.max_running is null then r.room
                   else greatest(0, least(r.room, l.max_running - (
                       select count(*)::int from jobs.job o where o.state = 2 and o.lane = l.id))) end
        for update skip locked) as picked))
returning j.id, j.kind, lane.name as lane, j.attempt, j.max_attempt, j.ukey as key, j.payload::text as payload,
          j.run_at::text as run_at;

-- name: job_finish :many
-- Moves running jobs into the history; a job this worker no longer holds is left alone.
-- $1 worker, $2 ids, $3 attempts, $4 outcomes
with fin as (
    delete from jobs.job j using unnest($2::bigint[], $3::smallint[], $4::smallint[]) as f(id, attempt, outcome)
    where j.id = f.id and j.attempt = f.attempt and j.worker = $1::int and j.state = 2
    returning j.*, f.outcome
)
insert into jobs.job_done (id, lane, kind, priority, run_at, attempt, max_attempt, rescues, worker, started_at, ukey,
                           payload, last_error, enqueued_at, enqueued_by, outcome)
select id, lane, kind, priority, run_at, attempt, max_attempt, rescues, worker, started_at, ukey,
       payload, last_error, enqueued_at, enqueued_by, outcome
from fin
returning id;

-- name: job_retry :many
-- Running jobs whose attempt failed wait for their next one; the failure is noted.
-- $1 worker, $2 ids, $3 attempts, $4 milliseconds to wait, $5 errors
with failed as (
    update jobs.job j
    set state = 0, worker = null, run_at = jobs.now() + f.delay * interval '1 millisecond', last_error = f.error
    from unnest($2::bigint[], $3::smallint[], $4::bigint[], $5::text[]) as f(id, attempt, delay, error)
    where j.id = f.id and j.attempt = f.attempt and j.worker = $1::int and j.state = 2
    returning j.id, j.attempt, j.started_at, f.error
), noted as (
    insert into jobs.job_attempt (job_id, attempt, worker, started_at, error)
    select id, attempt, $1::int, started_at, error from failed
)
select id from failed;

-- name: job_bury :many
-- Running jobs that will not be tried again wait for a person; the failure is noted.
-- $1 worker, $2 ids, $3 attempts, $4 errors, $5 reasons
with lost as (
    delete from jobs.job j using unnest($2::bigint[], $3::smallint[], $4::text[], $5::text[]) as f(id, attempt, error, reason)
    where j.id = f.id and j.attempt = f.attempt and j.worker = $1::int and j.state = 2
    returning j.*, f.error, f.reason
), noted as (
    insert into jobs.job_attempt (job_id, attempt, worker, started_at, error)
    select id, attempt, worker, started_at, error from lost
)
insert into jobs.job_dead (id, lane, kind, priority, run_at, attempt, max_attempt, rescues, worker, started_at, ukey,
                           payload, last_error, enqueued_at, enqueued_by, reason)
select id, lane, kind, priority, run_at, attempt, max_attempt, rescues, worker, started_at, ukey,
       payload, error, enqueued_at, enqueued_by, reason
from lost
returning id;

-- name: job_snooze :many
-- Running jobs that asked to be run later; the attempt does not count.
-- $1 worker, $2 ids, $3 attempts, $4 milliseconds to wait
update jobs.job j
set state = 0, worker = null, attempt = j.attempt - 1, run_at = jobs.now() + f.delay * interval '1 millisecond'
from unnest($2::bigint[], $3::smallint[], $4::bigint[]) as f(id, attempt, delay)
where j.id = f.id and j.attempt = f.attempt and j.worker = $1::int and j.state = 2
returning j.id;

-- name: job_release :many
-- Jobs this worker holds but does not run go back to the ready ones; the attempt does not count.
-- $1 worker, $2 ids it does run
with released as (
    update jobs.job j set state = 1, worker = null, attempt = j.attempt - 1, started_at = null
    where j.worker = $1::int and j.state = 2 and j.id <> all($2::bigint[])
    returning j.id
), hint as materialized (
    select pg_notify('etalon_jobs', 'released') where exists (select from released)
)
select r.id from released r cross join (select count(*) from hint) as hinted;

-- name: job_rescue :many
-- Jobs whose worker lives no more become ready again; one that has lost three workers is given up.
-- $1 milliseconds after which a worker without a beat is dead
with orphan as materialized (
    select j.id from jobs.job j
    where j.state = 2 and not exists (
        select from jobs.worker w
        where w.id = j.worker and w.beat_at > pg_catalog.now() - $1::bigint * interval '1 millisecond')
    for update of j skip locked
), poison as (
    delete from jobs.job j using orphan o where j.id = o.id and j.state = 2 and j.rescues >= 3 returning j.*
), buried as (
    insert into jobs.job_dead (id, lane, kind, priority, run_at, attempt, max_attempt, rescues, worker, started_at, ukey,
                               payload, last_error, enqueued_at, enqueued_by, reason)
    select id, lane, kind, priority, run_at, attempt, max_attempt, rescues, worker, started_at, ukey,
           payload, 'worker ' || worker || ' lost', enqueued_at, enqueued_by, 'kills its worker'
    from poison
    returning id, attempt, worker, started_at, true as is_dead
), rescued as (
    update jobs.job j
    set state = 1, worker = null, rescues = j.rescues + 1, last_error = 'worker ' || held.worker || ' lost'
    from orphan o join jobs.job held on held.id = o.id
    where j.id = o.id and j.state = 2 and j.rescues < 3
    returning j.id, j.attempt, held.worker, j.started_at, false as is_dead
), lost as (
    select * from buried union all select * from rescued
), noted as (
    insert into jobs.job_attempt (job_id, attempt, worker, started_at, error)
    select id, attempt, worker, started_at, 'worker ' || worker || ' lost' from lost
)
select id, worker, is_dead from lost order by id;

-- name: job_cancel_requests :many
-- Running jobs of this worker that someone wants to end.
-- $1 worker
select j.id from jobs.job j where j.state = 2 and j.worker = $1::int and j.cancel_at is not null;

-- name: job_next_moment :one
-- Milliseconds until the next waiting job is due; null when none waits.
select ceil(extract(epoch from min(j.run_at) - jobs.now()) * 1000)::bigint as milliseconds
from jobs.job j where j.state = 0 and j.open_deps = 0;
