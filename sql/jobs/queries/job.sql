-- name: job_enqueue :one
-- A new job; no row when an unfinished job of the kind has the key already.
-- $1 lane, $2 kind, $3 priority, $4 most attempts, $5 key or null, $6 payload, $7 instant or null,
-- $8 civil time or null, $9 its zone or null, $10 milliseconds from now, $11 milliseconds an attempt may take or null,
-- $12 traceparent or null
with moment as (
    select coalesce($7::timestamptz, $8::timestamp at time zone $9::text,
                    jobs.now() + $10::bigint * interval '1 millisecond') as run_at
)
insert into jobs.job (lane, kind, priority, max_attempt, ukey, payload, run_at, state, time_limit_ms, trace, tenant)
select l.id, $2::text, $3::smallint, $4::smallint, $5::text, $6::jsonb, m.run_at,
       case when m.run_at <= jobs.now() then 1 else 0 end, $11::int, $12::text, case when l.is_fair then '' end
from moment m left join jobs.lane l on l.name = $1::text
on conflict (kind, ukey) where ukey is not null do nothing
returning id;

-- name: job_enqueue_many :many
-- Many jobs of one kind, ready at once; keys that an unfinished job has already are left out.
-- $1 lane, $2 kind, $3 priority, $4 most attempts, $5 payloads, $6 keys (null for none), one for each payload,
-- $7 traceparent or null
insert into jobs.job (lane, kind, priority, max_attempt, ukey, payload, state, trace, tenant)
select l.id, $2::text, $3::smallint, $4::smallint, n.ukey, n.payload::jsonb, 1, $7::text, case when l.is_fair then '' end
from unnest($5::text[], $6::text[]) as n(payload, ukey) left join jobs.lane l on l.name = $1::text
on conflict (kind, ukey) where ukey is not null do nothing
returning id;

-- name: job_promote :one
-- Waiting jobs whose moment has come become ready; at most 1,000 at a time.
-- $1 earliest moment that is looked at, null for the front
with promoted as (
    update jobs.job set state = 1
    where id = any(array(select j.id from jobs.job j where j.state = 0 and j.open_deps = 0 and j.run_at <= jobs.now()
                           and j.run_at >= coalesce($1::timestamptz, '-infinity')
                         order by j.run_at limit 1000 for update skip locked))
    returning id
)
select count(*) as count from promoted;

-- name: job_age :one
-- Ready jobs passed over for ten minutes move up by one priority; at most 1,000 at a time. Each priority is looked at by itself,
-- so that the index ends at those that are too young.
with aged as (
    update jobs.job set priority = priority - 1, aged_at = jobs.now()
    where id = any(array(
        select picked.id
        from jobs.lane l
        cross join unnest(array[1, 2, 3]::smallint[]) as p(priority)
        cross join lateral (
            select c.id from jobs.job c
            where c.state = 1 and c.lane = l.id and c.priority = p.priority
              and c.run_at < jobs.now() - interval '10 minutes'
              and (c.aged_at is null or c.aged_at < jobs.now() - interval '10 minutes')
            order by c.run_at limit 1000 for update skip locked) as picked
        limit 1000))
    returning id
)
select count(*) as count from aged;

-- name: lane_numbers :many
-- Numbers of lanes.
-- $1 names
select l.id, l.name from jobs.lane l where l.name = any($1::text[]) order by l.id;

