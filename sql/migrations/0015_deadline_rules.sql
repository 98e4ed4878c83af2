-- Deadlines that explain themselves: who may move one and who may hold it, which interval counts, what grace there is.
-- `record.due` stays the only definition of due and overdue; it reads dated facts and no stored state, so any day can be asked.

-- What has a deadline. `bounded`: it ends by law or by the day printed on a paper, so no decision of ours may set it later, and there is
-- no grace.
create table catalogue.deadline_class (
    id           smallint primary key,
    subject_type text not null,
    kind         text not null,
    code         text not null unique generated always as (subject_type || '/' || kind) stored,
    bounded      boolean not null,
    unique (subject_type, kind)
);
insert into catalogue.deadline_class (id, subject_type, kind, bounded) values
    (1, 'instrument', 'verification', true), (2, 'instrument', 'calibration', false), (3, 'standard', 'calibration', false),
    (4, 'standard', 'certification', true), (5, 'verifier_card', 'card', true), (6, 'designation', 'designation', true),
    (7, 'sample', 'retention', false), (8, 'accreditation', 'accreditation', true);

-- Days after the due date before it counts as overdue, by period; read for classes that are not bounded.
create table catalogue.grace (
    id     bigint generated always as identity primary key,
    code   text not null references catalogue.deadline_class (code),
    days   integer not null check (days between 0 and 366),
    valid  daterange not null,
    source text not null,
    exclude using gist (code with =, valid with &&)
);
grant select on catalogue.deadline_class, catalogue.grace to etalon;

-- The cycle after a first verification or after a repair, where the table in force gives it a length of its own.
alter table catalogue.interval_rule
    add column initial_cycle_months integer check (initial_cycle_months > 0),
    add column after_repair_cycle_months integer check (after_repair_cycle_months > 0);

-- Accreditation of the centre (ISO/IEC 17025) and the day on which it ends.
create table record.accreditation (
    id          bigint generated always as identity primary key,
    number      text not null unique check (number <> ''),
    body        text not null check (body <> ''),
    scope       text,
    issued_on   date not null,
    expires_on  date not null,
    recorded_by bigint references work.person,
    recorded_at timestamptz not null default now(),
    check (expires_on > issued_on)
);

-- A deadline that is held: the instrument is in store, the customer pauses. A row that `resumes` another ends it with the day before.
create table record.deadline_suspension (
    id           bigint generated always as identity primary key,
    subject_type text not null check (subject_type in
        ('instrument', 'standard', 'verifier_card', 'designation', 'sample', 'accreditation', 'customer')),
    subject_id   bigint not null,
    kind         text,                      -- null: every deadline of the subject
    starts_on    date not null,
    ends_on      date check (ends_on >= starts_on),
    resumes_id   bigint unique references record.deadline_suspension,
    reason       text not null check (reason <> ''),
    recorded_by  bigint references work.person,
    recorded_at  timestamptz not null default now()
);
create index deadline_suspension_subject on record.deadline_suspension (subject_type, subject_id);

-- A date that a person set in place of the one that follows from the rules. It belongs to the anchor that it was set for: the next
-- verification or paper makes it void by itself. The newest row counts; one without a date lifts those before it.
create table record.deadline_override (
    id           bigint generated always as identity primary key,
    subject_type text not null,
    subject_id   bigint not null,
    kind         text not null,
    anchor_id    bigint not null,
    replaces     date not null,
    due_on       date,
    starts_on    date not null,
    reason       text not null check (reason <> ''),
    recorded_by  bigint references work.person,
    recorded_at  timestamptz not null default now()
);
create index deadline_override_subject on record.deadline_override (subject_type, subject_id);

-- What was agreed about the interval, by date: the newest agreement that has begun counts. `as_advised`: the customer leaves the interval
-- to the laboratory; `none`: no calibration is wanted any more.
create table record.interval_agreement (
    id           bigint generated always as identity primary key,
    subject_type text not null check (subject_type in ('instrument', 'standard')),
    subject_id   bigint not null,
    kind         text not null check (kind in ('verification', 'calibration')),
    basis        text not null check (basis in ('agreed', 'as_advised', 'none')),
    months       integer check (months between 1 and 240),
    policy       text not null default 'ANNIVERSARY' check (policy in ('END_OF_MONTH', 'ANNIVERSARY')),
    starts_on    date not null,
    reference    text not null check (reference <> ''),
    recorded_by  bigint references work.person,
    recorded_at  timestamptz not null default now(),
    check ((basis = 'agreed') = (months is not null)),
    check (kind = 'calibration' or basis <> 'as_advised')
);
create index interval_agreement_subject on record.interval_agreement (subject_type, subject_id);

