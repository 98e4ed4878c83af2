-- Master data: what the laboratory knows, with the dates between which each fact holds.
-- The owner loads it (`etalond load`); the daemon may only read it. A row is never edited:
-- a newer version closes the validity of the older one.

create extension if not exists btree_gist;

create schema catalogue;
create schema record;
create schema work;

grant usage on schema catalogue, record, work to etalon;

create table catalogue.load (
    id          bigint generated always as identity primary key,
    loaded_at   timestamptz not null default now(),
    file_count  integer not null,
    sha256      text not null,
    summary     jsonb not null
);

create table catalogue.field (
    code     text primary key,
    position integer not null,
    name_vi  text not null,
    name_en  text not null
);

create table catalogue.matrix (
    code       text primary key,
    field_code text not null references catalogue.field,
    name_vi    text not null,
    name_en    text not null
);

-- A line of the catalogue: one indicator in one matrix by one method, the unit of counting (chỉ tiêu).
create table catalogue.line (
    id             bigint generated always as identity primary key,
    code           text not null,
    matrix_code    text not null references catalogue.matrix,
    indicator_vi   text not null,
    indicator_en   text not null,
    method         text not null,
    method_name    text,
    unit           text not null,
    result_kind    text not null check (result_kind in ('numeric', 'qualitative', 'class')),
    lod            numeric,
    loq            numeric,
    decimals       integer check (decimals between 0 and 12),
    physical_lower numeric,
    physical_upper numeric,
    valid          daterange not null,
    confidence     text,
    source         text,
    exclude using gist (code with =, valid with &&)
);

create table catalogue.specification (
    id            bigint generated always as identity primary key,
    code          text not null,
    version       text not null,
    name_vi       text not null,
    name_en       text not null,
    matrix_code   text references catalogue.matrix,
    decision_rule text not null check (decision_rule in ('simple_acceptance')),
    valid         daterange not null,
    source        text,
    confidence    text,
    exclude using gist (code with =, valid with &&)
);

create table catalogue.specification_limit (
    specification_id bigint not null references catalogue.specification,
    position         integer not null,
    line_code        text not null,
    lower            numeric,
    upper            numeric,
    text_limit       text,
    source           text,
    confidence       text,
    primary key (specification_id, line_code)
);

create table catalogue.instrument_type (
    code    text primary key,
    name_vi text not null,
    name_en text not null,
    family  text not null
);

-- Controls and cycle of an instrument type (Circular 23/2013/TT-BKHCN Art. 4 and its amendments).
create table catalogue.interval_rule (
    id            bigint generated always as identity primary key,
    code          text not null,
    version       text not null,
    type_code     text not null references catalogue.instrument_type,
    cycle_months  integer check (cycle_months > 0),
    type_approval boolean not null,
    initial       boolean not null,
    periodic      boolean not null,
    after_repair  boolean not null,
    valid         daterange not null,
    source        text not null,
    confidence    text not null,
    exclude using gist (type_code with =, valid with &&)
);

-- How the last day of validity is read from the cycle (Circular 24/2013 Art. 41(10) leaves it open).
create table catalogue.validity_policy (
    id     bigint generated always as identity primary key,
    policy text not null check (policy in ('END_OF_MONTH', 'ANNIVERSARY')),
    valid  daterange not null,
    source text not null,
    exclude using gist (valid with &&)
);

create table catalogue.procedure (
    id         bigint generated always as identity primary key,
    code       text not null,
    version    text not null,
    name_vi    text not null,
    name_en    text not null,
    kind       text not null check (kind in ('verification', 'calibration')),
    engine     text not null,
    type_codes text[] not null,
    content    jsonb not null,
    sha256     text not null,
    valid      daterange not null,
    source     text,
    exclude using gist (code with =, valid with &&)
);

create table catalogue.holiday (
    day     date primary key,
    name_vi text not null,
    name_en text not null,
    source  text not null
);

create table catalogue.place (
    id        bigint generated always as identity primary key,
    code      text not null,
    kind      text not null check (kind in ('province', 'district', 'commune')),
    name_vi   text not null,
    parent    text,
    in_city   boolean not null,
    valid     daterange not null,
    source    text,
    exclude using gist (code with =, valid with &&)
);

-- Facts about the centre itself: one JSON document a key.
create table catalogue.laboratory (
    key   text primary key,
    value jsonb not null
);

grant select on all tables in schema catalogue to etalon;
