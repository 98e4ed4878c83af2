-- name: due_forecast :many
-- How many verifications and calibrations of instruments come, by what is asked for and by week; a week without a date holds what has passed.
-- $1 as of, $2 weeks from the one of that day, $3 week, type, district or standard, $4 whether by week as well, $5 type, $6 district
with counted as materialized (
    select d.kind, i.type_code, s.place_code,
           case when d.due_on >= $1::date then date_trunc('week', d.due_on::timestamp)::date end as week, count(*) as many
    from record.due($1::date) d join work.instrument i on i.id = d.subject_id
    left join record.placement($1::date) was on was.instrument_id = i.id join work.site s on s.id = coalesce(was.site_id, i.site_id)
    where d.subject_type = 'instrument' and d.held is null
      and d.due_on < date_trunc('week', $1::date::timestamp)::date + 7 * $2::int
      and ($5::text is null or i.type_code = $5::text) and ($6::text is null or s.place_code = $6::text)
    group by 1, 2, 3, 4),
keyed as (
    select case $3::text when 'type' then c.type_code when 'district' then c.place_code else '' end as key, c.week, c.many
    from counted c where $3::text <> 'standard'
    union all
    select n.kind, c.week, c.many from counted c
    cross join lateral (
        select distinct x ->> 'kind' as kind from catalogue.procedure p cross join lateral jsonb_array_elements(p.content -> 'standards') x
        where p.kind = c.kind and c.type_code = any(p.type_codes) and p.valid @> $1::date) n
    where $3::text = 'standard')
select k.week::text as week, k.key, coalesce(t.name_vi, pl.name_vi, st.name_vi, '') as name_vi,
       coalesce(t.name_en, pl.name_vi, st.name_en, '') as name_en, k.many::int as count,
       case when $3::text = 'standard' then (select count(*)::int from work.standard w where w.kind = k.key) end as standards
from (select key, case when $3::text = 'week' or $4::bool then coalesce(week, '-infinity') end as at,
             min(week) filter (where $3::text = 'week' or $4::bool) as week, sum(many) as many
      from keyed group by 1, 2) k
left join catalogue.instrument_type t on $3::text = 'type' and t.code = k.key
left join lateral (select p.name_vi from catalogue.place p where $3::text = 'district' and p.code = k.key
                   order by p.valid @> $1::date desc, upper(p.valid) desc nulls first limit 1) pl on true
left join lateral (
    select x ->> 'vi' as name_vi, x ->> 'en' as name_en
    from catalogue.procedure p cross join lateral jsonb_array_elements(p.content -> 'standards') x
    where $3::text = 'standard' and x ->> 'kind' = k.key order by p.valid @> $1::date desc, p.code limit 1) st on true
order by k.at, k.key;

-- name: due_calendar :many
-- The days of a month with what is due and what is planned on each. $1 first day, $2 as of, $3 type, $4 district
with span as materialized (select $1::date as first, ($1::date + interval '1 month')::date as after),
planned as materialized (
    select u.at::date as day, catalogue.working_day(u.at::date) as plan_by
    from span x cross join generate_series(x.first::timestamp, x.after + interval '21 days', interval '1 day') u(at)),
moves as materialized (
    select distinct on (v.subject_id, v.kind, v.due_on, v.anchor_id) v.subject_id, v.kind, v.due_on, v.anchor_id, v.plan_by
    from span x join record.plan_move v on v.due_on >= x.first join record.plan_decision e on e.proposal_id = v.proposal_id
    where e.decision = 'accepted' and e.starts_on <= $2::date
    order by v.subject_id, v.kind, v.due_on, v.anchor_id, e.id desc),
due as materialized (
    select d.due_on, least(w.plan_by, m.plan_by) as plan_by
    from span x cross join record.due($2::date) d join work.instrument i on i.id = d.subject_id
    left join record.placement($2::date) was on was.instrument_id = i.id join work.site s on s.id = coalesce(was.site_id, i.site_id)
    left join planned w on w.day = d.due_on
    left join moves m on m.subject_id = d.subject_id and m.kind = d.kind and m.due_on = d.due_on and m.anchor_id = coalesce(d.anchor_id, 0)
    where d.subject_type = 'instrument' and d.held is null and isfinite(d.due_on) and d.due_on >= x.first
      and (w.day is not null or m.subject_id is not null)
      and ($3::text is null or i.type_code = $3::text) and ($4::text is null or s.place_code = $4::text))
select u.at::date::text as day, extract(isodow from u.at)::int as weekday, h.name_vi as holiday_vi, h.name_en as holiday_en,
       (select count(*)::int from due where due_on = u.at::date) as due, (select count(*)::int from due where plan_by = u.at::date) as planned
from span x cross join generate_series(x.first::timestamp, x.after - interval '1 day', interval '1 day') u(at)
left join catalogue.holiday h on h.day = u.at::date
order by 1;

