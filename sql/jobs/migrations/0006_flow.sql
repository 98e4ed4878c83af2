-- What connects jobs: batches with a follow-up, dependencies, turns at a key, steps, effects, and lanes shared by rule.
--
-- A job that others wait for, or that waits for others, is linked. Whatever ends or moves a linked job only leaves a row in
-- jobs.loose_end, in its own transaction and without a lock; jobs.tie() deals with those rows afterwards, one process at a
-- time. So an acknowledgement never waits for a business transaction, and two last members of a batch cannot miss each other.

alter table jobs.job
    add column is_linked boolean not null default false,
    add column tenant    text;
alter table jobs.job_dead
    add column is_linked boolean not null default false,
    add column tenant    text;
comment on column jobs.job.is_linked is 'its end leaves a row in jobs.loose_end';
comment on column jobs.job.open_deps is
    'more than 0 while something other than its moment holds the job: another job, or the line before a key';
comment on column jobs.job.tenant is 'whose job it is, for lanes that are shared out fairly; null in all others';

-- Lanes with a rule over all processes are claimed by jobs.claim_restricted, under a lock of their row.
alter table jobs.lane drop column is_restricted;
alter table jobs.lane
    add column rate_count  integer constraint lane_rate_count_positive check (rate_count > 0),
    add column rate_period interval constraint lane_rate_period_positive check (rate_period > interval '0'),
    add column rate_tokens double precision not null default 0,
    add column rate_at     timestamptz not null default 'epoch',
    add column is_fair     boolean not null default false,
    add column fair_after  text,
    add column is_restricted boolean not null
        generated always as (max_running is not null or rate_count is not null or is_fair) stored,
    add constraint lane_rate_complete check ((rate_count is null) = (rate_period is null));
comment on column jobs.lane.rate_count is 'most starts in any span of rate_period, in all processes together';
comment on column jobs.lane.fair_after is 'the tenant served last; the next round begins with the one after it';

create index job_fair on jobs.job (lane, tenant, priority, run_at, id) where state = 1 and tenant is not null;

-- The tenant of a job that names none: none in most lanes, '' in a lane that is shared out.
create function jobs.default_tenant(lane smallint) returns text
    language sql stable
    return (select '' from jobs.lane l where l.id = lane and l.is_fair);

-- Ends and moves of linked jobs that have not been dealt with.
create table jobs.loose_end (
    id         bigint generated always as identity primary key,
    job_id     bigint,
    batch_id   bigint,
    what       smallint not null constraint loose_end_known check (what between 1 and 9),
    not_before timestamptz not null default 'epoch',
    constraint loose_end_of_one check (num_nonnulls(job_id, batch_id) = 1)
) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000, autovacuum_vacuum_cost_delay = 0);
create index loose_end_due on jobs.loose_end (not_before);
comment on column jobs.loose_end.what is
    '1 succeeded, 2 cancelled, 3 given up, 4 superseded, 5 waits for another attempt, 6 put back, 7 new or moved, '
    '8 look at the batch again, 9 look at the line again';
comment on column jobs.loose_end.not_before is 'real time: what was locked by another transaction is tried again a little later';

-- Jobs that belong together, and what is to be done when the last of them has ended.
create table jobs.batch (
    id               bigint generated always as identity primary key,
    name             text not null constraint batch_name_not_empty check (name <> ''),
    policy           text not null constraint batch_policy_known check (policy in ('always', 'whenAllSucceed')),
    then_kind        text,
    then_lane        smallint references jobs.lane,
    then_payload     jsonb,
    then_priority    smallint,
    then_max_attempt smallint,
    opened_at        timestamptz not null default jobs.now(),
    closed_at        timestamptz,
    succeeded        integer,
    dead             integer,
    cancelled        integer,
    follow_up        bigint,
    constraint batch_then_complete
        check (num_nonnulls(then_kind, then_lane, then_payload, then_priority, then_max_attempt) in (0, 5)),
    constraint batch_counted_when_closed
        check ((closed_at is null) = (succeeded is null) and num_nonnulls(succeeded, dead, cancelled) in (0, 3)),
    constraint batch_follow_up_of_closed check (follow_up is null or closed_at is not null)
);
comment on column jobs.batch.follow_up is 'the job made when the batch closed; null when none was asked for or its condition failed';
create index batch_closed on jobs.batch (closed_at);

