-- The next moment of every deadline: one row a deadline, kept in step with `record.due` by triggers, and compared with it every night.
-- It is a cache of the tick and nothing else: lists, explanations and runs ask `record.due`.

-- The present instant. A test schema may set it by `etalon.now`, or the day alone by `etalon.today`, which then counts as its noon;
-- a server in use never does.
create function work.moment() returns timestamptz
    language sql stable parallel safe
    return coalesce(nullif(current_setting('etalon.now', true), '')::timestamptz,
                    (nullif(current_setting('etalon.today', true), '')::date + time '12:00') at time zone work.time_zone(), now());

create or replace function work.today() returns date
    language sql stable parallel safe
    return (work.moment() at time zone work.time_zone())::date;

-- A stage by its days after the due date: `60_days` ahead, `overdue` on the day after, `14_days_over`.
create function catalogue.stage_code(in_days integer) returns text
    language sql immutable parallel safe strict
    return case when in_days <= 0 then -in_days || '_days' when in_days = 1 then 'overdue' else in_days || '_days_over' end;
create function catalogue.stage_days(in_code text) returns integer
    language sql immutable parallel safe strict
    return case when in_code = 'overdue' then 1 when in_code like '%over' then split_part(in_code, '_', 1)::integer
                else -split_part(in_code, '_', 1)::integer end;

create function catalogue.rises(in_days integer[]) returns boolean
    language sql immutable parallel safe strict
    return (select coalesce(bool_and(d > before), true)
            from (select d, lag(d) over (order by n) as before from unnest(in_days) with ordinality u(d, n)) x where before is not null);

-- When reminders go out and who is told, by version. The most specific that applies counts: the one a customer chose, else the one of the
-- type, else of the subject and kind, else the general one. `by_choice`: only where a customer chose it.
create table catalogue.reminder_policy (
    id           bigint generated always as identity primary key,
    code         text not null,
    name_vi      text not null,
    name_en      text not null,
    subject_type text,
    kind         text,
    type_code    text references catalogue.instrument_type,
    by_choice    boolean not null default false,
    at           time not null,
    stage_days   integer[] not null check (cardinality(stage_days) between 1 and 20 and catalogue.rises(stage_days)),
    stage_tells  jsonb not null,
    valid        daterange not null,
    source       text not null,
    check (jsonb_array_length(stage_tells) = cardinality(stage_days)),
    exclude using gist (code with =, valid with &&)
);

-- Addresses of those who are told besides the customers, by version.
create table catalogue.reminder_audience (
    id        bigint generated always as identity primary key,
    code      text not null check (code in ('staff', 'manager', 'head')),
    addresses text[] not null,
    language  text not null check (language in ('vi', 'en')),
    valid     daterange not null,
    exclude using gist (code with =, valid with &&)
);
grant select on catalogue.reminder_policy, catalogue.reminder_audience to etalon;

-- What a customer wants: another policy, other addresses, the other language. The newest that has begun counts.
create table record.reminder_preference (
    id          bigint generated always as identity primary key,
    customer_id bigint not null references work.customer,
    policy_code text,
    addresses   text[] not null,
    language    text not null check (language in ('vi', 'en')),
    starts_on   date not null,
    recorded_by bigint references work.person,
    recorded_at timestamptz not null default now()
);
create index reminder_preference_customer on record.reminder_preference (customer_id, starts_on, id);

-- Stages are data now. Whom a stage told is kept with it.
alter table record.reminder drop constraint reminder_stage_check;
alter table record.reminder add constraint reminder_stage_form check (stage ~ '^([0-9]{1,4}_days(_over)?|overdue)$');
alter table record.reminder add column customer_id bigint, add column tells text[];
create index reminder_told on record.reminder (reminded_on, stage, customer_id);

