-- As before, but a free key is offered to its line also when the job that could not be had has left the line meanwhile.
create or replace function jobs.tie(out made_ready integer, out milliseconds bigint)
    language plpgsql
as $$
declare
    due     record;
    noted   record;
    movers  bigint[];
    victims bigint[];
    keys    text[];
    line    text[];
    rounds  integer := 0;
begin
    perform pg_advisory_xact_lock(1785686902, 5);
    made_ready := 0;
    loop
        rounds := rounds + 1;
        -- Of several ends of one job only the first, so that they are dealt with in their order.
        with first as (
            select e.id, row_number() over (partition by e.job_id, e.batch_id order by e.id) as place
            from (select l.* from jobs.loose_end l where l.not_before <= pg_catalog.clock_timestamp()
                  order by l.id limit 5000) as e
        ), taken as (
            delete from jobs.loose_end l using first f where l.id = f.id and f.place = 1
            returning l.job_id, l.batch_id, l.what
        )
        select count(*) as count,
               coalesce(array_agg(t.job_id) filter (where t.what in (1, 4)), '{}') as well,
               coalesce(array_agg(t.job_id) filter (where t.what = 2), '{}') as cancelled,
               coalesce(array_agg(t.job_id) filter (where t.what = 3), '{}') as dead,
               coalesce(array_agg(t.job_id) filter (where t.what = 5), '{}') as paused,
               coalesce(array_agg(t.job_id) filter (where t.what = 6), '{}') as redriven,
               coalesce(array_agg(t.job_id) filter (where t.what = 7), '{}') as fresh,
               coalesce(array_agg(t.batch_id) filter (where t.what = 8), '{}') as batches,
               coalesce(array_agg(t.job_id) filter (where t.what = 9), '{}') as again
        into due from taken t;
        select * into noted from jobs.note_ends(due.well, due.cancelled, due.dead);
        movers := noted.movers || due.fresh || due.redriven;
        victims := noted.victims;
        keys := noted.keys;
        if cardinality(due.fresh) > 0 then
            victims := victims || jobs.note_new(due.fresh);
        end if;
        if cardinality(due.paused) > 0 then
            keys := keys || jobs.note_pauses(due.paused);
        end if;
        if cardinality(due.redriven) > 0 then
            update jobs.batch_member m set state = 0 where m.job_id = any(due.redriven);
            update jobs.turn t set state = 0 where t.job_id = any(due.redriven);
        end if;
        if cardinality(due.again) > 0 then
            keys := keys || array(select t.key from jobs.turn t where t.job_id = any(due.again));
        end if;
        if cardinality(victims) > 0 then
            perform jobs.cancel_followers(victims);
        end if;
        if cardinality(movers) > 0 then
            made_ready := made_ready + jobs.place(movers);
        end if;
        with arrived as (
            select t.job_id, t.is_serial from jobs.turn t
            where t.state = 0 and t.due_at <= jobs.now() order by t.due_at limit 5000
        ), lined as (
            update jobs.turn t set state = 1, due_at = null from arrived a
            where t.job_id = a.job_id and t.is_serial = a.is_serial
            returning t.key
        )
        select array(select distinct l.key from lined l) into line;
        keys := keys || line;
        made_ready := made_ready + jobs.admit(keys);
        if cardinality(noted.batches || due.batches) > 0 then
            made_ready := made_ready + jobs.close_batches(noted.batches || due.batches);
        end if;
        exit when due.count = 0 and cardinality(line) = 0;
        exit when rounds >= 20;
    end loop;
    milliseconds := case when rounds >= 20 then 0 else jobs.flow_pause() end;
end
$$;

-- The program of a session: its name without what a runner adds for a connection of its own.
create function jobs.program() returns text
    language sql stable
    return regexp_replace(current_setting('application_name'), '-jobs$', '');
alter table jobs.schedule alter column program set default jobs.program();
update jobs.schedule set program = regexp_replace(program, '-jobs$', '') where program like '%-jobs';
