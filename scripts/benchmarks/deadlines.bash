# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash disable=SC2154 # the variables are those of scripts/bench, which reads this file
#
# The deadlines of a register of a million instruments, for scripts/bench: the due list beside the same SQL in psql, and the rows of next
# moments beside what they have to hold. It adds the register to the demonstration year.

# The day of the register, at which the daemon lives as well.
register_day=2018-12-31

# Leaves the cluster to itself, without a daemon whose tick would take part.
leave_cluster() {
    kill -KILL "$daemon"
    wait "$daemon" 2>/dev/null || true
    daemon=
}

fill_register() {
    say "adding $instruments instruments"
    leave_cluster
    psql --set=instruments="$instruments" --set=today="$register_day" --file="$parts/deadlines.sql" >/dev/null
    psql --command="alter database etalon set etalon.today = '$register_day'"
}

# Seconds of a command of psql at a moment. $1 moment, $2 command
seconds_at() { PGOPTIONS="-c etalon.now=${1// /\\ } -c jit=off -c work_mem=64MB" timed psql --output=/dev/null --command="$2"; }

# Ticks as the daemon does, a thousand deadlines a commit, until nothing is left, and prints how many a second.
# $1 moment, $2 how many times where nothing is due
ticks() {
    local turns
    turns=$(value "select greatest(count(*) / 1000 + 1, $2) from work.deadline where next_at <= '$1'")
    {
        echo 'prepare tick(integer) as'
        sed -n '/^-- name: deadline_tick /,/^-- name: deadline_next /p' "$source_dir/sql/queries/due.sql" | grep -v '^--'
        echo 'select clock_timestamp() as began \gset'
        for ((turn = 0; turn < turns; turn++)); do echo 'execute tick(1000);'; done
        echo "select 'seconds', extract(epoch from clock_timestamp() - :'began'::timestamptz);"
    } >"$work/ticks.sql"
    PGOPTIONS="-c etalon.now=${1// /\\ } -c jit=off -c work_mem=64MB" psql --no-align --tuples-only --file="$work/ticks.sql" >"$work/answer"
    awk -F'|' '$1 == "seconds" { seconds = $2; next } { dealt += $1; rounds += $1 > 0 }
        END { printf "%d %.3f %.0f %.1f\n", dealt, seconds, dealt / seconds, rounds ? 1000 * seconds / rounds : 0 }' "$work/answer"
}

# Prints a figure and its goal. $1 what, $2 figure, $3 goal
goal() { printf '%-64s %22s  %s\n' "$1" "$2" "$3"; }

# Lets days pass without a daemon since the moment `at`, catches up, and checks that each deadline is reminded of once, at its
# latest stage, and that the messages go out over hours. $1 days, $2 goal in seconds
catch_up() {
    local dealt took rate before day
    say "$1 days without a daemon"
    day=$(date --date="${at%% *} + $1 days" +%F)
    at="$day 07:00+07"
    before=$(value "select count(*) from work.deadline where next_at <= '$at'")
    value "delete from work.reminder_group" >/dev/null
    read -r dealt took rate < <(ticks "$at" 1 | cut -d' ' -f1-3)
    goal "catching up $1 days: $dealt deadlines" "$took s" "$2 s"
    goal "  the same, a second" "$rate/s" "20000/s"
    [ "$dealt" -eq "$before" ] || fail "of $before deadlines $dealt were dealt with"
    [ "$(value "select count(*) from record.reminder where reminded_on = '$day'")" -eq "$dealt" ] ||
        fail "a deadline was reminded of twice, or not at all"
    [ "$(value "select count(*) from (select from record.reminder where reminded_on = '$day'
        group by subject_type, subject_id, kind having count(*) > 1) x")" -eq 0 ] || fail "a deadline was reminded of twice"
    goal "  messages for them, over so many minutes" \
        "$(value "select count(*) || ' / ' || round(extract(epoch from max(notify_at) - min(notify_at)) / 60) from work.reminder_group")" \
        "one a customer and stage, 480 min"
    psql --command=checkpoint
}