-- name: job_pump :many
-- Acknowledges the jobs that ended well and takes the next, in one statement and so in one commit.
-- Jobs this worker no longer holds are left alone; a worker declared dead takes none; lanes with a rule over all processes
-- are left to flow_claim. One row at least: its first columns are about the whole, the rest is a job or null.
-- A running job is known by its worker alone, so that no plan but the one by primary key is possible.
-- A job that has lost two workers may be what kills them, and so may others that ran beside it: a worker runs one of them
-- at a time, so that the next death tells which.
-- $1 worker, $2 ended ids, $3 their attempts, $4 their outcomes, $5 lanes, $6 room in each, $7 kinds this worker knows,
-- $8 milliseconds after which it is dead without a beat, $9 to $11 priority, moment and id of the place in each lane where the
-- look begins, null for the front, $12 and $13 earliest moment and least number of a loose end that are looked at, null for the
-- front
with fin as (
    delete from jobs.job j
    using unnest($2::bigint[], $3::smallint[], $4::smallint[]) as f(id, attempt, outcome)
    where j.id = f.id and j.attempt = f.attempt and j.worker is not distinct from $1::int
    returning j.*, f.outcome
), history as (
    insert into jobs.job_done (id, lane, kind, priority, run_at, attempt, max_attempt, rescues, worker, started_at, ukey,
                               payload, last_error, enqueued_at, enqueued_by, outcome, trace)
    select id, lane, kind, priority, run_at, attempt, max_attempt, rescues, worker, started_at, ukey,
           payload, last_error, enqueued_at, enqueued_by, outcome, trace
    from fin
    returning 1
), told as (
    insert into jobs.loose_end (job_id, what) select id, outcome from fin where is_linked returning 1
), me as materialized (
    select from jobs.worker w
    where w.id = $1::int and w.beat_at > pg_catalog.now() - $8::bigint * interval '1 millisecond'
), suspect as materialized (
    select s.id
    from jobs.job s
    join unnest($5::smallint[], $6::int[]) as r(lane, room) on r.lane = s.lane and r.room > 0
    join jobs.lane l on l.id = s.lane and l.paused_at is null and not l.is_restricted
    where s.rescues >= 2 and s.state = 1 and s.kind = any($7::text[])
      and not exists (select from jobs.job h
                      where h.rescues >= 2 and h.state = 2 and h.worker = $1::int and h.id <> all($2::bigint[]))
    order by s.id limit 1
), taken as (
    update jobs.job as j
    set state = 2, worker = $1::int, attempt = j.attempt + 1, started_at = jobs.now()
    where j.id = any(array(
        select picked.id
        from unnest($5::smallint[], $6::int[], $9::smallint[], $10::timestamptz[], $11::bigint[])
             as r(lane, room, priority, run_at, id)
        join jobs.lane l on l.id = r.lane and l.paused_at is null and not l.is_restricted
        cross join lateral (
            select c.id from jobs.job c
            where c.state = 1 and c.lane = l.id and c.kind = any($7::text[])
              and (c.priority, c.run_at, c.id)
                  >= (coalesce(r.priority, (-32768)::smallint), coalesce(r.run_at, '-infinity'), coalesce(r.id, 0))
              and (c.rescues < 2 or c.id = (select s.id from suspect s))
            order by c.priority, c.run_at, c.id
            limit r.room for update skip locked) as picked
        where exists (select from me)))
    returning j.id, j.kind, j.lane, j.attempt, j.max_attempt, j.ukey as key, j.payload::text as payload, j.time_limit_ms,
              j.trace, j.cancel_at is not null as is_cancelled,
              (extract(epoch from jobs.now() - j.run_at) * 1000)::bigint as waited_ms
), coming as materialized (
    -- Waiting jobs, places in lines, and ends that have not been dealt with: jobs.flow_pause(), written out.
    select ceil(extract(epoch from least(
               (select min(w.run_at) from jobs.job w
                where w.state = 0 and w.open_deps = 0 and w.run_at >= coalesce($12::timestamptz, '-infinity')),
               (select min(p.due_at) from jobs.turn p
                where p.state = 0 and p.due_at is not null
                  and p.due_at >= coalesce($12::timestamptz, '-infinity'))) - jobs.now()) * 1000)::bigint as waiting_ms,
           ceil(extract(epoch from case
               when $13::bigint is null then (select min(e.not_before) from jobs.loose_end e)
               else (select min(n.not_before)
                     from (select e.not_before from jobs.loose_end e where e.id >= $13::bigint order by e.id limit 1000) as n)
               end - pg_catalog.now()) * 1000)::bigint as untied_ms
)
select (select count(*) from history) as acknowledged, (select count(*) from told) as linked, exists (select from me) as is_alive,
       (select string_agg(l.id::text, ',') from jobs.lane l
        where l.is_restricted and l.paused_at is null and l.id = any($5::smallint[])) as restricted,
       (select c.waiting_ms from coming c) as waiting_ms, (select least(c.waiting_ms, c.untied_ms) from coming c) as next_ms, t.*
-- Nothing of the first columns stands in the join: so they are reckoned at its first row, and jobs are taken before ended ones are
-- removed. The other way round two workers fall into step, and each waits for the other: a fifth slower.
from (select) as head
left join taken as t on true;

-- name: job_places :many
-- Of jobs, the last of each lane in the order in which they are taken.
-- $1 ids
select distinct on (j.lane) j.lane, j.priority, j.run_at::text as run_at, j.id
from jobs.job j where j.id = any($1::bigint[])
order by j.lane, j.priority desc, j.run_at desc, j.id desc;

-- name: job_floor :one
-- Where looks for what has yet to come begin: before what a look from the front found just now, and before what transactions of up
-- to a second may yet commit.
-- $1 milliseconds until the next waiting job is due, negative when it is already, null when none waits, $2 milliseconds since the
-- look began
select (jobs.now() + (least(0, $1::bigint) - $2::bigint) * interval '1 millisecond' - interval '1 second')::text as run_at,
       s.last_value - 1000 as loose_end
