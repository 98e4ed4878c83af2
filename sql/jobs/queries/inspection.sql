-- name: job_list :many
-- Jobs for a person, the latest first: a page of them.
-- $1 state or null for the unfinished and the dead, $2 lane or null, $3 kind or null, $4 how many, $5 beginning of the key or
-- null, $6 number of the job before the page
select x.id, x.kind, l.name as lane, x.state, x.attempt, x.max_attempt, x.ukey as key,
       to_char(x.run_at, 'YYYY-MM-DD"T"HH24:MI:SSTZH:TZM') as run_at,
       to_char(x.finished_at, 'YYYY-MM-DD"T"HH24:MI:SSTZH:TZM') as finished_at, x.worker, x.last_error
from (
    (select j.id, j.lane, j.kind, (array['waiting', 'ready', 'running'])[j.state + 1] as state, j.attempt, j.max_attempt, j.ukey,
            j.run_at, null::timestamptz as finished_at, j.worker, j.last_error
     from jobs.job j
     where ($1::text is null or j.state = case $1::text when 'waiting' then 0 when 'ready' then 1 when 'running' then 2 else -1 end)
       and ($2::text is null or j.lane = (select n.id from jobs.lane n where n.name = $2::text))
       and ($3::text is null or j.kind = $3::text) and ($5::text is null or starts_with(j.ukey, $5::text)) and j.id < $6::bigint
     order by j.id desc limit $4::int)
    union all
    (select d.id, d.lane, d.kind, 'dead', d.attempt, d.max_attempt, d.ukey, d.run_at, d.died_at, d.worker, d.last_error
     from jobs.job_dead d
     where ($1::text is null or $1::text = 'dead')
       and ($2::text is null or d.lane = (select n.id from jobs.lane n where n.name = $2::text))
       and ($3::text is null or d.kind = $3::text) and ($5::text is null or starts_with(d.ukey, $5::text)) and d.id < $6::bigint
     order by d.id desc limit $4::int)
    union all
    (select f.id, f.lane, f.kind, $1::text, f.attempt, f.max_attempt, f.ukey, f.run_at, f.finished_at, f.worker, f.last_error
     from jobs.job_done f
     where f.outcome = case $1::text when 'succeeded' then 1 when 'cancelled' then 2 when 'superseded' then 4 else -1 end
       and ($2::text is null or f.lane = (select n.id from jobs.lane n where n.name = $2::text))
       and ($3::text is null or f.kind = $3::text) and ($5::text is null or starts_with(f.ukey, $5::text)) and f.id < $6::bigint
     order by f.id desc limit $4::int)
) as x
join jobs.lane l on l.id = x.lane
order by x.id desc
limit $4::int;

-- name: job_show :one
-- Everything about one job: its row, wherever it stands, and its failed attempts.
-- $1 id
select x.id, x.kind, l.name as lane, x.state, x.attempt, x.max_attempt, x.rescues, x.worker, x.ukey as key, x.payload,
       to_char(x.run_at, 'YYYY-MM-DD"T"HH24:MI:SSTZH:TZM') as run_at,
       to_char(x.enqueued_at, 'YYYY-MM-DD"T"HH24:MI:SSTZH:TZM') as enqueued_at, x.enqueued_by,
       to_char(x.finished_at, 'YYYY-MM-DD"T"HH24:MI:SSTZH:TZM') as finished_at,
       x.cancel_at is not null as is_cancel_requested, x.last_error, x.reason, x.trace, x.time_limit_ms as time_limit_milliseconds,
       coalesce((select jsonb_agg(jsonb_build_object(
                            'attempt', a.attempt, 'worker', a.worker, 'error', a.error,
                            'at', to_char(a.at, 'YYYY-MM-DD"T"HH24:MI:SSTZH:TZM')) order by a.at, a.attempt)
                 from jobs.job_attempt a where a.job_id = x.id), '[]') as failures
