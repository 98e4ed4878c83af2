-- name: flow_put :many
-- Jobs of one kind with a moment, key, priority, tenant and turn each; one row for each, in their order: the job made, or
-- the unfinished one that has the key (null when a transaction not yet seen has it).
-- $1 lane, $2 kind, $3 priority, $4 most attempts, $5 payloads, $6 keys, $7 instants, $8 civil times, $9 their zones,
-- $10 milliseconds from now, $11 priorities, $12 tenants, $13 serial keys, $14 limit keys, $15 most at once under the limit key,
-- $16 jobs they come after, $17 what becomes of them when such a job fails, $18 batch or null,
-- $19 milliseconds an attempt may take, or null for each, $20 traceparent or null
with item as materialized (
    select n.place, n.ukey, n.payload::jsonb as payload, coalesce(n.priority, $3::smallint) as priority, n.tenant,
           n.serial_key, n.limit_key, n.most, n.time_limit, nextval('jobs.job_id_seq') as id,
           coalesce(n.instant::timestamptz, n.civil::timestamp at time zone n.zone,
                    jobs.now() + n.pause * interval '1 millisecond') as run_at,
           n.serial_key is not null or n.limit_key is not null or cardinality($16::bigint[]) > 0 as is_held
    from unnest($5::text[], $6::text[], $7::text[], $8::text[], $9::text[], $10::bigint[], $11::smallint[], $12::text[],
                $13::text[], $14::text[], $15::int[], $19::int[])
        with ordinality as n(payload, ukey, instant, civil, zone, pause, priority, tenant, serial_key, limit_key, most,
                             time_limit, place)
), queued as (
    insert into jobs.job (id, lane, kind, priority, max_attempt, ukey, payload, run_at, state, open_deps, is_linked, tenant,
                          time_limit_ms, trace)
    overriding system value
    select i.id, l.id, $2::text, i.priority, $4::smallint, i.ukey, i.payload, i.run_at,
           case when i.is_held or i.run_at > jobs.now() then 0 else 1 end, i.is_held::int,
           i.is_held or $18::bigint is not null, coalesce(i.tenant, case when l.is_fair then '' end),
           i.time_limit, $20::text
    from item i left join jobs.lane l on l.name = $1::text
    -- In the order of keys, so that two who enqueue the same keys wait for each other and never both.
    order by i.ukey nulls first, i.place
    on conflict (kind, ukey) where ukey is not null do nothing
    returning id, ukey
), edges as (
    insert into jobs.dependency (job_id, after_id, on_failure)
    select q.id, a.id, $17::text from queued q cross join (select distinct unnest($16::bigint[]) as id) as a
), members as (
    insert into jobs.batch_member (batch_id, job_id)
    select $18::bigint, q.id from queued q where $18::bigint is not null
), turns as (
    insert into jobs.turn (job_id, key, is_serial, most, rank, due_at)
    select q.id, 'serial ' || i.serial_key, true, 1, 0, case when cardinality($16::bigint[]) = 0 then i.run_at end
    from queued q join item i on i.id = q.id where i.serial_key is not null
    union all
    select q.id, 'limit ' || i.limit_key, false, i.most, i.priority,
           case when cardinality($16::bigint[]) = 0 and i.serial_key is null then i.run_at end
    from queued q join item i on i.id = q.id where i.limit_key is not null
), told as (
    -- What they come after may end before this transaction does.
    insert into jobs.loose_end (job_id, what) select q.id, 7 from queued q where cardinality($16::bigint[]) > 0
)
select i.place, q.id, coalesce(s.id, t.id) as twin, coalesce(t.state = 2, false) as is_running
from item i
left join queued q on q.id = i.id
left join queued s on q.id is null and s.ukey = i.ukey
left join jobs.job t on q.id is null and s.id is null and t.kind = $2::text and t.ukey = i.ukey
order by i.place;

