-- The comparison of deadlines needs no table of its own: the daemon may not make one, not even a temporary one.

create or replace function work.reconcile_deadlines(in_mend boolean, out deadlines bigint, out differences bigint)
    language plpgsql set jit = off set work_mem = '64MB' as $$
declare
    began constant timestamptz := clock_timestamp();
    found jsonb;
    subjects jsonb;
    subject record;
begin
    perform work.turn_deadlines();
    with differing as materialized (
        select k.subject_type, coalesce(w.subject_id, d.subject_id) as subject_id, k.kind,
               to_jsonb(w) - 'subject_type' as wanted, to_jsonb(d) - 'revision' as stored
        from work.wanted_deadlines() w
        full join work.deadline d on d.class = w.class and d.subject_id = w.subject_id
        join catalogue.deadline_class k on k.id = coalesce(w.class, d.class)
        where (w.due_on, w.anchor_id, w.policy, w.stage, w.next_at, w.held)
              is distinct from (d.due_on, d.anchor_id, d.policy, d.stage, d.next_at, d.held)
    ), sampled as (
        select * from differing order by subject_type, subject_id, kind limit 20
    ), concerned as (
        select f.subject_type as type, jsonb_agg(distinct f.subject_id) as ids from differing f group by f.subject_type
    )
    select (select count(*) from differing),
           (select coalesce(jsonb_agg(to_jsonb(s) order by s.subject_type, s.subject_id, s.kind), '[]') from sampled s),
           (select coalesce(jsonb_object_agg(c.type, c.ids), '{}') from concerned c)
    into differences, found, subjects;
    for subject in select s.key as type, array(select i::bigint from jsonb_array_elements_text(s.value) i order by i::bigint) as ids
                   from jsonb_each(subjects) s where in_mend order by s.key
    loop
        perform work.refresh_deadlines(subject.type, subject.ids);
    end loop;
    select count(*) into deadlines from work.deadline;
    insert into record.deadline_reconciliation (compared_on, deadlines, differences, sample, milliseconds)
    values (work.today(), deadlines, differences, found, extract(epoch from clock_timestamp() - began) * 1000);
end $$;