from (
    select j.id, j.lane, j.kind, (array['waiting', 'ready', 'running'])[j.state + 1] as state, j.attempt, j.max_attempt,
           j.rescues, j.worker, j.ukey, j.payload::text, j.run_at, j.enqueued_at, j.enqueued_by,
           null::timestamptz as finished_at, j.cancel_at, j.last_error, null as reason, j.trace, j.time_limit_ms
    from jobs.job j where j.id = $1::bigint
    union all
    select d.id, d.lane, d.kind, 'dead', d.attempt, d.max_attempt, d.rescues, d.worker, d.ukey, d.payload::text, d.run_at,
           d.enqueued_at, d.enqueued_by, d.died_at, null, d.last_error, d.reason, d.trace, d.time_limit_ms
    from jobs.job_dead d where d.id = $1::bigint
    union all
    select f.id, f.lane, f.kind, case f.outcome when 1 then 'succeeded' when 2 then 'cancelled' else 'superseded' end,
           f.attempt, f.max_attempt, f.rescues, f.worker, f.ukey, f.payload::text, f.run_at, f.enqueued_at, f.enqueued_by,
           f.finished_at, null, f.last_error, null, f.trace, null
    from jobs.job_done f where f.id = $1::bigint
) as x
join jobs.lane l on l.id = x.lane
order by x.finished_at nulls first
limit 1;

-- name: job_cancel :one
-- Ends an unfinished or dead job: one that runs is asked to end. No row when there is no such job.
-- $1 id, $2 whether one that waits for a person is ended too
with held as materialized (
    select j.id, j.state from jobs.job j where j.id = $1::bigint for update
), asked as (
    update jobs.job j set cancel_at = coalesce(j.cancel_at, jobs.now()) from held h
    where j.id = h.id and h.state = 2
    returning j.id
), ended as (
    delete from jobs.job j using held h where j.id = h.id and h.state in (0, 1) returning j.*
), buried as (
    delete from jobs.job_dead d where d.id = $1::bigint and $2::boolean returning d.*
), told as (
    insert into jobs.loose_end (job_id, what)
    select id, 2 from ended where is_linked union all select id, 2 from buried where is_linked
), done as (
    insert into jobs.job_done (id, lane, kind, priority, run_at, attempt, max_attempt, rescues, worker, started_at, ukey,
                               payload, last_error, enqueued_at, enqueued_by, outcome, trace)
    select id, lane, kind, priority, run_at, attempt, max_attempt, rescues, worker, started_at, ukey,
           payload, last_error, enqueued_at, enqueued_by, 2, trace
    from ended
    union all
    select id, lane, kind, priority, run_at, attempt, max_attempt, rescues, worker, started_at, ukey,
           payload, last_error, enqueued_at, enqueued_by, 2, trace
    from buried
    returning id
)
select o.state
from (select 'running' as state from asked union all select 'cancelled' from done) as o;

-- name: job_redrive :one
-- A dead job becomes ready again with all its attempts; no row when it is not dead, or its key is taken.
-- $1 id
with back as (
    insert into jobs.job (id, lane, kind, priority, run_at, max_attempt, ukey, payload, last_error, enqueued_at, enqueued_by,
                          state, time_limit_ms, trace, open_deps, is_linked, tenant)
    overriding system value
    select d.id, d.lane, d.kind, d.priority, jobs.now(), d.max_attempt, d.ukey, d.payload, d.last_error, d.enqueued_at,
           d.enqueued_by, case when d.is_linked then 0 else 1 end, d.time_limit_ms, d.trace, d.is_linked::int, d.is_linked,
           coalesce(d.tenant, jobs.default_tenant(d.lane))
    from jobs.job_dead d where d.id = $1::bigint
    on conflict (kind, ukey) where ukey is not null do nothing
    returning id, is_linked
), told as (
    insert into jobs.loose_end (job_id, what) select id, 6 from back where is_linked
), gone as (
    delete from jobs.job_dead d using back b where d.id = b.id returning d.id
)
select g.id from gone g;

-- name: job_run_now :one
-- A waiting job becomes due; no row when it does not wait.
-- $1 id
with moved as (
    update jobs.job j set run_at = jobs.now(), state = case when j.open_deps = 0 then 1 else 0 end
    where j.id = $1::bigint and j.state = 0
      and (j.open_deps = 0
           or exists (select from jobs.turn t where t.job_id = j.id and t.state = 0 and t.due_at is not null))
    returning j.id, j.open_deps
), told as (
    -- It takes its place in the line of its key.
    insert into jobs.loose_end (job_id, what) select m.id, 7 from moved m where m.open_deps > 0
)
select m.id from moved m;