from jobs.loose_end_id_seq s;

-- name: job_finish :many
-- Moves running jobs into the history; a job this worker no longer holds is left alone.
-- $1 worker, $2 ids, $3 attempts, $4 outcomes
with fin as (
    delete from jobs.job j using unnest($2::bigint[], $3::smallint[], $4::smallint[]) as f(id, attempt, outcome)
    where j.id = f.id and j.attempt = f.attempt and j.worker is not distinct from $1::int
    returning j.*, f.outcome
), told as (
    insert into jobs.loose_end (job_id, what) select id, outcome from fin where is_linked
)
insert into jobs.job_done (id, lane, kind, priority, run_at, attempt, max_attempt, rescues, worker, started_at, ukey,
                           payload, last_error, enqueued_at, enqueued_by, outcome, trace)
select id, lane, kind, priority, run_at, attempt, max_attempt, rescues, worker, started_at, ukey,
       payload, last_error, enqueued_at, enqueued_by, outcome, trace
from fin
returning id;

-- name: job_unacknowledged :many
-- Of attempts reported as ended, those that this worker did not end, now or by a statement whose answer was lost.
-- $1 worker, $2 ids, $3 attempts
select f.id
from unnest($2::bigint[], $3::smallint[]) as f(id, attempt)
where not exists (select from jobs.job_done d
                  where d.id = f.id and d.attempt = f.attempt and d.worker = $1::int)
  and not exists (select from jobs.job_attempt a
                  where a.job_id = f.id and a.attempt = f.attempt and a.worker = $1::int
                    and a.error <> 'worker ' || $1::int || ' lost')
order by f.id;

-- name: job_unheard :many
-- Of attempts that run, those of which nothing is known here: neither does this worker hold them nor did it end them.
-- $1 worker, $2 ids, $3 attempts
select f.id
from unnest($2::bigint[], $3::smallint[]) as f(id, attempt)
where not exists (select from jobs.job j where j.id = f.id and j.attempt = f.attempt and j.worker = $1::int)
  and not exists (select from jobs.job_done d where d.id = f.id and d.attempt = f.attempt and d.worker = $1::int)
  and not exists (select from jobs.job_attempt a where a.job_id = f.id and a.attempt = f.attempt and a.worker = $1::int)
order by f.id;

-- name: job_retry :many
-- Running jobs whose attempt failed wait for their next one, unless somebody ended them meanwhile; the failure is noted.
-- $1 worker, $2 ids, $3 attempts, $4 milliseconds to wait, $5 errors
with ended as (
    delete from jobs.job j using unnest($2::bigint[], $3::smallint[], $5::text[]) as f(id, attempt, error)
    where j.id = f.id and j.attempt = f.attempt and j.worker is not distinct from $1::int and j.cancel_at is not null
    returning j.*, f.error
), done as (
    insert into jobs.job_done (id, lane, kind, priority, run_at, attempt, max_attempt, rescues, worker, started_at, ukey,
                               payload, last_error, enqueued_at, enqueued_by, outcome, trace)
    select id, lane, kind, priority, run_at, attempt, max_attempt, rescues, worker, started_at, ukey,
           payload, error, enqueued_at, enqueued_by, 2, trace
    from ended
), failed as (
    update jobs.job j
    set state = 0, worker = null, run_at = jobs.now() + f.delay * interval '1 millisecond', last_error = f.error
    from unnest($2::bigint[], $3::smallint[], $4::bigint[], $5::text[]) as f(id, attempt, delay, error)
    where j.id = f.id and j.attempt = f.attempt and j.worker is not distinct from $1::int and j.cancel_at is null
    returning j.id, j.attempt, j.started_at, f.error, j.is_linked
), told as (
    insert into jobs.loose_end (job_id, what)
    select id, 5 from failed where is_linked union all select id, 2 from ended where is_linked
), noted as (
    insert into jobs.job_attempt (job_id, attempt, worker, started_at, error)
    select id, attempt, $1::int, started_at, error from failed
    union all select id, attempt, $1::int, started_at, error from ended
)
select id from failed union all select id from ended;

