-- Procedures say themselves what is computed: models, inputs of the budget, limits. The first format named a formula of the program;
-- such versions keep their rows, since measurements refer to them, under a code of their own.
update catalogue.procedure set code = code || '@1';
alter table catalogue.procedure drop column engine;

-- A test finds characteristics of an instrument: no mode, no verdict of a verification, no certificate of a calibration.
alter table catalogue.procedure drop constraint procedure_kind_check,
    add constraint procedure_kind_check check (kind in ('verification', 'calibration', 'test'));
alter table record.measurement drop constraint measurement_kind_check,
    add constraint measurement_kind_check check (kind in ('verification', 'calibration', 'test'));
alter table record.conclusion drop constraint conclusion_outcome_check,
    add constraint conclusion_outcome_check check (outcome in ('pass', 'fail', 'refused', 'not_done', 'calibrated', 'tested'));

-- Puts one version of a procedure in force, on behalf of the daemon, which may only read the catalogue otherwise: adds the types of
-- instruments that it brings along, ends the version before it on the day before, and never changes what a version says.
create function catalogue.load_procedure(
    in_types jsonb, in_procedure jsonb, in_file text, in_sha256 text, out state text, out closes text)
    language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    incoming catalogue.procedure := jsonb_populate_record(null::catalogue.procedure, in_procedure);
begin
    lock table catalogue.procedure in share row exclusive mode;
    select case when (p.sha256, p.version, p.name_vi, p.name_en, p.kind, p.type_codes, coalesce(p.source, ''))
                   = (incoming.sha256, incoming.version, incoming.name_vi, incoming.name_en, incoming.kind, incoming.type_codes,
                      coalesce(incoming.source, ''))
                then 'unchanged' else 'different' end, p.version into state, closes
    from catalogue.procedure p where p.code = incoming.code and lower(p.valid) = lower(incoming.valid);
    if state is not null then return; end if;
    -- Only the version that has no end yet is ended by a new one.
    select 'overlapping', p.version into state, closes from catalogue.procedure p
    where p.code = incoming.code and p.valid && incoming.valid and not (upper_inf(p.valid) and lower(p.valid) < lower(incoming.valid))
    order by lower(p.valid) limit 1;
    if state is not null then return; end if;
    -- Work that was concluded keeps the version that it followed.
    select 'followed', p.version into state, closes
    from record.measurement m join catalogue.procedure p on p.id = m.procedure_id
    where p.code = incoming.code and m.worked_on >= lower(incoming.valid) order by m.worked_on limit 1;
    if state is not null then return; end if;
    select 'other_type', t.code into state, closes
    from jsonb_populate_recordset(null::catalogue.instrument_type, in_types) n join catalogue.instrument_type t using (code)
    where (t.name_vi, t.name_en, t.family) <> (n.name_vi, n.name_en, n.family) limit 1;
    if state is not null then return; end if;
    insert into catalogue.instrument_type (code, name_vi, name_en, family)
    select t.code, t.name_vi, t.name_en, t.family from jsonb_populate_recordset(null::catalogue.instrument_type, in_types) t
    on conflict (code) do nothing;
    update catalogue.procedure p set valid = daterange(lower(p.valid), lower(incoming.valid))
    where p.code = incoming.code and upper_inf(p.valid) and lower(p.valid) < lower(incoming.valid)
    returning p.version into closes;
    insert into catalogue.procedure (code, version, name_vi, name_en, kind, type_codes, content, sha256, valid, source)
    values (incoming.code, incoming.version, incoming.name_vi, incoming.name_en, incoming.kind, incoming.type_codes, incoming.content,
            incoming.sha256, incoming.valid, incoming.source);
    insert into catalogue.load (file_count, sha256, summary)
    values (1, in_sha256, jsonb_build_object('file', in_file, 'procedure', incoming.code, 'version', incoming.version, 'closes', closes));
    state := 'loaded';
end $$;
revoke all on function catalogue.load_procedure(jsonb, jsonb, text, text) from public;
grant execute on function catalogue.load_procedure(jsonb, jsonb, text, text) to etalon;