-- name: job_snooze_until :one
-- A waiting or ready job is put off; its attempts stay as they are. No row when it is neither.
-- $1 id, $2 milliseconds from now
with moved as (
    update jobs.job j set run_at = jobs.now() + $2::bigint * interval '1 millisecond', state = 0
    where j.id = $1::bigint and j.state in (0, 1)
    returning j.id, j.run_at, j.is_linked, j.open_deps
), told as (
    insert into jobs.loose_end (job_id, what)
    select m.id, case when m.open_deps > 0 then 7 else 5 end from moved m where m.is_linked
)
select to_char(m.run_at, 'YYYY-MM-DD"T"HH24:MI:SSTZH:TZM') as run_at from moved m;

-- name: job_redrive_many :many
-- Dead jobs of a kind, or all, become ready again, the oldest first; those whose key is taken stay.
-- $1 kind or null, $2 how many
with chosen as materialized (
    select d.id from jobs.job_dead d where $1::text is null or d.kind = $1::text order by d.id limit $2::int for update
), back as (
    insert into jobs.job (id, lane, kind, priority, run_at, max_attempt, ukey, payload, last_error, enqueued_at, enqueued_by,
                          state, time_limit_ms, trace, open_deps, is_linked, tenant)
    overriding system value
    select d.id, d.lane, d.kind, d.priority, jobs.now(), d.max_attempt, d.ukey, d.payload, d.last_error, d.enqueued_at,
           d.enqueued_by, case when d.is_linked then 0 else 1 end, d.time_limit_ms, d.trace, d.is_linked::int, d.is_linked,
           coalesce(d.tenant, jobs.default_tenant(d.lane))
    from jobs.job_dead d join chosen c on c.id = d.id
    on conflict (kind, ukey) where ukey is not null do nothing
    returning id, is_linked
), told as (
    insert into jobs.loose_end (job_id, what) select id, 6 from back where is_linked
), gone as (
    delete from jobs.job_dead d using back b where d.id = b.id returning d.id
)
select g.id from gone g order by g.id;

-- name: job_dead_count :one
-- $1 kind or null
select count(*) as count from jobs.job_dead d where $1::text is null or d.kind = $1::text;

-- name: job_twin :one
-- The unfinished job that holds the key of a dead one.
-- $1 id
select j.id from jobs.job_dead d join jobs.job j on j.kind = d.kind and j.ukey = d.ukey where d.id = $1::bigint;

-- name: job_why :one
-- What stands between a job and its run.
-- $1 id, $2 milliseconds after which a worker without a beat is dead
select j.id, j.kind, l.name as lane, (array['waiting', 'ready', 'running'])[j.state + 1] as state, j.attempt, j.max_attempt,
       to_char(j.run_at, 'YYYY-MM-DD"T"HH24:MI:SSTZH:TZM') as run_at,
       ceil(extract(epoch from j.run_at - jobs.now()))::bigint as seconds_to_go, j.open_deps,
       to_char(l.paused_at, 'YYYY-MM-DD"T"HH24:MI:SSTZH:TZM') as paused_at, l.max_running,
       case when j.state = 1 then l.rate_count end as rate_count, ceil(extract(epoch from l.rate_period))::bigint as rate_seconds,
       (select count(*) from jobs.job r where r.state = 2 and r.lane = j.lane) as running,
       case when j.state = 1 then (
           select count(*) from (
               select from jobs.job a
               where a.state = 1 and a.lane = j.lane and (a.priority, a.run_at, a.id) < (j.priority, j.run_at, j.id)
               limit 10000) as before) end as ahead,
       k.live as live_workers, k.knowing as knowing_workers, k.reading as reading_workers, k.taking as taking_workers,
       v.version as payload_version,
       j.worker, ceil(extract(epoch from jobs.now() - j.started_at))::bigint as running_seconds,
       (select ceil(extract(epoch from pg_catalog.now() - w.beat_at))::bigint from jobs.worker w where w.id = j.worker)
           as silent_seconds,
       j.cancel_at is not null as is_cancel_requested, j.last_error
