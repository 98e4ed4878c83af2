-- name: mail_origin :one
-- Who sends and who is told of the unassigned, with the moment as a header of a mail writes it. Columns are null without a configuration.
select o.sender, o.sender_name, o.bounces, o.unassigned, coalesce(o.is_on, false) as is_on,
       work.mail_date(now()) as date
from (select) one left join work.mail_origin o on true;

-- name: mail_origin_tell :exec
-- What the configuration says; nothing is written when it is known. $1 sender, $2 its name, $3 bounces or null, $4 unassigned or null, $5 on
insert into work.mail_origin as o (sender, sender_name, bounces, unassigned, is_on)
values ($1::text, $2::text, $3::text, $4::text, $5::bool)
on conflict (is_single) do update set sender = excluded.sender, sender_name = excluded.sender_name, bounces = excluded.bounces,
    unassigned = excluded.unassigned, is_on = excluded.is_on, told_at = now()
where (o.sender, o.sender_name, o.bounces, o.unassigned, o.is_on)
    is distinct from (excluded.sender, excluded.sender_name, excluded.bounces, excluded.unassigned, excluded.is_on);

-- name: mail_origin_off :exec
-- The configuration names no sender any more.
update work.mail_origin set is_on = false, told_at = now() where is_on;

-- name: mail_add :one
-- Records a mail, its bytes where there are any, and its first stage; no row when the key has told this recipient already.
-- $1 key, $2 kind, $3 when unknown, $4 recipient, $5 about, $6 language, $7 subject, $8 letter or null, $9 message id or null, $10 token,
-- $11 envelope sender, $12 content, $13 its sha-256, $14 stage, $15 reason or null
with added as (
    insert into record.mail (mail_key, kind, when_unknown, recipient, about, language, subject, letter, recorded_by)
    values ($1::text, $2::text, $3::text, $4::text, $5::text, $6::text, $7::text, $8::jsonb,
            nullif(current_setting('etalon.actor', true), '')::bigint)
    on conflict (mail_key, lower(recipient)) do nothing
    returning id),
message as (
    insert into record.mail_message (mail_id, message_id, token, envelope_sender, content, content_sha256)
    select id, $9::text, $10::text, $11::text, $12::bytea, $13::text from added where $9::text is not null),
stage as (
    insert into record.mail_event (mail_id, stage, attempt, reason, recorded_by)
    select id, $14::text, 0, $15::text, nullif(current_setting('etalon.actor', true), '')::bigint from added)
select id, null::text as code from added;

-- name: mail_message_add :exec
-- The bytes of a mail that was recorded before a sender was configured. $1 mail, $2 message id, $3 token, $4 envelope sender, $5 content, $6 sha-256
insert into record.mail_message (mail_id, message_id, token, envelope_sender, content, content_sha256)
values ($1::bigint, $2::text, $3::text, $4::text, $5::bytea, $6::text)
on conflict (mail_id) do nothing;

-- name: mail_lock :one
-- Holds a mail so that its stages follow one another. $1 id
select pg_advisory_xact_lock(7305012, $1::bigint::int)::text as locked;

-- name: mail_standing :one
-- Where a mail stands. Sendings count from the last time a person sent it again. $1 id
select m.id, m.mail_key, m.kind, m.when_unknown, m.recipient, m.subject, m.about, m.language, m.letter::text as letter, e.stage, e.reason, e.attempt,
       work.instant(m.recorded_at) as recorded_at,
       work.mail_date(m.recorded_at) as date,
       exists (select from record.mail_message s where s.mail_id = m.id) as is_composed,
       coalesce((select a.kind = 'quarantined' from record.mail_address_event a where a.address = lower(m.recipient)
                 order by a.id desc limit 1), false) as is_quarantined,
       coalesce((select o.is_on from work.mail_origin o), false) as is_on,
       (select count(*) from record.mail_event t where t.mail_id = m.id and t.stage = 'transmitting'
        and t.id > coalesce((select max(r.id) from record.mail_event r where r.mail_id = m.id and r.stage = 'resent'), 0)) as sendings
from record.mail m
cross join lateral (select * from record.mail_event e where e.mail_id = m.id order by e.id desc limit 1) e
where m.id = $1::bigint;

-- name: mail_event_add :one
-- $1 mail, $2 stage, $3 attempt, $4 reason or null, $5 status or null, $6 note or null, $7 evidence or null. No row when the evidence is known.
insert into record.mail_event (mail_id, stage, attempt, reason, status, note, evidence, recorded_by)
values ($1::bigint, $2::text, $3::int, $4::text, $5::text, $6::text, $7::text, nullif(current_setting('etalon.actor', true), '')::bigint)
on conflict (mail_id, evidence) where evidence is not null do nothing
returning id, stage as code;