-- name: flow_replace :many
-- Changes unstarted jobs that have the keys; one row for each that was changed.
-- $1 kind, $2 replace, bringForward or debounce, $3 keys, $4 payloads, $5 instants, $6 civil times, $7 their zones,
-- $8 milliseconds from now, $9 priorities or null, $10 milliseconds after enqueueing beyond which no moment is pushed back
with wanted as materialized (
    -- Of several under one key the last counts.
    select distinct on (n.ukey) n.ukey, n.payload::jsonb as payload, n.priority,
           coalesce(n.instant::timestamptz, n.civil::timestamp at time zone n.zone,
                    jobs.now() + n.pause * interval '1 millisecond') as run_at
    from unnest($3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::bigint[], $9::smallint[])
        with ordinality as n(ukey, payload, instant, civil, zone, pause, priority, place)
    order by n.ukey, n.place desc
), held as materialized (
    select j.id, w.payload, w.priority,
           case $2::text
               when 'replace' then w.run_at
               when 'bringForward' then least(j.run_at, w.run_at)
               else case when j.state = 0 and j.run_at > jobs.now()
                         then least(greatest(w.run_at, j.run_at), j.enqueued_at + $10::bigint * interval '1 millisecond')
                         else j.run_at end
           end as run_at
    from jobs.job j join wanted w on w.ukey = j.ukey
    where j.kind = $1::text and j.state in (0, 1)
    order by j.id
    for update of j
), changed as (
    update jobs.job j
    set payload = case when $2::text = 'bringForward' then j.payload else h.payload end,
        -- Who ended the run did not mean the new work.
        cancel_at = case when $2::text = 'bringForward' then j.cancel_at end,
        priority = case when $2::text = 'bringForward' then least(j.priority, h.priority) else coalesce(h.priority, j.priority) end,
        run_at = h.run_at,
        state = case when j.open_deps > 0 or h.run_at > jobs.now() then 0 else 1 end
    from held h where j.id = h.id and j.state in (0, 1)
    returning j.id, j.ukey, j.open_deps, j.is_linked
), told as (
    insert into jobs.loose_end (job_id, what)
    select c.id, case when c.open_deps > 0 then 7 else 5 end from changed c where c.is_linked
)
select c.id, c.ukey as key from changed c;

-- name: flow_twins :many
-- Unfinished jobs that have the keys.
-- $1 kind, $2 keys
select j.id, j.ukey as key, j.state = 2 as is_running from jobs.job j where j.kind = $1::text and j.ukey = any($2::text[]);

-- name: flow_copy :exec
-- Jobs copied in, without keys.
copy jobs.job (id, lane, kind, priority, max_attempt, payload, run_at, state, is_linked, tenant, time_limit_ms, trace)
from stdin;

-- name: flow_copy_members :exec
-- The batch of jobs copied in.
copy jobs.batch_member (batch_id, job_id) from stdin;

-- name: flow_numbers :many
-- Numbers for jobs that are copied in.
-- $1 how many
select nextval('jobs.job_id_seq') as id from generate_series(1, $1::int);

-- name: flow_moments :many
-- Moments as PostgreSQL writes them, and whether they have come; the last row is now.
-- $1 instants, $2 civil times, $3 their zones, $4 milliseconds from now
select m.run_at::text as moment, m.run_at <= jobs.now() as has_come
from (
    select n.place, coalesce(n.instant::timestamptz, n.civil::timestamp at time zone n.zone,
                             jobs.now() + n.pause * interval '1 millisecond') as run_at
    from unnest($1::text[], $2::text[], $3::text[], $4::bigint[])
        with ordinality as n(instant, civil, zone, pause, place)
    union all
    select null, jobs.now()
) as m
order by m.place nulls last;

-- name: flow_lane :one
-- A lane by its name.
-- $1 name
select l.id, l.is_fair from jobs.lane l where l.name = $1::text;

-- name: flow_tie :one
-- Deals with the ends of linked jobs; how many jobs became ready, and when there is more to do.
select t.made_ready, t.milliseconds from jobs.tie() as t;

-- name: flow_pause :one
-- Milliseconds until linked jobs have to be looked at; null when nothing is known.
select jobs.flow_pause() as milliseconds;

-- name: flow_claim :many
-- Takes ready jobs of the lanes that have a rule over all processes.
-- $1 worker, $2 lanes, $3 room in each, $4 kinds this worker knows, $5 milliseconds after which it is dead without a beat
select c.id, c.kind, c.lane, c.attempt, c.max_attempt, c.ukey as key, c.payload::text as payload, c.time_limit_ms, c.trace,
       c.cancel_at is not null as is_cancelled, (extract(epoch from jobs.now() - c.run_at) * 1000)::bigint as waited_ms
