-- What each worker takes, so that a job that none of them takes can be told from one that waits its turn.
alter table jobs.worker
    add column kinds    text[],
    add column payloads integer[],
    add column lanes    text[],
    add constraint worker_payload_of_each_kind check (cardinality(kinds) = cardinality(payloads));
comment on column jobs.worker.kinds is 'kinds it has a handler for; null for a program that does not tell';
comment on column jobs.worker.payloads is 'the newest form of the payload that it reads of each of its kinds';
comment on column jobs.worker.lanes is 'lanes it has slots for; null for a program that does not tell';