from jobs.job j join jobs.lane l on l.id = j.lane
cross join lateral (
    select case when j.payload ->> '$v' ~ '^[0-9]{1,9}$' then (j.payload ->> '$v')::int else 1 end as version) as v
cross join lateral (
    -- A program that does not tell what it takes may take anything.
    select count(*) as live, count(*) filter (where w.kinds is null or j.kind = any(w.kinds)) as knowing,
           count(*) filter (where w.kinds is null or w.payloads[array_position(w.kinds, j.kind)] >= v.version) as reading,
           count(*) filter (where w.kinds is null or w.payloads[array_position(w.kinds, j.kind)] >= v.version
                                  and l.name = any(w.lanes)) as taking
    from jobs.worker w
    where w.beat_at > pg_catalog.now() - $2::bigint * interval '1 millisecond' and w.stopping_at is null) as k
where j.id = $1::bigint;

-- name: lane_report :many
-- Depth and age of every lane, counted to the last job.
select l.name as lane, l.paused_at is not null as is_paused,
       count(j.id) filter (where j.state = 0) as waiting, count(j.id) filter (where j.state = 1) as ready,
       count(j.id) filter (where j.state = 2) as running,
       coalesce(d.dead, 0) as dead,
       coalesce(ceil(extract(epoch from jobs.now() - min(j.run_at) filter (where j.state = 1))), 0)::bigint
           as oldest_ready_seconds
from jobs.lane l left join jobs.job j on j.lane = l.id
left join (select x.lane, count(*) as dead from jobs.job_dead x group by x.lane) as d on d.lane = l.id
group by l.id, l.name, l.paused_at, d.dead
order by l.id;

-- name: lane_figures :many
-- Depth and age of every lane from the partial indexes, whatever waits for a later moment; the count of the ready ends at
-- 100,000, the dead are counted in one pass.
select l.name as lane, l.paused_at is not null as is_paused,
       to_char(l.paused_at, 'YYYY-MM-DD"T"HH24:MI:SSTZH:TZM') as paused_at, l.max_running, l.rate_count,
       ceil(extract(epoch from l.rate_period))::bigint as rate_seconds, l.is_fair,
       extract(epoch from l.keep_done)::bigint as keep_done_seconds,
       (select count(*) from (select from jobs.job j where j.state = 1 and j.lane = l.id limit 100000) as r) as ready,
       (select count(*) from jobs.job j where j.state = 2 and j.lane = l.id) as running,
       coalesce(d.dead, 0) as dead,
       coalesce(ceil(extract(epoch from jobs.now() - (
           select min(first.run_at)
           from unnest(array[0, 1, 2, 3]::smallint[]) as p(priority)
           cross join lateral (
               select j.run_at from jobs.job j where j.state = 1 and j.lane = l.id and j.priority = p.priority
               order by j.run_at limit 1) as first))), 0)::bigint as oldest_ready_seconds
from jobs.lane l left join (select x.lane, count(*) as dead from jobs.job_dead x group by x.lane) as d on d.lane = l.id
order by l.id;

-- name: lane_pause :one
-- No job of the lane is taken until it is resumed; a lane that is paused stays so since the first pause. No row: no such lane.
-- $1 lane
update jobs.lane set paused_at = coalesce(paused_at, jobs.now()) where name = $1::text
returning id;

-- name: lane_resume :one
-- Jobs of the lane are taken again. No row: no such lane.
-- $1 lane
update jobs.lane set paused_at = null where name = $1::text returning id;

-- name: lane_limit :one
-- Most running jobs of the lane in all processes together; null takes the limit away. No row: no such lane.
-- $1 lane, $2 most jobs or null
update jobs.lane set max_running = $2::int where name = $1::text returning id;

-- name: kind_report :many
-- What ended of each kind within some hours, and how long it waited and ran.
-- $1 hours
select f.kind, l.name as lane, count(*) filter (where f.outcome = 1) as succeeded,
       count(*) filter (where f.outcome = 2) as cancelled, count(*) filter (where f.outcome = 4) as superseded,
       count(*) filter (where f.attempt > 1) as tried_again,
       coalesce(d.dead, 0) as dead,
       ceil(avg(extract(epoch from f.started_at - f.run_at)) * 1000)::bigint as mean_wait_milliseconds,
       ceil(avg(extract(epoch from f.finished_at - f.started_at)) * 1000)::bigint as mean_run_milliseconds,
       ceil(max(extract(epoch from f.finished_at - f.started_at)) * 1000)::bigint as longest_run_milliseconds
