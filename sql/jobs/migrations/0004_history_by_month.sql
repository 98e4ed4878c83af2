-- History and failed attempts by month, so that old ones leave by dropping a table; what an attempt may take,
-- what it belongs to, and how long a job has been passed over.

alter table jobs.job
    add column time_limit_ms integer constraint job_time_limit_positive check (time_limit_ms > 0),
    add column trace         text,
    add column aged_at       timestamptz;
comment on column jobs.job.time_limit_ms is 'longest run of one attempt; null: that of its kind';
comment on column jobs.job.trace is 'W3C traceparent of what asked for the job';
comment on column jobs.job.aged_at is 'when waiting in vain last moved the job up by one priority';

alter table jobs.job_dead add column time_limit_ms integer, add column trace text;

-- A lane whose jobs are counted over all processes is claimed under a lock of its row; all others never pay for that.
alter table jobs.lane add column is_restricted boolean not null generated always as (max_running is not null) stored;

alter table jobs.job_done rename to job_done_whole;
alter index jobs.job_done_pkey rename to job_done_whole_pkey;
drop index jobs.job_done_finished;
alter table jobs.job_done_whole rename constraint job_done_outcome_known to job_done_whole_outcome_known;
create table jobs.job_done (
    id          bigint not null,
    lane        smallint not null,
    kind        text not null,
    priority    smallint not null,
    run_at      timestamptz not null,
    attempt     smallint not null,
    max_attempt smallint not null,
    rescues     smallint not null,
    worker      integer,
    started_at  timestamptz,
    ukey        text,
    payload     jsonb not null,
    last_error  text,
    enqueued_at timestamptz not null,
    enqueued_by text not null,
    outcome     smallint not null,
    finished_at timestamptz not null default jobs.now(),
    trace       text,
    constraint job_done_outcome_known check (outcome in (1, 2, 4)),
    primary key (id, finished_at)
) partition by range (finished_at);
comment on column jobs.job_done.outcome is '1 succeeded, 2 cancelled, 4 superseded (3, given up, is job_dead)';
-- Rows arrive in the order of this column: ranges of blocks find a day, and adding a row costs next to nothing.
create index job_done_finished on jobs.job_done using brin (finished_at);

alter table jobs.job_attempt rename to job_attempt_whole;
alter index jobs.job_attempt_job rename to job_attempt_whole_job;
create table jobs.job_attempt (
    job_id     bigint not null,
    attempt    smallint not null,
    worker     integer,
    started_at timestamptz,
    error      text not null,
    at         timestamptz not null default jobs.now()
) partition by range (at);
create index job_attempt_job on jobs.job_attempt (job_id, at);

-- What falls into no month made in time, so that acknowledging never fails for want of a table.
create table jobs.job_done_other partition of jobs.job_done default;
create table jobs.job_attempt_other partition of jobs.job_attempt default;

-- Makes one month of a table, with what of it has strayed into the table for others; false when it was there.
create function jobs.make_partition(parent text, stamp text, month date) returns boolean
    language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
declare
    part  text := format('%s_%s', parent, to_char(month, 'YYYY_MM'));
    since timestamptz := month::timestamp at time zone 'UTC';
    until timestamptz := (month + interval '1 month') at time zone 'UTC';
begin
    if parent not in ('job_done', 'job_attempt', 'schedule_run') or month <> date_trunc('month', month) then
        raise exception 'no month of a table of the queue: % %', parent, month;
    end if;
    if to_regclass('jobs.' || part) is not null then
        return false;
    end if;
    execute format('create table jobs.%I (like jobs.%I including defaults including constraints)', part, parent);
    execute format('lock table jobs.%I in access exclusive mode', parent || '_other');
    execute format('with stray as (delete from jobs.%I where %I >= $1 and %I < $2 returning *) '
                   'insert into jobs.%I select * from stray', parent || '_other', stamp, stamp, part) using since, until;
    execute format('alter table jobs.%I attach partition jobs.%I for values from (%L) to (%L)', parent, part, since, until);
    return true;
end
$$;

-- Makes the months of history from this one to so many ahead; returns how many were missing.
create function jobs.make_partitions(months_ahead integer) returns integer
    language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
declare
    made integer := 0;
    ahead integer;
begin
    for ahead in 0 .. least(months_ahead, 120) loop
        made := made
            + jobs.make_partition('job_done', 'finished_at',
                                  (date_trunc('month', jobs.now() at time zone 'UTC') + ahead * interval '1 month')::date)::int
            + jobs.make_partition('job_attempt', 'at',
                                  (date_trunc('month', jobs.now() at time zone 'UTC') + ahead * interval '1 month')::date)::int;
    end loop;
    return made;
end
$$;
revoke execute on function jobs.make_partition(text, text, date), jobs.make_partitions(integer) from public;

do $$
declare
    month date;
begin
    for month in select distinct date_trunc('month', finished_at at time zone 'UTC')::date from jobs.job_done_whole loop
        perform jobs.make_partition('job_done', 'finished_at', month);
    end loop;
    for month in select distinct date_trunc('month', at at time zone 'UTC')::date from jobs.job_attempt_whole loop
        perform jobs.make_partition('job_attempt', 'at', month);
    end loop;
    perform jobs.make_partitions(2);
    if exists (select from pg_catalog.pg_roles where rolname = 'etalon') then
        grant execute on function jobs.make_partitions(integer) to etalon;
        grant select, insert, update, delete on jobs.job_done, jobs.job_attempt to etalon;
    end if;
end
$$;

insert into jobs.job_done (id, lane, kind, priority, run_at, attempt, max_attempt, rescues, worker, started_at, ukey,
                           payload, last_error, enqueued_at, enqueued_by, outcome, finished_at)
select id, lane, kind, priority, run_at, attempt, max_attempt, rescues, worker, started_at, ukey,
       payload, last_error, enqueued_at, enqueued_by, outcome, finished_at
from jobs.job_done_whole;
drop table jobs.job_done_whole;

insert into jobs.job_attempt (job_id, attempt, worker, started_at, error, at)
select job_id, attempt, worker, started_at, error, at from jobs.job_attempt_whole;
drop table jobs.job_attempt_whole;
