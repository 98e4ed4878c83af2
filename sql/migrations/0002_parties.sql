-- People and organisations: customers and their sites, staff, what each may do.

-- Text as one searches for it: lower case, no Vietnamese marks, đ as d.
create function work.folded(t text) returns text
    language sql immutable parallel safe strict
    return replace(regexp_replace(normalize(lower(t), NFD), '[\u0300-\u036f]', '', 'g'), 'đ', 'd');

-- An instant as people here read it: RFC 3339 with the offset of Asia/Ho_Chi_Minh, which has no daylight saving.
create function work.instant(t timestamptz) returns text
    language sql immutable parallel safe strict
    return to_char(t at time zone 'Asia/Ho_Chi_Minh', 'YYYY-MM-DD"T"HH24:MI:SS') || '+07:00';

-- Today's civil date. A test schema may set the clock by `etalon.today`; a server in use never does.
create function work.today() returns date
    language sql stable parallel safe
    return coalesce(nullif(current_setting('etalon.today', true), '')::date, (now() at time zone 'Asia/Ho_Chi_Minh')::date);

create table work.customer (
    id          bigint generated always as identity primary key,
    code        text not null unique,
    name        text not null check (name = normalize(name, NFC) and name <> ''),
    kind        text not null check (kind in ('enterprise', 'state_body', 'individual')),
    tax_code    text unique,
    address     text,
    phone       text,
    merged_into bigint references work.customer check (merged_into <> id),
    revision    integer not null default 1,
    search      text generated always as (work.folded(name || ' ' || code || ' ' || coalesce(tax_code, ''))) stored
);

create table work.site (
    id          bigint generated always as identity primary key,
    code        text not null unique,
    customer_id bigint not null references work.customer,
    name        text not null check (name <> ''),
    kind        text not null check (kind in
        ('fuel_station', 'wholesale_market', 'retail_market', 'hospital', 'pharmacy', 'laboratory', 'factory', 'office', 'other')),
    place_code  text not null,
    address     text,
    revision    integer not null default 1,
    search      text generated always as (work.folded(name || ' ' || code || ' ' || coalesce(address, ''))) stored
);
create index site_customer on work.site (customer_id);

create table work.person (
    id       bigint generated always as identity primary key,
    username text not null unique check (username ~ '^[a-z][a-z0-9_.-]*$'),
    name     text not null,
    title    text,
    os_user  text unique,
    active   boolean not null default true,
    revision integer not null default 1
);

create table work.role_grant (
    person_id bigint not null references work.person,
    role      text not null check (role in
        ('reception', 'technician', 'reviewer', 'signatory', 'manager', 'quality', 'administrator')),
    primary key (person_id, role)
);

create table work.api_token (
    id           bigint generated always as identity primary key,
    person_id    bigint not null references work.person,
    token_sha256 text not null unique,
    label        text not null,
    created_at   timestamptz not null default now(),
    revoked_at   timestamptz
);

-- The personal secret asked at each signature: scrypt, five tries.
create table work.pin (
    person_id   bigint primary key references work.person,
    scrypt      text not null,
    failures    integer not null default 0 check (failures between 0 and 5)
);

-- Verifier card (thẻ kiểm định viên, Circular 24/2013 Art. 29-36).
create table record.verifier_card (
    id          bigint generated always as identity primary key,
    person_id   bigint not null references work.person,
    number      text not null unique,
    families    text[] not null check (cardinality(families) > 0),
    issued_on   date not null,
    expires_on  date not null,
    source      text not null default 'decision',
    recorded_at timestamptz not null default now(),
    check (expires_on > issued_on)
);

create table record.verifier_card_event (
    id          bigint generated always as identity primary key,
    card_id     bigint not null references record.verifier_card,
    kind        text not null check (kind in ('suspended', 'restored', 'cancelled')),
    happened_on date not null,
    reason      text not null check (reason <> ''),
    recorded_by bigint references work.person,
    recorded_at timestamptz not null default now()
);

-- The head of the centre and those who sign for the head, with the form that the signature takes.
create table record.signing_authority (
    id          bigint generated always as identity primary key,
    person_id   bigint not null references work.person,
    level       text not null check (level in ('laboratory_head', 'head')),
    form        text not null check (form in ('', 'KT.', 'TL.', 'TUQ.')),
    title_vi    text not null,
    title_en    text not null,
    valid       daterange not null check (not isempty(valid)),
    decision    text not null,
    recorded_at timestamptz not null default now()
);

-- Designation decision of the centre for verification (Circular 24/2013 Art. 15) and its annexed ranges.
create table record.designation (
    id          bigint generated always as identity primary key,
    number      text not null unique,
    type_codes  text[] not null check (cardinality(type_codes) > 0),
    issued_on   date not null,
    expires_on  date not null,
    range_text  text,
    recorded_at timestamptz not null default now(),
    check (expires_on > issued_on)
);

create table record.designation_suspension (
    id             bigint generated always as identity primary key,
    designation_id bigint not null references record.designation,
    during         daterange not null check (not isempty(during)),
    reason         text not null check (reason <> ''),
    recorded_at    timestamptz not null default now()
);

-- Answers of the daemon to requests that carried an Idempotency-Key, kept with the change they answer.
create table work.idempotency (
    caller       text not null,
    key          text not null check (length(key) between 1 and 255),
    request_hash text not null,
    answer       text not null,
    answered_at  timestamptz not null default now(),
    primary key (caller, key)
);
create index idempotency_age on work.idempotency (answered_at);

-- Gap-free numbers: taken in the transaction that freezes what they number (Decree 30/2020 Art. 15).
create table work.number_series (
    series text not null,
    year   integer not null,
    last   integer not null check (last > 0),
    primary key (series, year)
);

create function work.next_number(in_series text, in_year integer) returns integer
    language sql
begin atomic
    insert into work.number_series as s (series, year, last) values (in_series, in_year, 1)
    on conflict (series, year) do update set last = s.last + 1
    returning last;
end;

-- The next code that no customer has: the counter makes receptions wait for each other, the look skips imported codes.
create function work.free_customer_code() returns text language plpgsql as $$
declare
    candidate text;
begin
    loop
        candidate := 'KH' || lpad(work.next_number('customer', 0)::text, 5, '0');
        exit when not exists (select from work.customer where code = candidate);
    end loop;
    return candidate;
end $$;

-- The same for sites.
create function work.free_site_code() returns text language plpgsql as $$
declare
    candidate text;
begin
    loop
        candidate := 'DD' || lpad(work.next_number('site', 0)::text, 5, '0');
        exit when not exists (select from work.site where code = candidate);
    end loop;
    return candidate;
end $$;