from jobs.job_done f join jobs.lane l on l.id = f.lane
left join (select x.kind, x.lane, count(*) as dead from jobs.job_dead x group by x.kind, x.lane) as d
    on d.kind = f.kind and d.lane = f.lane
where f.finished_at > jobs.now() - $1::int * interval '1 hour'
group by f.kind, f.lane, l.id, l.name, d.dead
order by l.id, f.kind;

-- name: kind_known :one
-- A row when a kind is one that a process takes, a schedule makes, or a job has or had; no row for any other word.
-- $1 kind
select 1 as count
where exists (select from jobs.worker w where $1::text = any(w.kinds))
   or exists (select from jobs.schedule s where s.kind = $1::text)
   or exists (select from jobs.job j where j.kind = $1::text)
   or exists (select from jobs.job_dead d where d.kind = $1::text)
   or exists (select from jobs.job_done f where f.kind = $1::text);

-- name: worker_list :many
-- Every start of a process that is not forgotten yet, the latest first.
-- $1 milliseconds after which a worker without a beat is dead
select w.id, w.host, w.pid, w.version, to_char(w.started_at, 'YYYY-MM-DD"T"HH24:MI:SSTZH:TZM') as started_at,
       case when w.beat_at <= pg_catalog.now() - $1::bigint * interval '1 millisecond' then 'silent'
            when w.stopping_at is not null then 'stopping' else 'live' end as state,
       ceil(extract(epoch from pg_catalog.now() - w.beat_at))::bigint as silent_seconds,
       (select count(*) from jobs.job j where j.state = 2 and j.worker = w.id) as running, w.kinds, w.lanes
from jobs.worker w
order by w.id desc
limit 100;

-- name: running_list :many
-- Jobs that run, the longest running first.
-- $1 how many
select j.id, j.kind, l.name as lane, j.attempt, j.worker, j.ukey as key,
       ceil(extract(epoch from jobs.now() - j.started_at))::bigint as seconds, j.cancel_at is not null as is_cancel_requested
from jobs.job j join jobs.lane l on l.id = j.lane
where j.state = 2
order by j.started_at
limit $1::int;

-- name: failure_list :many
-- The latest failed attempts of the last day.
-- $1 how many
select a.job_id as job, a.attempt, coalesce(j.kind, d.kind, f.kind) as kind, a.error,
       to_char(a.at, 'YYYY-MM-DD"T"HH24:MI:SSTZH:TZM') as at, d.id is not null as is_dead
from (select x.job_id, x.attempt, x.error, x.at from jobs.job_attempt x where x.at > jobs.now() - interval '1 day'
      order by x.at desc limit $1::int) as a
left join jobs.job j on j.id = a.job_id
left join jobs.job_dead d on d.id = a.job_id
left join lateral (select f.kind from jobs.job_done f where f.id = a.job_id and f.finished_at >= a.at limit 1) as f on true
order by a.at desc;

-- name: schedule_list :many
-- Every schedule as it stands, and what became of its latest slot.
select s.key, s.pattern, s.tz, s.kind, s.catch_up, s.overlap, s.enabled and s.withdrawn_at is null as is_enabled, s.last_slot::text as last_slot,
       s.next_slot::text as next_slot, to_char(s.next_at, 'YYYY-MM-DD"T"HH24:MI:SSTZH:TZM') as next_at,
       case when s.enabled and s.withdrawn_at is null then greatest(0, ceil(extract(epoch from jobs.now() - s.next_at)))::bigint end as late_seconds,
       r.outcome, r.reason, r.job_id as job,
       (select count(*) from jobs.schedule_run k
        where k.schedule_id = s.id and k.slot > to_char(jobs.now() - interval '8 days', 'YYYY-MM-DD"T"HH24:MI')
          and k.outcome = 'skipped' and k.at > jobs.now() - interval '1 day') as skipped_recently