-- An interval between calibrations as the history of the instrument advises it, with everything that it was computed from.
create table record.interval_proposal (
    id             bigint generated always as identity primary key,
    subject_type   text not null check (subject_type in ('instrument', 'standard')),
    subject_id     bigint not null,
    days           integer not null check (days between 1 and 36500),
    current_days   integer not null check (current_days > 0),
    method         text not null check (method in ('staircase', 'control_chart', 'in_use_time')),
    reasons        jsonb not null,
    inputs         jsonb not null,
    engine_version text not null,
    proposed_on    date not null,
    recorded_by    bigint references work.person,
    recorded_at    timestamptz not null default now()
);
create index interval_proposal_subject on record.interval_proposal (subject_type, subject_id);

-- The decision of the authorised person: without one a proposal is paper.
create table record.interval_decision (
    id           bigint generated always as identity primary key,
    proposal_id  bigint not null unique references record.interval_proposal,
    decision     text not null check (decision in ('approved', 'refused')),
    starts_on    date not null,
    reason       text,
    authority_id bigint references record.signing_authority,
    decided_by   bigint not null references work.person,
    recorded_at  timestamptz not null default now(),
    check (decision <> 'refused' or reason <> '')
);

-- Nobody signs the interval that they proposed.
create function record.second_person_decides() returns trigger language plpgsql as $$
begin
    if exists (select from record.interval_proposal p where p.id = new.proposal_id and p.recorded_by = new.decided_by) then
        raise exception 'interval proposal % is decided by its author', new.proposal_id
            using errcode = 'check_violation', constraint = 'second_person_decides';
    end if;
    return null;
end $$;
create trigger second_person_decides after insert on record.interval_decision
    for each row execute function record.second_person_decides();

do $$
declare
    t text;
begin
    foreach t in array array['accreditation', 'deadline_suspension', 'deadline_override', 'interval_agreement', 'interval_proposal',
                             'interval_decision']
    loop
        execute format('create trigger leave_audit_entry after insert on record.%I '
            'referencing new table as new_rows for each statement execute function record.leave_audit_entry()', t);
        execute format('grant select, insert on record.%I to etalon', t);
    end loop;
end $$;
grant usage on all sequences in schema record to etalon;

-- The newest measurement of each instrument from the index alone, without reading what conclusions say at length.
create index measurement_newest on record.measurement (kind, instrument_id, worked_on desc, id desc) include (procedure_id);
create unique index conclusion_outcome on record.conclusion (measurement_id)
    include (outcome, valid_until, interval_rule_id, recorded_at);
create index instrument_event_ending on record.instrument_event (instrument_id, happened_on, id) include (recorded_at)
    where kind in ('seal_broken', 'stamp_lost', 'mark_lost', 'repaired', 'changed', 'failed_inspection', 'evidence_recalled');
create index instrument_event_use on record.instrument_event (instrument_id, happened_on desc, id desc) include (kind)
    where kind in ('taken_out', 'put_back');

-- The last day of a term in months (Civil Code 2015 Art. 148): the corresponding day, or the end of the month where there is none.
create function catalogue.last_day(in_from date, in_months integer, in_policy text) returns date
    language sql immutable parallel safe
    return case when in_policy = 'END_OF_MONTH'
                then (date_trunc('month', in_from + make_interval(months => in_months)) + interval '1 month - 1 day')::date
                else (in_from + make_interval(months => in_months))::date end;

-- The day on which work is to be planned at the latest: the due date, or the last working day before it. Never later.
create function catalogue.working_day(in_day date) returns date
    language sql stable parallel safe
    return case when isfinite(in_day) then (
        select max(d::date) from generate_series((in_day - 21)::timestamp, in_day::timestamp, interval '1 day') d
        where extract(isodow from d) < 6 and not exists (select from catalogue.holiday h where h.day = d::date)) else in_day end;

-- Last day of validity of a verification that passed, with every step from the anchor to the date.
-- Source: Circular 23/2013/TT-BKHCN Art. 4 (cycle), Circular 24/2013/TT-BKHCN Art. 41(10) (last day), Civil Code 2015 Art. 148 (end of a
-- term in months). No shift over weekends or holidays, no grace.
create or replace function record.valid_until(
    in_type text, in_worked_on date, in_mode text,
    out valid_until date, out rule_id bigint, out derivation jsonb)
    language sql stable
