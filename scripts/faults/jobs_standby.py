# SPDX-License-Identifier: Apache-2.0
"""The server dies and a hot standby takes over, one that has everything and one that is behind: F9, F9b."""

import collections
import re
import time

from faults.daemon import POSTGRES, Failure, until
from faults.jobs_server import LEASE, outage, own_cluster, stop_at_the_end
from faults.jobs_world import Cluster, as_postgres, run

WITH_STANDBY = "max_wal_senders = 5 \n hot_standby = on"


def make_standby(case):
    """A copy of the case's server that follows it; ended with the case."""
    standby = Cluster(case.world.folder / f"pg-{case.name.lower()}-standby")
    run(as_postgres([POSTGRES / "pg_basebackup", "-h", case.cluster.socket, "-U", "postgres", "-D", standby.data, "-R", "-X",
                     "stream", "--no-sync", "--checkpoint=fast"]), cwd="/tmp")
    standby.configure()
    standby.start()
    stop_at_the_end(case, standby)
    return standby


def routes(case, standby):
    """Ways to either server: whichever answers, and only one that writes."""
    either = {"PGHOST": f"{case.cluster.socket},{standby.socket}", "PGPORT": "5432,5432"}
    return either, {**either, "PGTARGETSESSIONATTRS": "read-write"}


def promote(case, standby):
    """The standby becomes the server; waits until work goes on."""
    standby.signal("promote")
    begun = time.monotonic()
    case.wait("the standby is a primary", "not pg_is_in_recovery()", 30)
    before = case.value("(select count(*) from jobs.job_done)")
    case.wait("work goes on", f"(select count(*) from jobs.job_done) > {before}", 60)
    case.at_most("work goes on after the promotion", time.monotonic() - begun, 10)


@own_cluster("f9", WITH_STANDBY)
def f9(case):
    """The primary dies and a hot standby takes over that has every commit."""
    stop_at_the_end(case)
    case.cluster.do("postgres", "alter system set synchronous_standby_names = '*'")
    standby = make_standby(case)
    case.cluster.signal("reload")
    case.wait("the standby streams", "exists (select from pg_stat_replication where sync_state = 'sync')", 30)
    either, writable = routes(case, standby)
    workers = [case.worker("any", environment=either, ceiling=5, lease=LEASE),
               case.worker("read-write", environment=writable, ceiling=5, lease=LEASE)]
    producer = case.producer("p", rate=100, environment=writable)
    letters = case.producer("l", kind="letter", rate=20, milliseconds=50, environment=writable)
    case.wait("work is under way", "(select count(*) from jobs.job_done) > 200", 30)
    case.cluster.stop("immediate")
    # A standby that nobody has promoted answers, and refuses to write.
    outage(case, workers, "lines of the log a second while nobody writes")
    standby.do("postgres", "alter system set synchronous_standby_names = ''")
    standby.signal("reload")
    case.cluster = standby
    case.renew_witness()
    promote(case, standby)
    time.sleep(2)
    for one in (producer, letters):
        one.finish()
        case.expect(one)
    case.wait_until_done(LEASE + 40)
    case.check("the workers live", [worker.name for worker in workers if not worker.is_alive])
    case.counts.update({"fail-overs": 1, "commits in doubt": len(case.maybe)})


class Contents:
    """What a server holds, by keys: jobs not finished, jobs done, effects, letters, numbers of workers."""

    def __init__(self, session):
        self.unfinished = {row["ukey"]: row for row in session.rows("select ukey, id, state, worker, attempt from jobs.job")}
        self.done = {row["ukey"] for row in session.rows("select ukey from jobs.job_done")}
        self.jobs = set(self.unfinished) | self.done | {row["ukey"] for row in session.rows("select ukey from jobs.job_dead")}
        self.effects = {row["key"] for row in session.rows("select key from faults.effect")}
        self.letters = {row["message_id"]: row["stage"] for row in session.rows("select message_id, stage from faults.letter")}
        self.workers = {row["id"] for row in session.rows("select id from jobs.worker")}


class Reconciliation:
    """What left, as the mail system's own list has it, beside what the database says. Nothing else is asked."""

    def __init__(self, left, recorded):
        times = collections.Counter(left)
        self.on_both_sides = set(times) & set(recorded)
        self.outside_only = set(times) - set(recorded)
        self.twice = {letter for letter, count in times.items() if count > 1}
        self.more_often = {letter for letter, count in times.items() if count > 2}
        self.never_left = {letter for letter, stage in recorded.items() if stage == "accepted" and letter not in times}


def key_of(letter):
    """The key of the job in a Message-ID."""
    return letter[1:].split(".")[0]


