-- Schedules by civil time. A slot is the local time a run was meant for, as a person reads it.

create domain jobs.slot as text
    constraint slot_is_civil_time check (value ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}$');

-- The instant of a slot in a time zone. A slot inside a gap is shifted forward by the gap; a slot that
-- exists twice is the earlier instant (PostgreSQL alone takes the later one, the standard time).
create function jobs.slot_instant(slot jobs.slot, tz text) returns timestamptz
    language sql stable
    return (
        select coalesce(min(c.instant) filter (where c.instant at time zone tz = slot::timestamp),
                        slot::timestamp at time zone tz)
          from (select (slot::timestamp at time zone tz) - shift as instant
                  from unnest(array['0 min', '30 min', '60 min', '120 min']::interval[]) as shift) as c
    );

-- The civil time of now in a time zone, to the minute.
create function jobs.slot_now(tz text) returns text
    language sql stable
    return to_char(jobs.now() at time zone tz, 'YYYY-MM-DD"T"HH24:MI');

create table jobs.schedule (
    id        integer generated always as identity primary key,
    key       text not null unique,
    tz        text not null,
    pattern   text not null,
    kind      text not null,
    payload   jsonb not null,
    catch_up  text not null constraint schedule_catch_up_known check (catch_up in ('latest', 'all', 'none')),
    max_slots integer not null constraint schedule_max_slots_positive check (max_slots > 0),
    overlap   text not null constraint schedule_overlap_known check (overlap in ('skip', 'queue')),
    enabled   boolean not null default true,
    last_slot jobs.slot not null,
    next_slot jobs.slot not null,
    next_at   timestamptz not null
) with (fillfactor = 50);
comment on column jobs.schedule.next_at is 'derived from next_slot and tz; the slot is what counts';
create index schedule_next on jobs.schedule (next_at) where enabled;

-- What became of each slot, the skipped ones with their reason: kept as long as records are.
create table jobs.schedule_run (
    schedule_id integer not null references jobs.schedule,
    slot        jobs.slot not null,
    outcome     text not null constraint schedule_run_outcome_known check (outcome in ('enqueued', 'skipped')),
    reason      text,
    job_id      bigint,
    at          timestamptz not null default jobs.now(),
    primary key (schedule_id, slot),
    constraint schedule_run_tells_why check ((outcome = 'skipped') = (reason is not null)),
    constraint schedule_run_names_job check ((outcome = 'enqueued') = (job_id is not null))
);