from jobs.claim_restricted($1::int, $2::smallint[], $3::int[], $4::text[], $5::bigint) as c;

-- name: flow_lane_pause :one
-- Milliseconds until a lane that is out of starts may start a job, null when none waits for that; and whether jobs are ready in
-- lanes that are not.
-- $1 lanes, $2 those of which the second is asked
select jobs.rate_pause($1::smallint[]) as milliseconds,
       exists (select from jobs.lane l
               where l.id = any($2::smallint[]) and l.paused_at is null and jobs.rate_pause(array[l.id]) is null
                 and exists (select from jobs.job j where j.state = 1 and j.lane = l.id)) as has_ready;

-- name: flow_lane_rule_read :one
-- The rules of a lane, which nobody else changes until the end of the transaction; no row when there is no such lane.
-- $1 lane
select l.id, l.max_running, l.rate_count, (extract(epoch from l.rate_period) * 1000)::bigint as rate_milliseconds, l.is_fair
from jobs.lane l where l.name = $1::text for no key update;

-- name: flow_lane_rule :one
-- Gives a lane its rules over all processes; no row when there is no such lane.
-- $1 lane, $2 most running or null, $3 most starts or null, $4 in so many milliseconds or null, $5 whether tenants share it
with ruled as (
    update jobs.lane l
    set max_running = $2::int, rate_count = $3::int, rate_period = $4::bigint * interval '1 millisecond', is_fair = $5::boolean,
        -- A rate that stays keeps what it has counted.
        rate_tokens = case when l.rate_count = $3::int and l.rate_period = $4::bigint * interval '1 millisecond'
                           then l.rate_tokens else 0 end,
        rate_at = case when l.rate_count is null then 'epoch'
                       when l.rate_count = $3::int and l.rate_period = $4::bigint * interval '1 millisecond' then l.rate_at
                       else jobs.now() end
    where l.name = $1::text
    returning l.id
), named as (
    update jobs.job j set tenant = '' from ruled r where $5::boolean and j.lane = r.id and j.tenant is null
)
select r.id from ruled r;

-- name: batch_open :one
-- A new batch and what is to be done when its last job has ended.
-- $1 name, $2 policy, $3 kind of the follow-up or null, $4 its lane, $5 its payload, $6 its priority, $7 its most attempts
with opened as (
    insert into jobs.batch (name, policy, then_kind, then_lane, then_payload, then_priority, then_max_attempt)
    select $1::text, $2::text, $3::text, (select l.id from jobs.lane l where l.name = $4::text), $5::jsonb, $6::smallint,
           $7::smallint
    returning id
), told as (
    insert into jobs.loose_end (batch_id, what) select o.id, 8 from opened o
)
select o.id from opened o;

-- name: batch_join :one
-- Holds a batch open until the end of the transaction; no row when it has closed.
-- $1 batch
select b.id from jobs.batch b where b.id = $1::bigint and b.closed_at is null for key share;

-- name: batch_show :one
-- A batch with its members counted.
-- $1 batch
select b.id, b.name, b.policy, b.then_kind, b.closed_at is not null as is_closed, b.follow_up,
       to_char(b.opened_at, 'YYYY-MM-DD"T"HH24:MI:SSTZH:TZM') as opened_at,
       to_char(b.closed_at, 'YYYY-MM-DD"T"HH24:MI:SSTZH:TZM') as closed_at,
       count(m.job_id) filter (where m.state = 0) as unfinished, count(m.job_id) filter (where m.state = 1) as succeeded,
       count(m.job_id) filter (where m.state = 2) as cancelled, count(m.job_id) filter (where m.state = 3) as dead
from jobs.batch b left join jobs.batch_member m on m.batch_id = b.id
where b.id = $1::bigint
group by b.id;

-- name: step_load :many
-- Results of a job's steps.
-- $1 job
select s.name, s.result::text as result from jobs.job_step s where s.job_id = $1::bigint;

-- name: step_store :one
-- Keeps the result of a step; no row when the worker no longer holds the job. What is there already stays.
-- $1 job, $2 worker, $3 attempt, $4 name, $5 result
with mine as materialized (
    select j.id, j.is_linked from jobs.job j
    where j.id = $1::bigint and j.worker = $2::int and j.attempt = $3::smallint and j.state = 2
    for no key update
), linked as (
    update jobs.job j set is_linked = true from mine m where j.id = m.id and not m.is_linked
)
insert into jobs.job_step as s (job_id, name, attempt, result)
select m.id, $4::text, $3::smallint, $5::jsonb from mine m
on conflict (job_id, name) do update set result = s.result
returning s.result::text as result;

