-- name: gate_instrument :one
-- The instrument as the gate sees it, with its holder and place on the day of the work. $1 code, $2 day of the work
select i.id, i.code, i.type_code as type, t.family, i.serial, i.type_approval, i.characteristics, s.id as site_id,
       s.customer_id as holder_id, s.place_code as place, i.put_in_use_on::text as put_in_use_on,
       coalesce(r.type_approval, false) as type_approval_required, r.id is not null as under_control,
       exists (select from record.designation d where d.type_codes @> array[i.type_code] and $2::date between d.issued_on and d.expires_on
               and not exists (select from record.designation_suspension x where x.designation_id = d.id and x.during @> $2::date)) as designated,
       (select coalesce(jsonb_agg(jsonb_build_object('id', n.id, 'number', n.number, 'name', n.name, 'characteristics', n.characteristics)
            order by n.number), '[]') from work.channel n where n.instrument_id = i.id) as channels
from work.instrument i
join catalogue.instrument_type t on t.code = i.type_code
join work.site s on s.id = coalesce((select p.site_id from record.placement($2::date) p where p.instrument_id = i.id), i.site_id)
left join catalogue.interval_rule r on r.type_code = i.type_code and r.valid @> $2::date
where i.code = $1::text;

-- name: gate_procedure :one
-- The version of a procedure in force on a day. $1 code, $2 day
select id, code, version, name_vi, name_en, kind, type_codes, content, sha256 from catalogue.procedure
where code = $1::text and valid @> $2::date;

-- name: gate_procedure_any :one
select code from catalogue.procedure where code = $1::text limit 1;

-- name: gate_verifier :one
-- The verifier's card on a day. $1 person, $2 day
select p.id, p.username, p.name, c.number as card, c.expires_on::text as expires_on, coalesce(c.families, '{}') as families,
       coalesce($2::date between c.issued_on and c.expires_on
                and coalesce((select e.kind from record.verifier_card_event e where e.card_id = c.id and e.happened_on <= $2::date
                              order by e.happened_on desc, e.id desc limit 1), 'restored') = 'restored', false) as card_valid
from work.person p
left join lateral (select * from record.verifier_card c where c.person_id = p.id and c.issued_on <= $2::date
                   order by c.expires_on desc limit 1) c on true
where p.id = $1::bigint;

-- name: gate_standards :many
-- Standards and their papers on a day. $1 codes, $2 day
select u.code, s.id, s.kind, s.name_vi, s.name_en, s.serial, s.accuracy_class,
       cal.number as calibration, cal.valid_until::text as calibrated_until, coalesce(cal.valid_until >= $2::date, false) as calibrated,
       cer.valid_until::text as certified_until, coalesce(cer.valid_until >= $2::date, false) as certified,
       coalesce(cal.content, '{}') as content
from unnest($1::text[]) with ordinality as u(code, n)
left join work.standard s on s.code = u.code
left join lateral (select * from record.standard_certificate c where c.standard_id = s.id and c.kind = 'calibration'
                   and c.issued_on <= $2::date order by c.issued_on desc, c.valid_until desc, c.id desc limit 1) cal on true
left join lateral (select * from record.standard_certificate c where c.standard_id = s.id and c.kind = 'certification'
                   and c.issued_on <= $2::date order by c.issued_on desc, c.valid_until desc, c.id desc limit 1) cer on true
order by u.n;

-- name: measurement_add :one
-- $1 instrument, $2 kind, $3 mode, $4 procedure, $5 worked on, $6 measured by, $7 organisation, $8 holder, $9 site, $10 place,
-- $11 conditions, $12 recorded by
insert into record.measurement (instrument_id, kind, mode, procedure_id, worked_on, measured_by, organisation, holder_id, site_id,
                                place_code, conditions, recorded_by)
values ($1::bigint, $2::text, $3::text, $4::bigint, $5::date, $6::bigint, $7::text, $8::bigint, $9::bigint, $10::text, $11::jsonb, $12::bigint)
returning id, kind as code;

-- name: measurement_standards_add :exec
insert into record.measurement_standard (measurement_id, standard_id) select $1::bigint, u from unnest($2::bigint[]) as u;

-- name: readings_add :exec
-- $1 measurement, $2 channels, $3 phases, $4 points, $5 repetitions, $6 indicated, $7 references, $8 extras, $9 person
insert into record.reading (measurement_id, channel_id, phase, point, repetition, indicated, reference, extra, recorded_by)
select $1::bigint, c, f, p, n, i, r, e::jsonb, $9::bigint
from unnest($2::bigint[], $3::text[], $4::text[], $5::int[], $6::numeric[], $7::numeric[], $8::text[]) as u(c, f, p, n, i, r, e);

-- name: checks_add :exec
insert into record.check_result (measurement_id, step, channel_id, outcome, note, recorded_by)
select $1::bigint, s, c, o, n, $6::bigint from unnest($2::text[], $3::bigint[], $4::text[], $5::text[]) as u(s, c, o, n);

-- name: conclusion_add :one
-- Concludes a measurement; a pass gets its last day of validity and the derivation, once and for all.
-- $1 measurement, $2 outcome, $3 reasons, $4 evaluation, $5 excluded channels, $6 engine version, $7 last certificate, $8 person
insert into record.conclusion (measurement_id, outcome, reasons, evaluation, excluded_channels, engine_version, valid_until,
                               interval_rule_id, derivation, last_certificate, recorded_by)
select m.id, $2::text, $3::jsonb, $4::jsonb, $5::bigint[], $6::text,
       case when $2::text = 'pass' then v.valid_until end, case when $2::text in ('pass', 'fail') then v.rule_id end,
       case when $2::text = 'pass' then v.derivation else '[]' end, $7::text, $8::bigint