create table jobs.batch_member (
    batch_id bigint not null references jobs.batch on delete cascade,
    job_id   bigint primary key,
    state    smallint not null default 0 constraint batch_member_state_known check (state in (0, 1, 2, 3))
) with (fillfactor = 80);
comment on column jobs.batch_member.state is '0 unfinished, 1 ended well, 2 cancelled, 3 given up';
create index batch_member_open on jobs.batch_member (batch_id) where state = 0;
create index batch_member_dead on jobs.batch_member (batch_id) where state = 3;
create index batch_member_batch on jobs.batch_member (batch_id);

-- A job that begins after another. The other is older, so there is no cycle.
create table jobs.dependency (
    job_id     bigint not null,
    after_id   bigint not null,
    on_failure text not null constraint dependency_on_failure_known check (on_failure in ('wait', 'cancel', 'run')),
    is_met     boolean not null default false,
    primary key (job_id, after_id),
    constraint dependency_on_older_job check (after_id < job_id)
);
create index dependency_open on jobs.dependency (after_id) where not is_met;

-- The place of a job before a key that only so many may hold at a time.
create table jobs.turn (
    job_id    bigint not null,
    key       text not null constraint turn_key_not_empty check (key <> ''),
    is_serial boolean not null,
    most      integer not null constraint turn_most_positive check (most > 0),
    rank      smallint not null,
    state     smallint not null default 0 constraint turn_state_known check (state in (0, 1, 2, 3)),
    due_at    timestamptz,
    primary key (job_id, is_serial),
    constraint turn_serial_is_one check (not is_serial or (most = 1 and rank = 0)),
    constraint turn_due_before_line check (due_at is null or state = 0)
) with (fillfactor = 80, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000);
comment on column jobs.turn.key is '"serial NAME" or "limit NAME": two sorts of lines that never mix';
comment on column jobs.turn.state is '0 not yet in line, 1 in line, 2 holds the key, 3 given up';
comment on column jobs.turn.due_at is 'when it joins the line; null while something else has to happen first';
create index turn_due  on jobs.turn (due_at) where state = 0 and due_at is not null;
create index turn_line on jobs.turn (key, rank, job_id) where state = 1;
create index turn_held on jobs.turn (key) where state = 2;

-- Results of the steps of unfinished and dead jobs.
create table jobs.job_step (
    job_id  bigint not null,
    name    text not null constraint job_step_name_not_empty check (name <> ''),
    attempt smallint not null,
    result  jsonb,
    at      timestamptz not null default jobs.now(),
    primary key (job_id, name)
);

-- What connected a finished job: its steps, the jobs it came after, its keys.
create table jobs.job_trail (
    job_id   bigint primary key,
    ended_at timestamptz not null default jobs.now(),
    trail    jsonb not null
);
create index job_trail_ended on jobs.job_trail using brin (ended_at);

-- What has been done outside, once for each key; a record, kept as long as records are.
create table jobs.effect (
    key    text primary key constraint effect_key_not_empty check (key <> ''),
    job_id bigint not null,
    at     timestamptz not null default jobs.now(),
    result jsonb
);
create index effect_job on jobs.effect (job_id);

-- Milliseconds until jobs.tie() has something to do; null when nothing is known. An empty look costs three index probes.
create function jobs.flow_pause() returns bigint
    language sql stable
    as $$
        select ceil(extract(epoch from least(
                   (select min(e.not_before) from jobs.loose_end e) - pg_catalog.now(),
                   (select min(t.due_at) from jobs.turn t where t.state = 0 and t.due_at is not null) - jobs.now())) * 1000)::bigint
    $$;

-- Ends jobs that come after one that failed; those locked by another transaction are looked at again.
create function jobs.cancel_followers(ids bigint[]) returns void
    language plpgsql
as $$
begin
    with held as materialized (
        select j.id from jobs.job j where j.id = any(ids) and j.state = 0 and j.open_deps > 0
        order by j.id for update skip locked
    ), busy as (
        insert into jobs.loose_end (job_id, what, not_before)
        select j.id, 7, pg_catalog.clock_timestamp() + interval '100 ms'
        from jobs.job j where j.id = any(ids) and j.state = 0 and not exists (select from held h where h.id = j.id)
    ), gone as (
        delete from jobs.job j using held h where j.id = h.id returning j.*
    ), done as (
        insert into jobs.job_done (id, lane, kind, priority, run_at, attempt, max_attempt, rescues, ukey, payload, last_error,
                                   enqueued_at, enqueued_by, outcome, trace)
        select g.id, g.lane, g.kind, g.priority, g.run_at, g.attempt, g.max_attempt, g.rescues, g.ukey, g.payload,
               'not run: job ' || (select min(d.after_id) from jobs.dependency d where d.job_id = g.id and not d.is_met)
                   || ', after which it comes, failed or was cancelled',
               g.enqueued_at, g.enqueued_by, 2, g.trace
        from gone g
    )
    insert into jobs.loose_end (job_id, what) select g.id, 2 from gone g;
