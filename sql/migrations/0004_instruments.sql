-- Instruments and measurement standards, their measurements, conclusions and evidence.

create table work.instrument (
    id              bigint generated always as identity primary key,
    code            text not null unique,
    type_code       text not null references catalogue.instrument_type,
    serial          text not null check (serial <> ''),
    serial_assigned boolean not null default false,
    maker           text,
    country         text,
    model           text,
    made_in_year    integer,
    type_approval   text,
    site_id         bigint not null references work.site,
    in_trade_use    boolean not null default true,
    put_in_use_on   date not null,
    calibration_months integer check (calibration_months > 0),
    characteristics jsonb not null default '{}',
    revision        integer not null default 1,
    search          text generated always as (work.folded(code || ' ' || serial || ' ' || coalesce(model, ''))) stored
);
create index instrument_site on work.instrument (site_id);
create index instrument_type on work.instrument (type_code);

-- A channel is measured by itself: the nozzle (vòi) of a dispenser, a range, a sensor.
create table work.channel (
    id              bigint generated always as identity primary key,
    instrument_id   bigint not null references work.instrument,
    number          integer not null check (number > 0),
    name            text not null,
    characteristics jsonb not null default '{}',
    unique (instrument_id, number)
);

create table record.instrument_event (
    id            bigint generated always as identity primary key,
    instrument_id bigint not null references work.instrument,
    kind          text not null check (kind in
        ('seal_broken', 'stamp_lost', 'mark_lost', 'repaired', 'changed', 'failed_inspection', 'evidence_recalled',
         'moved', 'owner_changed', 'taken_out', 'put_back')),
    happened_on   date not null,
    note          text,
    recorded_by   bigint references work.person,
    recorded_at   timestamptz not null default now()
);
create index instrument_event_instrument on record.instrument_event (instrument_id, happened_on);

create table work.standard (
    id              bigint generated always as identity primary key,
    code            text not null unique,
    name_vi         text not null,
    name_en         text not null,
    kind            text not null,
    serial          text not null,
    maker           text,
    accuracy_class  text,
    characteristics jsonb not null default '{}',
    revision        integer not null default 1
);

-- A standard needs two papers to verify group 2: a calibration certificate and its certification (Law 04/2011 Art. 14(6)).
create table record.standard_certificate (
    id           bigint generated always as identity primary key,
    standard_id  bigint not null references work.standard,
    kind         text not null check (kind in ('calibration', 'certification')),
    number       text not null,
    organisation text not null,
    issued_on    date not null,
    valid_until  date not null,
    content      jsonb not null default '{}',
    recorded_by  bigint references work.person,
    recorded_at  timestamptz not null default now(),
    unique (standard_id, kind, number),
    check (valid_until >= issued_on)
);

-- Calibration or verification: who measured what, where, when, by which procedure. Never one with a flag in the model;
-- one table here because the readings are alike.
create table record.measurement (
    id            bigint generated always as identity primary key,
    instrument_id bigint not null references work.instrument,
    kind          text not null check (kind in ('verification', 'calibration')),
    mode          text check (mode in ('initial', 'periodic', 'after_repair')),
    procedure_id  bigint references catalogue.procedure,
    worked_on     date not null,
    measured_by   bigint references work.person,
    organisation  text,                     -- another designated organisation (Circular 23/2013 Art. 20(1)); null: this centre
    holder_id     bigint not null references work.customer,
    site_id       bigint not null references work.site,
    place_code    text not null,
    conditions    jsonb not null default '{}',
    recorded_by   bigint references work.person,
    recorded_at   timestamptz not null default now(),
    check ((kind = 'verification') = (mode is not null)),
    check (organisation is not null or (procedure_id is not null and measured_by is not null))
);
create index measurement_instrument on record.measurement (instrument_id, worked_on);
create index measurement_worked on record.measurement (worked_on);

