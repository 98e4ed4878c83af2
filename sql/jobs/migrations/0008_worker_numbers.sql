-- In which history of the server numbers of workers are given, and how many have been skipped at its changes: a promoted
-- standby that was behind would give numbers again that processes still use.
create table jobs.worker_history (
    is_single boolean primary key default true constraint worker_history_single check (is_single),
    timeline  text not null,
    skipped   integer not null default 0
);
comment on column jobs.worker_history.timeline is 'the server''s timeline, as in the names of its log files; each promotion begins one';
