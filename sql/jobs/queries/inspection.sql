-- name: job_list :many
-- Jobs for a person, the latest first.
-- $1 state or null for the unfinished and the dead, $2 lane or null, $3 kind or null, $4 how many
select * from (
    select j.id, j.kind, l.name as lane, (array['waiting', 'ready', 'running'])[j.state + 1] as state, j.attempt, j.max_attempt,
           j.ukey as key, to_char(j.run_at, 'YYYY-MM-DD"T"HH24:MI:SSTZH:TZM') as run_at, j.last_error
    from jobs.job j join jobs.lane l on l.id = j.lane
    where $1::text is null or $1::text in ('waiting', 'ready', 'running')
    union all
    select d.id, d.kind, l.name, 'dead', d.attempt, d.max_attempt, d.ukey,
           to_char(d.run_at, 'YYYY-MM-DD"T"HH24:MI:SSTZH:TZM'), d.last_error
    from jobs.job_dead d join jobs.lane l on l.id = d.lane
    where $1::text is null or $1::text = 'dead'
    union all
    select f.id, f.kind, l.name,
           case f.outcome when 1 then 'succeeded' when 2 then 'cancelled' else 'superseded' end, f.attempt, f.max_attempt,
           f.ukey, to_char(f.run_at, 'YYYY-MM-DD"T"HH24:MI:SSTZH:TZM'), f.last_error
    from jobs.job_done f join jobs.lane l on l.id = f.lane
    where $1::text in ('succeeded', 'cancelled', 'superseded')
) as x
where ($1::text is null or x.state = $1::text) and ($2::text is null or x.lane = $2::text)
  and ($3::text is null or x.kind = $3::text)
order by x.id desc
limit $4::int;

-- name: job_show :one
-- Everything about one job: its row, wherever it stands, and its failed attempts.
-- $1 id
select x.id, x.kind, l.name as lane, x.state, x.attempt, x.max_attempt, x.rescues, x.worker, x.ukey as key, x.payload,
       to_char(x.run_at, 'YYYY-MM-DD"T"HH24:MI:SSTZH:TZM') as run_at,
       to_char(x.enqueued_at, 'YYYY-MM-DD"T"HH24:MI:SSTZH:TZM') as enqueued_at, x.enqueued_by,
       to_char(x.finished_at, 'YYYY-MM-DD"T"HH24:MI:SSTZH:TZM') as finished_at,
       x.cancel_at is not null as is_cancel_requested, x.last_error, x.reason,
       coalesce((select jsonb_agg(jsonb_build_object(
                            'attempt', a.attempt, 'worker', a.worker, 'error', a.error,
                            'at', to_char(a.at, 'YYYY-MM-DD"T"HH24:MI:SSTZH:TZM')) order by a.at, a.attempt)
                 from jobs.job_attempt a where a.job_id = x.id), '[]') as failures
from (
    select j.id, j.lane, j.kind, (array['waiting', 'ready', 'running'])[j.state + 1] as state, j.attempt, j.max_attempt,
           j.rescues, j.worker, j.ukey, j.payload::text, j.run_at, j.enqueued_at, j.enqueued_by,
           null::timestamptz as finished_at, j.cancel_at, j.last_error, null as reason
    from jobs.job j where j.id = $1::bigint
    union all
    select d.id, d.lane, d.kind, 'dead', d.attempt, d.max_attempt, d.rescues, d.worker, d.ukey, d.payload::text, d.run_at,
           d.enqueued_at, d.enqueued_by, d.died_at, null, d.last_error, d.reason
    from jobs.job_dead d where d.id = $1::bigint
    union all
    select f.id, f.lane, f.kind, case f.outcome when 1 then 'succeeded' when 2 then 'cancelled' else 'superseded' end,
           f.attempt, f.max_attempt, f.rescues, f.worker, f.ukey, f.payload::text, f.run_at, f.enqueued_at, f.enqueued_by,
           f.finished_at, null, f.last_error, null
    from jobs.job_done f where f.id = $1::bigint
) as x
join jobs.lane l on l.id = x.lane
order by x.finished_at nulls first
limit 1;