create table record.measurement_standard (
    measurement_id bigint not null references record.measurement,
    standard_id    bigint not null references work.standard,
    primary key (measurement_id, standard_id)
);

-- One observation. Values are kept with the digits that were read.
create table record.reading (
    id             bigint generated always as identity primary key,
    measurement_id bigint not null references record.measurement,
    channel_id     bigint references work.channel,
    phase          text not null default 'as_found' check (phase in ('as_found', 'as_left')),
    point          text not null,
    repetition     integer not null default 1 check (repetition > 0),
    version        integer not null default 1 check (version > 0),
    indicated      numeric not null,
    reference      numeric,
    extra          jsonb not null default '{}',
    reason         text,
    recorded_by    bigint references work.person,
    recorded_at    timestamptz not null default now(),
    unique nulls not distinct (measurement_id, channel_id, phase, point, repetition, version),
    check (version = 1 or reason <> '')
);

create table record.check_result (
    id             bigint generated always as identity primary key,
    measurement_id bigint not null references record.measurement,
    step           text not null,
    channel_id     bigint references work.channel,
    outcome        text not null check (outcome in ('pass', 'fail', 'not_applicable')),
    note           text,
    recorded_by    bigint references work.person,
    recorded_at    timestamptz not null default now()
);
create index check_result_measurement on record.check_result (measurement_id);

-- What the readings came to. Deadlines and reports hang on this, not on paper.
create table record.conclusion (
    measurement_id  bigint primary key references record.measurement,
    outcome         text not null check (outcome in ('pass', 'fail', 'refused', 'not_done', 'calibrated')),
    reasons         jsonb not null default '[]',
    evaluation      jsonb not null default '{}',
    excluded_channels bigint[] not null default '{}',
    engine_version  text not null,
    valid_until     date,
    interval_rule_id bigint references catalogue.interval_rule,
    derivation      jsonb not null default '[]',
    last_certificate text,                  -- of another organisation, as it was shown
    recorded_by     bigint references work.person,
    recorded_at     timestamptz not null default now(),
    check (outcome <> 'pass' or jsonb_array_length(derivation) > 0)
);

-- Stamps and seals: no number unaccounted for.
create table record.stamp (
    id          bigint generated always as identity primary key,
    kind        text not null check (kind in ('stamp', 'seal', 'mark', 'totaliser_seal', 'inspection_seal')),
    series      text not null,
    number      text not null,
    recorded_by bigint references work.person,
    recorded_at timestamptz not null default now(),
    unique (kind, series, number)
);

create table record.stamp_event (
    id             bigint generated always as identity primary key,
    stamp_id       bigint not null references record.stamp,
    kind           text not null check (kind in ('received', 'assigned', 'affixed', 'void', 'lost', 'returned', 'removed')),
    happened_on    date not null,
    person_id      bigint references work.person,
    measurement_id bigint references record.measurement,
    instrument_id  bigint references work.instrument,
    place          text,
    reason         text,
    recorded_by    bigint references work.person,
    recorded_at    timestamptz not null default now(),
    check (kind not in ('void', 'lost', 'removed') or reason <> ''),
    check (kind <> 'assigned' or person_id is not null),
    check (kind <> 'affixed' or (instrument_id is not null and person_id is not null))
);
create index stamp_event_stamp on record.stamp_event (stamp_id, id);
create index stamp_event_measurement on record.stamp_event (measurement_id) where measurement_id is not null;
create unique index stamp_affixed_once on record.stamp_event (stamp_id) where kind = 'affixed';
create unique index stamp_received_once on record.stamp_event (stamp_id) where kind = 'received';

-- Where a stamp is now: its newest event.
create view record.stamp_state as
    select s.id, s.kind, s.series, s.number, e.kind as state, e.person_id, e.instrument_id, e.measurement_id,
           e.happened_on, e.place, e.reason
    from record.stamp s
    cross join lateral (select * from record.stamp_event e where e.stamp_id = s.id order by e.id desc limit 1) e;
