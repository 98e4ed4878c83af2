-- name: upkeep_take :many
-- Tasks that are due and that no other process has taken; they come again after their pauses. One that is to come later than
-- its pause has that moment from a clock that was ahead and has been set back: it is due.
-- $1 tasks, $2 seconds between two times, $3 whether to take them before their time
update jobs.upkeep u set due_at = pg_catalog.now() + t.pause * interval '1 second'
from unnest($1::text[], $2::bigint[]) as t(task, pause)
where t.task = u.task and u.task = any(array(
    select d.task from jobs.upkeep d join unnest($1::text[], $2::bigint[]) as p(task, pause) on p.task = d.task
    where d.due_at <= pg_catalog.now() or $3::boolean
       or d.due_at > pg_catalog.now() + p.pause * interval '1 second' + interval '1 minute'
    for update of d skip locked))
returning u.task;

-- name: upkeep_done :exec
-- Notes how a task went; one that failed comes again in a minute.
-- $1 task, $2 outcome, $3 whether it failed
update jobs.upkeep u
set done_at = case when $3::boolean then u.done_at else pg_catalog.now() end, outcome = $2::text,
    due_at = case when $3::boolean then least(u.due_at, pg_catalog.now() + interval '1 minute') else u.due_at end
where u.task = $1::text;

-- name: upkeep_partitions :one
-- Makes the months and years to come; returns how many were missing.
select jobs.prepare_partitions() as count;

-- name: upkeep_drop :one
-- Drops the oldest part of the history whose time is over; null when there is none.
select jobs.drop_old_partition() as name;

-- name: upkeep_expire :one
-- Removes rows of lanes whose history is kept for a shorter time than that of others, which share its months; 5,000 at a time.
with short as (
    select l.id, jobs.now() - l.keep_done as until from jobs.lane l
    where l.keep_done < (select max(o.keep_done) from jobs.lane o)
), old as (
    select d.id, d.finished_at from jobs.job_done d join short s on s.id = d.lane
    where d.finished_at < s.until and d.finished_at < (select max(until) from short) limit 5000
), gone as (
    delete from jobs.job_done d using old o where d.id = o.id and d.finished_at = o.finished_at returning d.id
)
select count(*) as count from gone;

-- name: upkeep_forget :one
-- Removes rows of workers silent for a week, of computers not seen for two years, and of events of the clock beyond their time.
with workers as (
    delete from jobs.worker w where w.beat_at < pg_catalog.now() - interval '7 days' returning w.id
), seen as (
    delete from jobs.clock_seen s where s.seen_at < jobs.now() - interval '2 years'
), events as (
    delete from jobs.clock_event e
    where e.at < jobs.now() - (select r.keep from jobs.retention r where r.what = 'clock_event')
)
select count(*) as count from workers;

-- name: upkeep_dead_rows :one
-- Dead rows of the table of unfinished jobs, and whether this role may vacuum it.
select coalesce(t.n_dead_tup, 0) as dead_rows,
       pg_has_role(current_user, c.relowner, 'usage') or pg_has_role(current_user, d.datdba, 'usage') as may_vacuum
from pg_class c
join pg_database d on d.datname = current_database()
left join pg_stat_user_tables t on t.relid = c.oid
where c.oid = 'jobs.job'::regclass;

-- name: upkeep_vacuum :exec
-- Removes dead rows of unfinished jobs and of their indexes; outside of any transaction, by the owner.
vacuum (index_cleanup on) jobs.job;

