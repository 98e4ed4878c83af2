-- Levelling: work that is moved to an earlier week, as a proposal that a person accepts. The due date never moves by it, only the day by
-- which the work is planned. Nothing but instruments is planned so: the teams go out to them.

-- A proposal with its loads by team and week, before and after.
create table record.plan_proposal (
    id          bigint generated always as identity primary key,
    as_of       date not null,
    weeks       integer not null check (weeks between 1 and 104),
    capacity    integer not null check (capacity between 1 and 100000),
    team        text not null check (team in ('all', 'district', 'type')),
    type_code   text,
    place_code  text,
    deadlines   integer not null,
    moved       integer not null,
    over        integer not null,
    loads       jsonb not null,
    recorded_by bigint references work.person,
    recorded_at timestamptz not null default now()
);

-- A deadline that the proposal moves. It belongs to the anchor and the due date for which it was made: new work makes it void by itself.
create table record.plan_move (
    id          bigint generated always as identity primary key,
    proposal_id bigint not null references record.plan_proposal,
    subject_id  bigint not null,
    kind        text not null,
    anchor_id   bigint not null,
    due_on      date not null,
    was         date not null,
    plan_by     date not null check (plan_by < was),
    unique (proposal_id, subject_id, kind)
);
create index plan_move_subject on record.plan_move (subject_id, kind);
create index plan_move_day on record.plan_move (plan_by);

-- The word of the manager: without one a proposal is paper.
create table record.plan_decision (
    id          bigint generated always as identity primary key,
    proposal_id bigint not null unique references record.plan_proposal,
    decision    text not null check (decision in ('accepted', 'refused')),
    starts_on   date not null,
    reason      text,
    decided_by  bigint not null references work.person,
    recorded_at timestamptz not null default now(),
    check (decision <> 'refused' or reason <> '')
);

do $$
declare
    t text;
begin
    foreach t in array array['plan_proposal', 'plan_move', 'plan_decision']
    loop
        execute format('create trigger leave_audit_entry after insert on record.%I '
            'referencing new table as new_rows for each statement execute function record.leave_audit_entry()', t);
        execute format('grant select, insert on record.%I to etalon', t);
    end loop;
end $$;
grant usage on all sequences in schema record to etalon;

-- The accepted plan that moves a deadline, the newest of several. An accepted plan counts from the day of its acceptance.
create function record.planned_move(in_type text, in_id bigint, in_kind text, in_due date, in_anchor bigint, as_of date)
    returns table (proposal_id bigint, plan_by date, starts_on date, decided_by bigint)
    language sql stable
begin atomic
    select v.proposal_id, v.plan_by, d.starts_on, d.decided_by
    from record.plan_move v join record.plan_decision d on d.proposal_id = v.proposal_id
    where in_type = 'instrument' and v.subject_id = in_id and v.kind = in_kind and v.due_on = in_due
      and v.anchor_id = coalesce(in_anchor, 0) and d.decision = 'accepted' and d.starts_on <= as_of
    order by d.id desc limit 1;
end;

-- The day by which work is planned: the last working day up to the due date, or an earlier one by an accepted plan. Never later.
create function record.plan_by(in_type text, in_id bigint, in_kind text, in_due date, in_anchor bigint, as_of date) returns date
    language sql stable
    return least(catalogue.working_day(in_due),
                 (select m.plan_by from record.planned_move(in_type, in_id, in_kind, in_due, in_anchor, as_of) m));

-- Lines of the due list: what people read beside each deadline.
create or replace function work.due_lines(in_rows work.due_row[], as_of date)
    returns table (
        class text, reason text, due_on text, days integer, subject_type text, instrument_id bigint, code text, type text, serial text,
        customer text, site text, district text, kind text, last_done_on text, last_certificate text, rule text, why text, held text,
        plan_by text, number bigint)
    language sql stable
begin atomic
    select case when d.held is not null then 'on_hold' when d.overdue then 'overdue' else 'due' end, d.reason,
           case when d.due_on = '-infinity' then '' else d.due_on::text end,
           case when d.due_on = '-infinity' then -99999 else d.due_on - as_of end,
           d.subject_type, d.subject_id,
           coalesce(i.code, st.code, vc.number, dg.number, sa.number, ac.number),
           coalesce(i.type_code, st.kind, d.subject_type), coalesce(i.serial, st.serial, ''),
           coalesce(c.name, pe.name, ac.body, ''), coalesce(s.name, ''),
           coalesce((select p.name_vi from catalogue.place p where p.code = s.place_code and p.valid @> as_of limit 1),
                    (select p.name_vi from catalogue.place p where p.code = s.place_code order by upper(p.valid) desc nulls first limit 1),
                    s.place_code, ''),
           d.kind, d.last_done_on::text,
           coalesce((select x.label from record.document x where x.measurement_id = d.anchor_id and d.subject_type = 'instrument'
                     and x.kind in ('verification_certificate', 'calibration_certificate') order by x.id desc limit 1),
                    cn.last_certificate),
           d.rule,
           case d.reason
               when 'expired' then 'valid through ' || d.due_on
               when 'ended-early' then 'validity ended by ' || (select e.kind || ' on ' || e.happened_on from record.instrument_event e where e.id = d.event_id)
               when 'failed' then 'failed on ' || d.last_done_on
               when 'agreed' then 'shorter interval agreed or advised: ' || d.due_on
               when 'overridden' then 'set by a decision to ' || d.due_on
               else 'nothing on record since ' || coalesce((d.due_on + 1)::text, '') end,
           d.held, case when isfinite(d.due_on)
                        then record.plan_by(d.subject_type, d.subject_id, d.kind, d.due_on, d.anchor_id, as_of)::text end, d.number
    from unnest(in_rows) with ordinality d(subject_type, subject_id, kind, due_on, reason, anchor_id, last_done_on, rule, event_id, overdue,
                                           held, number)
    left join work.instrument i on d.subject_type = 'instrument' and i.id = d.subject_id
    left join work.site s on s.id = i.site_id
    left join work.customer c on c.id = s.customer_id
    left join work.standard st on d.subject_type = 'standard' and st.id = d.subject_id
    left join record.verifier_card vc on d.subject_type = 'verifier_card' and vc.id = d.subject_id
    left join work.person pe on pe.id = vc.person_id
    left join record.designation dg on d.subject_type = 'designation' and dg.id = d.subject_id
    left join record.sample sa on d.subject_type = 'sample' and sa.id = d.subject_id
    left join record.accreditation ac on d.subject_type = 'accreditation' and ac.id = d.subject_id
    left join record.conclusion cn on d.subject_type = 'instrument' and cn.measurement_id = d.anchor_id;
end;
