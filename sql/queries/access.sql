-- name: caller_by_token :one
-- The person whose token this is. $1 text sha-256 of the token
select p.id, p.username, p.name, coalesce(array_agg(g.role) filter (where g.role is not null), '{}') as roles
from work.api_token t join work.person p on p.id = t.person_id
left join work.role_grant g on g.person_id = p.id
where t.token_sha256 = $1::text and t.revoked_at is null and p.active
group by p.id;

-- name: caller_by_os_user :one
-- The person with this account of the operating system. $1 text account
select p.id, p.username, p.name, coalesce(array_agg(g.role) filter (where g.role is not null), '{}') as roles
from work.person p left join work.role_grant g on g.person_id = p.id
where p.os_user = $1::text and p.active
group by p.id;

-- name: administrator_exists :one
-- Whether anybody can administer.
select exists (select from work.role_grant g join work.person p on p.id = g.person_id
               where g.role = 'administrator' and p.active) as found;

-- name: session_begin :one
-- Names who acts and what the act is, for the audit entries of this transaction. $1 bigint person or null, $2 text act
select set_config('etalon.actor', coalesce($1::bigint::text, ''), true) as actor,
       set_config('etalon.act', $2::text, true) as act,
       work.today()::text as today;

-- name: idempotency_find :one
-- The answer given earlier to this key. $1 text caller, $2 text key
select request_hash, answer from work.idempotency where caller = $1::text and key = $2::text;

-- name: idempotency_lock :one
-- Lets one request with a key through at a time. $1 text caller, $2 text key
select pg_advisory_xact_lock(hashtextextended($1::text || chr(10) || $2::text, 7305001))::text as locked;

-- name: idempotency_keep :exec
-- Keeps an answer with the change that it answers. $1 caller, $2 key, $3 hash of the request, $4 answer
insert into work.idempotency (caller, key, request_hash, answer) values ($1::text, $2::text, $3::text, $4::text);

-- name: person_add :one
-- $1 username, $2 name, $3 title, $4 os user
insert into work.person (username, name, title, os_user)
values ($1::text, normalize($2::text, NFC), normalize($3::text, NFC), $4::text) returning id, username as code;

-- name: person_by_username :one
select id, username as code from work.person where username = $1::text;

-- name: person_list :many
select p.id, p.username, p.name, p.title, p.os_user, p.active,
       coalesce(array_agg(g.role order by g.role) filter (where g.role is not null), '{}') as roles
from work.person p left join work.role_grant g on g.person_id = p.id
where p.id > $1::bigint
group by p.id order by p.id limit $2::int;

-- name: role_grant :exec
insert into work.role_grant (person_id, role) values ($1::bigint, $2::text) on conflict do nothing;

-- name: role_revoke :exec
delete from work.role_grant where person_id = $1::bigint and role = $2::text;

-- name: token_add :one
insert into work.api_token (person_id, token_sha256, label) values ($1::bigint, $2::text, $3::text) returning id, label as code;

-- name: token_revoke :exec
update work.api_token set revoked_at = now() where id = $1::bigint and revoked_at is null;

-- name: pin_find :one
-- The stored PIN of a person, locked so that tries are counted one after the other. $1 bigint person
select scrypt, failures from work.pin where person_id = $1::bigint for update;

-- name: pin_set :exec
insert into work.pin (person_id, scrypt) values ($1::bigint, $2::text)
on conflict (person_id) do update set scrypt = excluded.scrypt, failures = 0;

-- name: pin_failures :exec
update work.pin set failures = $2::int where person_id = $1::bigint;

-- name: pin_forget :exec
-- $1 bigint person
delete from work.pin where person_id = $1::bigint;

-- name: verifier_card_add :one
insert into record.verifier_card (person_id, number, families, issued_on, expires_on)
values ($1::bigint, $2::text, $3::text[], $4::date, $5::date) returning id, number as code;

-- name: signing_authority_add :one
insert into record.signing_authority (person_id, level, form, title_vi, title_en, valid, decision)
values ($1::bigint, $2::text, $3::text, $4::text, $5::text, daterange($6::date, $7::date, '[]'), $8::text)
returning id, decision as code;

-- name: designation_add :one
insert into record.designation (number, type_codes, issued_on, expires_on, range_text)
values ($1::text, $2::text[], $3::date, $4::date, $5::text) returning id, number as code;
