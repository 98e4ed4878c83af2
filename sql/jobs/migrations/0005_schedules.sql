-- Schedules that know working days, say why each slot was not run, and can be switched off; the guard of the clock;
-- and upkeep: months made ahead, old ones dropped, what an operator must be told.

-- Days that are worked: a week, and the days that differ from it. The rows are the caller's.
create table jobs.calendar (
    name text primary key constraint calendar_name_not_empty check (name <> ''),
    week text[] not null default '{mon,tue,wed,thu,fri}',
    constraint calendar_week_known check (week <@ array['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'])
);
create table jobs.holiday (
    calendar  text not null references jobs.calendar on delete cascade,
    day       date not null,
    is_worked boolean not null default false,
    name      text not null default '',
    primary key (calendar, day)
);
comment on column jobs.holiday.is_worked is 'true for a day off that is worked in exchange for another';

alter table jobs.schedule
    add column calendar        text references jobs.calendar,
    add column window_minutes  integer constraint schedule_window_positive check (window_minutes > 0),
    add column last_job        bigint,
    add column lane            text not null default 'default',
    add column priority        smallint not null default 0,
    add column max_attempt     smallint not null default 12,
    add column program         text not null default current_setting('application_name'),
    add column declared_at     timestamptz not null default pg_catalog.now(),
    add column withdrawn_at    timestamptz,
    add column disabled_at     timestamptz,
    add column disabled_by     text,
    add column disabled_reason text,
    drop constraint schedule_overlap_known,
    add constraint schedule_overlap_known check (overlap in ('skip', 'queue', 'cancel')),
    drop constraint schedule_catch_up_known,
    add constraint schedule_catch_up_known check (catch_up in ('latest', 'all', 'none'));
comment on column jobs.schedule.declared_at is
    'real time: each program that knows the schedule renews it, so that one that nobody knows any more is found';
comment on column jobs.schedule.withdrawn_at is 'when it was found that no program declares the schedule; it is kept, and does not run';
comment on column jobs.schedule.window_minutes is 'older slots are not caught up; null for any age';
drop index jobs.schedule_next;
create index schedule_next on jobs.schedule (next_at) where enabled and withdrawn_at is null;

-- The instant of a slot, for any change of clocks: inside a gap it is shifted forward by the gap, a time that the clock shows twice
-- is the earlier instant. The offsets of the day before and the day after are the only ones a slot can have.
create or replace function jobs.slot_instant(slot jobs.slot, tz text) returns timestamptz
    language sql stable
    return (
        select coalesce(min(c.instant) filter (where c.instant at time zone tz = slot::timestamp),
                        min(c.instant) filter (where c.side = -1))
          from (select side, (slot::timestamp at time zone 'UTC')
                             - ((near at time zone tz) - (near at time zone 'UTC')) as instant
                  from (select side, (slot::timestamp at time zone 'UTC') + side * interval '1 day' as near
                          from unnest(array[-1, 1]) as side) as sides) as c
    );

drop function jobs.slot_now(text);

-- The changes of a zone's clocks from 1970 to 2099, found to the second; nothing for an unknown zone.
create function jobs.zone_changes(tz text) returns table (at bigint, before integer, after integer)
    language plpgsql stable
as $$
declare
    day  timestamptz;
    low  timestamptz;
    high timestamptz;
    middle timestamptz;
    known integer;
    met   integer;
begin
    begin
        known := extract(epoch from (timestamptz '1970-01-01 00:00Z' at time zone tz) - timestamp '1970-01-01');
    exception when invalid_parameter_value then
        return;
    end;
    at := extract(epoch from timestamptz '1970-01-01 00:00Z');
    before := known;
    after := known;
    return next;
    for day, met in
        select d, extract(epoch from (d at time zone tz) - (d at time zone 'UTC'))::integer
        from generate_series(timestamptz '1970-01-02 00:00Z', timestamptz '2100-01-01 00:00Z', interval '24 hours') as d
    loop
        continue when met = known;
        low := day - interval '24 hours';
        high := day;
        while high - low > interval '1 second' loop
            middle := date_trunc('second', low + (high - low) / 2);
            if extract(epoch from (middle at time zone tz) - (middle at time zone 'UTC'))::integer = known then
                low := middle;
            else
                high := middle;
            end if;
        end loop;
        at := extract(epoch from high);
        before := known;
        after := met;
        return next;
        known := met;
    end loop;