-- name: effect_load :one
-- What was done under a key, if it was.
-- $1 key
select e.job_id as job, e.result::text as result, to_char(e.at, 'YYYY-MM-DD"T"HH24:MI:SSTZH:TZM') as at
from jobs.effect e where e.key = $1::text;

-- name: effect_begin :one
-- Claims a key for an effect until the end of the transaction; no row when it has been done.
-- $1 key, $2 job
insert into jobs.effect (key, job_id) values ($1::text, $2::bigint) on conflict (key) do nothing returning job_id as id;

-- name: effect_end :exec
-- Keeps the result of an effect.
-- $1 key, $2 result
update jobs.effect set result = $2::jsonb where key = $1::text;

-- name: effect_store :one
-- Notes an effect outside the database under its key; no row when the worker no longer holds the job. The first word stays.
-- $1 key, $2 result, $3 job, $4 worker, $5 attempt
with mine as materialized (
    select j.id from jobs.job j
    where j.id = $3::bigint and j.worker = $4::int and j.attempt = $5::smallint and j.state = 2
    for no key update
)
insert into jobs.effect as e (key, job_id, result)
select $1::text, m.id, $2::jsonb from mine m
on conflict (key) do update set result = e.result
returning e.result::text as result;

-- name: flow_show :one
-- What connects a job with others: its steps, what it comes after, its keys, its batch; no row when nothing does.
-- $1 job
with live as (
    select jsonb_strip_nulls(jsonb_build_object(
        'steps', (select jsonb_agg(jsonb_build_object(
                             'name', s.name, 'attempt', s.attempt, 'result', s.result,
                             'at', to_char(s.at, 'YYYY-MM-DD"T"HH24:MI:SSTZH:TZM')) order by s.at, s.name)
                  from jobs.job_step s where s.job_id = $1::bigint),
        'after', (select jsonb_agg(d.after_id order by d.after_id) from jobs.dependency d where d.job_id = $1::bigint),
        'keys', (select jsonb_agg(t.key order by t.key) from jobs.turn t where t.job_id = $1::bigint))) as trail
), links as (
    select l.trail || coalesce((select t.trail from jobs.job_trail t where t.job_id = $1::bigint and l.trail = '{}'), '{}') as trail,
           (select m.batch_id from jobs.batch_member m where m.job_id = $1::bigint) as batch,
           (select array_agg(d.after_id order by d.after_id) from jobs.dependency d
            where d.job_id = $1::bigint and not d.is_met) as waits_for,
           (select array_agg(d.job_id order by d.job_id) from jobs.dependency d where d.after_id = $1::bigint) as followers,
           (select t.key from jobs.turn t where t.job_id = $1::bigint and t.state = 1) as in_line_for,
           (select array_agg(h.job_id order by h.job_id) from jobs.turn t join jobs.turn h on h.key = t.key and h.state = 2
            where t.job_id = $1::bigint and t.state = 1) as held_by
    from live l
)
select coalesce(x.trail -> 'steps', '[]') as steps, coalesce(x.trail -> 'after', '[]') as "after",
       coalesce(x.trail -> 'keys', '[]') as keys, x.batch, coalesce(x.waits_for, '{}') as waits_for,
       coalesce(x.followers, '{}') as followers, x.in_line_for, coalesce(x.held_by, '{}') as held_by
from links x
where x.trail <> '{}' or x.batch is not null or x.followers is not null;

-- name: flow_prune :one
-- Forgets trails and closed batches that are older than the history that is kept longest; how many.
with age as (
    select jobs.now() - max(l.keep_done) as limit_at from jobs.lane l
), batches as (
    delete from jobs.batch b using age a where b.closed_at < a.limit_at returning 1
), trails as (
    delete from jobs.job_trail t using age a where t.ended_at < a.limit_at returning 1
)
select (select count(*) from batches) + (select count(*) from trails) as count;

-- name: flow_check :one
-- Finds what is connected with jobs that are gone and leaves it to be dealt with; how much.
select jobs.find_loose_ends() as count;
