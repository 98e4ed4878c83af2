-- name: report_facts :one
-- Everything a test report needs to be judged. $1 sample number
select s.id, s.number, s.description, s.matrix_code as matrix, s.condition, s.lot, s.quantity, o.number as order_number,
       o.received_on::text as received_on, c.name as customer_name, coalesce(t.address, c.address) as customer_address,
       t.name as site_name, sp.name_vi as specification_vi, sp.name_en as specification_en, sp.version as specification_version,
       mx.name_vi as matrix_vi, mx.name_en as matrix_en,
       exists (select from record.sample_event e where e.sample_id = s.id and e.kind = 'rejected') as rejected,
       (select d.label from record.document_state d where d.sample_id = s.id and d.state not in ('voided', 'withdrawn', 'amended')
        order by d.id desc limit 1) as report,
       (select coalesce(jsonb_agg(jsonb_build_object(
            'indicator', l.code, 'name_vi', l.indicator_vi, 'name_en', l.indicator_en, 'method', l.method, 'unit', l.unit,
            'subcontracted', r.subcontracted, 'result_id', v.id, 'text', v.text, 'kind', v.kind, 'flags', to_jsonb(v.flags),
            'reason', v.reason, 'lod', l.lod::text, 'tested_on', v.tested_on, 'decision', w.decision, 'entered_by', v.entered_by,
            'lower', sl.lower::text, 'upper', sl.upper::text, 'text_limit', sl.text_limit) order by r.id), '[]')
        from record.request r join catalogue.line l on l.id = r.line_id
        left join lateral (select x.* from record.result x where x.request_id = r.id order by x.version desc limit 1) v on true
        left join lateral (select x.* from record.result_review x where x.result_id = v.id order by x.id desc limit 1) w on true
        left join catalogue.specification_limit sl on sl.specification_id = s.specification_id and sl.line_code = l.code
        where r.sample_id = s.id) as lines
from record.sample s
join record.work_order o on o.id = s.order_id
join work.customer c on c.id = o.customer_id
left join work.site t on t.id = o.site_id
join catalogue.matrix mx on mx.code = s.matrix_code
left join catalogue.specification sp on sp.id = s.specification_id
where s.number = $1::text;

-- name: document_number :one
-- The next number of a series and year, taken in this transaction. $1 series, $2 year
select work.next_number($1::text, $2::int) as number;

-- name: document_add :one
-- $1 kind, $2 series, $3 year, $4 number, $5 label, $6 sample, $7 measurement, $8 replaces, $9 reason, $10 content, $11 sha-256,
-- $12 access code, $13 frozen on, $14 person
insert into record.document (kind, series, year, number, label, sample_id, measurement_id, replaces_id, reason, content,
                             content_sha256, access_code, frozen_on, recorded_by)
values ($1::text, $2::text, $3::int, $4::int, $5::text, $6::bigint, $7::bigint, $8::bigint, $9::text, $10::text, $11::text,
        $12::text, $13::date, $14::bigint)
returning id, label as code;

-- name: document_results_add :exec
insert into record.document_result (document_id, result_id) select $1::bigint, u from unnest($2::bigint[]) as u;

-- name: document_view :one
-- $1 label
select d.id, d.kind, d.label, st.state, s.number as sample, d.measurement_id as measurement, b.label as replaces, a.label as replaced_by,
       d.access_code, d.content_sha256, d.frozen_on::text as frozen_on, st.issued_on::text as issued_on,
       (select coalesce(jsonb_agg(jsonb_build_object('step', g.step, 'person', p.username, 'name', p.name, 'signed_on', g.signed_on)
            order by g.id), '[]') from record.signature g join work.person p on p.id = g.person_id where g.document_id = d.id) as signatures,
       exists (select from record.rendering r where r.document_id = d.id) as pdf
from record.document d join record.document_state st on st.id = d.id
left join record.sample s on s.id = d.sample_id
left join record.document b on b.id = d.replaces_id
left join record.document a on a.replaces_id = d.id
    and not exists (select from record.document_event x where x.document_id = a.id and x.kind = 'voided')
where d.label = $1::text;

-- name: document_list :many
-- $1 state or null, $2 kind or null, $3 before id, $4 limit
select d.id, d.kind, d.label, st.state, s.number as sample, d.measurement_id as measurement, b.label as replaces, a.label as replaced_by,
       d.access_code, d.content_sha256, d.frozen_on::text as frozen_on, st.issued_on::text as issued_on,
       (select coalesce(jsonb_agg(jsonb_build_object('step', g.step, 'person', p.username, 'name', p.name, 'signed_on', g.signed_on)
            order by g.id), '[]') from record.signature g join work.person p on p.id = g.person_id where g.document_id = d.id) as signatures,
       exists (select from record.rendering r where r.document_id = d.id) as pdf
from record.document d join record.document_state st on st.id = d.id
left join record.sample s on s.id = d.sample_id
left join record.document b on b.id = d.replaces_id
left join record.document a on a.replaces_id = d.id
    and not exists (select from record.document_event x where x.document_id = a.id and x.kind = 'voided')
where ($1::text is null or st.state = $1::text) and ($2::text is null or d.kind = $2::text) and d.id < $3::bigint
order by d.id desc limit $4::int;

