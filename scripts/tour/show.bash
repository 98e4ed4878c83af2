# SPDX-License-Identifier: Apache-2.0
#
# How the tour shows a command and its answer, and how it checks them. Sourced by scripts/tour/run.

# What the last command wrote, and who types.
answer=
who=
step=0

stop_ticker() {
    [ -z "${ticker:-}" ] || { kill "$ticker" && wait "$ticker"; } 2>/dev/null || true
    ticker=
}

# Tells every few seconds that a command is still at work, on standard error, until stop_ticker.
start_ticker() {
    local pause=10 form='  … %s s\n'
    [ ! -t 2 ] || { pause=1; form='\r  … %s s'; }
    (
        # A deadly signal ends the pause too.
        trap 'kill "${nap:-}" 2>/dev/null; exit 0' TERM INT
        while :; do
            sleep "$pause" & nap=$!
            wait "$nap"
            # shellcheck disable=SC2059
            [ "$SECONDS" -lt 2 ] || printf "$form" "$SECONDS" >&2
        done
    ) 2>&2 &
    ticker=$!
}

# The heading of the next step: Vietnamese, English.
heading() {
    step=$((step + 1))
    printf '\n━━ %s/12 ━━ %s\n            %s\n' "$step" "$1" "$2" | styled '\033[1m'
}

# A sentence of the tour itself: Vietnamese, English.
say() { printf '\n%s\n%s\n' "· $1" "  $2" | styled '\033[2m'; }

styled() {
    if [ -t 1 ]; then
        printf "$1"
        cat
        printf '\033[0m'
    else
        cat
    fi
}

# The words of a command as a person would type them.
typed() {
    local word line=
    for word in "$@"; do
        case $word in
            *\'*) word="\"$word\"" ;;
            *[!A-Za-z0-9_./:=,+@%-]* | '') word="'$word'" ;;
        esac
        line+="${line:+ }$word"
    done
    printf '%s' "$line"
}

# At most $1 lines of standard input, none wider than the terminal.
shortened() {
    local line count=0
    while IFS= read -r line; do
        count=$((count + 1))
        [ "$count" -le "$1" ] || continue
        [ "${#line}" -le "$width" ] || line="${line:0:width-1}…"
        printf '%s\n' "$line"
    done
    [ "$count" -le "$1" ] || printf '… +%s\n' "$((count - $1))"
}

fail() {
    stop_ticker
    printf '\ntour: step %s failed: %s\n' "$step" "$1" >&2
    exit 1
}

# show CODE LINES COMMAND...: the command, its answer shortened, and its exit code where it is not 0; another exit code fails.
show() {
    local wanted=$1 lines=$2 code=0
    shift 2
    printf '\n%s$ %s\n' "$who" "$(typed "$@")" | styled '\033[36m'
    SECONDS=0
    start_ticker
    answer=$("$@" 2>&1) || code=$?
    stop_ticker
    [ ! -t 2 ] || printf '\r\033[K' >&2
    [ -z "$answer" ] || shortened "$lines" <<<"$answer"
    [ "$code" -eq 0 ] || printf '(exit %s)\n' "$code"
    [ "$code" -eq "$wanted" ] || fail "exit $code, not $wanted: $(typed "$@")"
}

as() {
    who=$1
    export ETALON_TOKEN_FILE=$tokens/$1
}

# etalon with the exit code that it has to have: done, refused by a rule, bad input.
ok() { local lines=$1; shift; show 0 "$lines" etalon "$@"; }
refused() { show 1 20 etalon "$@"; }
bad() { show 65 10 etalon "$@"; }

# The last answer must hold one of these texts: as Vietnamese and as English write it, where that differs.
answered() {
    local text
    for text in "$@"; do
        if grep --quiet --fixed-strings -e "$text" <<<"$answer"; then return; fi
    done
    fail "the answer lacks “$1”"
}

# The first piece of the last answer that fits an extended expression.
piece() { grep --only-matching --extended-regexp -e "$1" <<<"$answer" | head -n 1 || fail "the answer lacks /$1/"; }

# member NAME COMMAND...: a member of what the command answers as JSON, not shown.
member() {
    local name=$1
    shift
    etalon "$@" --format json |
        python3 -c 'import json, sys; print(json.load(sys.stdin).get(sys.argv[1], ""))' "$name" ||
        fail "no answer to $(typed etalon "$@")"
}

# The same bytes, or not.
same_bytes() { cmp --silent "$1" "$2" || fail "$1 and $2 differ"; }
is_pdf() { [ "$(head -c 5 "$1")" = %PDF- ] || fail "$1 is no PDF"; }