-- name: plan_rows :many
-- What is to be levelled: the week in which each deadline has to be met at the latest, counted from that of the first day (0 holds what has
-- passed as well). $1 as of, $2 weeks, $3 type, $4 district, $5 team, $6 at most
with days as materialized (
    select u.at::date as day, catalogue.working_day(u.at::date) as plan_by
    from generate_series($1::date::timestamp, date_trunc('week', $1::date::timestamp) + (7 * $2::int - 1) * interval '1 day', interval '1 day') u(at))
select d.subject_id, d.kind, coalesce(d.anchor_id, 0) as anchor_id, d.due_on::text as due_on, coalesce(w.plan_by, d.due_on)::text as was,
       greatest(0, (coalesce(w.plan_by, d.due_on) - date_trunc('week', $1::date::timestamp)::date) / 7)::int as week,
       case $5::text when 'district' then s.place_code when 'type' then i.type_code else '' end as team
from record.due($1::date) d join work.instrument i on i.id = d.subject_id
left join record.placement($1::date) was on was.instrument_id = i.id join work.site s on s.id = coalesce(was.site_id, i.site_id)
left join days w on w.day = d.due_on
where d.subject_type = 'instrument' and d.held is null and isfinite(d.due_on)
  and d.due_on < date_trunc('week', $1::date::timestamp)::date + 7 * $2::int
  and ($3::text is null or i.type_code = $3::text) and ($4::text is null or s.place_code = $4::text)
order by team, week, d.due_on, d.subject_id, d.kind limit $6::int;

-- name: plan_weeks :many
-- The weeks from that of a day: each Monday with its working days. $1 day, $2 weeks
select monday::date::text as monday,
       (select count(*)::int from generate_series(monday, monday + interval '6 days', interval '1 day') d
        where extract(isodow from d) < 6 and not exists (select from catalogue.holiday h where h.day = d::date)) as working_days
from generate_series(date_trunc('week', $1::date::timestamp), date_trunc('week', $1::date::timestamp) + 7 * ($2::int - 1) * interval '1 day',
                     interval '7 days') monday order by 1;

-- name: plan_add :one
-- $1 as of, $2 weeks, $3 capacity, $4 team, $5 type, $6 district, $7 deadlines, $8 moved, $9 over, $10 loads, $11 person
insert into record.plan_proposal (as_of, weeks, capacity, team, type_code, place_code, deadlines, moved, over, loads, recorded_by)
values ($1::date, $2::int, $3::int, $4::text, $5::text, $6::text, $7::int, $8::int, $9::int, $10::jsonb, $11::bigint)
returning id, team as code;

-- name: plan_moves_add :one
-- $1 proposal, then for each move $2 instruments, $3 kinds, $4 anchors, $5 due dates, $6 days before, $7 Mondays of the new weeks
with added as (
    insert into record.plan_move (proposal_id, subject_id, kind, anchor_id, due_on, was, plan_by)
    select $1::bigint, m.subject_id, m.kind, m.anchor_id, m.due_on::date, m.was::date, catalogue.working_day(m.monday::date + 6)
    from unnest($2::bigint[], $3::text[], $4::bigint[], $5::text[], $6::text[], $7::text[]) m(subject_id, kind, anchor_id, due_on, was, monday)
    returning id)
select count(*)::bigint as id, null::text as code from added;

-- name: plan_decision_add :one
-- $1 proposal, $2 decision, $3 first day, $4 reason, $5 person
insert into record.plan_decision (proposal_id, decision, starts_on, reason, decided_by)
values ($1::bigint, $2::text, $3::date, $4::text, $5::bigint) returning id, decision as code;

-- name: plan_list :many
-- $1 one proposal or null, $2 before id, $3 limit
select p.id, p.as_of::text as as_of, p.weeks, p.capacity, p.team, p.type_code as type, p.place_code as district, p.deadlines, p.moved,
       p.over, coalesce(d.decision, 'proposed') as state, d.starts_on::text as starts_on, d.reason, a.username as recorded_by,
       b.username as decided_by, work.instant(p.recorded_at) as recorded_at
from record.plan_proposal p
left join record.plan_decision d on d.proposal_id = p.id
left join work.person a on a.id = p.recorded_by
left join work.person b on b.id = d.decided_by
where ($1::bigint is null or p.id = $1::bigint) and p.id < $2::bigint order by p.id desc limit $3::int;

-- name: plan_loads :many
-- What each team had and has in each week. $1 proposal
select l.team, l.week, l.capacity, l.before, l.after from record.plan_proposal p
cross join lateral jsonb_to_recordset(p.loads) l(team text, week text, capacity int, before int, after int)
where p.id = $1::bigint order by l.team, l.week;

-- name: plan_move_list :many
-- $1 proposal, $2 after id, $3 limit
select v.id, i.code, v.kind, s.name as site, c.name as customer, s.place_code as district, v.due_on::text as due_on, v.was::text as was,
       v.plan_by::text as plan_by
from record.plan_move v join work.instrument i on i.id = v.subject_id join work.site s on s.id = i.site_id
join work.customer c on c.id = s.customer_id
where v.proposal_id = $1::bigint and v.id > $2::bigint order by v.id limit $3::int;