from jobs.schedule s
left join lateral (select r.outcome, r.reason, r.job_id from jobs.schedule_run r where r.schedule_id = s.id
                   order by r.slot desc limit 1) as r on true
order by s.key;

-- name: schedule_runs :many
-- What became of the latest slots of a schedule, the latest first.
-- $1 key, $2 how many
select r.slot::text as slot, r.outcome, r.reason, r.job_id,
       to_char(r.at, 'YYYY-MM-DD"T"HH24:MI:SSTZH:TZM') as at
from jobs.schedule_run r join jobs.schedule s on s.id = r.schedule_id
where s.key = $1::text
order by r.slot desc
limit $2::int;

-- name: lane_rates :many
-- What ended and what failed in each lane within the last minute; of very much, the latest 20,000 stand for all.
select l.name as lane,
       (select count(*) from (select f.lane from jobs.job_done f where f.finished_at > jobs.now() - interval '1 minute'
                              limit 20000) as f where f.lane = l.id) as finished,
       (select count(*) from (select a.job_id from jobs.job_attempt a where a.at > jobs.now() - interval '1 minute'
                              limit 20000) as a
        where exists (select from jobs.job j where j.id = a.job_id and j.lane = l.id)
           or exists (select from jobs.job_dead d where d.id = a.job_id and d.lane = l.id)) as failed
from jobs.lane l
order by l.id;

-- name: queue_figures :one
-- Figures of the whole queue and of the server around it, each from an index or a view of the server; counts end at 100,000.
-- $1 milliseconds after which a worker without a beat is dead
select to_char(jobs.now(), 'YYYY-MM-DD"T"HH24:MI:SSTZH:TZM') as at,
       (extract(epoch from pg_catalog.clock_timestamp()) * 1000)::bigint as clock_milliseconds,
       case when w.estimate > 20000 then w.estimate
            else (select count(*) from (select from jobs.job j where j.state = 0 limit 20001) as x) end as waiting,
       (select count(*) from (select from jobs.job j where j.state = 0 and j.open_deps = 0
                                and j.run_at <= jobs.now() + interval '1 hour' limit 100000) as x) as due_within_hour,
       (select count(*) from (select from jobs.job j where j.state = 0 and j.open_deps = 0
                                and j.run_at <= jobs.now() + interval '24 hours' limit 100000) as x) as due_within_day,
       coalesce(ceil(extract(epoch from jobs.now() - least(jobs.now(), (
           select min(j.run_at) from jobs.job j where j.state = 0 and j.open_deps = 0)))), 0)::bigint as overdue_seconds,
       (select count(*) from jobs.job_dead) as dead,
       (select count(*) from jobs.worker k
        where k.beat_at > pg_catalog.now() - $1::bigint * interval '1 millisecond' and k.stopping_at is null) as live_workers,
       (select count(*) from jobs.job j where j.state = 2 and not exists (
            select from jobs.worker k
            where k.id = j.worker and k.beat_at > pg_catalog.now() - $1::bigint * interval '1 millisecond')) as orphans,
       coalesce((select ceil(extract(epoch from max(pg_catalog.now() - k.beat_at))) from jobs.worker k
                 where exists (select from jobs.job j where j.state = 2 and j.worker = k.id)), 0)::bigint as longest_silence_seconds,
       coalesce((select t.n_dead_tup from pg_catalog.pg_stat_user_tables t where t.relid = 'jobs.job'::regclass), 0) as dead_tuples,
       coalesce(ceil(extract(epoch from pg_catalog.now() - (
           select greatest(t.last_vacuum, t.last_autovacuum) from pg_catalog.pg_stat_user_tables t
           where t.relid = 'jobs.job'::regclass))), 0)::bigint as unvacuumed_seconds,
       pg_catalog.pg_notification_queue_usage() as notification_usage,
       coalesce(ceil(extract(epoch from pg_catalog.now() - s.oldest)), 0)::bigint as snapshot_seconds,
       coalesce(s.age, 0)::bigint as snapshot_transactions, s.holder as snapshot_holder,
       pg_catalog.pg_has_role('pg_read_all_stats', 'usage') as is_all_visible
