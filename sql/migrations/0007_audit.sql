-- Audit: every row that enters a record table leaves an entry with the hash of its canonical text; committed entries are
-- sealed in batches into a chain, so that neither an altered row nor a removed entry goes unseen.

create table record.audit_entry (
    id          bigint generated always as identity primary key,
    at          timestamptz not null default now(),
    actor       bigint,
    act         text,
    table_name  text not null,
    row_key     text not null,
    row_sha256  bytea not null
);
create index audit_entry_row on record.audit_entry (table_name, row_key);

create table record.audit_seal (
    id          bigint generated always as identity primary key,
    first_entry bigint not null,
    last_entry  bigint not null,
    entries     bigint not null check (entries > 0),
    previous_id bigint unique references record.audit_seal,
    chain       bytea not null,
    sealed_at   timestamptz not null default now(),
    check (last_entry >= first_entry)
);
create unique index audit_seal_first on record.audit_seal ((previous_id is null)) where previous_id is null;

-- Canonical text of a row: its JSON without nulls, so that a column added later with no value changes nothing.
create function record.canonical(r jsonb) returns bytea
    language sql immutable parallel safe strict
    return sha256(convert_to(jsonb_strip_nulls(r)::text, 'UTF8'));

create function record.row_key(r jsonb) returns text
    language sql immutable parallel safe strict
    return coalesce(r ->> 'id',
        (r ->> 'document_id') || coalesce('/' || (r ->> 'result_id'), ''),
        (r ->> 'measurement_id') || coalesce('/' || (r ->> 'standard_id'), ''),
        r ->> 'lot_id');

create function record.leave_audit_entry() returns trigger
    language plpgsql security definer set search_path = pg_catalog, record set timezone = 'UTC' set datestyle = 'ISO, YMD' set bytea_output = 'hex' as $$
begin
    insert into record.audit_entry (actor, act, table_name, row_key, row_sha256)
    select nullif(current_setting('etalon.actor', true), '')::bigint,
           nullif(current_setting('etalon.act', true), ''),
           tg_table_name, record.row_key(j), record.canonical(j)
    from (select to_jsonb(n) as j from new_rows n) rows;
    return null;
end $$;

do $$
declare
    t text;
begin
    for t in select tablename from pg_tables where schemaname = 'record' and tablename not like 'audit\_%'
    loop
        execute format('create trigger leave_audit_entry after insert on record.%I '
            'referencing new table as new_rows for each statement execute function record.leave_audit_entry()', t);
    end loop;
end $$;

-- Rows of one record table that no longer are what their entry says, or have none, or are gone.
create function record.audit_faults(in_table text)
    returns table (table_name text, row_key text, fault text, entry_id bigint, actor bigint, at timestamptz)
    language plpgsql stable set timezone = 'UTC' set datestyle = 'ISO, YMD' set bytea_output = 'hex' as $$
begin
    return query execute format($q$
        with present as (select record.row_key(j) as k, record.canonical(j) as h from (select to_jsonb(t) as j from record.%I t) s),
        entry as (select a.id, a.row_key as k, a.row_sha256 as h, a.actor, a.at from record.audit_entry a where a.table_name = %L)
        select %L::text, coalesce(p.k, e.k),
               case when e.k is null then 'no entry' when p.k is null then 'missing' else 'altered' end,
               e.id, e.actor, e.at
        from present p full join entry e on e.k = p.k
        where p.h is distinct from e.h $q$, in_table, in_table, in_table);
end $$;

-- Value of the chain after the entries from one id to another.
create function record.chain_value(in_previous bytea, in_first bigint, in_last bigint) returns bytea
    language sql stable set timezone = 'UTC'
    return (select sha256(coalesce(in_previous, ''::bytea) || sha256(string_agg(
                convert_to(a.id || '|' || extract(epoch from a.at) || '|' || coalesce(a.actor::text, '') || '|'
                           || a.table_name || '|' || a.row_key || '|', 'UTF8') || a.row_sha256, ''::bytea order by a.id)))
            from record.audit_entry a where a.id between in_first and in_last);

-- Seals every committed entry. The lock waits for writers under way: identities are handed out before commit, so without
-- it an entry could become visible below one that is sealed already.
create function record.seal_audit() returns bigint
    language plpgsql security definer set search_path = pg_catalog, record set timezone = 'UTC' as $$
declare
    head record.audit_seal;
    sealed bigint;
begin
    lock table record.audit_entry in share mode;
    select * into head from record.audit_seal order by id desc limit 1;
    insert into record.audit_seal (first_entry, last_entry, entries, previous_id, chain)
    select min(a.id), max(a.id), count(*), head.id, record.chain_value(head.chain, min(a.id), max(a.id))
    from record.audit_entry a
    where a.id > coalesce(head.last_entry, 0)
    having count(*) > 0
    returning entries into sealed;
    return coalesce(sealed, 0);
end $$;

-- Seals whose entries no longer give the chain value.
create function record.broken_seals() returns table (seal_id bigint, first_entry bigint, last_entry bigint, fault text)
    language sql stable
begin atomic
    select s.id, s.first_entry, s.last_entry,
           case when found.entries is distinct from s.entries then 'entries missing or added' else 'entries altered' end
    from record.audit_seal s
    left join record.audit_seal p on p.id = s.previous_id
    cross join lateral (
        select count(*) as entries from record.audit_entry a where a.id between s.first_entry and s.last_entry) found
    where found.entries is distinct from s.entries
       or record.chain_value(p.chain, s.first_entry, s.last_entry) is distinct from s.chain
    union all
    -- a link taken out of the middle of the chain
    select s.id, s.first_entry, s.last_entry, 'seal missing before this one'
    from record.audit_seal s left join record.audit_seal p on p.id = s.previous_id
    where s.first_entry <> coalesce((select min(a.id) from record.audit_entry a
                                     where a.id > coalesce(p.last_entry, 0)), s.first_entry);
end;
