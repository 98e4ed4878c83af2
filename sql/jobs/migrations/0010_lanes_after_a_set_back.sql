-- Claims from lanes with a rule over all processes, each under a lock of its row: most running at a time, most starts in a
-- span of time, equal shares for tenants. Only jobs of live workers count as running.
--
-- A lane whose starts were counted in what is now the future has its count from a clock that was set back: it goes on from now,
-- with no more starts than it had left. The moment is never taken back otherwise, so that a claim that waited for the lane does
-- not give the same time twice.
create or replace function jobs.claim_restricted(me integer, lanes smallint[], rooms integer[], kinds text[], lease_ms bigint)
    returns setof jobs.job
    language plpgsql
as $$
declare
    line     record;
    room     integer;
    tokens   double precision;
    picked   bigint[];
    served   text;
    suspect  bigint;
    present  timestamptz;
    counted  timestamptz;
begin
    if not exists (select from jobs.worker w
                   where w.id = me and w.beat_at > pg_catalog.now() - lease_ms * interval '1 millisecond') then
        return;
    end if;
    -- As in all lanes, a worker runs one job at a time that may be what kills workers.
    if not exists (select from jobs.job h where h.rescues >= 2 and h.state = 2 and h.worker = me) then
        select min(j.id) into suspect
        from jobs.job j join jobs.lane l on l.id = j.lane and l.is_restricted and l.paused_at is null
        where j.rescues >= 2 and j.state = 1 and j.lane = any(lanes) and j.kind = any(kinds);
    end if;
    for line in
        select l.*, r.room as wanted
        from jobs.lane l join unnest(lanes, rooms) as r(lane, room) on r.lane = l.id
        where l.is_restricted and l.paused_at is null and r.room > 0
        -- Not "for update": enqueueing transactions hold a key share lock of the row through the foreign key.
        order by l.id for no key update of l
    loop
        room := line.wanted;
        if line.max_running is not null then
            room := least(room, line.max_running - (
                select count(*)::integer from jobs.job j
                where j.state = 2 and j.lane = line.id and exists (
                    select from jobs.worker w
                    where w.id = j.worker and w.beat_at > pg_catalog.now() - lease_ms * interval '1 millisecond')));
        end if;
        if line.rate_count is not null then
            -- The time goes on within a transaction: what another claim counted meanwhile is no future.
            present := jobs.now() + (pg_catalog.clock_timestamp() - pg_catalog.now());
            if line.rate_at > present + interval '1 second' then
                update jobs.lane l set rate_at = present where l.id = line.id;
                counted := present;
            else
                counted := greatest(line.rate_at, jobs.now());
            end if;
            tokens := jobs.rate_tokens(line.rate_count, line.rate_period, line.rate_tokens, line.rate_at);
            room := least(room, floor(tokens)::integer);
        end if;
        continue when room <= 0;
        served := line.fair_after;
        if line.is_fair then
            select p.picked, p.served_last into picked, served
            from jobs.pick_fairly(line.id, line.fair_after, room, kinds, suspect) as p;
        else
            picked := array(select j.id from jobs.job j
                            where j.state = 1 and j.lane = line.id and j.kind = any(kinds)
                              and (j.rescues < 2 or j.id = suspect)
                            order by j.priority, j.run_at, j.id limit room for update skip locked);
        end if;
        continue when cardinality(picked) = 0;
        if line.rate_count is not null or line.is_fair then
            update jobs.lane l
            set rate_tokens = case when line.rate_count is null then l.rate_tokens else tokens - cardinality(picked) end,
                rate_at = case when line.rate_count is null then l.rate_at else counted end,
                fair_after = served
            where l.id = line.id;
        end if;
        return query
            update jobs.job j set state = 2, worker = me, attempt = j.attempt + 1, started_at = jobs.now()
            where j.id = any(picked) and j.state = 1
            returning j.*;
    end loop;
end
$$;
