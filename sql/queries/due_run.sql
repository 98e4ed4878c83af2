-- name: due_now :one
select work.instant(now()) as now, work.today()::text as today, replace(gen_random_uuid()::text, '-', '') as run_id;

-- name: due_run_lock :one
-- One emission at a time, so that no second run continues the same link; a statement of its own, so that the next sees what it waited for.
select pg_advisory_xact_lock(7305005)::text as locked;

-- name: due_run_head :one
-- The newest run of the chain.
select id, run_id, manifest_sha256 from record.due_run order by id desc limit 1;

-- name: due_night_run :one
-- The run of record of a night, when it has one. $1 night
select r.run_id as name from record.due_night r where r.as_of = $1::date order by r.id desc limit 1;

-- name: due_run_add :one
-- $1 run id, $2 as of, $3 within, $4 overdue, $5 due, $6 manifest, $7 sha-256 of the manifest, $8 previous, $9 person, $10 emitted at, $11 origin
insert into record.due_run (run_id, as_of, within_days, overdue, due, manifest, manifest_sha256, previous_id, recorded_by, emitted_at,
                            emitted_on, origin)
values ($1::text, $2::date, $3::int, $4::int, $5::int, $6::text, $7::text, $8::bigint, $9::bigint, $10::timestamptz, work.today(),
        $11::text)
returning id, run_id as code;

-- name: due_run_part_add :exec
-- $1 run id, $2 file, $3 number, $4 bytes
insert into record.due_run_part (run_id, name, number, body) values ($1::text, $2::text, $3::int, $4::bytea);

-- name: due_run_file_add :exec
-- $1 run id, $2 file, $3 length, $4 sha-256, $5 what made it
insert into record.due_run_file (run_id, name, bytes, sha256, engine) values ($1::text, $2::text, $3::bigint, $4::text, $5::text);

-- name: due_run_list :many
-- Runs, newest first. $1 below this id, $2 at most
select r.id, r.run_id, r.as_of::text as as_of, work.instant(r.emitted_at) as emitted_at, coalesce(r.origin, 'requested') as origin,
       r.overdue, r.due, r.manifest_sha256, p.run_id as previous,
       (select a.kind from record.due_alarm a where a.run_id = r.run_id
        and not exists (select from record.due_alarm_end e where e.alarm_id = a.id)) as alarm
from record.due_run r left join record.due_run p on p.id = r.previous_id where r.id < $1::bigint order by r.id desc limit $2::int;

-- name: due_run_by_id :one
-- A run by its id, or by enough of its beginning to be the only one; what stands in its row of the days before runs had files. $1 run
select r.run_id, r.as_of::text as as_of, r.within_days, work.instant(r.emitted_at) as emitted_at,
       coalesce(r.origin, 'requested') as origin, r.overdue, r.due, r.manifest, r.manifest_sha256, p.run_id as previous
from record.due_run r left join record.due_run p on p.id = r.previous_id
where r.run_id = $1::text
   or (length($1::text) >= 6 and starts_with(r.run_id, $1::text)
       and (select count(*) from record.due_run x where starts_with(x.run_id, $1::text)) = 1);

-- name: due_run_files :many
-- The files of a run, in the order of their names. $1 run id
select f.name, f.bytes, f.sha256, f.engine from record.due_run_file f where f.run_id = $1::text
union all
select x.name, octet_length(x.body), encode(sha256(convert_to(x.body, 'UTF8')), 'hex'), null
from record.due_run r cross join lateral (values ('csv', r.csv), ('json', r.json)) as x(name, body)
where r.run_id = $1::text and x.body is not null
order by name;

-- name: due_run_part :one
-- A part of a file. $1 run id, $2 file, $3 number
select p.body from record.due_run_part p where p.run_id = $1::text and p.name = $2::text and p.number = $3::int
union all
select convert_to(case $2::text when 'csv' then r.csv when 'json' then r.json end, 'UTF8')
from record.due_run r where r.run_id = $1::text and r.csv is not null and $2::text in ('csv', 'json') and $3::int = 1;

-- name: due_run_check :many
-- Runs whose links and hashes are compared, oldest first, with what is wrong with each. $1 above this id, $2 at most
with page as (select * from record.due_run r where r.id > $1::bigint order by r.id limit $2::int),
said as (select p.*, p.manifest::jsonb as m from page p)
select s.id, s.run_id, s.as_of::text as as_of,
       array_remove(array[
           case when encode(sha256(convert_to(s.manifest, 'UTF8')), 'hex') <> s.manifest_sha256 then 'manifest' end,
           case when s.previous_id is distinct from (select max(x.id) from record.due_run x where x.id < s.id) then 'link' end,
           case when (s.m -> 'previous' ->> 'run_id') is distinct from (select x.run_id from record.due_run x where x.id = s.previous_id)
                  or (s.m -> 'previous' ->> 'manifest_sha256') is distinct from
                     (select encode(sha256(convert_to(x.manifest, 'UTF8')), 'hex') from record.due_run x where x.id = s.previous_id)
                then 'previous' end,
           case when s.m ->> 'run_id' is distinct from s.run_id or s.m ->> 'as_of' is distinct from s.as_of::text
                  or (s.m -> 'counts' ->> 'overdue')::int is distinct from s.overdue
                  or (s.m -> 'counts' ->> 'due')::int is distinct from s.due then 'counts' end], null)
       || coalesce((select array_agg(f.name order by f.name) from (
              select k.name,
                     coalesce(encode(sha256((select string_agg(q.body, ''::bytea order by q.number) from record.due_run_part q
                                             where q.run_id = s.run_id and q.name = k.name)), 'hex'),
                              encode(sha256(convert_to(case k.name when 'csv' then s.csv when 'json' then s.json end, 'UTF8')), 'hex'))
                         as real,
                     coalesce(s.m -> 'sha256' ->> k.name, f.sha256) as claimed, f.sha256 as filed
              from (select jsonb_object_keys(s.m -> 'sha256') as name union select x.name from record.due_run_file x where x.run_id = s.run_id) k
              left join record.due_run_file f on f.run_id = s.run_id and f.name = k.name) f
          where f.real is distinct from f.claimed or f.filed <> f.claimed), '{}') as faults
