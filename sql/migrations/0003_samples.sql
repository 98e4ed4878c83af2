-- Orders, samples, requested indicators and the versions of their results.

create table record.work_order (
    id             bigint generated always as identity primary key,
    number         text not null unique,
    customer_id    bigint not null references work.customer,
    site_id        bigint references work.site,
    place_code     text not null,
    outside_city   boolean not null,
    purpose        text not null check (purpose in ('customer', 'state_management', 'conformity', 'internal')),
    state_document text,
    ministry       text,
    report_language text not null default 'vi' check (report_language in ('vi', 'en')),
    received_on    date not null,
    promised_on    date,
    recorded_by    bigint references work.person,
    recorded_at    timestamptz not null default now(),
    check (purpose <> 'state_management' or state_document is not null)
);

create table record.sample (
    id               bigint generated always as identity primary key,
    number           text not null unique,
    order_id         bigint not null references record.work_order,
    parent_id        bigint references record.sample,
    kind             text not null default 'customer' check (kind in
        ('customer', 'retained', 'control', 'proficiency', 'internal')),
    matrix_code      text not null references catalogue.matrix,
    description      text not null check (description <> ''),
    condition        text,
    lot              text,
    quantity         text,
    specification_id bigint references catalogue.specification,
    retain_until     date,
    recorded_by      bigint references work.person,
    recorded_at      timestamptz not null default now()
);
create index sample_order on record.sample (order_id);

create table record.sample_event (
    id          bigint generated always as identity primary key,
    sample_id   bigint not null references record.sample,
    kind        text not null check (kind in ('accepted', 'rejected', 'handed_over', 'stored', 'disposed')),
    happened_at timestamptz not null default now(),
    place       text,
    to_person   bigint references work.person,
    reason      text,
    recorded_by bigint references work.person,
    recorded_at timestamptz not null default now(),
    check (kind not in ('rejected', 'disposed') or reason <> '')
);
create index sample_event_sample on record.sample_event (sample_id);

create table record.request (
    id            bigint generated always as identity primary key,
    sample_id     bigint not null references record.sample,
    line_id       bigint not null references catalogue.line,
    subcontracted boolean not null default false,
    recorded_by   bigint references work.person,
    recorded_at   timestamptz not null default now(),
    unique (sample_id, line_id)
);

-- One version of one result. What was typed is kept as typed; `value` is its decimal, with its digits.
create table record.result (
    id          bigint generated always as identity primary key,
    request_id  bigint not null references record.request,
    version     integer not null check (version > 0),
    text        text not null check (text <> ''),
    kind        text not null check (kind in
        ('value', 'below_lod', 'below_loq', 'above', 'range', 'qualitative', 'class', 'not_measured')),
    value       numeric,
    flags       text[] not null default '{}',
    reason      text,
    tested_on   date not null,
    entered_by  bigint references work.person,
    recorded_at timestamptz not null default now(),
    unique (request_id, version),
    check (kind <> 'value' or value is not null),
    check (kind <> 'not_measured' or (reason <> '' and value is null)),
    check (version = 1 or reason <> '')
);

create table record.result_review (
    id          bigint generated always as identity primary key,
    result_id   bigint not null references record.result,
    decision    text not null check (decision in ('approved', 'sent_back')),
    reason      text,
    reviewed_by bigint references work.person,
    recorded_at timestamptz not null default now(),
    check (decision <> 'sent_back' or reason <> '')
);
create index result_review_result on record.result_review (result_id);
create unique index result_approved_once on record.result_review (result_id) where decision = 'approved';

-- Rows where the same person entered and reviewed cannot exist.
create function record.second_person_reviews() returns trigger language plpgsql as $$
declare
    same bigint;
begin
    select n.result_id into same from new_rows n join record.result r on r.id = n.result_id
    where n.reviewed_by = r.entered_by limit 1;
    if found then
        raise exception 'result % was entered by its reviewer', same
            using errcode = 'check_violation', constraint = 'second_person_reviews';
    end if;
    return null;
end $$;
create trigger second_person_reviews after insert on record.result_review
    referencing new table as new_rows for each statement execute function record.second_person_reviews();

-- Yearly plan of samples, by version; the version in force on 31 December is the one compared with.
create table record.year_plan (
    id          bigint generated always as identity primary key,
    year        integer not null check (year between 2000 and 2100),
    version     integer not null check (version > 0),
    samples     integer not null check (samples > 0),
    decision    text not null,
    decided_on  date not null,
    recorded_by bigint references work.person,
    recorded_at timestamptz not null default now(),
    unique (year, version)
);

-- Fuel lots certified as conforming (chứng nhận hợp quy theo lô).
create table record.fuel_lot (
    id               bigint generated always as identity primary key,
    number           text not null unique,
    customer_id      bigint not null references work.customer,
    origin           text not null check (origin in ('blended', 'domestic', 'imported')),
    product          text not null,
    volume_m3        numeric not null check (volume_m3 > 0),
    specification_id bigint not null references catalogue.specification,
    sample_id        bigint references record.sample,
    certificate      text not null unique,
    certified_on     date not null,
    recorded_by      bigint references work.person,
    recorded_at      timestamptz not null default now()
);

create table record.fuel_lot_withdrawal (
    lot_id       bigint primary key references record.fuel_lot,
    withdrawn_on date not null,
    reason       text not null check (reason <> ''),
    recorded_by  bigint references work.person,
    recorded_at  timestamptz not null default now()
);

-- Inspections are the Department's act; the centre takes part and keeps the register apart from its verifications.
create table record.inspection_campaign (
    id          bigint generated always as identity primary key,
    decision    text not null unique,
    decided_on  date not null,
    title       text not null,
    subject     text not null check (subject in ('measurement', 'quality', 'labels', 'mixed')),
    recorded_by bigint references work.person,
    recorded_at timestamptz not null default now()
);

create table record.inspection_visit (
    id          bigint generated always as identity primary key,
    campaign_id bigint not null references record.inspection_campaign,
    customer_id bigint not null references work.customer,
    site_id     bigint references work.site,
    visited_on  date not null,
    finding     text,
    recorded_by bigint references work.person,
    recorded_at timestamptz not null default now()
);