-- name: mail_message :one
-- The bytes of a mail and where they go. $1 id
select m.recipient, s.message_id, s.envelope_sender, s.content, s.content_sha256
from record.mail m join record.mail_message s on s.mail_id = m.id where m.id = $1::bigint;

-- name: webhook_event_add :many
-- Records an event with its bytes for everyone who asked for it, and a delivery for each; nothing where nobody did or the key is known.
-- $1 id, $2 key, $3 name, $4 data as JSON
with subscriber as (
    select id from work.webhook where ended_at is null and ($3::text = any(events) or '*' = any(events))),
added as (
    insert into record.webhook_event (event_id, event_key, name, body, recorded_by)
    select $1::text, $2::text, $3::text,
           '{"type":' || to_json($3::text) || ',"timestamp":' || to_json(work.instant(now())) || ',"data":' || $4::text || '}',
           nullif(current_setting('etalon.actor', true), '')::bigint
    where exists (select from subscriber)
    on conflict (event_key) do nothing
    returning id),
delivery as (
    insert into record.webhook_delivery (event_id, webhook_id) select a.id, s.id from added a cross join subscriber s returning id),
stage as (
    insert into record.webhook_attempt (delivery_id, stage, attempt) select id, 'recorded', 0 from delivery)
select id, null::text as code from delivery order by id;

-- name: webhook_lock :one
-- Holds a delivery so that its stages follow one another. $1 id
select pg_advisory_xact_lock(7305013, $1::bigint::int)::text as locked;

-- name: webhook_standing :one
-- Where a delivery stands, and all that is needed to make it. Tries count from the last time a person sent it again. $1 id
select d.id, e.event_id, e.name, e.body, w.id as webhook_id, w.code as webhook, w.url, w.secret, w.ended_at is not null as is_ended,
       a.stage, a.attempt, extract(epoch from clock_timestamp())::bigint as timestamp,
       (select count(*) from record.webhook_attempt t where t.delivery_id = d.id and t.stage = 'transmitting'
        and t.id > coalesce((select max(r.id) from record.webhook_attempt r where r.delivery_id = d.id and r.stage = 'resent'), 0)) as tries
from record.webhook_delivery d join record.webhook_event e on e.id = d.event_id join work.webhook w on w.id = d.webhook_id
cross join lateral (select * from record.webhook_attempt a where a.delivery_id = d.id order by a.id desc limit 1) a
where d.id = $1::bigint;

-- name: webhook_attempt_add :one
-- $1 delivery, $2 stage, $3 attempt, $4 status or null, $5 note or null
insert into record.webhook_attempt (delivery_id, stage, attempt, status, note, recorded_by)
values ($1::bigint, $2::text, $3::int, $4::int, $5::text, nullif(current_setting('etalon.actor', true), '')::bigint)
returning id, stage as code;

-- name: webhook_end :one
-- No more events go to a webhook. $1 id, $2 why
update work.webhook set ended_at = now(), ended_why = $2::text where id = $1::bigint and ended_at is null returning id, code;

-- name: mail_by_token :one
-- The mail that a message about a failed delivery is about. $1 tokens of its addresses, $2 Message-ID
select m.id, m.recipient from record.mail_message s join record.mail m on m.id = s.mail_id
where s.token = any($1::text[]) or s.message_id = $2::text order by s.token = any($1::text[]) desc limit 1;

-- name: mail_address_event_add :exec
-- $1 address, $2 kind, $3 mail or null, $4 status or null, $5 note
insert into record.mail_address_event (address, kind, mail_id, status, note, recorded_by)
values ($1::text, $2::text, $3::bigint, $4::text, $5::text, nullif(current_setting('etalon.actor', true), '')::bigint);

-- name: mail_address_state :one
-- Whether an address is in quarantine. $1 address in lower case
select coalesce((select a.kind = 'quarantined' from record.mail_address_event a where a.address = $1::text order by a.id desc limit 1),
                false) as found;

-- name: mail_addresses :many
-- Addresses in quarantine, the latest first. $1 before id, $2 at most
select a.id, a.address, work.instant(a.happened_at) as at, a.mail_id as mail, a.status, a.note
from record.mail_address_event a
where a.kind = 'quarantined' and a.id < $1::bigint
  and not exists (select from record.mail_address_event n where n.address = a.address and n.id > a.id)
order by a.id desc limit $2::int;

-- name: mail_list :many
-- Mails, the latest first. $1 stage or null, $2 kind or null, $3 recipient, subject, about or key or null, $4 before id, $5 at most
select m.id, work.instant(m.recorded_at) as recorded_at, m.kind, m.recipient, m.subject, m.about, e.stage, e.reason, e.attempt,
       work.instant(e.happened_at) as at
