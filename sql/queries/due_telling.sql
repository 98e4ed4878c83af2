-- name: person_mail_set :one
-- $1 person, $2 address or null
update work.person set email = $2::text where id = $1::bigint returning id, username as code;

-- name: due_assignment_add :one
-- $1 person, $2 place or null, $3 type or null, $4 customer or null, $5 by whom
insert into work.due_assignment (person_id, place_code, type_code, customer_id, made_by)
values ($1::bigint, $2::text, $3::text, $4::bigint, $5::bigint)
on conflict (person_id, place_code, type_code, customer_id) do update set made_by = excluded.made_by
returning id, type_code as code;

-- name: due_assignment_remove :exec
delete from work.due_assignment where id = $1::bigint;

-- name: due_assignment_list :many
-- $1 behind this id, $2 at most
select a.id, p.username as person, p.email, a.place_code as district, a.type_code as type, c.code as customer
from work.due_assignment a join work.person p on p.id = a.person_id left join work.customer c on c.id = a.customer_id
where a.id > $1::bigint order by a.id limit $2::int;

-- name: due_subscription_add :one
-- $1 customer, $2 address, $3 language, $4 agreed on, $5 agreed by, $6 by whom
insert into work.due_subscription (customer_id, email, language, agreed_on, agreed_by, made_by)
values ($1::bigint, $2::text, $3::text, $4::date, $5::text, $6::bigint)
on conflict (customer_id, lower(email)) where ended_at is null
do update set language = excluded.language, agreed_on = excluded.agreed_on, agreed_by = excluded.agreed_by
returning id, email as code;

-- name: due_subscription_end :exec
-- $1 subscription, $2 by whom
update work.due_subscription set ended_at = now(), ended_by = $2::bigint where id = $1::bigint and ended_at is null;

-- name: due_subscription_list :many
-- Those in force. $1 behind this id, $2 at most
select u.id, c.code as customer, c.name as customer_name, u.email, u.language, u.agreed_on::text as agreed_on, u.agreed_by
from work.due_subscription u join work.customer c on c.id = u.customer_id
where u.id > $1::bigint and u.ended_at is null order by u.id limit $2::int;

-- name: due_told_people :many
-- Everybody who may get a list, and whether it is the whole one.
select p.id, p.name, p.email, exists (select from work.role_grant g where g.person_id = p.id and g.role = 'manager') as whole
from work.person p
where p.active and p.email is not null
  and (exists (select from work.role_grant g where g.person_id = p.id and g.role = 'manager')
       or exists (select from work.due_assignment a where a.person_id = p.id))
order by p.id;

-- name: due_concerned :many
-- Which people and which subscriptions of customers each of these instruments concerns. $1 instruments
with asked as (
    select i.id, i.type_code, s.place_code, s.customer_id
    from unnest($1::bigint[]) n(id) join work.instrument i on i.id = n.id join work.site s on s.id = i.site_id)
select x.id as instrument_id, a.person_id, null::bigint as subscription_id
from asked x
join work.due_assignment a on (a.place_code is null or work.lies_in(x.place_code, a.place_code))
     and (a.type_code is null or a.type_code = x.type_code) and (a.customer_id is null or a.customer_id = x.customer_id)
join work.person p on p.id = a.person_id and p.active and p.email is not null
union
select x.id, null, u.id from asked x join work.due_subscription u on u.customer_id = x.customer_id and u.ended_at is null;

-- name: calendar_feed_add :one
-- $1 hash of the secret, $2 customer, $3 place, $4 person, $5 language, $6 days of the alarm or null, $7 label, $8 by whom
insert into work.calendar_feed (secret_sha256, customer_id, place_code, person_id, language, alarm_days, label, made_by)
values ($1::text, $2::bigint, $3::text, $4::bigint, $5::text, $6::int, $7::text, $8::bigint)
returning id, label as code;

-- name: calendar_feed_revoke :exec
-- $1 feed, $2 by whom
update work.calendar_feed set revoked_at = now(), revoked_by = $2::bigint where id = $1::bigint and revoked_at is null;

-- name: calendar_feed_list :many
-- $1 behind this id, $2 at most
select f.id, f.label, c.code as customer, f.place_code as district, p.username as person, f.language, f.alarm_days,
       work.instant(f.made_at) as made_at, work.instant(f.revoked_at) as revoked_at
from work.calendar_feed f left join work.customer c on c.id = f.customer_id left join work.person p on p.id = f.person_id
where f.id > $1::bigint order by f.id limit $2::int;

-- name: calendar_feed_open :one
-- The feed behind a secret. $1 hash of the secret
select id, label, language, alarm_days, customer_id, place_code, person_id from work.calendar_feed
where secret_sha256 = $1::text and revoked_at is null;

-- name: calendar_entries :many
-- What falls due of a customer, of a place, or of what a person answers for. The sequence counts everything that was ever recorded about
-- the deadline, so that it only grows; changed is the moment of the last of it. $1 customer, $2 place, $3 person
with scope as (
    select i.id, i.code, i.serial, i.put_in_use_on, t.name_vi, t.name_en, s.name as site, s.address, c.name as customer
    from work.instrument i join work.site s on s.id = i.site_id join work.customer c on c.id = s.customer_id
    join catalogue.instrument_type t on t.code = i.type_code
    where ($1::bigint is null or s.customer_id = $1::bigint) and ($2::text is null or work.lies_in(s.place_code, $2::text))
      and ($3::bigint is null or exists (
           select from work.due_assignment a
           where a.person_id = $3::bigint and (a.place_code is null or work.lies_in(s.place_code, a.place_code))
             and (a.type_code is null or a.type_code = i.type_code) and (a.customer_id is null or a.customer_id = s.customer_id))))
select x.id, x.code, x.serial, x.name_vi, x.name_en, x.site, x.address, x.customer, d.kind, d.due_on::text as due_on,
       d.reason, (d.due_on + 1)::text as day_after, h.count as sequence,
       to_char(coalesce(h.changed, x.put_in_use_on::timestamptz) at time zone 'UTC', 'YYYYMMDD"T"HH24MISS"Z"') as changed
from scope x
join record.due(work.today()) d on d.subject_type = 'instrument' and d.subject_id = x.id and d.held is null and isfinite(d.due_on)
cross join lateral (
    select count(*)::int as count, max(r.at) as changed from (
        select coalesce(c.recorded_at, m.recorded_at) as at from record.measurement m
        left join record.conclusion c on c.measurement_id = m.id where m.instrument_id = x.id
        union all select e.recorded_at from record.instrument_event e where e.instrument_id = x.id
        union all select o.recorded_at from record.deadline_override o where o.subject_type = 'instrument' and o.subject_id = x.id
        union all select s.recorded_at from record.deadline_suspension s where s.subject_type = 'instrument' and s.subject_id = x.id
        union all select a.recorded_at from record.interval_agreement a where a.subject_type = 'instrument' and a.subject_id = x.id
        union all select n.recorded_at from record.interval_decision n join record.interval_proposal p on p.id = n.proposal_id
        where p.subject_type = 'instrument' and p.subject_id = x.id) r) h
order by d.due_on, x.id, d.kind;
