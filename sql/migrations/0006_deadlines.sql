-- Deadlines. `record.valid_until` derives the last day of validity when a verification is concluded and explains itself;
-- `record.due` is the only definition of due and overdue.

-- The rule of a type on a day, if it is under control then.
create function catalogue.rule_on(in_type text, on_day date) returns setof catalogue.interval_rule
    language sql stable
begin atomic
    select * from catalogue.interval_rule r where r.type_code = in_type and r.valid @> on_day;
end;

-- Last day of validity of a verification that passed, with every step from the anchor to the date.
-- Source: Circular 23/2013/TT-BKHCN Art. 4 (cycle), Circular 24/2013/TT-BKHCN Art. 41(10) (last day), Civil Code 2015 Art. 148 (end of a
-- term in months). No shift over weekends or holidays, no grace.
create function record.valid_until(
    in_type text, in_worked_on date, in_mode text,
    out valid_until date, out rule_id bigint, out derivation jsonb)
    language sql stable
begin atomic
    with rule as (select * from catalogue.interval_rule r where r.type_code = in_type and r.valid @> in_worked_on),
    policy as (select * from catalogue.validity_policy p where p.valid @> in_worked_on),
    dates as (
        select (in_worked_on + make_interval(months => rule.cycle_months))::date as anniversary
        from rule where rule.cycle_months is not null),
    result as (
        select case when policy.policy = 'END_OF_MONTH'
                    then (date_trunc('month', dates.anniversary) + interval '1 month - 1 day')::date
                    else dates.anniversary end as last_day
        from dates left join policy on true)
    select (select last_day from result),
           (select id from rule),
           jsonb_build_array(jsonb_build_object(
               'step', 'anchor', 'rule', 'verification concluded pass', 'rule_version', in_mode,
               'in', in_worked_on::text, 'out', in_worked_on::text,
               'source', 'Circular 23/2013/TT-BKHCN Art. 19'))
           || coalesce((select jsonb_build_array(jsonb_build_object(
               'step', 'interval', 'rule', rule.code, 'rule_version', rule.version,
               'cycle_months', rule.cycle_months, 'in', in_worked_on::text, 'out', coalesce(dates.anniversary::text, 'no expiry'),
               'source', rule.source, 'confidence', rule.confidence))
               from rule left join dates on true), jsonb_build_array(jsonb_build_object(
               'step', 'interval', 'rule', 'none', 'rule_version', '', 'in', in_worked_on::text, 'out', 'no expiry',
               'source', 'type not in the group-2 table on this date')))
           || coalesce((select jsonb_build_array(jsonb_build_object(
               'step', 'last_day', 'rule', coalesce(policy.policy, 'ANNIVERSARY'), 'rule_version', coalesce(policy.id::text, ''),
               'in', dates.anniversary::text, 'out', result.last_day::text,
               'source', coalesce(policy.source, 'no policy in force: the anniversary')))
               from result cross join dates left join policy on true), '[]'::jsonb);
end;

-- Every subject with a deadline, as of a civil date: when it is or was due, and why.
-- An instrument is valid through the whole day shown. `anchor_id` is the measurement (instruments) or the certificate or card.
create function record.due(as_of date)
    returns table (
        subject_type text, subject_id bigint, kind text, due_on date, reason text,
        anchor_id bigint, last_done_on date, rule text, event_id bigint)
    language sql stable
