-- Runs of the due list: their files in pieces, why each was made, nights that went wrong, who is told.

-- Runs made before this step keep csv and json in their row, so that their audit entries stay true; later ones have files.
alter table record.due_run
    alter column csv drop not null,
    alter column json drop not null,
    add column emitted_on date,
    add column origin text check (origin in ('nightly', 'requested', 'caught_up'));
create index due_run_as_of on record.due_run (as_of, id);

-- A file of a run; its bytes are its parts in the order of their numbers, so that none of them is long.
create table record.due_run_file (
    id          bigint generated always as identity primary key,
    run_id      text not null references record.due_run (run_id) deferrable initially deferred,
    name        text not null check (name in ('csv', 'json', 'xlsx', 'pdf')),
    bytes       bigint not null check (bytes >= 0),
    sha256      text not null check (sha256 ~ '^[0-9a-f]{64}$'),
    engine      text,
    recorded_at timestamptz not null default now(),
    unique (run_id, name)
);
create table record.due_run_part (
    id     bigint generated always as identity primary key,
    run_id text not null,
    name   text not null,
    number integer not null check (number > 0),
    body   bytea not null,
    unique (run_id, name, number),
    foreign key (run_id, name) references record.due_run_file (run_id, name) deferrable initially deferred
);

-- A night whose run is missing, has far fewer lines than such nights have, or none although deadlines exist.
create table record.due_alarm (
    id        bigint generated always as identity primary key,
    night     date not null,
    kind      text not null check (kind in ('missing', 'small', 'empty')),
    run_id    text references record.due_run (run_id),
    lines     integer,
    usual     integer,
    raised_at timestamptz not null default now(),
    check ((kind = 'missing') = (run_id is null))
);
create unique index due_alarm_missing on record.due_alarm (night) where kind = 'missing';
create unique index due_alarm_run on record.due_alarm (run_id) where run_id is not null;

-- The good run that ended an alarm.
create table record.due_alarm_end (
    id       bigint generated always as identity primary key,
    alarm_id bigint not null unique references record.due_alarm,
    run_id   text not null references record.due_run (run_id),
    ended_at timestamptz not null default now()
);

do $$
declare
    t text;
begin
    foreach t in array array['due_run_file', 'due_run_part', 'due_alarm', 'due_alarm_end']
    loop
        execute format('create trigger leave_audit_entry after insert on record.%I '
            'referencing new table as new_rows for each statement execute function record.leave_audit_entry()', t);
        execute format('grant select, insert on record.%I to etalon', t);
    end loop;
end $$;

-- Where people of the centre get their mail.
alter table work.person add column if not exists email text check (email <> '');

grant usage on all sequences in schema record to etalon;

-- A run's json as it was said: the list in it, line by line.
create function record.due_run_items(in_run text)
    returns table (class text, reason text, due_on text, days integer, subject_type text, instrument_id bigint, code text, type text,
                   serial text, customer text, site text, district text, kind text, rule text, why text)
    language sql stable
begin atomic
    select x.class, x.reason, x.due_on, x.days, x.subject_type, x.instrument_id, x.code, x.type, x.serial, x.customer, x.site,
           x.district, x.kind, x.rule, x.why
    from jsonb_to_recordset((
        select coalesce(r.json, (select convert_from(string_agg(p.body, ''::bytea order by p.number), 'UTF8')
                                 from record.due_run_part p where p.run_id = r.run_id and p.name = 'json'))::jsonb -> 'items'
        from record.due_run r where r.run_id = in_run))
        as x(class text, reason text, due_on text, days integer, subject_type text, instrument_id bigint, code text, type text,
             serial text, customer text, site text, district text, kind text, rule text, why text);
end;

-- Who is told of what falls due: assignments of people, customers who agreed, calendars to subscribe to.

-- Which instruments a person answers for: those of a place and what lies in it, of a type, of a customer, or of what is named together.
create table work.due_assignment (
    id          bigint generated always as identity primary key,
    person_id   bigint not null references work.person,
    place_code  text,
    type_code   text references catalogue.instrument_type (code),
    customer_id bigint references work.customer,
    made_at     timestamptz not null default now(),
    made_by     bigint references work.person,
    unique nulls not distinct (person_id, place_code, type_code, customer_id),
    check (num_nonnulls(place_code, type_code, customer_id) > 0)
);

-- Customers who agreed to be told of what is due at their sites, and under which address; without agreement nobody is told.
create table work.due_subscription (
    id          bigint generated always as identity primary key,
    customer_id bigint not null references work.customer,
    email       text not null check (email <> ''),
    language    text not null check (language in ('vi', 'en')),
    agreed_on   date not null,
    agreed_by   text not null check (agreed_by <> ''),
    made_at     timestamptz not null default now(),
    made_by     bigint references work.person,
    ended_at    timestamptz,
    ended_by    bigint references work.person
);
create unique index due_subscription_open on work.due_subscription (customer_id, lower(email)) where ended_at is null;

-- An address under which a calendar program reads the dates of a customer, a place or a person; its secret is kept as a hash only.
create table work.calendar_feed (
    id            bigint generated always as identity primary key,
    secret_sha256 text not null unique,
    customer_id   bigint references work.customer,
    place_code    text,
    person_id     bigint references work.person,
    language      text not null check (language in ('vi', 'en')),
    alarm_days    integer check (alarm_days between 0 and 366),
    label         text not null check (label <> ''),
    made_at       timestamptz not null default now(),
    made_by       bigint references work.person,
    revoked_at    timestamptz,
    revoked_by    bigint references work.person,
    check (num_nonnulls(customer_id, place_code, person_id) = 1)
);
grant select, insert, update, delete on work.due_assignment, work.due_subscription, work.calendar_feed to etalon;
grant usage on all sequences in schema work to etalon;

-- Whether a site lies in a place: in itself, or in a place that is part of it.
create function work.lies_in(in_site_place text, in_place text) returns boolean
    language sql stable
    return in_site_place = in_place
        or exists (select from catalogue.place p where p.code = in_site_place and p.parent = in_place and p.valid @> work.today());