-- What was told to whom in one message: the reminders in it, and those that were not told any more when it was made.
create table record.reminder_notice (
    id          bigint generated always as identity primary key,
    group_id    bigint not null,
    audience    text not null check (audience in ('customer', 'staff', 'manager', 'head')),
    customer_id bigint references work.customer,
    stage       text not null,
    on_day      date not null,
    outcome     text not null check (outcome in ('mailed', 'superseded', 'no_address')),
    told        bigint[] not null,
    superseded  bigint[] not null,
    mails       bigint[] not null,
    recorded_at timestamptz not null default now()
);
create index reminder_notice_group on record.reminder_notice (group_id);

-- The nightly comparison of the rows with the function: what was found and mended.
create table record.deadline_reconciliation (
    id           bigint generated always as identity primary key,
    compared_on  date not null,
    deadlines    bigint not null,
    differences  bigint not null,
    sample       jsonb not null,
    milliseconds bigint not null,
    recorded_at  timestamptz not null default now()
);

do $$
declare
    t text;
begin
    foreach t in array array['reminder_preference', 'reminder_notice', 'deadline_reconciliation']
    loop
        execute format('create trigger leave_audit_entry after insert on record.%I '
            'referencing new table as new_rows for each statement execute function record.leave_audit_entry()', t);
        execute format('grant select, insert on record.%I to etalon', t);
    end loop;
end $$;
grant usage on all sequences in schema record to etalon;

-- One row a deadline, holding only the next moment; wide columns first, no foreign keys: it can be made anew from the records at any time.
-- `stage`: position of the next stage of the policy, one past the last when none is left. `next_at` is infinite then, and while held.
create table work.deadline (
    subject_id bigint not null,
    anchor_id  bigint not null,
    next_at    timestamptz not null,
    due_on     date not null,
    revision   integer not null,
    policy     integer not null,
    class      smallint not null,
    stage      smallint not null,
    held       text,
    primary key (class, subject_id)
) with (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_cost_delay = 0);
create index deadline_next on work.deadline (next_at) where next_at < 'infinity';

-- The civil day for which the rows hold: facts dated later come in when it turns.
create table work.deadline_day (
    only_one  boolean primary key default true check (only_one),
    turned_to date not null
);

-- What is told together: the reminders of one stage, audience and customer of one day, from a moment on.
create table work.reminder_group (
    id          bigint generated always as identity primary key,
    audience    text not null check (audience in ('customer', 'staff', 'manager', 'head')),
    customer_id bigint not null,
    days        integer not null,
    on_day      date not null,
    notify_at   timestamptz not null,
    taken_at    timestamptz,
    unique (on_day, days, audience, customer_id)
);
create index reminder_group_next on work.reminder_group (notify_at) where taken_at is null;
grant select, insert, update, delete on work.deadline, work.deadline_day, work.reminder_group to etalon;
grant usage on all sequences in schema work to etalon;

-- The policy of each class of deadlines on a day, for each type of instruments that has one of its own and (null) for all others.
create function catalogue.policy_choice(as_of date)
    returns table (class smallint, type_code text, policy bigint, at time, stage_days integer[])
    language sql stable
begin atomic
    select distinct on (k.id, p.type_code) k.id, p.type_code, p.id, p.at, p.stage_days
    from catalogue.deadline_class k
    join catalogue.reminder_policy p on not p.by_choice and p.valid @> as_of
        and (p.subject_type is null or p.subject_type = k.subject_type) and (p.kind is null or p.kind = k.kind)
        and (p.type_code is null or k.subject_type = 'instrument')
    order by k.id, p.type_code, num_nonnulls(p.subject_type, p.kind) desc, p.code;
end;

-- What each customer wants on a day.
create function record.reminder_wish(as_of date)
    returns table (customer_id bigint, policy_code text, addresses text[], language text)
    language sql stable
begin atomic
    select distinct on (w.customer_id) w.customer_id, w.policy_code, w.addresses, w.language
    from record.reminder_preference w where w.starts_on <= as_of order by w.customer_id, w.starts_on desc, w.id desc;