begin atomic
    -- instruments under control
    select 'instrument', i.id, 'verification', d.due_on, d.reason, v.id, v.worked_on,
           coalesce(rule.code || ' ' || rule.version, ''), ended.id
    from work.instrument i
    left join lateral (
        select e.kind from record.instrument_event e
        where e.instrument_id = i.id and e.kind in ('taken_out', 'put_back') and e.happened_on <= as_of
        order by e.happened_on desc, e.id desc limit 1) use on true
    left join lateral (
        select m.id, m.worked_on, c.outcome, c.valid_until, c.interval_rule_id, c.recorded_at
        from record.measurement m join record.conclusion c on c.measurement_id = m.id
        where m.instrument_id = i.id and m.kind = 'verification' and m.worked_on <= as_of
          and c.outcome in ('pass', 'fail')
        order by m.worked_on desc, m.id desc limit 1) v on true
    left join lateral (
        select e.id, e.happened_on, e.kind from record.instrument_event e
        where e.instrument_id = i.id and e.happened_on <= as_of
          and (e.happened_on > v.worked_on or (e.happened_on = v.worked_on and e.recorded_at > v.recorded_at))
          and e.kind in ('seal_broken', 'stamp_lost', 'mark_lost', 'repaired', 'changed', 'failed_inspection', 'evidence_recalled')
        order by e.happened_on, e.id limit 1) ended on v.outcome = 'pass'
    left join catalogue.interval_rule rule
        on rule.id = v.interval_rule_id
        or (v.interval_rule_id is null and rule.type_code = i.type_code and rule.valid @> as_of)
    cross join lateral (
        select case
                   when v.id is null then i.put_in_use_on - 1
                   when v.outcome = 'fail' then v.worked_on - 1
                   when ended.id is not null and (v.valid_until is null or ended.happened_on <= v.valid_until)
                       then ended.happened_on - 1
                   else v.valid_until end as due_on,
               case
                   when v.id is null then 'never-verified'
                   when v.outcome = 'fail' then 'failed'
                   when ended.id is not null and (v.valid_until is null or ended.happened_on <= v.valid_until)
                       then 'ended-early'
                   else 'expired' end as reason) d
    where i.put_in_use_on <= as_of
      and use.kind is distinct from 'taken_out'
      and exists (select from catalogue.interval_rule r where r.type_code = i.type_code and r.valid @> as_of
                  and (r.periodic or (r.initial and v.id is null)
                       or (r.after_repair and (v.outcome = 'fail' or ended.id is not null))))
      and d.due_on is not null
    union all
    -- calibration, only where the customer asked for an interval
    select 'instrument', i.id, 'calibration',
           coalesce((m.worked_on + make_interval(months => i.calibration_months))::date, i.put_in_use_on - 1),
           case when m.id is null then 'never-calibrated' else 'expired' end,
           m.id, m.worked_on, 'agreed interval', null
    from work.instrument i
    left join lateral (
        select m.id, m.worked_on from record.measurement m join record.conclusion c on c.measurement_id = m.id
        where m.instrument_id = i.id and m.kind = 'calibration' and m.worked_on <= as_of and c.outcome = 'calibrated'
        order by m.worked_on desc, m.id desc limit 1) m on true
    where i.calibration_months is not null and i.put_in_use_on <= as_of
    union all
    -- measurement standards: the newest paper of each kind
    select 'standard', s.id, k.kind, coalesce(c.valid_until, date '-infinity'),
           case when c.id is null then 'never-' || k.kind else 'expired' end, c.id, c.issued_on, c.number, null
    from work.standard s
    cross join (values ('calibration'), ('certification')) k(kind)
    left join lateral (
        select * from record.standard_certificate c
        where c.standard_id = s.id and c.kind = k.kind and c.issued_on <= as_of
        order by c.valid_until desc, c.id desc limit 1) c on true
    union all
    select 'verifier_card', c.id, 'card', c.expires_on, 'expired', c.id, c.issued_on, c.number, null
    from record.verifier_card c
    where c.issued_on <= as_of
      and not exists (select from record.verifier_card n where n.person_id = c.person_id and n.expires_on > c.expires_on
                      and n.issued_on <= as_of)
    union all
    select 'designation', d.id, 'designation', d.expires_on, 'expired', d.id, d.issued_on, d.number, null
    from record.designation d
    where d.issued_on <= as_of
      and not exists (select from record.designation n where n.type_codes @> d.type_codes and n.expires_on > d.expires_on
                      and n.issued_on <= as_of)
    union all
    select 'sample', s.id, 'retention', s.retain_until, 'expired', s.id, o.received_on, '', null
    from record.sample s join record.work_order o on o.id = s.order_id
    where s.retain_until is not null and o.received_on <= as_of
      and not exists (select from record.sample_event e where e.sample_id = s.id and e.kind = 'disposed'
                      and (e.happened_at at time zone 'Asia/Ho_Chi_Minh')::date <= as_of);
end;

-- Reminder stages, recorded once each per anchor: a new verification starts a new round.
create table record.reminder (
    id           bigint generated always as identity primary key,
    subject_type text not null,
    subject_id   bigint not null,
    kind         text not null,
    anchor_id    bigint not null,
    due_on       date not null,
    stage        text not null check (stage in ('60_days', '30_days', '7_days', 'overdue')),
    skipped      text[] not null default '{}',
    reminded_on  date not null,
    recorded_at  timestamptz not null default now(),
    unique (subject_type, subject_id, kind, anchor_id, due_on, stage)
);

-- A run of the due list: its bytes and its manifest, chained to the run before.
create table record.due_run (
    id              bigint generated always as identity primary key,
    run_id          text not null unique,
    as_of           date not null,
    within_days     integer not null,
    emitted_at      timestamptz not null default now(),
    overdue         integer not null,
    due             integer not null,
    csv             text not null,
    json            text not null,
    manifest        text not null,
    manifest_sha256 text not null,
    previous_id     bigint unique references record.due_run,
    recorded_by     bigint references work.person
);
create unique index due_run_first on record.due_run ((previous_id is null)) where previous_id is null;
