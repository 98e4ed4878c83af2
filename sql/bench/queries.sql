-- name: jobs_remaining :one
-- Unfinished jobs.
select count(*) as count from jobs.job;

-- name: effect_add :exec
-- An effect in the transaction of the handler.
-- $1 key, $2 number of the job, $3 worker, $4 attempt
insert into faults.effect (key, job_id, worker, attempt) values ($1::text, $2::bigint, $3::int, $4::int);

-- name: effect_add_keyed :exec
-- An effect that a second run under the same key leaves out; a ledger of keys decides.
-- $1 key, $2 number of the job, $3 worker, $4 attempt
with new as (
    insert into faults.ledger (key) values ($1::text) on conflict do nothing returning key
)
insert into faults.effect (key, job_id, worker, attempt) select key, $2::bigint, $3::int, $4::int from new;

-- name: letter_begin :one
-- A letter that was not begun is being sent from now on; one that was begun and not ended may have arrived.
-- $1 key, $2 Message-ID if it is new
insert into faults.letter as l (key, message_id, stage) values ($1::text, $2::text, 'transmitting')
on conflict (key) do update set stage = case l.stage when 'transmitting' then 'unknown' else l.stage end
returning l.message_id, l.stage;

-- name: letter_accepted :exec
-- The letter was taken over.
-- $1 key
update faults.letter set stage = 'accepted' where key = $1::text;