end
$$;

-- Lets jobs go that wait for no other job any more, or sends them to their line; returns how many became ready.
create function jobs.place(ids bigint[]) returns integer
    language plpgsql
as $$
declare
    ready integer;
begin
    with clear as materialized (
        select j.id, j.run_at, exists (select from jobs.turn t where t.job_id = j.id) as has_turn
        from jobs.job j
        where j.id = any(ids) and j.state = 0 and j.open_deps > 0
          and not exists (select from jobs.dependency d where d.job_id = j.id and not d.is_met)
        order by j.id for update of j skip locked
    ), busy as (
        insert into jobs.loose_end (job_id, what, not_before)
        select j.id, 7, pg_catalog.clock_timestamp() + interval '100 ms'
        from jobs.job j
        where j.id = any(ids) and j.state = 0 and j.open_deps > 0 and not exists (select from clear c where c.id = j.id)
          and not exists (select from jobs.dependency d where d.job_id = j.id and not d.is_met)
    ), lined as (
        update jobs.turn t set state = 0, due_at = c.run_at from clear c
        where t.job_id = c.id and (t.state = 0 or (t.state = 1 and c.run_at > jobs.now()))
          and (t.is_serial or not exists (
              select from jobs.turn s where s.job_id = c.id and s.is_serial and s.state <> 2))
    ), let_go as (
        update jobs.job j set open_deps = 0, state = case when j.run_at <= jobs.now() then 1 else 0 end
        from clear c where j.id = c.id and not c.has_turn
        returning j.state
    )
    select count(*) filter (where g.state = 1) into ready from let_go g;
    return ready;
end
$$;

-- Lets in those first in line as far as their key has room; returns how many jobs became ready.
-- A job with both sorts of key stands in the line of its serial key first: so two jobs never wait for each other.
create function jobs.admit(keys text[]) returns integer
    language plpgsql
as $$
declare
    touched text[] := keys;
    ready   integer := 0;
    more    integer;
begin
    while cardinality(touched) > 0 loop
        with line as materialized (
            select c.job_id, c.is_serial
            from (select distinct k from unnest(touched) as k) as asked(k)
            cross join lateral (
                select t.most - (select count(*) from jobs.turn h where h.key = asked.k and h.state = 2) as room
                from jobs.turn t where t.key = asked.k and t.state = 1 order by t.rank, t.job_id limit 1) as head
            cross join lateral (
                select t.job_id, t.is_serial from jobs.turn t where t.key = asked.k and t.state = 1
                order by t.rank, t.job_id limit greatest(0, head.room)) as c
        ), free as materialized (
            select j.id, l.is_serial from jobs.job j join line l on l.job_id = j.id where j.state = 0
            order by j.id for update of j skip locked
        ), busy as (
            insert into jobs.loose_end (job_id, what, not_before)
            select l.job_id, 9, pg_catalog.clock_timestamp() + interval '100 ms'
            from line l join jobs.job j on j.id = l.job_id where not exists (select from free f where f.id = l.job_id)
        ), held as (
            update jobs.turn t set state = 2 from free f where t.job_id = f.id and t.is_serial = f.is_serial
        ), next as (
            update jobs.turn t set state = 1, due_at = null from free f
            where f.is_serial and t.job_id = f.id and not t.is_serial and t.state = 0
            returning t.key
        ), let_go as (
            update jobs.job j set open_deps = 0, state = case when j.run_at <= jobs.now() then 1 else 0 end
            from free f
            where j.id = f.id
              and not (f.is_serial and exists (select from jobs.turn t where t.job_id = f.id and not t.is_serial))
            returning j.id
        )
        select array(select n.key from next n), (select count(*) from let_go) into touched, more;
        ready := ready + more;
    end loop;
    return ready;
end
$$;

-- Closes batches whose last member has ended, and makes the follow-up; returns how many jobs became ready.
-- A batch that another transaction is adding to is looked at again.
create function jobs.close_batches(ids bigint[]) returns integer
    language plpgsql