end
$$;

-- What became of each slot, by year. The slot is the key, and with it the year.
alter table jobs.schedule_run rename to schedule_run_whole;
alter table jobs.schedule_run_whole rename constraint schedule_run_pkey to schedule_run_whole_pkey;
create table jobs.schedule_run (
    schedule_id  integer not null references jobs.schedule,
    slot         jobs.slot collate "C" not null,
    outcome      text not null constraint schedule_run_outcome_known check (outcome in ('enqueued', 'skipped')),
    cause        text constraint schedule_run_cause_known
                 check (cause in ('down', 'late', 'window', 'maximum', 'gap', 'overlap', 'disabled', 'withdrawn')),
    reason       text,
    down_from    jobs.slot,
    down_to      jobs.slot,
    job_id       bigint,
    requested_by text,
    at           timestamptz not null default jobs.now(),
    primary key (schedule_id, slot),
    constraint schedule_run_tells_why check ((outcome = 'skipped') = (reason is not null)),
    constraint schedule_run_names_job check ((outcome = 'enqueued') = (job_id is not null))
) partition by range (slot);
comment on column jobs.schedule_run.requested_by is 'who asked for a run out of turn; null for a slot of the pattern';
create table jobs.schedule_run_other partition of jobs.schedule_run default;

-- Makes one year of the slots, with what of it has strayed into the table for others; false when it was there.
create function jobs.make_run_year(year integer) returns boolean
    language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
declare
    part  text := format('schedule_run_%s', lpad(year::text, 4, '0'));
    since text := format('%s-01-01T00:00', lpad(year::text, 4, '0'));
    until text := format('%s-01-01T00:00', lpad((year + 1)::text, 4, '0'));
begin
    if year not between 1 and 9998 then
        raise exception 'no year of the slots: %', year;
    end if;
    if to_regclass('jobs.' || part) is not null then
        return false;
    end if;
    execute format('create table jobs.%I (like jobs.schedule_run including defaults including constraints)', part);
    lock table jobs.schedule_run_other in access exclusive mode;
    execute format('with stray as (delete from jobs.schedule_run_other where slot >= $1 and slot < $2 returning *) '
                   'insert into jobs.%I select * from stray', part) using since, until;
    execute format('alter table jobs.schedule_run attach partition jobs.%I for values from (%L) to (%L)', part, since, until);
    return true;
end
$$;

do $$
declare
    year integer;
begin
    for year in select distinct left(slot, 4)::integer from jobs.schedule_run_whole loop
        perform jobs.make_run_year(year);
    end loop;
end
$$;
insert into jobs.schedule_run (schedule_id, slot, outcome, cause, reason, job_id, at)
select schedule_id, slot, outcome,
       case when outcome = 'skipped' then case when reason like 'the job of%' then 'overlap' else 'down' end end, reason, job_id, at
from jobs.schedule_run_whole;
drop table jobs.schedule_run_whole;

-- The guard of the clock: while it is held, nothing that a date decides is done.
create table jobs.clock_guard (
    one             boolean primary key default true constraint clock_guard_one_row check (one),
    held_at         timestamptz,
    expected_at     timestamptz,
    noticed_by      text,
    released_at     timestamptz,
    released_by     text,
    released_reason text,
    constraint clock_guard_held_with_cause check (num_nonnulls(held_at, expected_at, noticed_by) in (0, 3))
);
insert into jobs.clock_guard default values;
comment on column jobs.clock_guard.held_at is 'what the database''s clock showed when it had jumped; null while it is trusted';
comment on column jobs.clock_guard.expected_at is 'what it would have shown by a clock that nobody can set';

-- The database's time beside the running time of each computer that looked; a restart of the program is not a jump.
create table jobs.clock_seen (
    boot      text primary key,
    seen_at   timestamptz not null,
    uptime_ms bigint not null
) with (fillfactor = 50);
comment on column jobs.clock_seen.boot is 'one start of one computer, as its kernel names it';

create table jobs.clock_event (
    id     bigint generated always as identity primary key,
    at     timestamptz not null,
    what   text not null constraint clock_event_known check (what in ('moved', 'held', 'released', 'returned')),
    shift  interval not null,
    who    text not null,
    reason text
);
comment on column jobs.clock_event.shift is 'how far the database''s clock was ahead of what was expected';

