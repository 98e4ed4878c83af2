-- Deadlines of people and papers that stand beside others, of customers that became one, and of places that were reformed.

-- A new paper takes the place of an older one that it covers: a card with its families, a designation with its types, an accreditation of the
-- same scope. Of a standard the paper issued last counts, also where it ends before an older one: its values are those that hold.
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
        order by c.issued_on desc, c.valid_until desc, c.id desc limit 1) c on true
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
      and not exists (select from record.verifier_card n where n.person_id = c.person_id and n.families @> c.families
                      and (n.expires_on, n.id) > (c.expires_on, c.id) and n.issued_on <= as_of)
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
      and not exists (select from record.designation n where n.type_codes @> d.type_codes
                      and (n.expires_on, n.id) > (d.expires_on, d.id) and n.issued_on <= as_of)
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
      and not exists (select from record.accreditation n where n.body = c.body and n.scope is not distinct from c.scope
                      and (n.expires_on, n.id) > (c.expires_on, c.id) and n.issued_on <= as_of);
end;

-- Whether a site lies in a place: in itself, or in a place that is or was part of it. Sites keep the place that they were registered with,
-- also when it has been abolished.
create or replace function work.lies_in(in_site_place text, in_place text) returns boolean
    language sql stable
    return in_site_place = in_place
        or exists (select from catalogue.place p where p.code = in_site_place and p.parent = in_place);

-- The sites of a customer that was merged belong to the one that it became, and so does what was asked for it.
create function work.hand_over(in_from bigint, in_to bigint) returns void
    language sql
begin atomic
    update work.site set customer_id = in_to where customer_id = in_from;
    update work.due_subscription u set customer_id = in_to
    where u.customer_id = in_from and u.ended_at is null
      and not exists (select from work.due_subscription x
                      where x.customer_id = in_to and lower(x.email) = lower(u.email) and x.ended_at is null);
    update work.calendar_feed set customer_id = in_to where customer_id = in_from;
    update work.due_assignment a set customer_id = in_to
    where a.customer_id = in_from
      and not exists (select from work.due_assignment x
                      where x.customer_id = in_to and x.person_id = a.person_id
                        and (x.place_code, x.type_code) is not distinct from (a.place_code, a.type_code));
end;

-- Those that were merged before.
with recursive became(id, person_id) as (
    select c.id, c.id from work.customer c where c.merged_into is null
    union all select c.id, b.person_id from work.customer c join became b on b.id = c.merged_into)
select work.hand_over(b.id, b.person_id) from became b where b.id <> b.person_id order by b.id;

select work.refresh_deadlines(t, null) from (values ('standard'), ('verifier_card'), ('designation'), ('accreditation')) as x(t);
