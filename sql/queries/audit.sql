-- name: audit_log :many
-- $1 person or null, $2 table or null, $3 row or null, $4 before id, $5 limit
select a.id, work.instant(a.at) as at, p.username as actor, a.act, a.table_name as table, a.row_key as row,
       encode(a.row_sha256, 'hex') as sha256
from record.audit_entry a left join work.person p on p.id = a.actor
where ($1::text is null or p.username = $1::text) and ($2::text is null or a.table_name = $2::text)
  and ($3::text is null or a.row_key = $3::text) and a.id < $4::bigint
order by a.id desc limit $5::int;

-- name: audit_seal :one
select record.seal_audit() as id, null as code;

-- name: audit_tables :many
-- Every table of schema record that leaves entries.
select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
where n.nspname = 'record' and c.relkind = 'r' and c.relname not like 'audit\_%' order by 1;

-- name: audit_faults :many
select f.table_name as table, f.row_key as row, f.fault, f.entry_id as entry, p.username as actor, work.instant(f.at) as at
from record.audit_faults($1::text) f left join work.person p on p.id = f.actor order by f.row_key limit 1000;

-- name: audit_broken_seals :many
select 'audit_seal' as table, b.seal_id::text as row, b.fault, b.first_entry as entry, null as actor, null as at
from record.broken_seals() b order by b.seal_id;

-- name: audit_head :one
select (select count(*) from record.audit_entry)::int as entries, (select count(*) from record.audit_seal)::int as seals,
       (select count(*) from record.audit_entry a where a.id > coalesce((select max(last_entry) from record.audit_seal), 0))::int as unsealed,
       (select encode(chain, 'hex') from record.audit_seal order by id desc limit 1) as head;