from said s order by s.id;

-- name: due_run_difference :many
-- What a run says that another does not, and where both speak of the same in other words. $1 run before, $2 run after, $3 at most
select case when a.instrument_id is null then 'came' when b.instrument_id is null then 'went' else 'changed' end as change,
       coalesce(b.subject_type, a.subject_type) as subject_type, coalesce(b.code, a.code) as code, coalesce(b.kind, a.kind) as kind,
       coalesce(b.customer, a.customer) as customer, coalesce(b.site, a.site) as site,
       a.class as class_before, b.class as class_after, a.reason as reason_before, b.reason as reason_after,
       a.due_on as due_on_before, b.due_on as due_on_after, count(*) over () as total
from record.due_run_items($1::text) a
full join record.due_run_items($2::text) b
     on b.subject_type = a.subject_type and b.instrument_id = a.instrument_id and b.kind = a.kind
where (a.class, a.reason, a.due_on) is distinct from (b.class, b.reason, b.due_on)
order by change, code, kind limit $3::int;

-- name: due_run_totals :many
-- Lines of each earlier night of the same class (working day or weekend), newest first. $1 as of, $2 within, $3 at most
select x.lines from (
    select distinct on (r.as_of) r.as_of, r.overdue + r.due as lines
    from record.due_night r
    where r.as_of < $1::date and r.as_of >= $1::date - 120 and r.within_days = $2::int
      and (extract(isodow from r.as_of) >= 6) = (extract(isodow from $1::date) >= 6)
    order by r.as_of desc, r.id desc) x
order by x.as_of desc limit $3::int;

-- name: due_deadlines_exist :one
-- Whether anything at all has a deadline as of a day. $1 as of
select exists (select from record.due($1::date) d where d.subject_type = 'instrument') as found;

-- name: due_nights :many
-- Nights from the one after the first run of a night to today, at most 92, with the run of each. $1 today
select d::date::text as night,
       (select r.run_id from record.due_night r where r.as_of = d::date order by r.id desc limit 1) as run_id
from generate_series(greatest(coalesce((select min(r.as_of) + 1 from record.due_night r), $1::date), $1::date - 92)::timestamp,
                     $1::date::timestamp, interval '1 day') d
order by d;

-- name: due_alarm_missing_add :many
-- Notes every night without its run, from the one after the first run of a night, at most 92; a run that somebody asked for is none.
-- A night has until an hour of its day. $1 that hour, as the time since midnight
with watched as (
    select ((work.moment() at time zone work.time_zone()) - $1::interval)::date as night)
insert into record.due_alarm (night, kind)
select d::date, 'missing'
from watched w
cross join generate_series(greatest(coalesce((select min(r.as_of) + 1 from record.due_night r), w.night), w.night - 92)::timestamp,
                           w.night::timestamp, interval '1 day') d
where not exists (select from record.due_night r where r.as_of = d::date)
on conflict do nothing
returning id, night::text as code;

-- name: due_alarm_add :one
-- $1 night, $2 kind, $3 run, $4 lines, $5 usual
insert into record.due_alarm (night, kind, run_id, lines, usual) values ($1::date, $2::text, $3::text, $4::int, $5::int)
returning id, kind as code;

-- name: due_alarm_end :many
-- A night's good run ends the alarms of its night and of the nights before: what was missing; what was empty when it looks as far ahead as
-- that one did; and what was suspicious in any way when it was compared with earlier nights. $1 run, $2 night, $3 within, $4 whether compared
insert into record.due_alarm_end (alarm_id, run_id)
select a.id, $1::text from record.due_alarm a
where a.night <= $2::date and not exists (select from record.due_alarm_end e where e.alarm_id = a.id)
  and (a.kind = 'missing' or $4::bool
       or a.kind = 'empty' and exists (select from record.due_run r where r.run_id = a.run_id and r.within_days = $3::int))
returning id, run_id as code;

-- name: due_alarm_list :many
-- Alarms, newest first, or only those that nothing ended. $1 below this id, $2 at most, $3 only open
select a.id, a.night::text as night, a.kind, a.run_id, a.lines, a.usual, work.instant(a.raised_at) as raised_at,
       work.instant(e.ended_at) as ended_at, e.run_id as ended_by
from record.due_alarm a left join record.due_alarm_end e on e.alarm_id = a.id
where a.id < $1::bigint and (not $3::bool or e.id is null) order by a.id desc limit $2::int;

-- name: due_run_lines :many
-- The lines of a run as it was said, in their order. $1 run id
select x.class, x.reason, x.due_on, x.days, x.subject_type, x.instrument_id, x.code, x.type, x.serial, x.customer, x.site, x.district,
       x.kind
from record.due_run_items($1::text) x order by x.class desc, x.due_on, x.instrument_id;

-- name: person_mail_addresses :many
-- Addresses of everybody active who has a role. $1 role
select p.email as name from work.person p join work.role_grant g on g.person_id = p.id
where p.active and p.email is not null and g.role = $1::text order by p.username;
