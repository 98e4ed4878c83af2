-- name: instrument_type_by_code :one
select code, family as field from catalogue.instrument_type where code = $1::text;

-- name: instrument_add :one
-- $1 code or null, $2 type, $3 serial or null (then the centre numbers it), $4 maker, $5 country, $6 model, $7 year, $8 type approval, $9 site,
-- $10 in trade use, $11 put in use, $12 calibration months, $13 characteristics
insert into work.instrument (code, type_code, serial, serial_assigned, maker, country, model, made_in_year, type_approval, site_id,
                             in_trade_use, put_in_use_on, calibration_months, characteristics)
values (coalesce($1::text, 'TB' || lpad(work.next_number('instrument', 0)::text, 6, '0')), $2::text,
        coalesce($3::text, 'CT-' || lpad(work.next_number('assigned serial', 0)::text, 6, '0')), $3::text is null,
        $4::text, $5::text, $6::text, $7::int, $8::text, $9::bigint, $10::bool, $11::date, $12::int, $13::jsonb)
returning id, code;

-- name: channels_add :exec
insert into work.channel (instrument_id, number, name, characteristics)
select $1::bigint, n, m, c::jsonb from unnest($2::int[], $3::text[], $4::text[]) as u(n, m, c);

-- name: instrument_list :many
-- $1 search, $2 type, $3 customer, $4 site, $5 after id, $6 limit
select i.id, i.code, i.type_code as type, t.name_vi as type_name_vi, t.name_en as type_name_en, i.serial, i.model,
       c.code as customer, c.name as customer_name, s.code as site, s.name as site_name, s.place_code as place
from work.instrument i
join catalogue.instrument_type t on t.code = i.type_code
join work.site s on s.id = i.site_id join work.customer c on c.id = s.customer_id
where ($1::text is null or i.search like '%' || work.folded($1::text) || '%')
  and ($2::text is null or i.type_code = $2::text) and ($3::text is null or c.code = $3::text)
  and ($4::text is null or s.code = $4::text) and i.id > $5::bigint
order by i.id limit $6::int;

-- name: instrument_view :one
select i.id, i.code, i.type_code as type, t.name_vi as type_name_vi, t.name_en as type_name_en, i.serial, i.serial_assigned, i.maker,
       i.country, i.model, i.made_in_year, i.type_approval, c.code as customer, c.name as customer_name, s.code as site, s.name as site_name,
       s.place_code as place, i.in_trade_use, i.put_in_use_on::text as put_in_use_on, i.calibration_months, i.characteristics,
       (select coalesce(jsonb_agg(jsonb_build_object('id', n.id, 'number', n.number, 'name', n.name, 'characteristics', n.characteristics)
            order by n.number), '[]') from work.channel n where n.instrument_id = i.id) as channels
from work.instrument i
join catalogue.instrument_type t on t.code = i.type_code
join work.site s on s.id = i.site_id join work.customer c on c.id = s.customer_id
where i.code = $1::text or i.id::text = $1::text;

-- name: instrument_history :many
select h.on, h.what, h.kind, h.outcome, h.measurement, h.valid_until, h.by, h.note from (
    select e.happened_on as day, e.id, e.happened_on::text as on, 'event' as what, e.kind, null as outcome, null::bigint as measurement,
           null as valid_until, p.username as by, nullif(concat_ws('; ', f.code || ' → ' || t.code, e.note), '') as note
    from record.instrument_event e left join work.person p on p.id = e.recorded_by
    left join work.site f on f.id = e.from_site_id left join work.site t on t.id = e.site_id
    where e.instrument_id = $1::bigint
    union all
    select m.worked_on, m.id, m.worked_on::text, 'measurement', m.kind || coalesce(' ' || m.mode, ''), c.outcome, m.id, c.valid_until::text,
           coalesce(p.username, m.organisation), c.last_certificate
    from record.measurement m left join record.conclusion c on c.measurement_id = m.id left join work.person p on p.id = m.measured_by
    where m.instrument_id = $1::bigint) h
order by h.day, h.id;

-- name: instrument_event_add :one
-- $1 instrument, $2 kind, $3 day, $4 note, $5 person, $6 site it goes to or null
insert into record.instrument_event (instrument_id, kind, happened_on, note, recorded_by, from_site_id, site_id)
select i.id, $2::text, $3::date, $4::text, $5::bigint, case when $6::bigint is not null then coalesce(was.site_id, i.site_id) end, $6::bigint
from work.instrument i left join record.placement($3::date) was on was.instrument_id = i.id
where i.id = $1::bigint returning id, kind as code;

-- name: instrument_move :exec
-- The site it has is that of the newest move by its day, whichever was recorded last.
update work.instrument i set site_id = was.site_id, revision = i.revision + 1
from record.placement('infinity') was where was.instrument_id = i.id and i.id = $1::bigint;

-- name: standard_add :one
insert into work.standard (code, name_vi, name_en, kind, serial, maker, accuracy_class, characteristics)
values ($1::text, $2::text, $3::text, $4::text, $5::text, $6::text, $7::text, $8::jsonb) returning id, code;

-- name: standard_by_code :one
select id, code from work.standard where code = $1::text;

-- name: standard_list :many
select s.id, s.code, s.name_vi, s.name_en, s.kind, s.serial, s.accuracy_class,
       (select coalesce(jsonb_agg(jsonb_build_object('kind', c.kind, 'number', c.number, 'organisation', c.organisation,
            'issued_on', c.issued_on, 'valid_until', c.valid_until) order by c.valid_until desc), '[]')
        from record.standard_certificate c where c.standard_id = s.id) as certificates
from work.standard s where ($1::text is null or s.code = $1::text) order by s.code;

-- name: standard_certificate_add :one
insert into record.standard_certificate (standard_id, kind, number, organisation, issued_on, valid_until, content, recorded_by)
values ($1::bigint, $2::text, $3::text, $4::text, $5::date, $6::date, $7::jsonb, $8::bigint) returning id, number as code;
