-- What leaves the house: mails by the sendmail interface and signed messages to webhooks. What was decided and its bytes are records;
-- how far it got is rows that are only added.

-- An instant as the header `Date` of a mail writes it (RFC 5322).
create function work.mail_date(t timestamptz) returns text
    language sql stable parallel safe strict
    return to_char(t at time zone work.time_zone(), 'Dy, DD Mon YYYY HH24:MI:SS ') || replace(right(work.instant(t), 6), ':', '');

-- What the daemon was told by its configuration at its start, so that whatever records a mail knows the sender. At most one row.
create table work.mail_origin (
    is_single   boolean primary key default true check (is_single),
    sender      text not null,
    sender_name text not null,
    -- Address whose local part gets a token, for the messages that say that a mail could not be delivered; null: they go to the sender.
    bounces     text,
    -- Who is told of what has no recipient of its own.
    unassigned  text,
    -- False: mails are recorded and held.
    is_on       boolean not null,
    told_at     timestamptz not null default now()
);

-- One mail to one recipient. The key names what it tells, so that telling it again records nothing.
create table record.mail (
    id           bigint generated always as identity primary key,
    mail_key     text not null check (mail_key <> ''),
    kind         text not null check (kind ~ '^[a-z][a-z_]*$'),
    -- What becomes of it when nobody can know whether it was sent: again under the same Message-ID, or a person decides.
    when_unknown text not null check (when_unknown in ('resend', 'hold')),
    recipient    text not null,
    about        text not null,
    language     text not null check (language in ('vi', 'en')),
    subject      text not null,
    -- What it says, where it could not be composed because no sender was configured.
    letter       jsonb,
    recorded_by  bigint references work.person,
    recorded_at  timestamptz not null default now()
);
create unique index mail_told_once on record.mail (mail_key, lower(recipient));
create index mail_recipient on record.mail (lower(recipient));

-- The bytes of a mail and its identity, fixed before it is sent for the first time and never made again.
create table record.mail_message (
    id              bigint generated always as identity primary key,
    mail_id         bigint not null unique references record.mail,
    message_id      text not null unique,
    token           text not null unique,
    envelope_sender text not null,
    content         bytea not null,
    content_sha256  text not null check (content_sha256 = encode(sha256(content), 'hex')),
    composed_at     timestamptz not null default now()
);

-- How far a mail got: the newest row is where it stands. `transmitting` is committed before the program that sends is started.
create table record.mail_event (
    id          bigint generated always as identity primary key,
    mail_id     bigint not null references record.mail,
    stage       text not null check (stage in ('recorded', 'held', 'transmitting', 'accepted', 'deferred', 'refused', 'unknown',
                                               'bounced', 'resent', 'marked_sent', 'withdrawn')),
    -- Number of the sending that the row belongs to; 0 before the first.
    attempt     integer not null check (attempt >= 0),
    reason      text check (reason in ('not_configured', 'switched_off', 'address_invalid', 'address_quarantined', 'too_large', 'by_person',
                                       'outcome_unknown', 'given_up')),
    -- Status with which the program ended, or the code of the message about a failed delivery.
    status      text,
    note        text,
    -- SHA-256 of the message that said that the delivery failed, so that it counts once.
    evidence    text,
    recorded_by bigint references work.person,
    happened_at timestamptz not null default now()
);
create index mail_event_newest on record.mail_event (mail_id, id desc);
create unique index mail_sent_once_an_attempt on record.mail_event (mail_id, attempt) where stage = 'transmitting';
create unique index mail_bounced_once on record.mail_event (mail_id, evidence) where evidence is not null;

-- Addresses that receive nothing until a person has looked at them.
create table record.mail_address_event (
    id          bigint generated always as identity primary key,
    address     text not null check (address = lower(address)),
    kind        text not null check (kind in ('quarantined', 'cleared')),
    mail_id     bigint references record.mail,
    status      text,
    note        text not null,
    recorded_by bigint references work.person,
    happened_at timestamptz not null default now()
);
create index mail_address_newest on record.mail_address_event (address, id desc);

-- Who is told of events by HTTP. One that ended stays, since deliveries name it.
create table work.webhook (
    id        bigint generated always as identity primary key,
    code      text not null unique check (code ~ '^[a-z0-9][a-z0-9_.-]*$'),
    url       text not null,
    events    text[] not null check (cardinality(events) > 0),
    -- The shared secret itself: a signature cannot be made from a hash of it.
    secret    text not null,
    added_by  bigint references work.person,
    added_at  timestamptz not null default now(),
    ended_at  timestamptz,
    ended_why text check (ended_why in ('removed', 'gone'))
);

-- An event with the bytes that every subscriber gets.
create table record.webhook_event (
    id          bigint generated always as identity primary key,
    event_id    text not null unique,
    event_key   text not null unique check (event_key <> ''),
    name        text not null,
    body        text not null,
    recorded_by bigint references work.person,
    recorded_at timestamptz not null default now()
);

create table record.webhook_delivery (
    id         bigint generated always as identity primary key,
    event_id   bigint not null references record.webhook_event,
    webhook_id bigint not null references work.webhook,
    unique (event_id, webhook_id)
);
create index webhook_delivery_webhook on record.webhook_delivery (webhook_id, id desc);

create table record.webhook_attempt (
    id          bigint generated always as identity primary key,
    delivery_id bigint not null references record.webhook_delivery,
    stage       text not null check (stage in ('recorded', 'transmitting', 'accepted', 'deferred', 'dead', 'gone', 'resent')),
    attempt     integer not null check (attempt >= 0),
    -- Status of the HTTP answer.
    status      integer,
    note        text,
    recorded_by bigint references work.person,
    happened_at timestamptz not null default now()
);
create index webhook_attempt_newest on record.webhook_attempt (delivery_id, id desc);

do $$
declare
    t text;
begin
    foreach t in array array['mail', 'mail_message', 'mail_event', 'mail_address_event', 'webhook_event', 'webhook_delivery',
                             'webhook_attempt']
    loop
        execute format('create trigger leave_audit_entry after insert on record.%I '
            'referencing new table as new_rows for each statement execute function record.leave_audit_entry()', t);
        execute format('grant select, insert on record.%I to etalon', t);
    end loop;
end $$;
grant select, insert, update, delete on work.mail_origin, work.webhook to etalon;
grant usage on all sequences in schema record, work to etalon;