from record.mail m
cross join lateral (select * from record.mail_event e where e.mail_id = m.id order by e.id desc limit 1) e
where m.id < $4::bigint and ($1::text is null or e.stage = $1::text) and ($2::text is null or m.kind = $2::text)
  and ($3::text is null or strpos(work.folded(m.recipient || ' ' || m.subject || ' ' || m.about || ' ' || m.mail_key),
                                  work.folded($3::text)) > 0)
order by m.id desc limit $5::int;

-- name: mail_view :one
-- A mail with everything that happened to it. $1 id
select m.id, work.instant(m.recorded_at) as recorded_at, m.mail_key as key, m.kind, m.when_unknown, m.recipient, m.subject, m.about,
       m.language, s.message_id, s.content_sha256 as sha256, octet_length(s.content) as bytes, p.name as recorded_by,
       (select jsonb_agg(jsonb_strip_nulls(jsonb_build_object(
                'at', work.instant(e.happened_at), 'stage', e.stage, 'attempt', e.attempt, 'reason', e.reason, 'status', e.status,
                'note', e.note, 'person', q.name)) order by e.id)
        from record.mail_event e left join work.person q on q.id = e.recorded_by where e.mail_id = m.id) as stages
from record.mail m left join record.mail_message s on s.mail_id = m.id left join work.person p on p.id = m.recorded_by
where m.id = $1::bigint;

-- name: mail_counts :many
-- Mails of the last thirty days by where they stand.
select e.stage as name, count(*) as count from record.mail m
cross join lateral (select e.stage from record.mail_event e where e.mail_id = m.id order by e.id desc limit 1) e
where m.recorded_at > now() - interval '30 days' group by e.stage;

-- name: mail_waiting :one
-- For how many seconds the oldest mail of the last thirty days that goes on by itself has waited since it was recorded or resent.
select coalesce(max(extract(epoch from now() - coalesce(
           (select max(r.happened_at) from record.mail_event r where r.mail_id = m.id and r.stage = 'resent'), m.recorded_at)))::bigint, 0)
       as seconds
from record.mail m
cross join lateral (select e.stage from record.mail_event e where e.mail_id = m.id order by e.id desc limit 1) e
where m.recorded_at > now() - interval '30 days' and e.stage in ('recorded', 'transmitting', 'deferred', 'resent');

-- name: webhook_add :one
-- $1 code, $2 url, $3 events, $4 secret, $5 person
insert into work.webhook (code, url, events, secret, added_by)
values ($1::text, $2::text, $3::text[], $4::text, $5::bigint) returning id, code;

-- name: webhook_by_code :one
select id, code from work.webhook where code = $1::text;

-- name: webhook_list :many
-- Webhooks with what they got and what waits. $1 before id, $2 at most
select w.id, w.code, w.url, w.events, work.instant(w.added_at) as added_at, p.name as added_by, work.instant(w.ended_at) as ended_at,
       w.ended_why, n.accepted, n.open, n.dead
from work.webhook w left join work.person p on p.id = w.added_by
cross join lateral (
    select count(*) filter (where a.stage = 'accepted') as accepted, count(*) filter (where a.stage = 'dead') as dead,
           count(*) filter (where a.stage in ('recorded', 'transmitting', 'deferred', 'resent')) as open
    from record.webhook_delivery d
    cross join lateral (select a.stage from record.webhook_attempt a where a.delivery_id = d.id order by a.id desc limit 1) a
    where d.webhook_id = w.id) n
where w.id < $1::bigint order by w.id desc limit $2::int;

-- name: webhook_delivery_list :many
-- Deliveries, the latest first. $1 webhook or null, $2 stage or null, $3 before id, $4 at most
select d.id, w.code as webhook, e.name as event, e.event_id, e.event_key as key, work.instant(e.recorded_at) as recorded_at, a.stage,
       a.attempt, a.status as answer, a.note, work.instant(a.happened_at) as at
from record.webhook_delivery d join record.webhook_event e on e.id = d.event_id join work.webhook w on w.id = d.webhook_id
cross join lateral (select * from record.webhook_attempt a where a.delivery_id = d.id order by a.id desc limit 1) a
where d.id < $3::bigint and ($1::text is null or w.code = $1::text) and ($2::text is null or a.stage = $2::text)
order by d.id desc limit $4::int;

-- name: webhook_counts :many
-- Deliveries of the last thirty days by where they stand.
select a.stage as name, count(*) as count
from record.webhook_event e join record.webhook_delivery d on d.event_id = e.id
cross join lateral (select a.stage from record.webhook_attempt a where a.delivery_id = d.id order by a.id desc limit 1) a
where e.recorded_at > now() - interval '30 days' group by a.stage;
