-- name: job_intervention_add :one
-- Notes what an operator did to the queue. $1 act, $2 subject, $3 detail or null, $4 reason or null, $5 person or null
insert into record.job_intervention (act, subject, detail, reason, recorded_by)
values ($1::text, $2::text, $3::text, normalize($4::text, NFC), $5::bigint)
returning id;

-- name: job_intervention_list :many
-- What operators did, the latest first. $1 subject or null, $2 before this number, $3 how many
select i.id, i.act, i.subject, i.detail, i.reason, work.instant(i.recorded_at) as at, p.username as actor
from record.job_intervention i left join work.person p on p.id = i.recorded_by
where ($1::text is null or i.subject = $1::text) and i.id < $2::bigint
order by i.id desc
limit $3::int;

-- name: job_intervention_last :one
-- The latest time an act was done to a subject, and why. $1 act, $2 subject
select i.id, i.act, i.subject, i.detail, i.reason, work.instant(i.recorded_at) as at, p.username as actor
from record.job_intervention i left join work.person p on p.id = i.recorded_by
where i.act = $1::text and i.subject = $2::text
order by i.id desc
limit 1;

-- name: due_run_sight :one
-- The newest night's due list beside the one of the night before it, how old it is, the alarms about nights that nobody has ended (missing, small, empty),
-- the reminders of seven days that reached nobody (customers without an address, staff, manager, head; none while no mail goes out), and the time
-- by which the earliest stage of a deadline is late. A list that somebody asked for is no night's, and one made up for is as old as the end of its day.
select work.today() - n.as_of as age_days,
       case when n.as_of is not null then greatest(0, floor(extract(epoch from work.moment() - least(
           n.emitted_at, (n.as_of + 1)::timestamp at time zone work.time_zone()))))::bigint end as age_seconds, n.overdue, n.due,
       b.overdue as overdue_before, b.due as due_before,
       array(select count(a.id)::int from unnest(array['missing', 'small', 'empty']) with ordinality as k(kind, place)
             left join record.due_alarm a on a.kind = k.kind
                 and not exists (select from record.due_alarm_end e where e.alarm_id = a.id)
             group by k.place order by k.place) as alarms,
       array(select coalesce(sum(cardinality(n.told)), 0)::int
             from unnest(array['unaddressed', 'staff', 'manager', 'head']) with ordinality as k(audience, place)
             left join record.reminder_notice n on n.audience = k.audience and n.outcome = 'no_address'
                 and n.recorded_at > now() - interval '7 days' and exists (select from work.mail_origin o where o.is_on)
             group by k.place order by k.place) as unreached,
       greatest(0, coalesce(ceil(extract(epoch from work.moment() - (
           select min(d.next_at) from work.deadline d where d.next_at < 'infinity'))), 0))::bigint as deadline_late_seconds
from (values (1)) as always(one)
left join lateral (
    select r.as_of, r.emitted_at, r.overdue, r.due from record.due_night r
    where r.as_of <= work.today() order by r.as_of desc, r.id desc limit 1) n on true
left join lateral (
    select r.overdue, r.due from record.due_night r
    where r.as_of < n.as_of order by r.as_of desc, r.id desc limit 1) b on true;

-- name: zones_apart :one
-- The laboratory's time zone, and which of these do not show its time all year round, by another name or not. $1 zones
select work.time_zone() as name,
       array(select z.name from unnest($1::text[]) with ordinality as z(name, place)
             where case when z.name = work.time_zone() then false
                        when not exists (select from pg_catalog.pg_timezone_names n where n.name = z.name) then true
                        else exists (select from generate_series(now(), now() + interval '1 year', interval '1 week') as t
                                     where t at time zone z.name <> t at time zone work.time_zone()) end
             order by z.place) as apart;

-- name: due_run_age :one
-- How many days ago the newest night was of which the due list was made; null when none ever was. What somebody asked for is no night's.
select work.today() - max(r.as_of) as days from record.due_night r where r.as_of <= work.today();

-- name: reminder_reach :one
-- Reminders of the last seven days that reached nobody, with the audiences that missed them, whether mails go out, and whether they do so with
-- nobody named for what is unassigned.
select coalesce(sum(cardinality(n.told)), 0)::int as unreached,
       coalesce(array_agg(distinct n.audience order by n.audience desc) filter (where n.audience is not null), '{}') as audiences,
       exists (select from work.mail_origin o where o.is_on) as is_on,
       exists (select from work.mail_origin o where o.is_on and o.unassigned is null) as is_open
from record.reminder_notice n where n.outcome = 'no_address' and n.recorded_at > now() - interval '7 days';
