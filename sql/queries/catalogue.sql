-- name: catalogue_load_versions :one
-- $1 table, $2 key column, $3 rows as JSON
select added, closed, unchanged, conflicts from catalogue.load_versions($1::text, $2::text, $3::jsonb);

-- name: catalogue_load_names :one
select added, closed, unchanged, conflicts from catalogue.load_names($1::text, $2::text, $3::jsonb);

-- name: catalogue_load_limits :exec
-- Limits of specification versions that have none yet. $1 rows as JSON
insert into catalogue.specification_limit (specification_id, position, line_code, lower, upper, text_limit, source, confidence)
select s.id, n.position, n.line_code, n.lower, n.upper, n.text_limit, n.source, n.confidence
from jsonb_to_recordset($1::jsonb) as n(code text, version text, position int, line_code text, lower numeric, upper numeric,
     text_limit text, source text, confidence text)
join catalogue.specification s on s.code = n.code and s.version = n.version
where not exists (select from catalogue.specification_limit x where x.specification_id = s.id);

-- name: catalogue_load_note :exec
insert into catalogue.load (file_count, sha256, summary) values ($1::int, $2::text, $3::jsonb);