from record.measurement m join work.instrument i on i.id = m.instrument_id
cross join lateral record.valid_until(i.type_code, m.worked_on, m.mode) v
where m.id = $1::bigint
returning measurement_id as id, valid_until::text as code;

-- name: measurement_view :one
select m.id, m.kind, m.mode, i.code as instrument, i.serial, pr.code as procedure, pr.version as procedure_version,
       m.worked_on::text as worked_on, p.username as measured_by, m.organisation, c.outcome,
       array(select jsonb_array_elements_text(c.reasons)) as reasons, c.valid_until::text as valid_until,
       array(select s.code from record.measurement_standard ms join work.standard s on s.id = ms.standard_id
             where ms.measurement_id = m.id order by s.code) as standards,
       (select coalesce(jsonb_agg(jsonb_build_object('channel', n.number, 'phase', r.phase, 'point', r.point, 'repetition', r.repetition,
            'indicated', r.indicated::text, 'reference', r.reference::text) order by r.id), '[]')
        from record.reading r left join work.channel n on n.id = r.channel_id where r.measurement_id = m.id) as readings,
       (select coalesce(jsonb_agg(jsonb_build_object('step', k.step, 'channel', n.number, 'outcome', k.outcome, 'note', k.note)
            order by k.id), '[]')
        from record.check_result k left join work.channel n on n.id = k.channel_id where k.measurement_id = m.id) as checks,
       (select coalesce(jsonb_agg(jsonb_build_object('kind', st.kind, 'series', st.series, 'number', st.number, 'place', e.place)
            order by e.id), '[]')
        from record.stamp_event e join record.stamp st on st.id = e.stamp_id
        where e.measurement_id = m.id and e.kind = 'affixed') as evidence,
       array(select d.label from record.document d where d.measurement_id = m.id order by d.id) as documents,
       coalesce(c.evaluation -> 'lines', '[]') as evaluation
from record.measurement m
join work.instrument i on i.id = m.instrument_id
left join catalogue.procedure pr on pr.id = m.procedure_id
left join work.person p on p.id = m.measured_by
left join record.conclusion c on c.measurement_id = m.id
where m.id = $1::bigint;

-- name: certificate_facts :one
-- What a record or certificate of a measurement shows. $1 measurement
select m.id, m.kind, m.mode, m.worked_on::text as worked_on, m.measured_by, p.name as verifier, i.code as instrument, i.serial,
       i.maker, i.country, i.model, i.made_in_year, i.characteristics, t.name_vi as type_vi, t.name_en as type_en, t.code as type,
       h.name as holder, s.name as site, s.address as site_address, pr.code as procedure, pr.version as procedure_version,
       pr.name_vi as procedure_vi, pr.name_en as procedure_en, pr.content as procedure_content, c.outcome, c.reasons, c.evaluation,
       c.valid_until::text as valid_until, m.conditions,
       (select coalesce(jsonb_agg(jsonb_build_object('code', st.code, 'name_vi', st.name_vi, 'name_en', st.name_en, 'serial', st.serial,
            'certificate', x.number, 'valid_until', x.valid_until) order by st.code), '[]')
        from record.measurement_standard ms join work.standard st on st.id = ms.standard_id
        left join lateral (select * from record.standard_certificate y where y.standard_id = st.id and y.kind = 'calibration'
                           and y.issued_on <= m.worked_on order by y.issued_on desc, y.valid_until desc, y.id desc limit 1) x
             on true
        where ms.measurement_id = m.id) as standards,
       (select coalesce(jsonb_agg(jsonb_build_object('kind', st.kind, 'series', st.series, 'number', st.number, 'place', e.place)
            order by e.id), '[]')
        from record.stamp_event e join record.stamp st on st.id = e.stamp_id
        where e.measurement_id = m.id and e.kind = 'affixed') as evidence,
       (select coalesce(jsonb_agg(jsonb_build_object('number', n.number, 'name', n.name, 'characteristics', n.characteristics)
            order by n.number), '[]') from work.channel n where n.instrument_id = i.id) as channels,
       (select d.label from record.document_state d where d.measurement_id = m.id
          and d.kind in ('verification_certificate', 'calibration_certificate') and d.state not in ('voided', 'withdrawn', 'amended')
        order by d.id desc limit 1) as certificate,
       (select d.label from record.document_state d where d.measurement_id = m.id and d.kind = 'verification_record'
          and d.state <> 'voided' order by d.id desc limit 1) as record
from record.measurement m
join work.instrument i on i.id = m.instrument_id
join catalogue.instrument_type t on t.code = i.type_code
join work.customer h on h.id = m.holder_id
join work.site s on s.id = m.site_id
left join work.person p on p.id = m.measured_by
left join catalogue.procedure pr on pr.id = m.procedure_id
left join record.conclusion c on c.measurement_id = m.id
where m.id = $1::bigint;

-- name: measurement_list :many
-- $1 instrument code or null, $2 verifier or null, $3 before id, $4 limit
select m.id, i.code as instrument, i.serial, m.kind, m.mode, m.worked_on::text as worked_on, c.outcome, c.valid_until::text as valid_until,
       p.username as measured_by
from record.measurement m join work.instrument i on i.id = m.instrument_id
left join record.conclusion c on c.measurement_id = m.id left join work.person p on p.id = m.measured_by
where ($1::text is null or i.code = $1::text) and ($2::text is null or p.username = $2::text) and m.id < $3::bigint
order by m.id desc limit $4::int;