from (select coalesce(max(c.reltuples), 0)::bigint as estimate from pg_catalog.pg_class c
      where c.oid = 'jobs.job_waiting'::regclass) as w
left join (
    select a.xact_start as oldest, pg_catalog.age(a.backend_xmin) as age,
           coalesce(nullif(a.application_name, ''), a.usename::text, '?') || ' (pid ' || a.pid || ')' as holder
    from pg_catalog.pg_stat_activity a
    where a.backend_xmin is not null and a.pid <> pg_catalog.pg_backend_pid() and a.backend_type = 'client backend'
    order by a.xact_start nulls last limit 1) as s on true;

-- name: queue_invalid_indexes :many
-- Indexes of the queue that no query can use.
select c.relname::text as name
from pg_catalog.pg_index i join pg_catalog.pg_class c on c.oid = i.indexrelid
where c.relnamespace = 'jobs'::regnamespace and not (i.indisvalid and i.indisready)
order by 1;

-- name: queue_untaken :many
-- Kinds of ready jobs that no living worker takes, while there is one. Such jobs come to the front of their lane, so the first
-- thousand of each priority are looked at.
-- $1 milliseconds after which a worker without a beat is dead
with live as materialized (
    select w.kinds, w.lanes from jobs.worker w
    where w.beat_at > pg_catalog.now() - $1::bigint * interval '1 millisecond' and w.stopping_at is null
)
select f.kind, count(*) as count
from jobs.lane l
cross join unnest(array[0, 1, 2, 3]::smallint[]) as p(priority)
cross join lateral (
    select j.kind from jobs.job j where j.state = 1 and j.lane = l.id and j.priority = p.priority
    order by j.run_at, j.id limit 1000) as f
where exists (select from live) and not exists (
    select from live w where w.kinds is null or f.kind = any(w.kinds) and l.name = any(w.lanes))
group by f.kind
order by f.kind;

-- name: queue_care :one
-- What upkeep should have done: months and years that are missing, rows without a month of their own, tasks nobody does. And
-- jobs that wait for more than an hour since they were made or taken in what is now the future: looked for only where the
-- clock has been set back once.
select (select count(*)
        from unnest(array['job_done', 'job_attempt']) as t(parent)
        cross join generate_series(date_trunc('month', jobs.now() at time zone 'UTC'),
                                   date_trunc('month', jobs.now() at time zone 'UTC') + interval '1 month', interval '1 month') as month
        where to_regclass('jobs.' || t.parent || '_' || to_char(month, 'YYYY_MM')) is null) as missing,
       (select count(*) from (
            (select 1 from jobs.job_done_other limit 1000) union all (select 1 from jobs.job_attempt_other limit 1000)
            union all (select 1 from jobs.schedule_run_other limit 1000)) as s) as strays,
       array(select u.task from jobs.upkeep u
             where u.due_at < pg_catalog.now() - interval '15 minutes' or u.done_at > pg_catalog.now() + interval '1 minute'
             order by u.task)::text[] as neglected,
       array(select j.id::text from jobs.job j
             where j.state = 0 and j.run_at > jobs.now() + interval '1 hour'
               and greatest(j.enqueued_at, j.started_at) > jobs.now() + interval '1 minute'
               and exists (select from jobs.clock_event e where e.what = 'returned' or e.what = 'moved' and e.shift < interval '0')
             order by j.run_at, j.id limit 1000)::text[] as stranded;

-- name: queue_plan_begin :one
-- On a small table reading all of it is the better plan; what is asked is whether the index can be used.
select set_config('enable_seqscan', 'off', true) as set;

-- name: queue_plan_ready :many
-- How the next ready jobs of a lane are found.
explain select j.id from jobs.job j where j.state = 1 and j.lane = 6 order by j.priority, j.run_at, j.id limit 100;

-- name: queue_plan_waiting :many
-- How waiting jobs whose moment has come are found.
explain select j.id from jobs.job j where j.state = 0 and j.open_deps = 0 and j.run_at <= jobs.now() order by j.run_at limit 1000;

-- name: queue_plan_running :many
-- How the jobs of a worker are found.
explain select j.id from jobs.job j where j.state = 2 and j.worker = 1;
