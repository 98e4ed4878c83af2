-- Whose an instrument was and where it stood, as of a day: an event that moves it says from where and to where.

alter table record.instrument_event
    add column from_site_id bigint references work.site,
    add column site_id bigint references work.site,
    add constraint instrument_event_places check ((from_site_id is null) = (site_id is null));
-- The newest by day and, of one day, by identity; nearly all instruments have none.
create index instrument_event_place on record.instrument_event (instrument_id, happened_on, id) where site_id is not null;

-- Sites as of a day of those instruments that were moved: where the last move up to that day took them, or where the first one
-- afterwards took them from. Of the others the site they have is the only one known.
create function record.placement(as_of date) returns table (instrument_id bigint, site_id bigint)
    language sql stable
begin atomic
    select distinct on (e.instrument_id) e.instrument_id, case when e.happened_on <= as_of then e.site_id else e.from_site_id end
    from record.instrument_event e
    where e.site_id is not null
    order by e.instrument_id, e.happened_on > as_of,
             case when e.happened_on > as_of then 1 else -1 end * (e.happened_on - date '2000-01-01'),
             case when e.happened_on > as_of then 1 else -1 end * e.id;
end;

-- As before, but for the customer's pauses: they concern the instruments that were the customer's on that day.
create or replace function record.due(as_of date)
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
    left join record.placement(as_of) was on was.instrument_id = i.id
    left join (
        select distinct on (p.id) p.id as site_id, s.suspension_id, s.reason
        from record.suspended(as_of) s join work.site p on p.customer_id = s.subject_id
        where s.subject_type = 'customer' and coalesce(s.kind, 'verification') = 'verification'
        order by p.id, s.suspension_id desc) hc on hc.site_id = coalesce(was.site_id, i.site_id)
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
    left join record.placement(as_of) was on was.instrument_id = i.id
    left join (
        select distinct on (x.id) x.id as site_id, s.suspension_id, s.reason
        from record.suspended(as_of) s join work.site x on x.customer_id = s.subject_id
        where s.subject_type = 'customer' and coalesce(s.kind, 'calibration') = 'calibration'
        order by x.id, s.suspension_id desc) hc on hc.site_id = coalesce(was.site_id, i.site_id)
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

-- Lines of the due list: what people read beside each deadline, with the customer and the site of that day.
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
    left join record.placement(as_of) was on was.instrument_id = i.id
    left join work.site s on s.id = coalesce(was.site_id, i.site_id)
    left join work.customer c on c.id = s.customer_id
    left join work.standard st on d.subject_type = 'standard' and st.id = d.subject_id
    left join record.verifier_card vc on d.subject_type = 'verifier_card' and vc.id = d.subject_id
    left join work.person pe on pe.id = vc.person_id
    left join record.designation dg on d.subject_type = 'designation' and dg.id = d.subject_id
    left join record.sample sa on d.subject_type = 'sample' and sa.id = d.subject_id
    left join record.accreditation ac on d.subject_type = 'accreditation' and ac.id = d.subject_id
    left join record.conclusion cn on d.subject_type = 'instrument' and cn.measurement_id = d.anchor_id;
end;