-- name: upkeep_watch :many
-- What an operator must be told now.
-- $1 seconds a snapshot may be held, $2 part of the notification queue that may be used, $3 dead rows that may stand
with held as (
    select 'session ' || a.pid || ' of ' || coalesce(a.usename, '?') || ' (' || coalesce(nullif(a.application_name, ''), 'no name')
           || ', ' || coalesce(a.state, 'unknown') || ')' as who,
           extract(epoch from pg_catalog.clock_timestamp() - a.xact_start) as seconds
    from pg_stat_activity a
    where a.backend_xmin is not null and a.backend_type = 'client backend' and a.pid <> pg_backend_pid()
    union all
    select 'prepared transaction ' || p.gid, extract(epoch from pg_catalog.clock_timestamp() - p.prepared)
    from pg_prepared_xacts p where p.database = current_database()
), oldest as (
    select h.who, h.seconds from held h where h.seconds > $1::bigint order by h.seconds desc limit 1
), missing as (
    select format('%s_%s', t.parent, to_char(month, 'YYYY_MM')) as part
    from unnest(array['job_done', 'job_attempt']) as t(parent)
    cross join generate_series(date_trunc('month', jobs.now() at time zone 'UTC'),
                               date_trunc('month', jobs.now() at time zone 'UTC') + interval '1 month', interval '1 month') as month
    where to_regclass('jobs.' || format('%s_%s', t.parent, to_char(month, 'YYYY_MM'))) is null
), strays as (
    select count(*) as count from (
        (select 1 from jobs.job_done_other limit 1000) union all (select 1 from jobs.job_attempt_other limit 1000)
        union all (select 1 from jobs.schedule_run_other limit 1000)) as s
), invalid as (
    select c.relname from pg_index i join pg_class c on c.oid = i.indexrelid
    where c.relnamespace = 'jobs'::regnamespace and not i.indisvalid and c.relkind = 'i'
)
select 'snapshot' as name, o.seconds::double precision as figure,
       'held for ' || round(o.seconds) || ' s by ' || o.who || ': vacuum cannot remove what died since' as detail from oldest o
union all
select 'notifications', pg_notification_queue_usage(),
       'the notification queue is ' || round((pg_notification_queue_usage() * 100)::numeric, 1) || ' % full: a listener reads nothing'
where pg_notification_queue_usage() > $2::double precision
union all
select 'dead_rows', t.n_dead_tup, t.n_dead_tup || ' dead rows of unfinished jobs: vacuum does not keep up'
from pg_stat_user_tables t where t.relid = 'jobs.job'::regclass and t.n_dead_tup > $3::bigint
union all
select 'invalid_index', count(*), 'invalid: ' || string_agg(i.relname, ', ' order by i.relname) || '; drop it and make it again'
from invalid i having count(*) > 0
union all
select 'partitions', count(*), 'missing: ' || string_agg(m.part, ', ' order by m.part) from missing m having count(*) > 0
union all
select 'strays', s.count, 'rows without a month of their own: ' || s.count from strays s where s.count > 0;

-- name: alarm_put :many
-- Keeps what was found, and forgets what is over; tells what is new and what has ended.
-- $1 names, $2 figures, $3 details
with found as (
    select * from unnest($1::text[], $2::double precision[], $3::text[]) as f(name, figure, detail)
), known as materialized (
    select a.name, a.detail from jobs.alarm a
), over as (
    delete from jobs.alarm a where a.name <> all($1::text[]) returning a.name, a.detail
), kept as (
    insert into jobs.alarm (name, figure, detail) select f.name, f.figure, f.detail from found f
    on conflict (name) do update set seen_at = pg_catalog.now(), figure = excluded.figure, detail = excluded.detail
)
select f.name, f.detail, true as is_raised from found f where f.name not in (select k.name from known k)
union all
select o.name, o.detail, false from over o;

-- name: alarm_list :many
-- What an operator must be told, the oldest first.
select a.name, a.figure::text as figure, a.detail, to_char(a.raised_at, 'YYYY-MM-DD"T"HH24:MI:SSTZH:TZM') as raised_at,
       to_char(a.seen_at, 'YYYY-MM-DD"T"HH24:MI:SSTZH:TZM') as seen_at
from jobs.alarm a order by a.raised_at, a.name;

-- name: upkeep_list :many
-- How each task of upkeep stands.
select u.task, to_char(u.done_at, 'YYYY-MM-DD"T"HH24:MI:SSTZH:TZM') as done_at, u.outcome,
       floor(extract(epoch from pg_catalog.now() - u.done_at))::bigint as seconds_ago
from jobs.upkeep u order by u.task;
