-- One civil time for the whole laboratory. `work.time_zone()` is a constant that the loading of `laboratory.yaml` sets, so that every
-- query folds it like a literal; until then it is the zone of the first centre.

create function work.time_zone() returns text
    language sql immutable parallel safe
    return 'Asia/Ho_Chi_Minh';

-- Sets the zone, once: a laboratory that has records keeps the zone in which their days were counted.
create function catalogue.keep_time_zone() returns trigger
    language plpgsql
as $$
declare
    wanted text := new.value #>> '{}';
begin
    if wanted = work.time_zone() then
        return new;
    end if;
    if not exists (select from pg_catalog.pg_timezone_names n where n.name = wanted) then
        raise exception 'time_zone % is not a zone of the IANA database', wanted using errcode = 'invalid_parameter_value';
    end if;
    if exists (select from record.audit_entry) then
        raise exception 'the records count their days in %, so time_zone cannot become %', work.time_zone(), wanted
            using errcode = 'object_not_in_prerequisite_state';
    end if;
    execute format(
        'create or replace function work.time_zone() returns text language sql immutable parallel safe return %L', wanted);
    return new;
end
$$;

create trigger keep_time_zone before insert or update on catalogue.laboratory
    for each row when (new.key = 'time_zone') execute function catalogue.keep_time_zone();

-- The civil day of an instant.
create function work.civil_day(t timestamptz) returns date
    language sql stable parallel safe strict
    return (t at time zone work.time_zone())::date;

create or replace function work.instant(t timestamptz) returns text
    language sql immutable parallel safe strict
    return to_char(t at time zone work.time_zone(), 'YYYY-MM-DD"T"HH24:MI:SS')
        || case when t at time zone work.time_zone() < t at time zone 'UTC' then '-' else '+' end
        || to_char(greatest((t at time zone work.time_zone()) - (t at time zone 'UTC'),
                            (t at time zone 'UTC') - (t at time zone work.time_zone())), 'HH24:MI');

create or replace function work.today() returns date
    language sql stable parallel safe
    return coalesce(nullif(current_setting('etalon.today', true), '')::date, (now() at time zone work.time_zone())::date);
