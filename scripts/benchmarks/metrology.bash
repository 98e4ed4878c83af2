# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash disable=SC2154 # the variables are those of scripts/bench, which reads this file
#
# The metrology engine beside NumPy, GTC and a plain Python program, all on one thread.

bench_program=$source_dir/.build/release/etalon-bench
bench_packages="numpy==2.4.6 scipy==1.17.1 GTC==1.5.1"
bench_seconds=2

can_measure_metrology() { [ -x "$bench_program" ] && [ -x /usr/bin/python3 ]; }
why_no_metrology() { echo "no $bench_program: build it with --release; its yardsticks need python3 with venv"; }

# Makes the yardsticks' virtual environment and prints the path of its python.
bench_python() {
    local folder=$source_dir/.build/bench-python
    mkdir -p "$folder"
    if [ "$(cat "$folder/packages.installed" 2>/dev/null)" != "$bench_packages" ] ||
        ! "$folder/bin/python" -c 'import GTC, numpy, scipy' 2>/dev/null; then
        rm -f "$folder/packages.installed"
        /usr/bin/python3 -m venv "$folder" >&2
        # shellcheck disable=SC2086 # one word a package
        "$folder/bin/pip" install --quiet --disable-pip-version-check $bench_packages >&2
        echo "$bench_packages" >"$folder/packages.installed"
    fi
    echo "$folder/bin/python"
}

# Number of an answer by its key.
number() { "$metrology_python" -c 'import json, sys; print(json.load(open(sys.argv[1]))[sys.argv[2]])' "$work/answer" "$1"; }

# The results of an answer must be those expected within a relative difference. $1 that difference, then the numbers.
result_is() {
    "$metrology_python" -c '
import json, sys
found, limit, wanted = json.load(open(sys.argv[1]))["result"], float(sys.argv[2]), [float(text) for text in sys.argv[3:]]
good = len(found) == len(wanted) and all(abs(a - b) <= limit * abs(b) for a, b in zip(found, wanted))
sys.exit(0 if good else 1)' "$work/answer" "$@" || fail "a wrong answer: $(head -c 300 "$work/answer")"
}

ours() { timed "$work/etalon-bench" metrology "$@" >/dev/null; }
# NumPy's library of linear algebra would take every processor.
theirs() { timed env OPENBLAS_NUM_THREADS=1 "$metrology_python" "$parts/metrology_yardsticks.py" "$@" >/dev/null; }

# y, u_c, effective degrees of freedom, k and U of pressure_balance.json, to the digits on which NumPy, GTC and this program agree.
budget_is_right() { result_is 1e-8 500326.3285962 6.540800930 268.2088445 1.968855173 12.87788975; }
# Mean, standard deviation and intervals of six_inputs.json, within the noise of a million trials.
simulation_is_right() { result_is 2e-3 9.849 0.5697 8.765 10.971 8.754 10.959; }

budgets() {
    ours budget "$parts/pressure_balance.json" "$bench_seconds"
    budget_is_right
    number budgets_per_second
}
budgets_afresh() {
    ours budget "$parts/pressure_balance.json" "$bench_seconds"
    budget_is_right
    number budgets_per_second_without_kept_factors
}
numpy_budgets() {
    theirs budget-numpy "$bench_seconds"
    budget_is_right
    number per_second
}
gtc_budgets() {
    theirs budget-gtc "$bench_seconds"
    budget_is_right
    number per_second
}
simulation() {
    ours mc "$parts/six_inputs.json" 5
    simulation_is_right
    number "$1"
}
numpy_simulation() {
    theirs simulation 5
    simulation_is_right
    number "$1"
}
simulation_seconds() { simulation seconds; }
simulation_memory() { simulation peak_rss_mib; }
numpy_seconds() { numpy_simulation seconds; }
numpy_memory() { numpy_simulation peak_rss_mib; }

# The digits of the worked example are checked whenever the procedure is read.
dispensers() {
    ours dispenser "$bench_seconds" --procedure "$source_dir/config/procedures/dlvn-10-2017.yaml"
    answer_has '"results":11'
    number evaluations_per_second
}
plain_dispensers() {
    theirs dispenser "$bench_seconds"
    local expected
    for expected in 0.3000 "'0.15'" 0.2522 33.4 20.0 -0.4975; do answer_has "$expected"; done
    number per_second
}

measure_metrology() {
    metrology_python=$(bench_python) || cannot_run "the yardsticks' environment cannot be made"
    say "measuring the metrology engine"
    echo "Metrology, release build, one thread; Python $("$metrology_python" -c 'import platform; print(platform.python_version())') with $bench_packages"
    heading Python
    # NumPy and GTC compute every factor: so does this program in the rows to compare with them.
    alternate budgets_afresh numpy_budgets 0
    row "budgets of 12 inputs, every factor computed" 1/s "numpy and SciPy: 20,000 at once, hand derivatives"
    alternate budgets_afresh gtc_budgets 0
    row "budgets of 12 inputs, every factor computed" 1/s "GTC: one after the other"
    alternate budgets numpy_budgets 0
    row "the same, a factor kept while its degrees stay" 1/s "numpy and SciPy: every factor computed"
    alternate simulation_seconds numpy_seconds 0
    row "Monte Carlo, 6 inputs, 10^6 trials, 4 interval ends" s "numpy: columns, sorted"
    alternate simulation_memory numpy_memory 0
    row "the same: peak memory of the process" MiB "numpy: columns, sorted"
    alternate dispensers plain_dispensers 0
    row "dispenser: 5 deliveries, 11 results, one nozzle" 1/s "Python's decimal: the same written out by hand"
}