end;

-- The rows as they should be today: what `record.due` says, the policy, and the first of its stages that was not told yet.
create function work.wanted_deadlines()
    returns table (class smallint, subject_type text, subject_id bigint, due_on date, anchor_id bigint, policy integer, stage smallint,
                   next_at timestamptz, held text)
    language sql stable
begin atomic
    select k.id, d.subject_type, d.subject_id, d.due_on, coalesce(d.anchor_id, 0), coalesce(p.policy, 0)::integer,
           coalesce(n.stage, cardinality(p.stage_days) + 1, 1)::smallint,
           case when d.held is null and isfinite(d.due_on) and n.stage is not null
                then ((d.due_on + p.stage_days[n.stage]) + p.at) at time zone work.time_zone() else 'infinity' end,
           d.held
    from record.due(work.today()) d
    join catalogue.deadline_class k on k.subject_type = d.subject_type and k.kind = d.kind
    left join work.instrument i on d.subject_type = 'instrument' and i.id = d.subject_id
    left join (
        select s.id as site_id, c.id as policy, c.at, c.stage_days
        from record.reminder_wish(work.today()) w
        join catalogue.reminder_policy c on c.code = w.policy_code and c.valid @> work.today()
        join work.site s on s.customer_id = w.customer_id) chosen on chosen.site_id = i.site_id
    left join catalogue.policy_choice(work.today()) typed on typed.class = k.id and typed.type_code = i.type_code
    left join catalogue.policy_choice(work.today()) usual on usual.class = k.id and usual.type_code is null
    cross join lateral (
        select coalesce(chosen.policy, typed.policy, usual.policy) as policy, coalesce(chosen.at, typed.at, usual.at) as at,
               coalesce(chosen.stage_days, typed.stage_days, usual.stage_days) as stage_days) p
    left join lateral (
        select max(catalogue.stage_days(r.stage)) as days from record.reminder r
        where d.due_on + p.stage_days[1] <= work.today()
          and r.subject_type = d.subject_type and r.subject_id = d.subject_id and r.kind = d.kind
          and r.anchor_id = coalesce(d.anchor_id, 0) and r.due_on = d.due_on) told on true
    left join lateral (
        select min(u.position)::smallint as stage from unnest(p.stage_days) with ordinality u(days, position)
        where told.days is null or u.days > told.days) n on true;
end;

-- Brings the rows of some subjects in step; null for all of the type. Refreshes of one subject follow one another, each with a look of its
-- own at what those before it committed, so the last one writes what holds.
create function work.refresh_deadlines(in_type text, in_ids bigint[]) returns bigint
    language plpgsql set plan_cache_mode = force_generic_plan set jit = off set work_mem = '64MB' as $$
declare
    many constant boolean := in_ids is null or cardinality(in_ids) > 300;
    one bigint;
    changed bigint := 0;
    moved bigint;