begin atomic
    with rule as (
        select r.*, case in_mode when 'initial' then coalesce(r.initial_cycle_months, r.cycle_months)
                                 when 'after_repair' then coalesce(r.after_repair_cycle_months, r.cycle_months)
                                 else r.cycle_months end as months
        from catalogue.interval_rule r where r.type_code = in_type and r.valid @> in_worked_on),
    policy as (select * from catalogue.validity_policy p where p.valid @> in_worked_on),
    dates as (
        select catalogue.last_day(in_worked_on, rule.months, 'ANNIVERSARY') as anniversary,
               catalogue.last_day(in_worked_on, rule.months, coalesce(policy.policy, 'ANNIVERSARY')) as last_day
        from rule left join policy on true where rule.months is not null)
    select (select last_day from dates),
           (select id from rule),
           jsonb_build_array(jsonb_build_object(
               'step', 'anchor', 'rule', 'verification concluded pass', 'rule_version', in_mode,
               'in', in_worked_on::text, 'out', in_worked_on::text,
               'source', 'Circular 23/2013/TT-BKHCN Art. 19'))
           || coalesce((select jsonb_build_array(jsonb_build_object(
               'step', 'interval', 'rule', rule.code, 'rule_version', rule.version,
               'cycle_months', rule.months, 'in', in_worked_on::text, 'out', coalesce(dates.anniversary::text, 'no expiry'),
               'source', rule.source, 'confidence', rule.confidence))
               from rule left join dates on true), jsonb_build_array(jsonb_build_object(
               'step', 'interval', 'rule', 'none', 'rule_version', '', 'in', in_worked_on::text, 'out', 'no expiry',
               'source', 'type not in the group-2 table on this date')))
           || coalesce((select jsonb_build_array(jsonb_build_object(
               'step', 'last_day', 'rule', coalesce(policy.policy, 'ANNIVERSARY'), 'rule_version', coalesce(policy.id::text, ''),
               'in', dates.anniversary::text, 'out', dates.last_day::text,
               'source', coalesce(policy.source, 'no policy in force: the anniversary')))
               from dates left join policy on true), '[]'::jsonb);
end;

-- Suspensions in force on a day; of several for one deadline the newest.
create function record.suspended(as_of date)
    returns table (subject_type text, subject_id bigint, kind text, suspension_id bigint, reason text)
    language sql stable
begin atomic
    select s.subject_type, s.subject_id, s.kind, s.id, s.reason
    from record.deadline_suspension s
    where s.resumes_id is null and s.starts_on <= as_of and (s.ends_on is null or s.ends_on >= as_of)
      and not exists (select from record.deadline_suspension r where r.resumes_id = s.id and r.starts_on <= as_of);
end;

-- The decision in force on a day about each anchor that somebody decided about.
create function record.overridden(as_of date)
    returns table (subject_type text, subject_id bigint, kind text, anchor_id bigint, override_id bigint, due_on date)
    language sql stable
begin atomic
    select distinct on (o.subject_type, o.subject_id, o.kind, o.anchor_id)
           o.subject_type, o.subject_id, o.kind, o.anchor_id, o.id, o.due_on
    from record.deadline_override o where o.starts_on <= as_of
    order by o.subject_type, o.subject_id, o.kind, o.anchor_id, o.starts_on desc, o.id desc;
end;

-- The agreement in force on a day about each deadline.
create function record.agreed_interval(as_of date)
    returns table (subject_type text, subject_id bigint, kind text, agreement_id bigint, basis text, months integer, policy text)
    language sql stable
begin atomic
    select distinct on (a.subject_type, a.subject_id, a.kind) a.subject_type, a.subject_id, a.kind, a.id, a.basis, a.months, a.policy
    from record.interval_agreement a where a.starts_on <= as_of
    order by a.subject_type, a.subject_id, a.kind, a.starts_on desc, a.id desc;
end;

-- The advised interval that was signed, as in force on a day.
create function record.advised_interval(as_of date)
    returns table (subject_type text, subject_id bigint, proposal_id bigint, days integer)
    language sql stable