-- name: job_bury :many
-- Running jobs that will not be tried again wait for a person, unless one ended them meanwhile; the failure is noted.
-- $1 worker, $2 ids, $3 attempts, $4 errors, $5 reasons
with ended as (
    delete from jobs.job j using unnest($2::bigint[], $3::smallint[], $4::text[]) as f(id, attempt, error)
    where j.id = f.id and j.attempt = f.attempt and j.worker is not distinct from $1::int and j.cancel_at is not null
    returning j.*, f.error
), done as (
    insert into jobs.job_done (id, lane, kind, priority, run_at, attempt, max_attempt, rescues, worker, started_at, ukey,
                               payload, last_error, enqueued_at, enqueued_by, outcome, trace)
    select id, lane, kind, priority, run_at, attempt, max_attempt, rescues, worker, started_at, ukey,
           payload, error, enqueued_at, enqueued_by, 2, trace
    from ended
), lost as (
    delete from jobs.job j using unnest($2::bigint[], $3::smallint[], $4::text[], $5::text[]) as f(id, attempt, error, reason)
    where j.id = f.id and j.attempt = f.attempt and j.worker is not distinct from $1::int and j.cancel_at is null
    returning j.*, f.error, f.reason
), noted as (
    insert into jobs.job_attempt (job_id, attempt, worker, started_at, error)
    select id, attempt, worker, started_at, error from lost
    union all select id, attempt, worker, started_at, error from ended
), told as (
    insert into jobs.loose_end (job_id, what)
    select id, 3 from lost where is_linked union all select id, 2 from ended where is_linked
), buried as (
    insert into jobs.job_dead (id, lane, kind, priority, run_at, attempt, max_attempt, rescues, worker, started_at, ukey,
                               payload, last_error, enqueued_at, enqueued_by, reason, time_limit_ms, trace, is_linked, tenant)
    select id, lane, kind, priority, run_at, attempt, max_attempt, rescues, worker, started_at, ukey,
           payload, error, enqueued_at, enqueued_by, reason, time_limit_ms, trace, is_linked, tenant
    from lost
    returning id
)
select id from buried union all select id from ended;

-- name: job_snooze :many
-- Running jobs that asked to be run later, unless somebody ended them meanwhile; the attempt does not count.
-- $1 worker, $2 ids, $3 attempts, $4 milliseconds to wait
with ended as (
    delete from jobs.job j using unnest($2::bigint[], $3::smallint[]) as f(id, attempt)
    where j.id = f.id and j.attempt = f.attempt and j.worker is not distinct from $1::int and j.cancel_at is not null
    returning j.*
), done as (
    insert into jobs.job_done (id, lane, kind, priority, run_at, attempt, max_attempt, rescues, worker, started_at, ukey,
                               payload, last_error, enqueued_at, enqueued_by, outcome, trace)
    select id, lane, kind, priority, run_at, attempt, max_attempt, rescues, worker, started_at, ukey,
           payload, last_error, enqueued_at, enqueued_by, 2, trace
    from ended
), snoozed as (
    update jobs.job j
    set state = 0, worker = null, attempt = j.attempt - 1, run_at = jobs.now() + f.delay * interval '1 millisecond'
    from unnest($2::bigint[], $3::smallint[], $4::bigint[]) as f(id, attempt, delay)
    where j.id = f.id and j.attempt = f.attempt and j.worker is not distinct from $1::int and j.cancel_at is null
    returning j.id, j.is_linked
), told as (
    insert into jobs.loose_end (job_id, what)
    select id, 5 from snoozed where is_linked union all select id, 2 from ended where is_linked
)
select id from snoozed union all select id from ended;

-- name: job_release :many
-- Jobs this worker holds but does not run go back to the ready ones; the attempt does not count.
-- $1 worker, $2 ids it does run
update jobs.job j set state = 1, worker = null, attempt = j.attempt - 1, started_at = null
where j.worker = $1::int and j.state = 2 and j.id <> all($2::bigint[])
returning j.id;

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
), told as (
    insert into jobs.loose_end (job_id, what) select id, 3 from poison where is_linked
), buried as (
    insert into jobs.job_dead (id, lane, kind, priority, run_at, attempt, max_attempt, rescues, worker, started_at, ukey,
                               payload, last_error, enqueued_at, enqueued_by, reason, time_limit_ms, trace, is_linked, tenant)
    select id, lane, kind, priority, run_at, attempt, max_attempt, rescues, worker, started_at, ukey,
           payload, 'worker ' || worker || ' lost', enqueued_at, enqueued_by, 'kills its worker', time_limit_ms,
           trace, is_linked, tenant
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

-- name: job_next_moment :one
-- Milliseconds until the next waiting job is due; null when none waits.
-- $1 earliest moment that is looked at, null for the front
select ceil(extract(epoch from min(j.run_at) - jobs.now()) * 1000)::bigint as milliseconds
from jobs.job j where j.state = 0 and j.open_deps = 0 and j.run_at >= coalesce($1::timestamptz, '-infinity');
