-- The durable job queue: unfinished work in one small hot table, everything finished elsewhere.
-- Belongs to the module Jobs; it knows nothing of a laboratory and needs no other schema.

create schema jobs;

-- The clock of the queue. A test schema replaces this function; a production schema cannot be told a time.
create function jobs.now() returns timestamptz
    language sql stable parallel safe
    return pg_catalog.now();

-- A lane keeps one sort of work from starving another. Lanes are rows, never found by DISTINCT.
create table jobs.lane (
    id          smallint primary key,
    name        text not null unique,
    paused_at   timestamptz,
    max_running integer constraint lane_max_running_positive check (max_running > 0),
    keep_done   interval not null default '90 days'
);
comment on column jobs.lane.max_running is
    'running jobs of this lane in all processes together; null: only the slots of each process limit it';

insert into jobs.lane (id, name) values
    (1, 'deadline'), (2, 'mail'), (3, 'render'), (4, 'list'), (5, 'maint'), (6, 'default');

-- One row per process start, never re-used: a host name is no identity.
create table jobs.worker (
    id          integer generated always as identity primary key,
    host        text not null,
    pid         integer not null,
    version     text not null,
    started_at  timestamptz not null default pg_catalog.now(),
    beat_at     timestamptz not null default pg_catalog.now(),
    stopping_at timestamptz
) with (fillfactor = 50);
comment on column jobs.worker.beat_at is
    'real time, not jobs.now(): a lease must not end because a test travels through time';

-- Unfinished work only. No foreign key to worker: a missing worker is the sign that a job was orphaned.
create table jobs.job (
    id          bigint generated always as identity primary key,
    lane        smallint not null references jobs.lane,
    kind        text not null,
    priority    smallint not null default 0,
    state       smallint not null,
    run_at      timestamptz not null default jobs.now(),
    attempt     smallint not null default 0,
    max_attempt smallint not null,
    rescues     smallint not null default 0,
    worker      integer,
    started_at  timestamptz,
    cancel_at   timestamptz,
    ukey        text,
    open_deps   smallint not null default 0,
    payload     jsonb not null,
    last_error  text,
    enqueued_at timestamptz not null default jobs.now(),
    enqueued_by text not null default current_setting('application_name'),
    constraint job_state_known check (state in (0, 1, 2)),
    constraint job_running_has_worker check ((state = 2) = (worker is not null)),
    constraint job_blocked_waits check (open_deps = 0 or (open_deps > 0 and state = 0)),
    constraint job_attempt_in_range check (attempt >= 0 and max_attempt > 0),
    constraint job_ukey_not_empty check (ukey <> '')
) with (fillfactor = 80, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000,
        autovacuum_vacuum_cost_delay = 0);
comment on column jobs.job.state is '0 waiting for run_at or for other jobs, 1 ready, 2 running';

-- Waiting and ready have an index each: an empty look must not walk every job of the far future.
create index job_ready   on jobs.job (lane, priority, run_at, id) where state = 1;
create index job_waiting on jobs.job (run_at) where state = 0 and open_deps = 0;
create index job_running on jobs.job (worker) where state = 2;
-- Over all unfinished states, so that no change of state can ever violate it.
create unique index job_ukey on jobs.job (kind, ukey) where ukey is not null;

-- History. The key holds finished_at, so that the table can become one with a partition a month.
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
    constraint job_done_outcome_known check (outcome in (1, 2, 4)),
    primary key (id, finished_at)
);
comment on column jobs.job_done.outcome is '1 succeeded, 2 cancelled, 4 superseded (3, given up, is job_dead)';
create index job_done_finished on jobs.job_done (finished_at);

-- Jobs that gave up wait here for a person.
create table jobs.job_dead (
    id          bigint primary key,
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
    reason      text not null,
    died_at     timestamptz not null default jobs.now()
);

-- Failed attempts only; a success is the row in job_done.
create table jobs.job_attempt (
    job_id     bigint not null,
    attempt    smallint not null,
    worker     integer,
    started_at timestamptz,
    error      text not null,
    at         timestamptz not null default jobs.now()
);
create index job_attempt_job on jobs.job_attempt (job_id, at);
