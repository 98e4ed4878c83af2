-- name: due_run_lock :one
-- One emission at a time, so that no second run continues the same link; a statement of its own, so that the next sees what it waited for.
select pg_advisory_xact_lock(7305005)::text as locked;

-- name: due_run_head :one
-- The newest run of the chain.
select id, run_id, manifest_sha256 from record.due_run order by id desc limit 1;

-- name: due_run_add :one
-- $1 run id, $2 as of, $3 within, $4 overdue, $5 due, $6 csv, $7 json, $8 manifest, $9 sha-256 of the manifest, $10 previous, $11 person, $12 emitted at
insert into record.due_run (run_id, as_of, within_days, overdue, due, csv, json, manifest, manifest_sha256, previous_id, recorded_by, emitted_at)
values ($1::text, $2::date, $3::int, $4::int, $5::int, $6::text, $7::text, $8::text, $9::text, $10::bigint, $11::bigint, $12::timestamptz)
returning id, run_id as code;

-- name: due_run_list :many
select r.run_id, r.as_of::text as as_of, work.instant(r.emitted_at) as emitted_at, r.overdue, r.due, r.manifest_sha256, p.run_id as previous
from record.due_run r left join record.due_run p on p.id = r.previous_id where r.id < $1::bigint order by r.id desc limit $2::int;

-- name: due_run_files :one
select run_id, as_of::text as as_of, csv, json, manifest from record.due_run where run_id = $1::text;

-- name: due_now :one
select work.instant(now()) as now, work.today()::text as today, replace(gen_random_uuid()::text, '-', '') as run_id;

-- name: due_run_exists :one
-- Whether the due list of a day was emitted. $1 day
select exists (select from record.due_run where as_of = $1::date) as found;
