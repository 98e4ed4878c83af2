-- name: worker_register :one
-- A new identity for this start of a process.
-- $1 host, $2 process number, $3 version of the program
insert into jobs.worker (host, pid, version) values ($1::text, $2::int, $3::text) returning id;

-- name: worker_beat :one
-- Renews the lease of a worker and says what else the moment asks for; no row when it has been declared dead.
-- A beat in what is now the future is older than the clock that was set back: its worker has one lease from now to beat again.
-- $1 worker, $2 milliseconds after which a worker without a beat is dead
with ahead as (
    update jobs.worker set beat_at = pg_catalog.now()
    where beat_at > pg_catalog.now() + interval '1 second' and id <> $1::int
)
update jobs.worker set beat_at = pg_catalog.now()
where id = $1::int and beat_at > pg_catalog.now() - $2::bigint * interval '1 millisecond'
returning id,
    exists (select from jobs.job j
            where j.state = 2 and not exists (
                select from jobs.worker w
                where w.id = j.worker and w.beat_at > pg_catalog.now() - $2::bigint * interval '1 millisecond')) as has_orphans,
    array(select j.id from jobs.job j where j.state = 2 and j.worker = $1::int and j.cancel_at is not null) as to_cancel;

-- name: worker_stopping :exec
-- Notes that a worker takes no more jobs.
-- $1 worker
update jobs.worker set stopping_at = pg_catalog.now() where id = $1::int and stopping_at is null;

-- name: worker_remove :exec
-- Ends the identity of a worker that has given its jobs back, and of those silent for a week.
-- $1 worker
delete from jobs.worker where id = $1::int or beat_at < pg_catalog.now() - interval '7 days';
