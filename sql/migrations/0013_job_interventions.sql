-- What an operator did to the queue: who, when, what to, and why.
create table record.job_intervention (
    id          bigint generated always as identity primary key,
    act         text not null check (act ~ '^[a-z]+\.[a-z_]+$'),
    subject     text not null check (subject <> ''),
    detail      text,
    reason      text check (reason <> ''),
    recorded_at timestamptz not null default now(),
    recorded_by bigint references work.person
);
comment on column record.job_intervention.subject is
    'number of a job, name of a kind, a lane or a schedule, or clock, as the act has it';
create index job_intervention_subject on record.job_intervention (subject, id);
create trigger leave_audit_entry after insert on record.job_intervention
    referencing new table as new_rows for each statement execute function record.leave_audit_entry();
grant select, insert on record.job_intervention to etalon;