begin
    if cardinality(in_ids) = 0 then
        return 0;
    end if;
    if many then
        perform pg_advisory_xact_lock(hashtext('deadlines of ' || in_type));
        with wanted as materialized (
            select * from work.wanted_deadlines() w
            where w.subject_type = in_type and (in_ids is null or w.subject_id in (select unnest(in_ids)))),
        gone as (
            delete from work.deadline d using catalogue.deadline_class k
            where k.id = d.class and k.subject_type = in_type and (in_ids is null or d.subject_id in (select unnest(in_ids)))
              and not exists (select from wanted w where w.class = d.class and w.subject_id = d.subject_id)
            returning 1),
        kept as (
            insert into work.deadline as d (class, subject_id, due_on, anchor_id, policy, stage, next_at, held, revision)
            select class, subject_id, due_on, anchor_id, policy, stage, next_at, held, 1 from wanted
            on conflict (class, subject_id) do update set
                due_on = excluded.due_on, anchor_id = excluded.anchor_id, policy = excluded.policy, stage = excluded.stage,
                next_at = excluded.next_at, held = excluded.held,
                revision = d.revision + ((d.due_on, d.anchor_id) is distinct from (excluded.due_on, excluded.anchor_id))::integer
            where (d.due_on, d.anchor_id, d.policy, d.stage, d.next_at, d.held)
                  is distinct from (excluded.due_on, excluded.anchor_id, excluded.policy, excluded.stage, excluded.next_at, excluded.held)
            returning 1)
        select (select count(*) from gone) + (select count(*) from kept) into changed;
        return changed;
    end if;
    perform pg_advisory_xact_lock_shared(hashtext('deadlines of ' || in_type));
    foreach one in array in_ids loop
        perform pg_advisory_xact_lock(hashtextextended(in_type, one));
        with wanted as materialized (
            select * from work.wanted_deadlines() w where w.subject_type = in_type and w.subject_id = one),
        gone as (
            delete from work.deadline d using catalogue.deadline_class k
            where k.id = d.class and k.subject_type = in_type and d.subject_id = one
              and not exists (select from wanted w where w.class = d.class)
            returning 1),
        kept as (
            insert into work.deadline as d (class, subject_id, due_on, anchor_id, policy, stage, next_at, held, revision)
            select class, subject_id, due_on, anchor_id, policy, stage, next_at, held, 1 from wanted
            on conflict (class, subject_id) do update set
                due_on = excluded.due_on, anchor_id = excluded.anchor_id, policy = excluded.policy, stage = excluded.stage,
                next_at = excluded.next_at, held = excluded.held,
                revision = d.revision + ((d.due_on, d.anchor_id) is distinct from (excluded.due_on, excluded.anchor_id))::integer
            where (d.due_on, d.anchor_id, d.policy, d.stage, d.next_at, d.held)
                  is distinct from (excluded.due_on, excluded.anchor_id, excluded.policy, excluded.stage, excluded.next_at, excluded.held)
            returning 1)
        select (select count(*) from gone) + (select count(*) from kept) into moved;
        changed := changed + moved;
    end loop;
    return changed;
end $$;

-- After a statement on a table that deadlines are read from. Arguments: subject type, query of the subjects over `new_rows`.
create function work.deadlines_moved() returns trigger language plpgsql as $$
declare
    ids bigint[];
begin
    execute format('select coalesce(array_agg(distinct m.id order by m.id), ''{}'') from (%s) m(id) where m.id is not null', tg_argv[1]) into ids;
    perform work.refresh_deadlines(tg_argv[0], ids);
    return null;
end $$;

-- The same where each row names its subject; a customer stands for its instruments.
create function work.subjects_moved() returns trigger language plpgsql as $$
declare
    subject record;
begin
    for subject in
        select x.type, array_agg(distinct x.id order by x.id) as ids from (
            select n.subject_type, n.subject_id from new_rows n where n.subject_type <> 'customer'
            union all
            select 'instrument', i.id from new_rows n join work.site s on s.customer_id = n.subject_id
            join work.instrument i on i.site_id = s.id where n.subject_type = 'customer') x(type, id)
        group by x.type order by x.type
    loop
        perform work.refresh_deadlines(subject.type, subject.ids);
    end loop;
    return null;
end $$;

-- After a change of what holds for all: the policies.
create function work.policies_moved() returns trigger language plpgsql as $$
begin
    if exists (select from new_rows) then
        perform work.refresh_deadlines(t, null) from (select distinct subject_type as t from catalogue.deadline_class order by 1) types;
    end if;
    return null;
end $$;

do $$
declare
    t record;
