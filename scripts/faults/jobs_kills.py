# SPDX-License-Identifier: Apache-2.0
"""Workers that are killed, stopped, poisoned, deaf: F1 to F5, F20 to F22."""

import time

from faults.daemon import until

RUNNING = "(select count(*) from jobs.job where state = 2)"
# Sessions of workers that wait for a lock, and have written in their transaction or are about to.
BLOCKED = "(select count(*) from pg_locks l join pg_stat_activity a using (pid) where not l.granted and a.usename = 'bench')"


def starts(case, attempt):
    """Keys of handlers that were started under at least that attempt."""
    return {run[0] for run in case.runs() if int(run[2]) >= attempt}


def f1(case):
    """500 running jobs lose their worker, 5 of them in the middle of a letter."""
    case.plant("slow", 495, milliseconds=2500)
    case.plant("letter", 5, milliseconds=600_000)
    first = case.worker("first", concurrency=500)
    case.wait("500 jobs run", f"{RUNNING} = 500", 30)
    case.wait("5 letters are being sent", "(select count(*) from faults.letter where stage = 'transmitting') = 5", 30)
    until("all handlers have begun", lambda: len(case.runs()) == 500, 20)
    first.kill()
    killed = time.monotonic()
    case.worker("second", concurrency=500)
    finished = {row["ukey"] for row in case.witness.rows("select ukey from jobs.job_done")}
    orphans = case.planted["slow"] | case.planted["letter"]
    until("all orphans run again", lambda: orphans - finished <= starts(case, 2), case.lease + 15)
    case.at_most("all run again after the kill", time.monotonic() - killed, case.lease + 10)
    case.wait_until_done()
    case.check("letters in the middle of sending are unknown and were not sent again", [
        row["key"] for row in case.witness.rows("select key from faults.letter where stage <> 'unknown'")] + case.letters(), 5)
    case.counts["kills"] = 1


def f2(case):
    """The worker dies when its handlers have returned and their acknowledgement waits for its commit."""
    # Whoever writes history waits; whoever only takes jobs does not.
    brake = case.session()
    brake.run("create function faults.brake() returns trigger language plpgsql as"
              " 'begin perform pg_advisory_xact_lock_shared(1); return new; end'",
              "create trigger brake before insert on jobs.job_done for each row execute function faults.brake()",
              "select pg_advisory_lock(1)")
    case.plant("keyed", 50)
    first = case.worker("first")
    case.wait("50 effects are committed", "(select count(*) from faults.effect) = 50", 30)
    case.wait("their acknowledgement waits", f"{BLOCKED} > 0", 30)
    first.kill()
    # Nobody is there to take the answer, but the statement would yet be carried out.
    brake.run("select pg_terminate_backend(pid) from pg_stat_activity where application_name like 'bench-worker-jobs%'",
              "select pg_advisory_unlock(1)")
    case.worker("second")
    case.wait_until_done(case.lease + 30)
    twice = starts(case, 2)
    case.check("every handler ran twice", sorted(case.planted["keyed"] - twice), len(twice))
    case.counts["kills"] = 1


def f3(case):
    """A job kills whatever process runs it."""
    case.plant("poison", 1)
    case.plant("note", 200)
    case.dead["poison-0"] = "kills its worker"
    deaths = 0
    worker = case.worker("victim")
    deadline = time.monotonic() + 6 * case.lease + 30
    while case.value("(select count(*) from jobs.job)") and time.monotonic() < deadline:
        if not worker.is_alive:
            deaths += 1
            worker.start()
        time.sleep(0.1)
    case.check("the poison job was given up after it had lost its worker 4 times", [] if deaths == 4 else [f"{deaths} times"], deaths)
    case.counts["kills"] = deaths


def f4(case):
    """A worker is stopped for longer than its lease while another lives."""
    case.plant("slow", 50, milliseconds=int(case.lease * 500))
    case.plant("letter", 3, milliseconds=int(case.lease * 400))
    sleeper = case.worker("sleeper")
    case.wait("53 jobs run", f"{RUNNING} = 53", 30)
    until("their handlers have begun", lambda: len(case.runs()) == 53, 20)
    old = case.value("(select id from jobs.worker)")
    other = case.worker("other")
    sleeper.pause()
    begun = time.monotonic()
    case.wait("the other worker has rescued all", f"not exists (select from jobs.job where worker = {old})", case.lease + 20)
    until("twice the lease is over", lambda: time.monotonic() - begun > 2 * case.lease, 3 * case.lease, pause=0.1)
    case.wait_until_done(case.lease + 30)
    sleeper.resume()
    case.wait("the sleeper has a new name", f"(select count(*) from jobs.worker where id > {old}) = 2", case.lease + 10)
    # Its handlers have slept too: they end now, and must not write.
    until("the sleeper has noticed", lambda: sleeper.said("lease lost"), case.lease + 10)
    until("the handlers of the sleeper have ended", lambda: time.monotonic() - begun > 2.6 * case.lease, 3 * case.lease, pause=0.1)
    case.check("the sleeper wrote nothing under its old name", case.witness.rows(
        f"select key from faults.effect where worker = {old} union all"
        f" select ukey from jobs.job_done where worker = {old}"))
    other.terminate()
    case.plant("note", 20)
    case.wait_until_done()
    new = case.value("(select max(id) from jobs.worker)")
    case.check("the sleeper works on under a new name", case.witness.rows(
        f"select key from faults.effect where key like 'note-%' and worker <> {new}"), 20)
    case.counts["stops"] = 1


