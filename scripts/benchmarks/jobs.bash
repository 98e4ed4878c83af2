# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash disable=SC2154 # the variables are those of scripts/bench, which reads this file
#
# The job queue beside pgbench on its own tables, and beside procrastinate, pgqueuer and pgmq.

jobs_program=$source_dir/.build/release/etalon-bench
jobs_packages="procrastinate==3.10.0 pgqueuer==1.6.0 pgmq==1.1.4 asyncpg==0.32.0 psycopg[binary,pool]==3.3.9"

can_measure_jobs() { [ -x "$jobs_program" ] && [ -x /usr/bin/python3 ] && [ -x "$postgres/pgbench" ]; }
why_no_jobs() {
    echo "$jobs_program of the release build, python3 with venv and PostgreSQL with pgbench in $postgres are needed"
}

# Makes the virtual environment of the other queues and prints the path of its python.
jobs_python() {
    local folder=$source_dir/.build/bench-jobs-python
    mkdir -p "$folder"
    if [ "$(cat "$folder/packages.installed" 2>/dev/null)" != "$jobs_packages" ] ||
        ! "$folder/bin/python" -c 'import asyncpg, pgmq, pgqueuer, procrastinate, psycopg' 2>/dev/null; then
        rm -f "$folder/packages.installed"
        /usr/bin/python3 -m venv "$folder" >&2
        # shellcheck disable=SC2086 # one word a package
        "$folder/bin/pip" install --quiet --disable-pip-version-check $jobs_packages >&2
        echo "$jobs_packages" >"$folder/packages.installed"
    fi
    echo "$folder/bin/python"
}

measure_jobs() {
    local python options=()
    python=$(jobs_python) || cannot_run "the other queues cannot be installed"
    [ $quick = no ] || options+=(--quick)
    [ -z "$json" ] || options+=(--json "$json")
    mkdir -m 711 "$work/jobs"
    "$python" "$parts/jobs.py" --program "$work/etalon-bench" --peers-python "$python" --folder "$work/jobs" "${options[@]}" &
    jobs_run=$!
    wait "$jobs_run" || fail "the job queue cannot be measured"
    jobs_run=
}