as $$
declare
    mine bigint[];
    made integer;
begin
    with free as materialized (
        select b.id from jobs.batch b where b.id = any(ids) and b.closed_at is null order by b.id for update skip locked
    ), busy as (
        insert into jobs.loose_end (batch_id, what, not_before)
        select b.id, 8, pg_catalog.clock_timestamp() + interval '100 ms'
        from jobs.batch b where b.id = any(ids) and b.closed_at is null and not exists (select from free f where f.id = b.id)
    )
    select array(select f.id from free f) into mine;
    -- Only a statement that begins after the lock sees every member.
    with ripe as materialized (
        select b.* from jobs.batch b
        where b.id = any(mine)
          and not exists (select from jobs.batch_member m where m.batch_id = b.id and m.state = 0)
          and (b.policy = 'always' or not exists (select from jobs.batch_member m where m.batch_id = b.id and m.state = 3))
    ), tally as materialized (
        select r.id, count(*) filter (where m.state = 1) as succeeded, count(*) filter (where m.state = 3) as dead,
               count(*) filter (where m.state = 2) as cancelled
        from ripe r left join jobs.batch_member m on m.batch_id = r.id group by r.id
    ), follow as materialized (
        select r.*, t.succeeded as well, t.dead as died, t.cancelled as dropped,
               nextval('jobs.job_id_seq') as job_id
        from ripe r join tally t on t.id = r.id
        where r.then_kind is not null and (r.policy = 'always' or t.cancelled = 0)
    ), made_jobs as (
        insert into jobs.job (id, lane, kind, priority, max_attempt, payload, state, tenant)
        overriding system value
        select f.job_id, f.then_lane, f.then_kind, f.then_priority, f.then_max_attempt,
               case when jsonb_typeof(f.then_payload) = 'object'
                    then f.then_payload || jsonb_build_object('batch', jsonb_build_object(
                             'id', f.id, 'name', f.name, 'succeeded', f.well, 'dead', f.died, 'cancelled', f.dropped))
                    else f.then_payload end,
               1, jobs.default_tenant(f.then_lane)
        from follow f
    ), closed as (
        update jobs.batch b
        set closed_at = jobs.now(), succeeded = t.succeeded, dead = t.dead, cancelled = t.cancelled, follow_up = f.job_id
        from tally t left join follow f on f.id = t.id where b.id = t.id
    )
    select count(*) into made from follow;
    return made;
end
$$;

-- Ends of jobs that count for others: notes them with batches and dependencies, and keeps what is worth showing.
-- Returns what has to be looked at next.
create function jobs.note_ends(ended_well bigint[], cancelled bigint[], dead bigint[],
                               out movers bigint[], out victims bigint[], out batches bigint[], out keys text[])
    language plpgsql
as $$
declare
    gone bigint[] := ended_well || cancelled;
    more text[];
begin
    with e as (
        select unnest(ended_well) as id, 1 as state union all select unnest(cancelled), 2 union all select unnest(dead), 3
    ), noted as (
        update jobs.batch_member m set state = e.state from e where m.job_id = e.id returning m.batch_id
    )
    select array(select distinct n.batch_id from noted n) into batches;

    with met as (
        update jobs.dependency d set is_met = true
        where not d.is_met
          and (d.after_id = any(ended_well) or (d.after_id = any(cancelled || dead) and d.on_failure = 'run'))
        returning d.job_id
    )
    select array(select distinct m.job_id from met m) into movers;
    select array(select distinct d.job_id from jobs.dependency d
                 where not d.is_met and ((d.after_id = any(cancelled) and d.on_failure <> 'run')
                                         or (d.after_id = any(dead) and d.on_failure = 'cancel')))
    into victims;

    with step as (
        delete from jobs.job_step s where s.job_id = any(gone) returning s.*
    ), edge as (
        delete from jobs.dependency d where d.job_id = any(gone) returning d.job_id, d.after_id
    ), place as (
        delete from jobs.turn t where t.job_id = any(gone) returning t.job_id, t.key
    ), part as (
        select s.job_id, 'steps' as name, jsonb_agg(jsonb_build_object(
                   'name', s.name, 'attempt', s.attempt, 'result', s.result,
                   'at', to_char(s.at, 'YYYY-MM-DD"T"HH24:MI:SSTZH:TZM')) order by s.at, s.name) as content
        from step s group by s.job_id
        union all
        select e.job_id, 'after', jsonb_agg(e.after_id order by e.after_id) from edge e group by e.job_id
        union all
        select p.job_id, 'keys', jsonb_agg(p.key order by p.key) from place p group by p.job_id
    ), kept as (
        insert into jobs.job_trail (job_id, trail)
        select p.job_id, jsonb_object_agg(p.name, p.content) from part p group by p.job_id
        on conflict (job_id) do update set trail = excluded.trail, ended_at = excluded.ended_at
    )
    select array(select distinct p.key from place p) into keys;

    with given_up as (
        update jobs.turn t set state = 3, due_at = null where t.job_id = any(dead) returning t.key
    )
    select array(select distinct g.key from given_up g) into more;
    keys := keys || more;