measure_rows() {
    local dealt took rate round at
    # What the daemon reminded of by the real clock, while the database was filled, it would not remind of again.
    psql --output=/dev/null --command="set session_replication_role = replica;
        delete from record.reminder where reminded_on > '$register_day'" --command="select work.refresh_deadlines(t.subject_type, null)
        from (select distinct subject_type from catalogue.deadline_class where subject_type <> 'instrument') t"
    say "making the rows"
    took=$(seconds_at "$register_day 06:00+07" "select work.refresh_deadlines('instrument', null)")
    psql --command='vacuum (analyze) work.deadline' --command=checkpoint
    goal "rows of next moments made anew" "$took s" "once, by the migration"
    say "the first morning"
    read -r dealt took rate round < <(ticks "$register_day 07:00+07" 1)
    goal "tick: $dealt deadlines, a thousand a commit" "$rate/s" "20000/s"
    goal "tick: a round of a thousand" "$round ms" "-"
    psql --command=checkpoint
    at=$register_day
    catch_up 30 5
    catch_up 120 20
    seconds_at "$at" 'select min(next_at) from work.deadline' >/dev/null
    goal "next moment, before vacuum" "$(next_moment "$at") ms" "1 ms"
    psql --command='vacuum work.deadline'
    goal "next moment, after it" "$(next_moment "$at") ms" "1 ms"
    goal "work.deadline with its indexes, after all that" \
        "$(value "select round(pg_total_relation_size('work.deadline') / 1048576.0)") MiB" "150 MiB"
    goal "nothing due: tick" "$(ticks "$at" 20 | awk '{ print $2 * 1000 / 20 }') ms" "-"
    say "comparing the rows with the records"
    took=$(seconds_at "$at" 'select work.reconcile_deadlines(true)')
    [ "$(value 'select differences from record.deadline_reconciliation order by id desc limit 1')" -eq 0 ] ||
        fail "the rows differ from what record.due says"
    goal "nightly comparison with record.due, no difference" "$took s" "-"
}

# Milliseconds of the tick's question when the next moment comes, as the server takes them.
next_moment() {
    local statement
    statement=$(sed -n '/^-- name: deadline_next /,/^-- name: deadline_reconcile /p' "$source_dir/sql/queries/due.sql" | grep -v '^--')
    PGOPTIONS="-c etalon.now=${1// /\\ }" psql --no-align --tuples-only --command="explain (analyze, summary) $statement" |
        awk '/Execution Time/ { print $3 }'
}

register_list() {
    timed as reception due list --as-of "$register_day" --within 30d
    answer_has '"items":[{'
}

# The same lines from the same function, without the daemon.
register_lines() {
    timed psql --command="set jit = off; set work_mem = '64MB';
        copy (select l.* from work.due_lines((
            select array_agg((d.subject_type, d.subject_id, d.kind, d.due_on, d.reason, d.anchor_id, d.last_done_on, d.rule, d.event_id,
                              d.overdue, d.held)::work.due_row order by (not d.overdue), d.due_on, d.subject_type, d.subject_id, d.kind)
            from record.due('$register_day') d
            where d.subject_type = 'instrument' and d.held is null and (d.overdue or d.due_on <= date '$register_day' + 30)),
            '$register_day') l order by l.number) to stdout with (format csv)"
}

register_page() {
    timed as reception due list --as-of "$register_day" --within 30d --limit 50
    answer_has '"items":[{'
}
register_function() {
    timed psql --output=/dev/null --command="set jit = off; set work_mem = '64MB'; select count(*) from record.due('$register_day')"
}

serve_register() {
    psql --command='vacuum (analyze)' --command=checkpoint
    "$work/etalond" serve --config "$work/etalon.yaml" --embedded "$work/pg" >>"$work/daemon.log" 2>&1 &
    daemon=$!
    local deadline=$((SECONDS + 60))
    until is_ready; do
        kill -0 "$daemon" 2>/dev/null || fail "the daemon ended"
        [ $SECONDS -lt $deadline ] || fail "the daemon is not ready after a minute"
        sleep 0.2
    done
}

measure_register() {
    fill_register
    printf '\n%-64s %22s  %s\n' "deadlines of $instruments instruments" figure goal
    measure_rows
    echo
    heading PostgreSQL
    serve_register
    local before
    before=$(awk '/VmHWM/ { print int($2 / 1024) }' "/proc/$daemon/status")
    alternate register_list register_lines 1
    register_list >/dev/null
    row "due list, $(tr ',' '\n' <"$work/answer" | grep -c '"class"') lines of $instruments instruments" s "psql: copy of the same lines"
    alternate register_page register_function 1
    row "due list, the first 50 lines" s "psql: count of record.due"
    goal "daemon's memory at most, before and after the lists" \
        "$before, $(awk '/VmHWM/ { print int($2 / 1024) }' "/proc/$daemon/status") MiB" "-"
}
