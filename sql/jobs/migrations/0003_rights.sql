-- The daemon may do everything with the queue's rows and nothing with its tables. On a server without the
-- role (a measurement on an empty database) the owner runs the queue itself.

do $$
begin
    if exists (select from pg_catalog.pg_roles where rolname = 'etalon') then
        grant usage on schema jobs to etalon;
        grant select, insert, update, delete on all tables in schema jobs to etalon;
        grant usage, select on all sequences in schema jobs to etalon;
        alter default privileges in schema jobs grant select, insert, update, delete on tables to etalon;
        alter default privileges in schema jobs grant usage, select on sequences to etalon;
    end if;
end
$$;