end
$$;

-- New jobs: from now on the ends of the jobs before them are told; some may have ended before the new ones were committed.
-- Returns those that are not to run.
create function jobs.note_new(fresh bigint[]) returns bigint[]
    language plpgsql
as $$
declare
    victims bigint[];
begin
    update jobs.job j set is_linked = true
    where j.id = any(array(
        select a.id from jobs.job a
        where not a.is_linked
          and a.id in (select d.after_id from jobs.dependency d where d.job_id = any(fresh) and not d.is_met)
        order by a.id for no key update skip locked));
    update jobs.job_dead x set is_linked = true
    where x.id = any(array(
        select a.id from jobs.job_dead a
        where not a.is_linked
          and a.id in (select d.after_id from jobs.dependency d where d.job_id = any(fresh) and not d.is_met)
        order by a.id for no key update skip locked));
    with edge as materialized (
        select d.job_id, d.after_id, d.on_failure, a.id is not null as is_open,
               coalesce(a.is_linked, x.is_linked, true) as is_linked,
               case when a.id is not null then 0
                    when x.id is not null then 3
                    when exists (select from jobs.job_done f where f.id = d.after_id and f.outcome = 2) then 2
                    else 1 end as ended
        from jobs.dependency d left join jobs.job a on a.id = d.after_id left join jobs.job_dead x on x.id = d.after_id
        where d.job_id = any(fresh) and not d.is_met
    ), busy as (
        -- Locked by another transaction, so that its end would not be told.
        insert into jobs.loose_end (job_id, what, not_before)
        select distinct e.job_id, 7, pg_catalog.clock_timestamp() + interval '100 ms' from edge e where not e.is_linked
    ), met as (
        update jobs.dependency d set is_met = true from edge e
        where d.job_id = e.job_id and d.after_id = e.after_id and not e.is_open and (e.ended = 1 or e.on_failure = 'run')
    )
    select array(select distinct e.job_id from edge e
                 where (e.ended = 2 and e.on_failure <> 'run') or (e.ended = 3 and e.on_failure = 'cancel'))
    into victims;
    return victims;
end
$$;

-- Jobs that wait for another attempt leave the key that only limits; a serial key is kept, so that order is.
create function jobs.note_pauses(paused bigint[]) returns text[]
    language plpgsql
as $$
declare
    keys text[];
begin
    with wanted as materialized (
        select j.id from jobs.job j join jobs.turn t on t.job_id = j.id and not t.is_serial and t.state = 2
        where j.id = any(paused) and j.state = 0 and j.open_deps = 0
    ), free as materialized (
        select j.id, j.run_at from jobs.job j
        where j.id in (select w.id from wanted w) and j.state = 0 and j.open_deps = 0
        order by j.id for update skip locked
    ), busy as (
        insert into jobs.loose_end (job_id, what, not_before)
        select w.id, 5, pg_catalog.clock_timestamp() + interval '100 ms'
        from wanted w where not exists (select from free f where f.id = w.id)
    ), parked as (
        update jobs.job j set open_deps = 1 from free f where j.id = f.id
    ), left_key as (
        update jobs.turn t set state = 0, due_at = f.run_at from free f where t.job_id = f.id and not t.is_serial
        returning t.key
    )
    select array(select distinct l.key from left_key l) into keys;
    return keys;
end
$$;

-- Deals with the loose ends: one process at a time, one statement, so that a process that stands still holds up nobody.
-- Returns how many jobs became ready and the milliseconds until there is more to do (null: nothing known).
create function jobs.tie(out made_ready integer, out milliseconds bigint)
    language plpgsql
as $$
declare
    due     record;
    noted   record;
    movers  bigint[];
    victims bigint[];
    keys    text[];
    line    text[];
    rounds  integer := 0;