def named(keys):
    """Names of jobs; those that follow one another as first and last."""
    runs = collections.defaultdict(list)
    for stem, number in sorted((stem, int(number)) for stem, _, number in (key.rpartition("-") for key in keys)):
        if runs[stem] and runs[stem][-1][1] == number - 1:
            runs[stem][-1][1] = number
        else:
            runs[stem].append([number, number])
    return ", ".join(f"{stem}-{first}" + (f" to {last}" if last > first else "")
                     for stem, parts in runs.items() for first, last in parts) or "none"


def fall_behind(case, standby):
    """From now on the standby receives nothing. Part of what it has it has not replayed yet."""
    standby.do("postgres", "select pg_wal_replay_pause()")
    time.sleep(case.rng.uniform(0.1, 0.5))
    rules = case.cluster.data / "pg_hba.conf"
    rules.write_text("local replication all reject\n" + rules.read_text())
    case.cluster.signal("reload")
    time.sleep(0.2)
    until("the standby is cut off", lambda: not case.value(
        "(select count(pg_terminate_backend(pid)) from pg_stat_replication)"), 10, pause=0.1)


def caught_up(standby):
    """Lets the standby replay all it has received; returns where its history of the old primary ends."""
    standby.do("postgres", "select pg_wal_replay_resume()")
    session = standby.session()
    try:
        place, since = None, time.monotonic()
        while time.monotonic() - since < 1:
            now = session.value("pg_last_wal_replay_lsn()::text")
            if now != place:
                place, since = now, time.monotonic()
            time.sleep(0.05)
        return place
    finally:
        session.close()


def post_mortem(case, dead, database):
    """Starts the dead primary where no worker finds it, and reads what it had committed."""
    dead.socket = dead.folder / "post-mortem"
    dead.socket.mkdir()
    dead._give(dead.socket)
    dead.set(f"unix_socket_directories = '{dead.socket}'")
    dead.start()
    session = dead.session(database)
    try:
        return Contents(session)
    finally:
        session.close()
        dead.stop("immediate")


def numbers(worker):
    """Names under which a process has registered."""
    return [int(re.search(r"worker\.id=(\d+)", line)[1]) for line in worker.said("worker registered")]


# Milliseconds of jobs that run from before the primary's death until after the promotion.
LONG = 24_000
# The outage may last as long as in other cases, and no worker loses its name by it.
LEASE_BEHIND = 40


@own_cluster("f9b", WITH_STANDBY)
def f9b(case):
    """The primary dies with commits that the standby has never received, and the standby takes over."""
    stop_at_the_end(case)
    standby = make_standby(case)
    case.wait("the standby streams", "exists (select from pg_stat_replication where state = 'streaming')", 30)
    either, writable = routes(case, standby)
    workers = [case.worker("any", environment=either, ceiling=5, lease=LEASE_BEHIND),
               case.worker("read-write", environment=writable, ceiling=5, lease=LEASE_BEHIND)]
    producers = [case.producer("p", rate=40, environment=writable),
                 case.producer("l", kind="letter", rate=20, milliseconds=50, environment=writable),
                 case.producer("s", kind="slow", rate=8, milliseconds=LONG - 4000, environment=writable)]
    case.wait("work is under way", "(select count(*) from jobs.job_done) > 200", 30)
    # The standby gets these jobs and learns nothing of what becomes of them: those that run through, and those that end in time.
    case.plant("slow", 6, first=100, milliseconds=LONG + 4000)
    soon = {"note": case.rng.randint(30, 60), "letter": case.rng.randint(10, 30), "keyed": case.rng.randint(20, 40)}
    for kind, count in soon.items():
        case.plant(kind, count, later=4, milliseconds=20)
    case.plant("slow", 12, milliseconds=LONG, later=4)
    # As after every thirty-second start: the next number is not in the log yet, and the standby would give it once more.
    case.value("setval('jobs.worker_id_seq', (select last_value from jobs.worker_id_seq))")
    place = case.value("pg_current_wal_lsn()::text")
    case.wait("the standby has them", f"exists (select from pg_stat_replication where flush_lsn >= '{place}')", 3)
    fall_behind(case, standby)
    workers.append(case.worker("late", environment=writable, ceiling=5, lease=LEASE_BEHIND))
    case.wait("what comes soon is done or runs",
              "not exists (select from jobs.job where ukey ~ '^[a-z]+-[0-9]+$' and state <> 2) and"
              " not exists (select from jobs.job where ukey ~ '^(note|letter|keyed)-[0-9]+$')", 20)
    time.sleep(case.rng.uniform(0.5, 2))
    if case.value("exists (select from pg_stat_replication)"):
        raise Failure("the standby is not cut off")
    dead = case.cluster
    dead.stop("immediate")
    lost_names = {number for worker in workers for number in numbers(worker)}
    workers.append(case.worker("fresh", environment=writable, ceiling=5, lease=LEASE_BEHIND))
    case.cluster = standby
    place = caught_up(standby)
    case.renew_witness()
    outage(case, workers, "lines of the log a second while nobody writes")
    received = Contents(case.witness)
    sent = set(case.letters())
    lost_names -= received.workers
    promote(case, standby)
    time.sleep(2)
    for one in producers:
        one.finish()
        case.expect(one)
    case.wait_until_done(LEASE_BEHIND + 60)
    history = (standby.data / "pg_wal" / "00000002.history").read_text().split()
    case.check("nothing of the dead primary came in unseen", [] if history[1] == place else f"{history[1]}, not {place}", place)
    judge_loss(case, received, post_mortem(case, dead, case.database), soon)
    judge_letters_outside(case, received, sent)
    judge_names(case, workers, lost_names)