-- name: job_cancel :one
-- Ends an unfinished or dead job: one that runs is asked to end. No row when there is no such job.
-- $1 id
with held as materialized (
    select j.id, j.state from jobs.job j where j.id = $1::bigint for update
), asked as (
    update jobs.job j set cancel_at = coalesce(j.cancel_at, jobs.now()) from held h
    where j.id = h.id and h.state = 2
    returning j.id
), ended as (
    delete from jobs.job j using held h where j.id = h.id and h.state in (0, 1) returning j.*
), buried as (
    delete from jobs.job_dead d where d.id = $1::bigint returning d.*
), done as (
    insert into jobs.job_done (id, lane, kind, priority, run_at, attempt, max_attempt, rescues, worker, started_at, ukey,
                               payload, last_error, enqueued_at, enqueued_by, outcome)
    select id, lane, kind, priority, run_at, attempt, max_attempt, rescues, worker, started_at, ukey,
           payload, last_error, enqueued_at, enqueued_by, 2
    from ended
    union all
    select id, lane, kind, priority, run_at, attempt, max_attempt, rescues, worker, started_at, ukey,
           payload, last_error, enqueued_at, enqueued_by, 2
    from buried
    returning id
)
select o.state
from (select 'running' as state from asked union all select 'cancelled' from done) as o
cross join lateral pg_notify('etalon_jobs', 'cancel');

-- name: job_redrive :one
-- A dead job becomes ready again with all its attempts; no row when it is not dead, or its key is taken.
-- $1 id
with back as (
    insert into jobs.job (id, lane, kind, priority, run_at, max_attempt, ukey, payload, last_error, enqueued_at, enqueued_by,
                          state)
    overriding system value
    select d.id, d.lane, d.kind, d.priority, jobs.now(), d.max_attempt, d.ukey, d.payload, d.last_error, d.enqueued_at,
           d.enqueued_by, 1
    from jobs.job_dead d where d.id = $1::bigint
    on conflict (kind, ukey) where ukey is not null do nothing
    returning id
), gone as (
    delete from jobs.job_dead d using back b where d.id = b.id returning d.id
)
select g.id from gone g cross join lateral pg_notify('etalon_jobs', 'redriven');

-- name: job_run_now :one
-- A waiting job becomes due; no row when it does not wait.
-- $1 id
with moved as (
    update jobs.job j set run_at = jobs.now(), state = 1
    where j.id = $1::bigint and j.state = 0 and j.open_deps = 0
    returning j.id
)
select m.id from moved m cross join lateral pg_notify('etalon_jobs', 'due');

-- name: lane_report :many
-- Depth and age of every lane.
select l.name as lane, l.paused_at is not null as is_paused,
       count(j.id) filter (where j.state = 0) as waiting, count(j.id) filter (where j.state = 1) as ready,
       count(j.id) filter (where j.state = 2) as running,
       (select count(*) from jobs.job_dead d where d.lane = l.id) as dead,
       coalesce(ceil(extract(epoch from jobs.now() - min(j.run_at) filter (where j.state = 1))), 0)::bigint
           as oldest_ready_seconds
from jobs.lane l left join jobs.job j on j.lane = l.id
group by l.id, l.name, l.paused_at
order by l.id;

-- name: schedule_runs :many
-- What became of the latest slots of a schedule, the latest first.
-- $1 key, $2 how many
select r.slot::text as slot, r.outcome, r.reason, r.job_id,
       to_char(r.at, 'YYYY-MM-DD"T"HH24:MI:SSTZH:TZM') as at
from jobs.schedule_run r join jobs.schedule s on s.id = r.schedule_id
where s.key = $1::text
order by r.slot desc
limit $2::int;
