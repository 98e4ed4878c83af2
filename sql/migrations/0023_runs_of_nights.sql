-- Runs that count for a night; one that somebody asked for is none. A night made twice counts by its newest run.
create view record.due_night as
    select r.id, r.run_id, r.as_of, r.emitted_at, r.within_days, r.overdue, r.due, r.origin
    from record.due_run r where r.origin in ('nightly', 'caught_up');
grant select on record.due_night to etalon;
