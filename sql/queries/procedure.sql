-- name: procedure_list :many
-- Versions of procedures. $1 kind or null, $2 instrument type or null, $3 day in force or null
select code, version, name_vi, name_en, kind, type_codes as types, lower(valid)::text as valid_from,
       (upper(valid) - 1)::text as valid_to, source, sha256
from catalogue.procedure
where ($1::text is null or kind = $1::text) and ($2::text is null or type_codes @> array[$2::text])
  and ($3::date is null or valid @> $3::date)
order by code, lower(valid) desc;

-- name: procedure_view :one
-- The version of a procedure in force on a day. $1 code, $2 day
select code, version, name_vi, name_en, kind, type_codes as types, lower(valid)::text as valid_from,
       (upper(valid) - 1)::text as valid_to, source, sha256, content::text as content
from catalogue.procedure
where code = $1::text and valid @> $2::date;

-- name: instrument_types_known :many
-- $1 codes
select code from catalogue.instrument_type where code = any($1::text[]);

-- name: procedure_load :one
-- $1 new instrument types as JSON rows, $2 the version as a JSON row, $3 name of the file, $4 hash of the file
select state, closes from catalogue.load_procedure($1::jsonb, $2::jsonb, $3::text, $4::text);

-- name: replay_rows :many
-- Concluded measurements of this centre with all that their evaluation read. $1 after id, $2 up to id, $3 limit
select m.id, m.kind, i.code as instrument, m.worked_on::text as worked_on, p.version as procedure, p.sha256, p.content::text as content,
       c.outcome, c.engine_version, c.evaluation::text as evaluation,
       (select coalesce(jsonb_agg(jsonb_build_object('channel', n.number, 'phase', r.phase, 'point', r.point, 'repetition', r.repetition,
            'indicated', r.indicated::text, 'reference', r.reference::text, 'extra', r.extra) order by r.id), '[]')
        from record.reading r left join work.channel n on n.id = r.channel_id where r.measurement_id = m.id) as readings,
       (select coalesce(jsonb_agg(jsonb_build_object('step', k.step, 'channel', n.number, 'outcome', k.outcome) order by k.id), '[]')
        from record.check_result k left join work.channel n on n.id = k.channel_id where k.measurement_id = m.id) as checks
from record.measurement m
join record.conclusion c on c.measurement_id = m.id
join work.instrument i on i.id = m.instrument_id
left join catalogue.procedure p on p.id = m.procedure_id
where m.organisation is null and m.id > $1::bigint and m.id <= $2::bigint
order by m.id limit $3::int;