-- name: signing_facts :one
-- Everything the signing of a document is judged by. $1 label, $2 person, $3 day
select d.id, d.kind, d.label, st.state, d.content_sha256, d.measurement_id, d.replaces_id,
       exists (select from record.rendering r where r.document_id = d.id) as rendered,
       array(select g.step from record.signature g where g.document_id = d.id) as steps,
       exists (select from record.signature g where g.document_id = d.id and g.person_id = $2::bigint) as signed_by_caller,
       m.measured_by, v.name as verifier_name,
       coalesce((select bool_or(x.entered_by = $2::bigint) from record.document_result dr join record.result x on x.id = dr.result_id
                 where dr.document_id = d.id), false) or coalesce(m.recorded_by = $2::bigint, false) as entered_by_caller,
       (select a.id from record.signing_authority a where a.person_id = $2::bigint and a.level = 'laboratory_head' and a.valid @> $3::date
        order by a.id desc limit 1) as laboratory_head_authority,
       (select a.id from record.signing_authority a where a.person_id = $2::bigint and a.level = 'head' and a.valid @> $3::date
        order by a.id desc limit 1) as head_authority
from record.document d join record.document_state st on st.id = d.id
left join record.measurement m on m.id = d.measurement_id
left join work.person v on v.id = m.measured_by
where d.label = $1::text;

-- name: document_lock :one
-- Holds a document so that two signatures cannot both be the last. $1 id
select pg_advisory_xact_lock(7305002, $1::bigint::int)::text as locked;

-- name: sample_lock :one
-- Holds a sample so that no two reports of it are frozen at once. $1 id
select pg_advisory_xact_lock(7305003, $1::bigint::int)::text as locked;

-- name: measurement_lock :one
-- Holds a measurement so that no two certificates of it are frozen at once. $1 id
select pg_advisory_xact_lock(7305006, $1::bigint::int)::text as locked;

-- name: signature_add :exec
insert into record.signature (document_id, step, person_id, authority_id, signed_on, content_sha256)
values ($1::bigint, $2::text, $3::bigint, $4::bigint, $5::date, $6::text);

-- name: document_event_add :one
insert into record.document_event (document_id, kind, happened_on, reason, recorded_by)
values ($1::bigint, $2::text, $3::date, $4::text, $5::bigint) returning id, kind as code;

-- name: document_content :one
-- What a document is rendered from, and its rendering if there is one. $1 id
select d.id, d.label, d.content, r.sha256 as pdf_sha256 from record.document d
left join record.rendering r on r.document_id = d.id where d.id = $1::bigint;

-- name: document_pdf :one
select r.pdf, r.sha256, d.label from record.document d join record.rendering r on r.document_id = d.id where d.label = $1::text;

-- name: rendering_add :exec
insert into record.rendering (document_id, pdf, sha256, engine) values ($1::bigint, $2::bytea, $3::text, $4::text)
on conflict (document_id) do nothing;

-- name: rendering_kept :one
-- What is kept of a document's rendering, without its bytes. $1 document
select sha256, engine from record.rendering where document_id = $1::bigint;

-- name: signature_print :many
-- Signatures as a certificate shows them. $1 document
select g.step, p.name, coalesce(a.form, '') as form, coalesce(a.title_vi, '') as title_vi, coalesce(a.title_en, '') as title_en,
       g.signed_on::text as signed_on
from record.signature g join work.person p on p.id = g.person_id
left join record.signing_authority a on a.id = g.authority_id where g.document_id = $1::bigint order by g.id;

-- name: public_check :one
-- Whether a document is valid today, by its access code. A certificate of verification is no longer what it says once its last day is
-- over or its validity ended early; the due function decides. $1 code
select d.label, d.kind,
       case when st.state in ('numbered', 'rendered') then 'not_yet_issued'
            when st.state <> 'issued' then st.state
            when due.reason = 'ended-early' then 'ended_early'
            when c.valid_until < work.today() then 'expired'
            else 'valid' end as status,
       st.issued_on::text as issued_on, c.valid_until::text as valid_until,
       coalesce(s.number || ' ' || s.description, ty.name_vi || ' ' || i.serial) as item,
       a.label as replaced_by, d.content_sha256
from record.document d join record.document_state st on st.id = d.id
left join record.sample s on s.id = d.sample_id
left join record.measurement m on m.id = d.measurement_id
left join record.conclusion c on c.measurement_id = m.id
left join work.instrument i on i.id = m.instrument_id
left join catalogue.instrument_type ty on ty.code = i.type_code
left join record.document a on a.replaces_id = d.id
    and exists (select from record.document_event x where x.document_id = a.id and x.kind = 'issued')
left join lateral (
    -- what people agreed or decided among themselves does not end what the certificate says
    select case when x.reason in ('agreed', 'overridden') then 'expired' else x.reason end as reason from record.due(work.today()) x
    where x.subject_type = 'instrument' and x.subject_id = i.id and x.anchor_id = m.id and x.legal_on < work.today()) due
    on d.kind = 'verification_certificate'
where d.access_code = upper($1::text);

-- name: laboratory_fact :one
-- A fact about the centre as JSON. $1 key
select value::text as name from catalogue.laboratory where key = $1::text;

-- name: signing_authorities_on :many
-- Who may sign at which level on a day; holders of the office before delegates. $1 day
select a.level as step, p.name, a.form, a.title_vi, a.title_en, lower(a.valid)::text as signed_on
from record.signing_authority a join work.person p on p.id = a.person_id
where a.valid @> $1::date order by a.level, (a.form <> ''), a.id desc;

-- name: verifier_card_on :one
-- The card that a verifier held on a day. $1 person, $2 day
select c.id, c.number as code from record.verifier_card c
where c.person_id = $1::bigint and $2::date between c.issued_on and c.expires_on order by c.expires_on desc limit 1;
