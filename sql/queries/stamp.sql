-- name: stamps_receive :one
-- Takes a run of numbers into stock. $1 kind, $2 series, $3 first, $4 last, $5 person, $6 day
with numbers as (
    select lpad(n::text, length($3::text), '0') as number from generate_series(($3::text)::bigint, ($4::text)::bigint) as n),
added as (
    insert into record.stamp (kind, series, number, recorded_by) select $1::text, $2::text, number, $5::bigint from numbers returning id),
noted as (
    insert into record.stamp_event (stamp_id, kind, happened_on, recorded_by) select id, 'received', $6::date, $5::bigint from added returning id)
select count(*)::bigint as id, null as code from noted;

-- name: stamp_facts :many
-- Where each named stamp is, in the order asked. $1 kinds, $2 series, $3 numbers
select u.n::int as position, s.id, s.state, s.person_id, p.username as holder
from unnest($1::text[], $2::text[], $3::text[]) with ordinality as u(kind, series, number, n)
left join record.stamp_state s on s.kind = u.kind and s.series = u.series and s.number = u.number
left join work.person p on p.id = s.person_id
order by u.n;

-- name: stamp_run :many
-- Where each stamp of a run is. $1 kind, $2 series, $3 first, $4 last
select (row_number() over (order by s.number))::int as position, s.id, s.state, s.person_id, p.username as holder
from record.stamp_state s left join work.person p on p.id = s.person_id
where s.kind = $1::text and s.series = $2::text and s.number between $3::text and $4::text and length(s.number) = length($3::text)
order by s.number;

-- name: stamp_lock :one
-- One change of stamps at a time: the state of a stamp is its newest event.
select pg_advisory_xact_lock(7305004)::text as locked;

-- name: stamp_events_add :exec
-- $1 stamps, $2 kind, $3 day, $4 person, $5 reason, $6 recorded by
insert into record.stamp_event (stamp_id, kind, happened_on, person_id, reason, recorded_by)
select u, $2::text, $3::date, $4::bigint, $5::text, $6::bigint from unnest($1::bigint[]) as u;

-- name: stamps_affix :exec
-- $1 stamps, $2 places, $3 day, $4 verifier, $5 measurement, $6 instrument, $7 recorded by
insert into record.stamp_event (stamp_id, kind, happened_on, person_id, measurement_id, instrument_id, place, recorded_by)
select s, 'affixed', $3::date, $4::bigint, $5::bigint, $6::bigint, p, $7::bigint from unnest($1::bigint[], $2::text[]) as u(s, p);

-- name: stamp_stock :many
-- Every number accounted for: by kind, series, state and holder.
select s.kind, s.series, s.state, p.username as holder, min(s.number) as first, max(s.number) as last, count(*)::int as count
from record.stamp_state s left join work.person p on p.id = s.person_id
where ($1::text is null or p.username = $1::text)
group by s.kind, s.series, s.state, p.username order by s.kind, s.series, s.state, p.username nulls first;