begin
    for t in select * from (values
        ('work.instrument', 'insert', 'instrument', 'select id from new_rows'),
        ('work.instrument', 'update', 'instrument', 'select id from new_rows'),
        ('work.site', 'update', 'instrument', 'select i.id from new_rows n join work.instrument i on i.site_id = n.id'),
        ('record.conclusion', 'insert', 'instrument',
         'select m.instrument_id from new_rows n join record.measurement m on m.id = n.measurement_id'),
        ('record.instrument_event', 'insert', 'instrument', 'select instrument_id from new_rows'),
        ('record.interval_decision', 'insert', 'instrument',
         'select p.subject_id from new_rows n join record.interval_proposal p on p.id = n.proposal_id where p.subject_type = ''instrument'''),
        ('record.interval_decision', 'insert', 'standard',
         'select p.subject_id from new_rows n join record.interval_proposal p on p.id = n.proposal_id where p.subject_type = ''standard'''),
        ('record.reminder_preference', 'insert', 'instrument',
         'select i.id from new_rows n join work.site s on s.customer_id = n.customer_id join work.instrument i on i.site_id = s.id'),
        ('catalogue.interval_rule', 'insert', 'instrument',
         'select i.id from new_rows n join work.instrument i on i.type_code = n.type_code'),
        ('catalogue.interval_rule', 'update', 'instrument',
         'select i.id from new_rows n join work.instrument i on i.type_code = n.type_code'),
        ('work.standard', 'insert', 'standard', 'select id from new_rows'),
        ('record.standard_certificate', 'insert', 'standard', 'select standard_id from new_rows'),
        ('record.verifier_card', 'insert', 'verifier_card',
         'select c.id from new_rows n join record.verifier_card c on c.person_id = n.person_id'),
        ('record.designation', 'insert', 'designation', 'select d.id from record.designation d where exists (select from new_rows)'),
        ('record.accreditation', 'insert', 'accreditation', 'select a.id from record.accreditation a where exists (select from new_rows)'),
        ('record.sample', 'insert', 'sample', 'select id from new_rows where retain_until is not null'),
        ('record.sample_event', 'insert', 'sample', 'select sample_id from new_rows where kind = ''disposed''')) v("table", event, type, ids)
    loop
        execute format('create trigger %I after %s on %s referencing new table as new_rows for each statement '
            'execute function work.deadlines_moved(%L, %L)', 'deadlines_' || t.event || '_' || t.type, t.event, t."table", t.type, t.ids);
    end loop;
    for t in select unnest(array['deadline_suspension', 'deadline_override', 'interval_agreement']) as "table"
    loop
        execute format('create trigger deadlines_insert after insert on record.%I referencing new table as new_rows for each statement '
            'execute function work.subjects_moved()', t."table");
    end loop;
end $$;
create trigger deadlines_insert after insert on catalogue.reminder_policy
    referencing new table as new_rows for each statement execute function work.policies_moved();
create trigger deadlines_update after update on catalogue.reminder_policy
    referencing new table as new_rows for each statement execute function work.policies_moved();

-- Takes in what is dated between the day for which the rows hold and today: what begins, ends or is put in use then.
create function work.turn_deadlines() returns bigint
    language plpgsql set jit = off as $$
declare
    today constant date := work.today();
    before date;
    span daterange;
    changed bigint := 0;
    subject record;
