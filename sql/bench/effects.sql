-- What the jobs of scripts/fault-test-jobs leave behind. The table of effects refuses no second one: it would be counted.
create schema faults;

create table faults.effect (
    key     text not null,
    job_id  bigint not null,
    worker  integer not null,
    attempt integer not null,
    at      timestamptz not null default clock_timestamp()
);

create table faults.ledger (
    key text primary key
);

-- Letters: their Message-ID is fixed before they are sent, and sending is committed before the first byte leaves.
create table faults.letter (
    key        text primary key,
    message_id text not null,
    stage      text not null default 'recorded'
        constraint letter_stage_known check (stage in ('recorded', 'transmitting', 'accepted', 'unknown'))
);
