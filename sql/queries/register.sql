-- name: year_plan_add :one
insert into record.year_plan (year, version, samples, decision, decided_on, recorded_by)
values ($1::int, (select coalesce(max(version), 0) + 1 from record.year_plan where year = $1::int), $2::int, $3::text, $4::date, $5::bigint)
returning id, year || '/' || version as code;

-- name: fuel_lot_add :one
insert into record.fuel_lot (number, customer_id, origin, product, volume_m3, specification_id, sample_id, certificate, certified_on, recorded_by)
values ($1::text, $2::bigint, $3::text, $4::text, $5::numeric, $6::bigint, $7::bigint, $8::text, $9::date, $10::bigint)
returning id, number as code;

-- name: fuel_lot_by_number :one
select id, number as code from record.fuel_lot where number = $1::text;

-- name: fuel_lot_withdraw :exec
insert into record.fuel_lot_withdrawal (lot_id, withdrawn_on, reason, recorded_by) values ($1::bigint, $2::date, $3::text, $4::bigint);

-- name: inspection_campaign_add :one
insert into record.inspection_campaign (decision, decided_on, title, subject, recorded_by)
values ($1::text, $2::date, $3::text, $4::text, $5::bigint) returning id, decision as code;

-- name: inspection_campaign_by_decision :one
select id, decision as code from record.inspection_campaign where decision = $1::text;

-- name: inspection_visit_add :one
insert into record.inspection_visit (campaign_id, customer_id, site_id, visited_on, finding, recorded_by)
values ($1::bigint, $2::bigint, $3::bigint, $4::date, $5::text, $6::bigint) returning id, visited_on::text as code;
