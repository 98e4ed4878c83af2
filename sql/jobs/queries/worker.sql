-- name: worker_register :one
-- A new identity for this start of a process, which no other has had: a server that was promoted does not know which numbers
-- the one before it gave in its last commits, so the first to register there skips so many that nobody can have had them.
-- $1 host, $2 process number, $3 version of the program, $4 kinds it has a handler for, $5 the newest form of the payload
-- of each that it reads, $6 lanes it has slots for
with history as (
    insert into jobs.worker_history as h (timeline)
    values (left(pg_catalog.pg_walfile_name(pg_catalog.pg_current_wal_lsn()), 8))
    on conflict (is_single) do update
    set timeline = excluded.timeline,
        skipped = h.skipped + case when h.timeline = excluded.timeline then 0 else 1000 + (random() * 100000)::int end
    returning h.skipped
)
insert into jobs.worker (id, host, pid, version, kinds, payloads, lanes) overriding system value
select nextval('jobs.worker_id_seq') + h.skipped, $1::text, $2::int, $3::text, $4::text[], $5::int[], $6::text[] from history h
returning id;

-- name: worker_beat :one
-- Renews the lease of a worker and says what else the moment asks for; no row when it has been declared dead.
-- A beat in what is now the future is older than the clock that was set back: its worker has one lease from now to beat again.
-- So is a loose end put off for longer than the tenth of a second that it is ever put off: it is dealt with now.
-- $1 worker, $2 milliseconds after which a worker without a beat is dead
with ahead as (
    update jobs.worker set beat_at = pg_catalog.now()
    -- Two that beat at once must not wait for each other's row.
    where id = any(array(select w.id from jobs.worker w
                         where w.beat_at > pg_catalog.now() + interval '1 second' and w.id <> $1::int for update skip locked))
), put_off as (
    update jobs.loose_end set not_before = 'epoch'
    where id = any(array(select e.id from jobs.loose_end e where e.not_before > pg_catalog.now() + interval '1 minute'
                         order by e.not_before limit 1000 for update skip locked))
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
