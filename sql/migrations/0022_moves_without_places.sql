-- Moves that were recorded before events said places (0019): where they led is known of the newest alone, as the site that the instrument
-- has. They stay as they were recorded.

create index instrument_event_unplaced on record.instrument_event (instrument_id, happened_on, id)
    where site_id is null and kind in ('moved', 'owner_changed');

-- As before, but a move says nothing about the days behind a later one without places; it is also no reason to take the instrument back.
create or replace function record.placement(as_of date) returns table (instrument_id bigint, site_id bigint)
    language sql stable
begin atomic
    select distinct on (e.instrument_id) e.instrument_id, case when e.happened_on <= as_of then e.site_id else e.from_site_id end
    from record.instrument_event e
    where e.site_id is not null
      and not exists (
          select from record.instrument_event u
          where u.instrument_id = e.instrument_id and u.site_id is null and u.kind in ('moved', 'owner_changed')
            and e.happened_on <= as_of and u.happened_on <= as_of and (u.happened_on, u.id) > (e.happened_on, e.id))
    order by e.instrument_id, e.happened_on > as_of,
             case when e.happened_on > as_of then 1 else -1 end * (e.happened_on - date '2000-01-01'),
             case when e.happened_on > as_of then 1 else -1 end * e.id;
end;