def judge_loss(case, received, committed, soon):
    """What is lost is what the dead primary alone knew: it is counted and named, and nothing else is missing."""
    final = Contents(case.witness)
    told = {key for keys in case.planted.values() for key in keys}
    lost = told & (committed.jobs - received.jobs)
    doubted = case.maybe & committed.jobs - received.jobs
    case.check("the producers were told of jobs that the standby never received, and they are gone", [] if lost else "none",
               f"{len(lost)} and {len(doubted)} in doubt: {named(lost)}")
    case.check("what is gone is that and nothing else", sorted((told - final.jobs) ^ lost), len(told - final.jobs))
    case.check("no job came back from the dead primary", sorted((lost | doubted) & final.jobs))
    # Work of which only the end was lost.
    again = committed.done & set(received.unfinished)
    case.check("what was done in the lost tail was done again", sorted(again - final.done), f"{len(again)}: {named(again)}")
    planted = {f"{kind}-{number}" for kind, count in soon.items() for number in range(count)}
    case.check("all that were planted for it are among them", sorted(planted - again), len(planted))
    starts = collections.Counter(one[0] for one in case.runs())
    case.check("each of them ran twice", [f"{key}: {starts[key]}" for key in sorted(again) if starts[key] < 2], len(again))
    for keys in case.planted.values():
        keys -= lost
    case.maybe -= doubted
    case.counts.update({
        "fail-overs": 1, "jobs lost": len(lost), "in doubt": len(case.maybe) + len(doubted), "ends lost": len(again),
        "effects lost": len(committed.effects - received.effects),
        "letters' records lost": len(set(committed.letters) - set(received.letters))})


def judge_letters_outside(case, received, sent):
    """The reconciliation finds what the database has forgotten, exactly."""
    rows = {row["message_id"]: row["stage"] for row in case.witness.rows("select message_id, stage from faults.letter")}
    found = Reconciliation(case.letters(), rows)
    forgotten = sent - set(received.letters)
    twice = {letter for letter in forgotten if key_of(letter) in received.unfinished}
    case.check("letters in both lists", sorted(found.on_both_sides ^ (set(case.letters()) - (forgotten - twice))),
               len(found.on_both_sides))
    case.check("letters of lost jobs are outside only", sorted(found.outside_only ^ (forgotten - twice)),
               f"{len(found.outside_only)}: {named(map(key_of, found.outside_only))}")
    case.check("letters whose record was lost left twice, under the same Message-ID", sorted(found.twice ^ twice),
               f"{len(found.twice)}: {named(map(key_of, found.twice))}")
    case.check("no letter left more often, and none is on record that did not leave",
               sorted(found.more_often | found.never_left))
    case.check("no job has two letters", [key for key, count in collections.Counter(
        key_of(letter) for letter in set(case.letters()) | set(rows)).items() if count > 1])
    case.twice = twice
    case.counts.update({"letters on both sides": len(found.on_both_sides), "outside only": len(found.outside_only),
                        "twice": len(found.twice)})


def judge_names(case, workers, lost):
    """A name is given once, and one that the standby never received writes nothing."""
    case.check("the workers live", [worker.name for worker in workers if not worker.is_alive], len(workers))
    given = collections.Counter(number for worker in workers for number in numbers(worker))
    case.check("no worker's number is given twice", [
        f"{number}: {', '.join(worker.name for worker in workers if number in numbers(worker))}"
        for number, count in given.items() if count > 1], ", ".join(map(str, sorted(given))))
    case.check("numbers were lost", [] if lost else "none", ", ".join(map(str, sorted(lost))))
    listed = ", ".join(map(str, lost)) or "0"
    case.check("nothing is written under a lost number", case.witness.rows(
        f"select key, worker from faults.effect where worker in ({listed}) union all"
        f" select ukey, worker from jobs.job_done where worker in ({listed})"))
    begun = collections.defaultdict(list)
    for key, job, attempt, worker, _ in case.runs():
        if key.startswith("slow-"):
            begun[job, attempt, worker].append(key)
    case.check("no claim is made twice while its first handler may still run", [
        f"job {job}, attempt {attempt}, worker {worker}: {' and '.join(keys)}"
        for (job, attempt, worker), keys in begun.items() if len(keys) > 1], len(begun))


CASES = {"F9": ("fail-over to a hot standby", f9), "F9b": ("fail-over to a standby that is behind", f9b)}