begin
    perform pg_advisory_xact_lock(1785686902, 5);
    made_ready := 0;
    loop
        rounds := rounds + 1;
        -- Of several ends of one job only the first, so that they are dealt with in their order.
        with first as (
            select e.id, row_number() over (partition by e.job_id, e.batch_id order by e.id) as place
            from (select l.* from jobs.loose_end l where l.not_before <= pg_catalog.clock_timestamp()
                  order by l.id limit 5000) as e
        ), taken as (
            delete from jobs.loose_end l using first f where l.id = f.id and f.place = 1
            returning l.job_id, l.batch_id, l.what
        )
        select count(*) as count,
               coalesce(array_agg(t.job_id) filter (where t.what in (1, 4)), '{}') as well,
               coalesce(array_agg(t.job_id) filter (where t.what = 2), '{}') as cancelled,
               coalesce(array_agg(t.job_id) filter (where t.what = 3), '{}') as dead,
               coalesce(array_agg(t.job_id) filter (where t.what = 5), '{}') as paused,
               coalesce(array_agg(t.job_id) filter (where t.what = 6), '{}') as redriven,
               coalesce(array_agg(t.job_id) filter (where t.what = 7), '{}') as fresh,
               coalesce(array_agg(t.batch_id) filter (where t.what = 8), '{}') as batches,
               coalesce(array_agg(t.job_id) filter (where t.what = 9), '{}') as again
        into due from taken t;
        select * into noted from jobs.note_ends(due.well, due.cancelled, due.dead);
        movers := noted.movers || due.fresh || due.redriven;
        victims := noted.victims;
        keys := noted.keys;
        if cardinality(due.fresh) > 0 then
            victims := victims || jobs.note_new(due.fresh);
        end if;
        if cardinality(due.paused) > 0 then
            keys := keys || jobs.note_pauses(due.paused);
        end if;
        if cardinality(due.redriven) > 0 then
            update jobs.batch_member m set state = 0 where m.job_id = any(due.redriven);
            update jobs.turn t set state = 0 where t.job_id = any(due.redriven);
        end if;
        if cardinality(due.again) > 0 then
            keys := keys || array(select t.key from jobs.turn t where t.job_id = any(due.again) and t.state = 1);
        end if;
        if cardinality(victims) > 0 then
            perform jobs.cancel_followers(victims);
        end if;
        if cardinality(movers) > 0 then
            made_ready := made_ready + jobs.place(movers);
        end if;
        with arrived as (
            select t.job_id, t.is_serial from jobs.turn t
            where t.state = 0 and t.due_at <= jobs.now() order by t.due_at limit 5000
        ), lined as (
            update jobs.turn t set state = 1, due_at = null from arrived a
            where t.job_id = a.job_id and t.is_serial = a.is_serial
            returning t.key
        )
        select array(select distinct l.key from lined l) into line;
        keys := keys || line;
        made_ready := made_ready + jobs.admit(keys);
        if cardinality(noted.batches || due.batches) > 0 then
            made_ready := made_ready + jobs.close_batches(noted.batches || due.batches);
        end if;
        exit when due.count = 0 and cardinality(line) = 0;
        exit when rounds >= 20;
    end loop;
    milliseconds := case when rounds >= 20 then 0 else jobs.flow_pause() end;
end
$$;

-- Leaves a loose end for whatever is connected with a job that is gone: for a daemon that is checked or was restored.
create function jobs.find_loose_ends() returns bigint
    language plpgsql
as $$
declare
    found bigint;
begin
    with lost as (
        select m.job_id from jobs.batch_member m join jobs.batch b on b.id = m.batch_id and b.closed_at is null where m.state = 0
        union
        select d.after_id from jobs.dependency d where not d.is_met
        union
        select t.job_id from jobs.turn t where t.state <> 3
    ), ended as (
        select l.job_id,
               case when exists (select from jobs.job_dead x where x.id = l.job_id) then 3
                    when exists (select from jobs.job_done x where x.id = l.job_id and x.outcome = 2) then 2
                    else 1 end as what
        from lost l
        where not exists (select from jobs.job j where j.id = l.job_id)
          and not exists (select from jobs.loose_end e where e.job_id = l.job_id)
    ), told as (
        insert into jobs.loose_end (job_id, what)
        select e.job_id, e.what from ended e
        where e.what <> 3 or exists (select from jobs.batch_member m where m.job_id = e.job_id and m.state = 0)
              or exists (select from jobs.turn t where t.job_id = e.job_id and t.state <> 3)
              or exists (select from jobs.dependency d where d.after_id = e.job_id and not d.is_met and d.on_failure <> 'wait')
        returning 1
    ), batches as (
        insert into jobs.loose_end (batch_id, what)
        select b.id, 8 from jobs.batch b
        where b.closed_at is null and not exists (select from jobs.batch_member m where m.batch_id = b.id and m.state = 0)
          and (b.policy = 'always' or not exists (select from jobs.batch_member m where m.batch_id = b.id and m.state = 3))
          and not exists (select from jobs.loose_end e where e.batch_id = b.id)
        returning 1
    )
    select (select count(*) from told) + (select count(*) from batches) into found;
    return found;
