-- name: customer_add :one
-- $1 code or null, $2 name, $3 kind, $4 tax code, $5 address, $6 phone
insert into work.customer (code, name, kind, tax_code, address, phone)
values (coalesce($1::text, work.free_customer_code()),
        normalize($2::text, NFC), $3::text, $4::text, normalize($5::text, NFC), $6::text)
returning id, code;

-- name: customer_by_code :one
select c.id, c.code, c.name, m.code as merged_into, c.revision from work.customer c
left join work.customer m on m.id = c.merged_into where c.code = $1::text;

-- name: customer_list :many
-- $1 search text folded or null, $2 after id, $3 limit
select c.id, c.code, c.name, c.kind, c.tax_code, c.address, c.phone, m.code as merged_into, c.revision
from work.customer c left join work.customer m on m.id = c.merged_into
where ($1::text is null or c.search like '%' || work.folded($1::text) || '%') and c.id > $2::bigint
order by c.id limit $3::int;

-- name: customer_edit :one
-- Nothing back: the revision is not the one that was read. $1 code, $2 revision, $3 name, $4 tax code, $5 address, $6 phone
update work.customer set name = coalesce(normalize($3::text, NFC), name), tax_code = coalesce($4::text, tax_code),
    address = coalesce(normalize($5::text, NFC), address), phone = coalesce($6::text, phone), revision = revision + 1
where code = $1::text and revision = $2::int returning id, code;

-- name: customer_merge :one
-- The one that it becomes gets its sites, and what was asked for it. $1 customer, $2 the one that it becomes
with merged as (
    update work.customer set merged_into = $2::bigint, revision = revision + 1
    where id = $1::bigint and merged_into is null
      and not exists (select from work.customer c where c.id = $2::bigint and c.merged_into is not null) returning id, code)
select m.id, m.code from merged m cross join lateral work.hand_over(m.id, $2::bigint) h;

-- name: site_add :one
-- $1 code or null, $2 customer, $3 name, $4 kind, $5 place, $6 address
insert into work.site (code, customer_id, name, kind, place_code, address)
values (coalesce($1::text, work.free_site_code()),
        $2::bigint, normalize($3::text, NFC), $4::text, $5::text, normalize($6::text, NFC))
returning id, code;

-- name: site_by_code :one
select s.id, s.code, s.customer_id, s.place_code, s.kind from work.site s where s.code = $1::text;

-- name: site_list :many
-- $1 search, $2 customer code, $3 after id, $4 limit
select s.id, s.code, s.name, s.kind, c.code as customer, c.name as customer_name, s.place_code as place,
       (select p.name_vi from catalogue.place p where p.code = s.place_code order by upper(p.valid) desc nulls first limit 1) as place_name,
       s.address
from work.site s join work.customer c on c.id = s.customer_id
where ($1::text is null or s.search like '%' || work.folded($1::text) || '%')
  and ($2::text is null or c.code = $2::text) and s.id > $3::bigint
order by s.id limit $4::int;

-- name: place_on :one
-- The administrative unit with this code on a day. $1 code, $2 day
select p.code, p.name_vi as name, p.in_city from catalogue.place p where p.code = $1::text and p.valid @> $2::date;

-- name: place_ever :one
-- The newest version of an administrative unit, whenever it was. $1 code
select p.code, p.name_vi as name, p.in_city from catalogue.place p where p.code = $1::text order by upper(p.valid) desc nulls first limit 1;

-- name: place_list :many
select p.code, p.name_vi as name, p.in_city from catalogue.place p where p.valid @> $1::date order by p.in_city desc, p.kind, p.code;