-- What upkeep has to do, and when again: whoever comes first does it.
create table jobs.upkeep (
    task    text primary key constraint upkeep_task_known check (task in ('watch', 'partitions', 'prune', 'vacuum')),
    due_at  timestamptz not null default '-infinity',
    done_at timestamptz,
    outcome text
) with (fillfactor = 50);
comment on column jobs.upkeep.due_at is 'real time, as leases are';
insert into jobs.upkeep (task) values ('watch'), ('partitions'), ('prune'), ('vacuum');

-- What an operator must be told, as long as it lasts.
create table jobs.alarm (
    name      text primary key constraint alarm_known
              check (name in ('snapshot', 'notifications', 'invalid_index', 'dead_rows', 'strays', 'partitions')),
    raised_at timestamptz not null default pg_catalog.now(),
    seen_at   timestamptz not null default pg_catalog.now(),
    figure    double precision not null,
    detail    text not null
);

-- How long records of the queue itself are kept; the history of a lane has its own time in jobs.lane.
create table jobs.retention (
    what text primary key constraint retention_known check (what in ('schedule_run', 'clock_event')),
    keep interval not null constraint retention_positive check (keep > interval '0')
);
insert into jobs.retention values ('schedule_run', '10 years'), ('clock_event', '10 years');

-- The daemon's role owns nothing. These functions do with the owner's rights what they say, and no more.

-- Makes what is missing of the months and years to come, and empties the tables for others into tables of their own.
create function jobs.prepare_partitions() returns integer
    language plpgsql security definer set search_path = pg_catalog, pg_temp set lock_timeout = '2s'
as $$
declare
    made  integer := jobs.make_partitions(2);
    this  integer := extract(year from jobs.now() at time zone 'UTC');
    month date;
    year  integer;
begin
    made := made + jobs.make_run_year(this)::integer + jobs.make_run_year(this + 1)::integer;
    for month in select distinct date_trunc('month', finished_at at time zone 'UTC')::date from jobs.job_done_other limit 24 loop
        made := made + jobs.make_partition('job_done', 'finished_at', month)::integer;
    end loop;
    for month in select distinct date_trunc('month', at at time zone 'UTC')::date from jobs.job_attempt_other limit 24 loop
        made := made + jobs.make_partition('job_attempt', 'at', month)::integer;
    end loop;
    for year in select distinct left(slot, 4)::integer from jobs.schedule_run_other where slot < '9999' limit 24 loop
        made := made + jobs.make_run_year(year)::integer;
    end loop;
    return made;
end
$$;

-- Drops the oldest part of the history whose time is over, and names it; null when there is none. One a call, so that
-- the lock it takes is short.
create function jobs.drop_old_partition() returns text
    language plpgsql security definer set search_path = pg_catalog, pg_temp set lock_timeout = '2s'
as $$
declare
    longest interval := (select max(keep_done) from jobs.lane);
    runs    interval := (select keep from jobs.retention where what = 'schedule_run');
    old     record;
begin
    select parent.relname as parent, part.relname as part into old
    from pg_inherits i
    join pg_class part on part.oid = i.inhrelid
    join pg_class parent on parent.oid = i.inhparent
    where parent.relnamespace = 'jobs'::regnamespace and part.relnamespace = parent.relnamespace
      and case
          when parent.relname in ('job_done', 'job_attempt') and part.relname ~ '_[0-9]{4}_[0-9]{2}$' then
              to_date(right(part.relname, 7), 'YYYY_MM') + interval '1 month' <= (jobs.now() - longest) at time zone 'UTC'
          when parent.relname = 'schedule_run' and part.relname ~ '_[0-9]{4}$' then
              to_date(right(part.relname, 4), 'YYYY') + interval '1 year' <= (jobs.now() - runs) at time zone 'UTC'
          else false end
    order by part.relname
    limit 1;
    if old.part is null then
        return null;
    end if;
    execute format('alter table jobs.%I detach partition jobs.%I', old.parent, old.part);
    execute format('drop table jobs.%I', old.part);
    return old.part;
end
$$;
revoke execute on function jobs.make_run_year(integer), jobs.prepare_partitions(), jobs.drop_old_partition() from public;

do $$
begin
    perform jobs.prepare_partitions();
    if exists (select from pg_catalog.pg_roles where rolname = 'etalon') then
        grant execute on function jobs.prepare_partitions(), jobs.drop_old_partition() to etalon;
        grant select, insert, update, delete on jobs.schedule_run to etalon;
    end if;
end
$$;