end
$$;

-- Tenants of a lane with ready jobs, in order, beginning after the one served last; at most so many.
-- Each costs one index probe, whatever the number of jobs.
create function jobs.tenants_next(in_lane smallint, served text, most integer) returns text[]
    language sql stable
as $$
    with recursive later(tenant, n) as (
        select (select j.tenant from jobs.job j
                where j.state = 1 and j.lane = in_lane and j.tenant is not null and (served is null or j.tenant > served)
                order by j.tenant limit 1), 1
        union all
        select (select j.tenant from jobs.job j
                where j.state = 1 and j.lane = in_lane and j.tenant is not null and j.tenant > l.tenant
                order by j.tenant limit 1), l.n + 1
        from later l where l.tenant is not null and l.n < most
    ), earlier(tenant, n) as (
        select (select j.tenant from jobs.job j
                where j.state = 1 and j.lane = in_lane and j.tenant is not null and j.tenant <= served
                order by j.tenant limit 1), 1
        union all
        select (select j.tenant from jobs.job j
                where j.state = 1 and j.lane = in_lane and j.tenant > e.tenant and j.tenant <= served
                order by j.tenant limit 1), e.n + 1
        from earlier e where e.tenant is not null and e.n < most
    )
    select coalesce((array_agg(r.tenant order by r.lap, r.n))[1 : most], '{}')
    from (select l.tenant, 1 as lap, l.n from later l where l.tenant is not null
          union all
          select e.tenant, 2, e.n from earlier e where e.tenant is not null) as r
$$;

-- Takes ready jobs of one fair lane, as many of each tenant; returns the tenant served last. Of jobs that have lost two
-- workers only the suspect.
create function jobs.pick_fairly(in_lane smallint, served text, room integer, kinds text[], suspect bigint,
                                 out picked bigint[], out served_last text)
    language plpgsql
as $$
declare
    ring  text[];
    share integer;
    taken bigint[];
    laps  integer := 0;
begin
    picked := '{}';
    served_last := served;
    while cardinality(picked) < room and laps < 100 loop
        laps := laps + 1;
        ring := jobs.tenants_next(in_lane, served_last, room - cardinality(picked));
        exit when cardinality(ring) = 0;
        share := greatest(1, (room - cardinality(picked)) / cardinality(ring));
        select coalesce(array_agg(c.id), '{}') into taken
        from unnest(ring) as r(tenant)
        cross join lateral (
            select j.id from jobs.job j
            where j.state = 1 and j.lane = in_lane and j.tenant = r.tenant and j.kind = any(kinds)
              and j.id <> all(picked) and (j.rescues < 2 or j.id = suspect)
            order by j.priority, j.run_at, j.id
            limit share
            for update skip locked) as c;
        -- A round that saw every tenant and found nothing more is the last.
        exit when cardinality(taken) = 0 and cardinality(ring) < room - cardinality(picked);
        picked := picked || taken;
        served_last := ring[cardinality(ring)];
    end loop;
    -- Jobs from before the lane was shared, whose transaction ended after that: of no tenant, so they come last.
    if cardinality(picked) < room then
        picked := picked || array(
            select j.id from jobs.job j
            where j.state = 1 and j.lane = in_lane and j.tenant is null and j.kind = any(kinds)
              and (j.rescues < 2 or j.id = suspect)
            order by j.priority, j.run_at, j.id
            limit room - cardinality(picked)
            for update skip locked);
    end if;
end
$$;