begin atomic
    select distinct on (p.subject_type, p.subject_id) p.subject_type, p.subject_id, p.id, p.days
    from record.interval_proposal p join record.interval_decision d on d.proposal_id = p.id
    where d.decision = 'approved' and d.starts_on <= as_of
    order by p.subject_type, p.subject_id, d.starts_on desc, d.id desc;
end;

-- Every subject with a deadline, as of a civil date: when it is or was due, and why.
-- An instrument is valid through the whole day shown. `anchor_id` is the measurement (instruments) or the certificate or card.
-- `legal_on` is the day by law or on paper, before anything that people agreed or decided; `held` the reason of a suspension in force.
-- Each part takes its facts as whole sets, so that a million instruments are a few scans; a condition on subject_id reaches every scan.
drop function record.due(date);
create function record.due(as_of date)
    returns table (
        subject_type text, subject_id bigint, kind text, due_on date, reason text,
        anchor_id bigint, last_done_on date, rule text, event_id bigint,
        legal_on date, overdue boolean, held text, suspension_id bigint, override_id bigint, agreement_id bigint, proposal_id bigint)
    language sql stable
begin atomic
    -- instruments under control
    select 'instrument', i.id, 'verification', f.due_on,
           case when f.due_on = legal.due_on then legal.reason when f.due_on = o.due_on then 'overridden' else 'agreed' end,
           v.id, v.worked_on,
           case when f.due_on = legal.due_on or f.due_on = o.due_on then coalesce(stored.code || ' ' || stored.version, now_in.code || ' ' || now_in.version)
                else 'agreed interval' end,
           legal.event_id, legal.due_on, coalesce(h.reason, hc.reason) is null and f.due_on < as_of,
           coalesce(h.reason, hc.reason), coalesce(h.suspension_id, hc.suspension_id),
           case when f.due_on = o.due_on then o.override_id end, case when f.due_on = a.due_on then a.agreement_id end, null::bigint
    from work.instrument i
    join catalogue.interval_rule now_in on now_in.type_code = i.type_code and now_in.valid @> as_of
    left join (
        select e.instrument_id from (
            select distinct on (x.instrument_id) x.instrument_id, x.kind from record.instrument_event x
            where x.kind in ('taken_out', 'put_back') and x.happened_on <= as_of
            order by x.instrument_id, x.happened_on desc, x.id desc) e where e.kind = 'taken_out') gone on gone.instrument_id = i.id
    left join (
        select distinct on (m.instrument_id) m.instrument_id, m.id, m.worked_on, c.outcome, c.valid_until, c.interval_rule_id, c.recorded_at
        from record.measurement m join record.conclusion c on c.measurement_id = m.id
        where m.kind = 'verification' and m.worked_on <= as_of and c.outcome in ('pass', 'fail')
        order by m.instrument_id, m.worked_on desc, m.id desc) v on v.instrument_id = i.id
    left join catalogue.interval_rule stored on stored.id = v.interval_rule_id
    left join (
        select distinct e.instrument_id from record.instrument_event e
        where e.happened_on <= as_of
          and e.kind in ('seal_broken', 'stamp_lost', 'mark_lost', 'repaired', 'changed', 'failed_inspection', 'evidence_recalled')
        ) ending on ending.instrument_id = i.id
    left join lateral (
        select e.id, e.happened_on from record.instrument_event e
        where e.instrument_id = ending.instrument_id and e.happened_on <= as_of
          and (e.happened_on > v.worked_on or (e.happened_on = v.worked_on and e.recorded_at > v.recorded_at))
          and e.kind in ('seal_broken', 'stamp_lost', 'mark_lost', 'repaired', 'changed', 'failed_inspection', 'evidence_recalled')
        order by e.happened_on, e.id limit 1) ended on v.outcome = 'pass'
    cross join lateral (
        select case when v.id is null then i.put_in_use_on - 1
                    when v.outcome = 'fail' then v.worked_on - 1
                    when ended.id is not null and (v.valid_until is null or ended.happened_on <= v.valid_until) then ended.happened_on - 1
                    else v.valid_until end as due_on,
               case when v.id is null then 'never-verified'
                    when v.outcome = 'fail' then 'failed'
                    when ended.id is not null and (v.valid_until is null or ended.happened_on <= v.valid_until) then 'ended-early'
                    else 'expired' end as reason,
               case when ended.id is not null and (v.valid_until is null or ended.happened_on <= v.valid_until) then ended.id end as event_id) legal
    left join record.overridden(as_of) o
        on o.subject_type = 'instrument' and o.kind = 'verification' and o.subject_id = i.id and o.anchor_id = coalesce(v.id, 0)
    left join record.agreed_interval(as_of) g
        on g.subject_type = 'instrument' and g.kind = 'verification' and g.subject_id = i.id
    left join lateral (
        select catalogue.last_day(v.worked_on, g.months, g.policy) as due_on, g.agreement_id
        where g.basis = 'agreed' and v.outcome = 'pass') a on true
    cross join lateral (select least(legal.due_on, o.due_on, a.due_on) as due_on) f
    left join (
        select distinct on (s.subject_id) s.subject_id, s.suspension_id, s.reason from record.suspended(as_of) s
        where s.subject_type = 'instrument' and coalesce(s.kind, 'verification') = 'verification'
        order by s.subject_id, s.suspension_id desc) h on h.subject_id = i.id
    left join (
        select distinct on (p.id) p.id as site_id, s.suspension_id, s.reason
        from record.suspended(as_of) s join work.site p on p.customer_id = s.subject_id
        where s.subject_type = 'customer' and coalesce(s.kind, 'verification') = 'verification'
        order by p.id, s.suspension_id desc) hc on hc.site_id = i.site_id
    where i.put_in_use_on <= as_of
      and gone.instrument_id is null
      and (now_in.periodic or (now_in.initial and v.id is null) or (now_in.after_repair and (v.outcome = 'fail' or ended.id is not null)))
      and f.due_on is not null
    union all
    -- calibration, only where the customer asked for it
    select 'instrument', i.id, 'calibration', f.due_on,
           case when o.due_on is not null then 'overridden' when m.id is null then 'never-calibrated' else 'expired' end,
           m.id, m.worked_on,
           case n.from_what when 'agreed' then 'agreed interval' when 'advised' then 'advised interval'
                            else coalesce(pr.code || ' ' || pr.version, 'agreed interval') end,
           null::bigint, d.due_on, coalesce(h.reason, hc.reason) is null and f.due_on + coalesce(gr.days, 0) < as_of,
           coalesce(h.reason, hc.reason), coalesce(h.suspension_id, hc.suspension_id),
           case when o.due_on is not null then o.override_id end, g.agreement_id,
           case when n.from_what = 'advised' then p.proposal_id end
    from work.instrument i
    left join record.agreed_interval(as_of) g
        on g.subject_type = 'instrument' and g.kind = 'calibration' and g.subject_id = i.id
    left join record.advised_interval(as_of) p on p.subject_type = 'instrument' and p.subject_id = i.id
    left join (
        select e.instrument_id from (
            select distinct on (x.instrument_id) x.instrument_id, x.kind from record.instrument_event x
            where x.kind in ('taken_out', 'put_back') and x.happened_on <= as_of
            order by x.instrument_id, x.happened_on desc, x.id desc) e where e.kind = 'taken_out') gone on gone.instrument_id = i.id
    left join (
        select distinct on (m.instrument_id) m.instrument_id, m.id, m.worked_on, m.procedure_id
        from record.measurement m join record.conclusion c on c.measurement_id = m.id
        where m.kind = 'calibration' and m.worked_on <= as_of and c.outcome = 'calibrated'
        order by m.instrument_id, m.worked_on desc, m.id desc) m on m.instrument_id = i.id
    left join catalogue.procedure pr on pr.id = m.procedure_id
    left join catalogue.grace gr on gr.code = 'instrument/calibration' and gr.valid @> as_of
    -- the customer's word, dated or given at registration; else the signed advice; else the procedure
    cross join lateral (
        select case when g.basis = 'agreed' or (g.basis is null and i.calibration_months is not null) then 'agreed'
                    when p.days is not null then 'advised'
                    when pr.content ->> 'interval_months' is not null then 'procedure' end as from_what) n
    cross join lateral (
        select case when m.id is null then i.put_in_use_on - 1
                    when n.from_what = 'agreed' then catalogue.last_day(m.worked_on, coalesce(g.months, i.calibration_months), coalesce(g.policy, 'ANNIVERSARY'))
                    when n.from_what = 'advised' then m.worked_on + p.days
                    when n.from_what = 'procedure' then catalogue.last_day(m.worked_on, (pr.content ->> 'interval_months')::integer, 'ANNIVERSARY') end as due_on) d
    left join record.overridden(as_of) o
        on o.subject_type = 'instrument' and o.kind = 'calibration' and o.subject_id = i.id and o.anchor_id = coalesce(m.id, 0)
    cross join lateral (select coalesce(o.due_on, d.due_on) as due_on) f
    left join (
        select distinct on (s.subject_id) s.subject_id, s.suspension_id, s.reason from record.suspended(as_of) s
        where s.subject_type = 'instrument' and coalesce(s.kind, 'calibration') = 'calibration'
        order by s.subject_id, s.suspension_id desc) h on h.subject_id = i.id
    left join (
        select distinct on (x.id) x.id as site_id, s.suspension_id, s.reason
        from record.suspended(as_of) s join work.site x on x.customer_id = s.subject_id
        where s.subject_type = 'customer' and coalesce(s.kind, 'calibration') = 'calibration'
        order by x.id, s.suspension_id desc) hc on hc.site_id = i.site_id
    where coalesce(g.basis, case when i.calibration_months is not null then 'agreed' else 'none' end) <> 'none'
      and i.put_in_use_on <= as_of and gone.instrument_id is null and f.due_on is not null
    union all
    -- measurement standards: the newest paper of each kind; a signed or agreed interval may only shorten what the paper says
    select 'standard', s.id, k.kind, f.due_on,
           case when o.due_on is not null and f.due_on = o.due_on then 'overridden' when c.id is null then 'never-' || k.kind
                when f.due_on < c.valid_until then 'agreed' else 'expired' end,
           c.id, c.issued_on,
           case when f.due_on = c.valid_until or c.id is null then c.number when f.due_on = o.due_on then c.number
                when n.agreed_on = f.due_on then 'agreed interval' else 'advised interval' end,
           null::bigint, coalesce(c.valid_until, date '-infinity'),
           h.reason is null and f.due_on + case when k.kind = 'calibration' then coalesce(gr.days, 0) else 0 end < as_of,
           h.reason, h.suspension_id, case when o.due_on is not null and f.due_on = o.due_on then o.override_id end,
           case when n.agreed_on = f.due_on then g.agreement_id end, case when n.agreed_on is null and n.advised_on = f.due_on then p.proposal_id end
    from work.standard s
    cross join (values ('calibration'), ('certification')) k(kind)
    left join lateral (
        select * from record.standard_certificate c
        where c.standard_id = s.id and c.kind = k.kind and c.issued_on <= as_of
        order by c.valid_until desc, c.id desc limit 1) c on true
    left join catalogue.grace gr on gr.code = 'standard/calibration' and gr.valid @> as_of
    left join record.agreed_interval(as_of) g
        on g.subject_type = 'standard' and g.kind = 'calibration' and g.subject_id = s.id and k.kind = 'calibration'
    left join record.advised_interval(as_of) p on p.subject_type = 'standard' and p.subject_id = s.id and k.kind = 'calibration'
    left join record.overridden(as_of) o
        on o.subject_type = 'standard' and o.kind = k.kind and o.subject_id = s.id and o.anchor_id = coalesce(c.id, 0)
    cross join lateral (
        select case when g.basis = 'agreed' then catalogue.last_day(c.issued_on, g.months, g.policy) end as agreed_on,
               case when g.basis is distinct from 'agreed' then c.issued_on + p.days end as advised_on) n
    cross join lateral (
        select case when k.kind = 'calibration' and o.due_on is not null then o.due_on
                    else least(coalesce(c.valid_until, date '-infinity'), n.agreed_on, n.advised_on, o.due_on) end as due_on) f
    left join (
        select distinct on (x.subject_id, w.kind) x.subject_id, w.kind, x.suspension_id, x.reason
        from record.suspended(as_of) x cross join (values ('calibration'), ('certification')) w(kind)
        where x.subject_type = 'standard' and coalesce(x.kind, w.kind) = w.kind
        order by x.subject_id, w.kind, x.suspension_id desc) h on h.subject_id = s.id and h.kind = k.kind
    union all
    select 'verifier_card', c.id, 'card', least(c.expires_on, o.due_on), case when o.due_on < c.expires_on then 'overridden' else 'expired' end,
           c.id, c.issued_on, c.number, null::bigint, c.expires_on, h.reason is null and least(c.expires_on, o.due_on) < as_of,
           h.reason, h.suspension_id, case when o.due_on < c.expires_on then o.override_id end, null::bigint, null::bigint
    from record.verifier_card c
    left join record.overridden(as_of) o
        on o.subject_type = 'verifier_card' and o.kind = 'card' and o.subject_id = c.id and o.anchor_id = c.id
    left join (
        select distinct on (s.subject_id) s.subject_id, s.suspension_id, s.reason from record.suspended(as_of) s
        where s.subject_type = 'verifier_card' order by s.subject_id, s.suspension_id desc) h on h.subject_id = c.id
    where c.issued_on <= as_of
      and not exists (select from record.verifier_card n where n.person_id = c.person_id and n.expires_on > c.expires_on
                      and n.issued_on <= as_of)
    union all
    select 'designation', d.id, 'designation', least(d.expires_on, o.due_on), case when o.due_on < d.expires_on then 'overridden' else 'expired' end,
           d.id, d.issued_on, d.number, null::bigint, d.expires_on, h.reason is null and least(d.expires_on, o.due_on) < as_of,
           h.reason, h.suspension_id, case when o.due_on < d.expires_on then o.override_id end, null::bigint, null::bigint
    from record.designation d
    left join record.overridden(as_of) o
        on o.subject_type = 'designation' and o.kind = 'designation' and o.subject_id = d.id and o.anchor_id = d.id
    left join (
        select distinct on (s.subject_id) s.subject_id, s.suspension_id, s.reason from record.suspended(as_of) s
        where s.subject_type = 'designation' order by s.subject_id, s.suspension_id desc) h on h.subject_id = d.id
    where d.issued_on <= as_of
      and not exists (select from record.designation n where n.type_codes @> d.type_codes and n.expires_on > d.expires_on
                      and n.issued_on <= as_of)
    union all
    select 'sample', s.id, 'retention', coalesce(v.due_on, s.retain_until), case when v.due_on is null then 'expired' else 'overridden' end,
           s.id, o.received_on, '', null::bigint, s.retain_until,
           h.reason is null and coalesce(v.due_on, s.retain_until) + coalesce(gr.days, 0) < as_of,
           h.reason, h.suspension_id, case when v.due_on is not null then v.override_id end, null::bigint, null::bigint
    from record.sample s join record.work_order o on o.id = s.order_id
    left join catalogue.grace gr on gr.code = 'sample/retention' and gr.valid @> as_of
    left join record.overridden(as_of) v
        on v.subject_type = 'sample' and v.kind = 'retention' and v.subject_id = s.id and v.anchor_id = s.id
    left join (
        select distinct on (x.subject_id) x.subject_id, x.suspension_id, x.reason from record.suspended(as_of) x
        where x.subject_type = 'sample' order by x.subject_id, x.suspension_id desc) h on h.subject_id = s.id
    where s.retain_until is not null and o.received_on <= as_of
      and not exists (select from record.sample_event e where e.sample_id = s.id and e.kind = 'disposed'
                      and work.civil_day(e.happened_at) <= as_of)
    union all
    select 'accreditation', c.id, 'accreditation', least(c.expires_on, o.due_on),
           case when o.due_on < c.expires_on then 'overridden' else 'expired' end,
           c.id, c.issued_on, c.number, null::bigint, c.expires_on, h.reason is null and least(c.expires_on, o.due_on) < as_of,
           h.reason, h.suspension_id, case when o.due_on < c.expires_on then o.override_id end, null::bigint, null::bigint
    from record.accreditation c
    left join record.overridden(as_of) o
        on o.subject_type = 'accreditation' and o.kind = 'accreditation' and o.subject_id = c.id and o.anchor_id = c.id
    left join (
        select distinct on (s.subject_id) s.subject_id, s.suspension_id, s.reason from record.suspended(as_of) s
        where s.subject_type = 'accreditation' order by s.subject_id, s.suspension_id desc) h on h.subject_id = c.id
    where c.issued_on <= as_of
      and not exists (select from record.accreditation n where n.body = c.body and n.expires_on > c.expires_on and n.issued_on <= as_of);
end;

-- A row of `record.due` as it is handed back for its line: the list is found once and its lines are made a thousand at a time.
create type work.due_row as (
    subject_type text, subject_id bigint, kind text, due_on date, reason text, anchor_id bigint, last_done_on date, rule text,
    event_id bigint, overdue boolean, held text);

-- Lines of the due list: what people read beside each deadline.
create function work.due_lines(in_rows work.due_row[], as_of date)
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
           d.held, case when isfinite(d.due_on) then catalogue.working_day(d.due_on)::text end, d.number
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
