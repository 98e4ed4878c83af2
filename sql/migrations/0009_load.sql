-- Loading master data: versions are added, validity ranges are closed, nothing that is in force is edited.

-- Loads rows of a table whose versions have a key and a validity range.
-- A row with a known key and first day must say what is stored already; only its last day may come in.
create function catalogue.load_versions(
    in_table text, in_key text, in_rows jsonb,
    out added integer, out closed integer, out unchanged integer, out conflicts text[])
    language plpgsql as $$
declare
    target text := format('catalogue.%I', in_table);
    names text;
begin
    select string_agg(quote_ident(column_name), ', ' order by ordinal_position) into names
    from information_schema.columns where table_schema = 'catalogue' and table_name = in_table and column_name <> 'id';
    execute format('create temp table incoming on commit drop as select * from jsonb_populate_recordset(null::%s, $1)', target) using in_rows;
    execute format($q$select coalesce(array_agg(t.%1$I || ' from ' || lower(t.valid) order by t.%1$I), '{}')
        from %2$s t join incoming n on n.%1$I = t.%1$I and lower(n.valid) = lower(t.valid)
        where to_jsonb(t) - 'id' - 'valid' is distinct from to_jsonb(n) - 'id' - 'valid'$q$, in_key, target) into conflicts;
    execute format($q$select count(*) from %2$s t join incoming n on n.%1$I = t.%1$I and n.valid = t.valid$q$, in_key, target) into unchanged;
    execute format($q$update %2$s t set valid = n.valid from incoming n
        where n.%1$I = t.%1$I and lower(n.valid) = lower(t.valid) and n.valid <> t.valid and not upper_inf(n.valid)$q$, in_key, target);
    get diagnostics closed = row_count;
    execute format($q$insert into %2$s (%3$s) select %3$s from incoming n
        where not exists (select from %2$s t where t.%1$I = n.%1$I and lower(t.valid) = lower(n.valid)) order by %1$I, lower(n.valid)$q$,
        in_key, target, names);
    get diagnostics added = row_count;
    drop table incoming;
end $$;

-- Loads rows that have a key and no validity: new ones are added, a changed name is taken over and counted.
create function catalogue.load_names(
    in_table text, in_key text, in_rows jsonb,
    out added integer, out closed integer, out unchanged integer, out conflicts text[])
    language plpgsql as $$
declare
    target text := format('catalogue.%I', in_table);
    names text;
    excluded_names text;
    total integer;
begin
    select string_agg(quote_ident(column_name), ', ' order by ordinal_position),
           string_agg('excluded.' || quote_ident(column_name), ', ' order by ordinal_position)
    into names, excluded_names
    from information_schema.columns where table_schema = 'catalogue' and table_name = in_table;
    execute format($q$select count(*) from jsonb_populate_recordset(null::%2$s, $1) n join %2$s t on t.%1$I = n.%1$I
        where to_jsonb(t) = to_jsonb(n)$q$, in_key, target) into unchanged using in_rows;
    execute format($q$select count(*) from jsonb_populate_recordset(null::%2$s, $1) n
        where not exists (select from %2$s t where t.%1$I = n.%1$I)$q$, in_key, target) into added using in_rows;
    execute format($q$insert into %2$s (%3$s) select %3$s from jsonb_populate_recordset(null::%2$s, $1)
        on conflict (%1$I) do update set (%3$s) = row(%4$s)$q$, in_key, target, names, excluded_names) using in_rows;
    get diagnostics total = row_count;
    closed := total - added - unchanged;
    conflicts := '{}';
end $$;