def f5(case):
    """The only worker is stopped for longer than its lease."""
    case.plant("slow", 50, milliseconds=int(case.lease * 500))
    worker = case.worker("only")
    case.wait("50 jobs run", f"{RUNNING} = 50", 30)
    until("their handlers have begun", lambda: len(case.runs()) == 50, 20)
    old = case.value("(select id from jobs.worker)")
    begun = time.monotonic()
    worker.pause()
    until("twice the lease is over", lambda: time.monotonic() - begun > 2 * case.lease, 3 * case.lease, pause=0.1)
    worker.resume()
    case.wait_until_done(3 * case.lease + 30)
    case.check("nothing was written under the old name", case.witness.rows(
        f"select key from faults.effect where worker = {old}"))
    again = starts(case, 2)
    case.check("its own jobs were rescued", sorted(case.planted["slow"] - again), len(again))
    case.counts["stops"] = 1


def f20(case):
    """A payload that cannot be read, and a kind that only a newer program knows."""
    case.plant("garbled", 5)
    case.plant("unknown", 5)
    case.plant("note", 50)
    worker = case.worker("worker")
    case.wait("the others are done", "(select count(*) from jobs.job) = 5", 30)
    for number in range(5):
        case.dead[f"garbled-{number}"] = "no attempt can mend this failure"
    case.unfinished = set(case.planted["unknown"])
    attempts = case.witness.rows("select job_id, count(*) from jobs.job_attempt group by job_id having count(*) > 1")
    case.check("what cannot be read was tried once", attempts, 5)
    case.check("what is not known waits, untouched", case.witness.rows(
        "select ukey, state, attempt from jobs.job where state <> 1 or attempt <> 0"), 5)
    case.check("the worker has not died", [] if worker.is_alive else "it has")


def f21(case):
    """A handler that holds its thread and does not look at its cancellation."""
    soft, hard = (2, 2) if case.options.short else (20, 10)
    worker = case.worker("deaf", soft=soft, hard=hard)
    case.plant("deaf", 1, milliseconds=300_000)
    case.wait("it runs", f"{RUNNING} = 1", 30)
    case.plant("note", 50)
    case.wait("others run beside it", "(select count(*) from faults.effect) = 50", 30)
    case.at_most("the worker stops all the same", worker.terminate(soft + hard + 15), soft + hard + 15)
    case.check("the job is given back", case.witness.rows("select ukey, state, attempt from jobs.job where state <> 1"), 1)
    case.check("it is told", [] if worker.said("do not heed") or worker.said("stuck") else "the log is silent")
    case.unfinished = {"deaf-0"}


def f22(case):
    """100,000 jobs are enqueued in a transaction that is taken back."""
    worker = case.worker("worker")
    case.wait("the worker listens", "exists (select from jobs.worker)", 20)
    ear = case.session()
    ear.run("listen etalon_jobs", "select 1")
    case.plant("note", 100_000, rollback=True)
    heard = [line for line in ear.run("select 1") if "notification" in line]
    case.check("no hint was sent", heard)
    case.check("nothing was run", [run[0] for run in case.runs()])
    case.plant("note", 1)
    case.wait_until_done()
    heard = [line for line in ear.run("select 1") if "notification" in line]
    case.check("a hint is sent after a commit", [] if heard else "none", len(heard))
    case.check("the worker lives", [] if worker.is_alive else "it does not")
    case.counts["taken back"] = 100_000


CASES = {
    "F1": ("kill -9 with 500 running jobs", f1), "F2": ("kill -9 between return and acknowledgement", f2),
    "F3": ("a job that kills its process", f3), "F4": ("SIGSTOP beside another worker", f4),
    "F5": ("SIGSTOP of the only worker", f5), "F20": ("unreadable payload, unknown kind", f20),
    "F21": ("a handler that ignores its cancellation", f21), "F22": ("100,000 jobs taken back", f22)}