begin
    select d.turned_to into before from work.deadline_day d;
    if before = today then
        return 0;
    end if;
    insert into work.deadline_day (turned_to) values (today) on conflict (only_one) do nothing;
    select d.turned_to into before from work.deadline_day d for update;
    if before is distinct from today then
        update work.deadline_day set turned_to = today;
    end if;
    span := daterange(least(before, today), greatest(before, today), '(]');
    for subject in
        select x.type, case when bool_or(x.id is null) then null else array_agg(distinct x.id order by x.id) end as ids from (
            select 'instrument', i.id from work.instrument i where i.put_in_use_on <@ span
            union all select 'instrument', e.instrument_id from record.instrument_event e where e.happened_on <@ span
            union all select 'instrument', m.instrument_id from record.measurement m where m.worked_on >= lower(span) and m.worked_on < upper(span)
            union all
            select 'instrument', i.id from catalogue.interval_rule r join work.instrument i on i.type_code = r.type_code
            where lower(r.valid) <@ span or upper(r.valid) <@ span
            union all
            select 'instrument', i.id from record.reminder_preference w join work.site s on s.customer_id = w.customer_id
            join work.instrument i on i.site_id = s.id where w.starts_on <@ span
            union all
            select 'instrument', i.id from record.deadline_suspension s join work.site p on p.customer_id = s.subject_id
            join work.instrument i on i.site_id = p.id
            where s.subject_type = 'customer' and (s.starts_on <@ span or s.ends_on + 1 <@ span)
            union all
            select s.subject_type, s.subject_id from record.deadline_suspension s
            where s.subject_type <> 'customer' and (s.starts_on <@ span or s.ends_on + 1 <@ span)
            union all select o.subject_type, o.subject_id from record.deadline_override o where o.starts_on <@ span
            union all select a.subject_type, a.subject_id from record.interval_agreement a where a.starts_on <@ span
            union all
            select p.subject_type, p.subject_id from record.interval_proposal p
            join record.interval_decision d on d.proposal_id = p.id where d.starts_on <@ span
            union all select 'standard', c.standard_id from record.standard_certificate c where c.issued_on <@ span
            union all select 'verifier_card', null from record.verifier_card c where c.issued_on <@ span
            union all select 'designation', null from record.designation d where d.issued_on <@ span
            union all select 'accreditation', null from record.accreditation a where a.issued_on <@ span
            union all
            select 'sample', s.id from record.sample s join record.work_order o on o.id = s.order_id where o.received_on <@ span
              and s.retain_until is not null
            union all
            select k.subject_type, null from catalogue.deadline_class k
            where exists (select from catalogue.reminder_policy p where lower(p.valid) <@ span or upper(p.valid) <@ span)) x(type, id)
        group by x.type order by x.type
    loop
        changed := changed + work.refresh_deadlines(subject.type, subject.ids);
    end loop;
    return changed;
end $$;

-- Compares every row with what it should be, records the outcome and mends what differs, unless it is only asked to look.
create function work.reconcile_deadlines(in_mend boolean, out deadlines bigint, out differences bigint)
    language plpgsql set jit = off set work_mem = '64MB' as $$
declare
    began constant timestamptz := clock_timestamp();
    found jsonb;
    subject record;
begin
    perform work.turn_deadlines();
    create temporary table deadline_difference on commit drop as
        select k.subject_type, coalesce(w.subject_id, d.subject_id) as subject_id, k.kind,
               to_jsonb(w) - 'subject_type' as wanted, to_jsonb(d) - 'revision' as stored
        from work.wanted_deadlines() w
        full join work.deadline d on d.class = w.class and d.subject_id = w.subject_id
        join catalogue.deadline_class k on k.id = coalesce(w.class, d.class)
        where (w.due_on, w.anchor_id, w.policy, w.stage, w.next_at, w.held)
              is distinct from (d.due_on, d.anchor_id, d.policy, d.stage, d.next_at, d.held);
    select count(*) into differences from deadline_difference;
    select coalesce(jsonb_agg(to_jsonb(x)), '[]') into found from (select * from deadline_difference order by 1, 2, 3 limit 20) x;
    for subject in select f.subject_type as type, array_agg(distinct f.subject_id order by f.subject_id) as ids
                   from deadline_difference f where in_mend group by 1 order by 1
    loop
        perform work.refresh_deadlines(subject.type, subject.ids);
    end loop;
    drop table deadline_difference;
    select count(*) into deadlines from work.deadline;
    insert into record.deadline_reconciliation (compared_on, deadlines, differences, sample, milliseconds)
    values (work.today(), deadlines, differences, found, extract(epoch from clock_timestamp() - began) * 1000);
end $$;

insert into work.deadline_day (turned_to) values (work.today());
select work.refresh_deadlines(t, null) from (select distinct subject_type as t from catalogue.deadline_class order by 1) types;