-- Claims from lanes with a rule over all processes, each under a lock of its row: most running at a time, most starts in a
-- span of time, equal shares for tenants. Only jobs of live workers count as running.
create function jobs.claim_restricted(me integer, lanes smallint[], rooms integer[], kinds text[], lease_ms bigint)
    returns setof jobs.job
    language plpgsql
as $$
declare
    line     record;
    room     integer;
    tokens   double precision;
    picked   bigint[];
    served   text;
    suspect  bigint;
begin
    if not exists (select from jobs.worker w
                   where w.id = me and w.beat_at > pg_catalog.now() - lease_ms * interval '1 millisecond') then
        return;
    end if;
    -- As in all lanes, a worker runs one job at a time that may be what kills workers.
    if not exists (select from jobs.job h where h.rescues >= 2 and h.state = 2 and h.worker = me) then
        select min(j.id) into suspect
        from jobs.job j join jobs.lane l on l.id = j.lane and l.is_restricted and l.paused_at is null
        where j.rescues >= 2 and j.state = 1 and j.lane = any(lanes) and j.kind = any(kinds);
    end if;
    for line in
        select l.*, r.room as wanted
        from jobs.lane l join unnest(lanes, rooms) as r(lane, room) on r.lane = l.id
        where l.is_restricted and l.paused_at is null and r.room > 0
        -- Not "for update": enqueueing transactions hold a key share lock of the row through the foreign key.
        order by l.id for no key update of l
    loop
        room := line.wanted;
        if line.max_running is not null then
            room := least(room, line.max_running - (
                select count(*)::integer from jobs.job j
                where j.state = 2 and j.lane = line.id and exists (
                    select from jobs.worker w
                    where w.id = j.worker and w.beat_at > pg_catalog.now() - lease_ms * interval '1 millisecond')));
        end if;
        if line.rate_count is not null then
            tokens := jobs.rate_tokens(line.rate_count, line.rate_period, line.rate_tokens, line.rate_at);
            room := least(room, floor(tokens)::integer);
        end if;
        continue when room <= 0;
        served := line.fair_after;
        if line.is_fair then
            select p.picked, p.served_last into picked, served
            from jobs.pick_fairly(line.id, line.fair_after, room, kinds, suspect) as p;
        else
            picked := array(select j.id from jobs.job j
                            where j.state = 1 and j.lane = line.id and j.kind = any(kinds)
                              and (j.rescues < 2 or j.id = suspect)
                            order by j.priority, j.run_at, j.id limit room for update skip locked);
        end if;
        continue when cardinality(picked) = 0;
        if line.rate_count is not null or line.is_fair then
            update jobs.lane l
            set rate_tokens = case when line.rate_count is null then l.rate_tokens else tokens - cardinality(picked) end,
                rate_at = case when line.rate_count is null then l.rate_at else jobs.now() end,
                fair_after = served
            where l.id = line.id;
        end if;
        return query
            update jobs.job j set state = 2, worker = me, attempt = j.attempt + 1, started_at = jobs.now()
            where j.id = any(picked) and j.state = 1
            returning j.*;
    end loop;
end
$$;

-- Starts that a limit of so many in a span allows at once: a tenth of them. The bucket is refilled so slowly that no span
-- of time, wherever it begins, holds more than the limit.
create function jobs.rate_burst(count integer) returns double precision
    language sql immutable
    return ceil(count / 10.0)::double precision;

-- Tokens of a lane now.
create function jobs.rate_tokens(count integer, period interval, tokens double precision, since timestamptz)
    returns double precision
    language sql stable
    return least(jobs.rate_burst(count),
                 tokens + greatest(0, extract(epoch from jobs.now() - since)::double precision)
                     * (count - jobs.rate_burst(count) + 1) / extract(epoch from period)::double precision);

-- Milliseconds until a lane out of tokens that has ready jobs gets its next one; null when none has.
create function jobs.rate_pause(lanes smallint[]) returns bigint
    language sql stable
as $$
    select min(greatest(1, ceil(
               (1 - jobs.rate_tokens(l.rate_count, l.rate_period, l.rate_tokens, l.rate_at))
               * extract(epoch from l.rate_period)::double precision * 1000
               / (l.rate_count - jobs.rate_burst(l.rate_count) + 1))))::bigint
    from jobs.lane l
    where l.id = any(lanes) and l.rate_count is not null and l.paused_at is null
      and jobs.rate_tokens(l.rate_count, l.rate_period, l.rate_tokens, l.rate_at) < 1
      and exists (select from jobs.job j where j.state = 1 and j.lane = l.id)
$$;
