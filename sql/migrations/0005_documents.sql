-- Documents: frozen content with a gap-free number, its rendering, signatures and what became of it.

create table record.document (
    id             bigint generated always as identity primary key,
    kind           text not null check (kind in
        ('test_report', 'verification_record', 'verification_certificate', 'calibration_certificate')),
    series         text not null,
    year           integer not null,
    number         integer not null check (number > 0),
    label          text not null unique,
    sample_id      bigint references record.sample,
    measurement_id bigint references record.measurement,
    replaces_id    bigint references record.document,
    reason         text,
    content        text not null,
    content_sha256 text not null,
    access_code    text not null unique,
    frozen_on      date not null,
    recorded_by    bigint references work.person,
    recorded_at    timestamptz not null default now(),
    unique (series, year, number),
    check ((replaces_id is null) or reason <> ''),
    check (num_nonnulls(sample_id, measurement_id) = 1),
    check (content_sha256 = encode(sha256(convert_to(content, 'UTF8')), 'hex'))
);
create index document_sample on record.document (sample_id) where sample_id is not null;
create index document_measurement on record.document (measurement_id) where measurement_id is not null;
create index document_replaces on record.document (replaces_id) where replaces_id is not null;

-- The lines that a test report carries, for counting and for impact.
create table record.document_result (
    document_id bigint not null references record.document,
    result_id   bigint not null references record.result,
    primary key (document_id, result_id)
);

create table record.rendering (
    document_id bigint primary key references record.document,
    pdf         bytea not null,
    sha256      text not null,
    engine      text not null,
    rendered_at timestamptz not null default now()
);

create table record.signature (
    id             bigint generated always as identity primary key,
    document_id    bigint not null references record.document,
    step           text not null check (step in ('verifier', 'laboratory_head', 'head')),
    person_id      bigint not null references work.person,
    authority_id   bigint references record.signing_authority,
    signed_on      date not null,
    content_sha256 text not null,
    recorded_at    timestamptz not null default now(),
    unique (document_id, step),
    unique (document_id, person_id)
);

create table record.document_event (
    id          bigint generated always as identity primary key,
    document_id bigint not null references record.document,
    kind        text not null check (kind in ('issued', 'handed_over', 'amended', 'withdrawn', 'voided')),
    happened_on date not null,
    reason      text,
    recorded_by bigint references work.person,
    recorded_at timestamptz not null default now(),
    check (kind not in ('withdrawn', 'voided') or reason <> '')
);
create unique index document_event_once on record.document_event (document_id, kind);

-- A document has one replacement at a time; one that was voided before it was issued gives way to the next.
create function record.one_replacement() returns trigger language plpgsql as $$
begin
    perform pg_advisory_xact_lock(7305007, new.replaces_id::int);
    if exists (select from record.document d where d.replaces_id = new.replaces_id and d.id <> new.id
               and not exists (select from record.document_event e where e.document_id = d.id and e.kind = 'voided')) then
        raise exception 'document % has a replacement already', new.replaces_id
            using errcode = 'unique_violation', constraint = 'document_replaced_once';
    end if;
    return null;
end $$;
create trigger one_replacement after insert on record.document
    for each row when (new.replaces_id is not null) execute function record.one_replacement();

-- State of each document, newest fact first.
create view record.document_state as
    select d.id, d.kind, d.label, d.sample_id, d.measurement_id, d.replaces_id, d.access_code, d.frozen_on,
           case when bool_or(e.kind = 'voided') then 'voided'
                when bool_or(e.kind = 'withdrawn') then 'withdrawn'
                when bool_or(e.kind = 'amended') then 'amended'
                when bool_or(e.kind = 'issued') then 'issued'
                when exists (select from record.rendering r where r.document_id = d.id) then 'rendered'
                else 'numbered' end as state,
           min(e.happened_on) filter (where e.kind = 'issued') as issued_on
    from record.document d left join record.document_event e on e.document_id = d.id
    group by d.id;
