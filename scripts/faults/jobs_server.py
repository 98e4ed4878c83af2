# SPDX-License-Identifier: Apache-2.0
"""The server is restarted, cut off, full: F6, F7, F18, F19."""

import os
import pathlib
import shutil
import subprocess
import time

from faults.daemon import POSTGRES, Failure, until
from faults.jobs_wire import Wire
from faults.jobs_world import Cluster, run

NOT_MINE = "pid <> pg_backend_pid()"


def own_cluster(name, configuration=""):
    """The case gets a cluster of its own, which it may ruin."""
    def mark(body):
        def make(world):
            cluster = Cluster(world.folder / f"pg-{name}", configuration)
            return cluster.make().start_and_return()
        body.cluster = make
        return body
    return mark


# The usual lease: a server that is away for seconds costs no worker its name.
LEASE = 30


def stop_at_the_end(case, cluster=None):
    case.endings.append(lambda: (cluster or case.cluster).stop("immediate"))


def outage(case, workers, sentence):
    """Lets the outage last and looks at how often the workers speak of it once their pauses have grown."""
    time.sleep(3)
    marks = [len(worker.events()) for worker in workers]
    seconds = 4 if case.options.short else 12
    time.sleep(seconds)
    # Three loops speak, each every five seconds; a short look may meet all of them twice.
    case.at_most(sentence, max((len(worker.events()) - mark) / seconds for worker, mark in zip(workers, marks)),
                 2 if case.options.short else 1, "lines")


@own_cluster("f6")
def f6(case):
    """The server is restarted in good order and without, under load, and answers to commits are lost."""
    stop_at_the_end(case)
    workers = [case.worker(name, ceiling=5, lease=LEASE) for name in ("first", "second")]
    producer = case.producer("p", rate=150)
    slow = case.producer("s", kind="slow", rate=20, milliseconds=300)
    case.wait("work is under way", "(select count(*) from faults.effect) > 50", 30)
    back = []
    for mode in ("fast", "immediate") * (1 if case.options.short else 4):
        until("some work is done", lambda: case.value("(select count(*) from jobs.job_done)") > 100, 30)
        case.cluster.stop(mode)
        outage(case, workers, f"lines of the log a second after a {mode} stop")
        case.cluster.start()
        begun = time.monotonic()
        case.renew_witness()
        before = case.value("(select count(*) from jobs.job_done)")
        case.wait("work goes on", f"(select count(*) from jobs.job_done) > {before}", 30, pause=0.02)
        back.append(time.monotonic() - begun)
    case.at_most("work goes on after the server is up", max(back), 6)
    producer.finish()
    slow.finish()
    case.expect(producer)
    case.expect(slow)
    case.wait_until_done()
    case.counts.update({"restarts": len(back), "commits in doubt": len(case.maybe)})


# Whose answers are lost, to statements with which words: the runner's own statements commit by themselves.
LOST = (("bench-worker-jobs", b""), ("bench-faulty", b"COMMIT"), ("bench-produce", b"COMMIT"), ("bench-worker-lease", b""),
        ("bench-worker-jobs", b""), ("bench-faulty", b""))


def f6_lost_answers(case):
    """The answer to a COMMIT or to an acknowledgement is swallowed on its way."""
    wire = Wire(case.folder / "wire", str(case.cluster.socket / ".s.PGSQL.5432"))
    case.endings.append(wire.close)
    through = {"PGHOST": str(wire.path)}
    case.worker("worker", environment=through, ceiling=5, lease=LEASE)
    producer = case.producer("p", rate=100, environment=through)
    slow = case.producer("s", kind="slow", rate=20, milliseconds=50)
    letters = case.producer("l", kind="letter", rate=20, milliseconds=20)
    times = len(LOST) if case.options.short else 60
    for number in range(times):
        application, words = LOST[number % len(LOST)]
        case.wait("work is under way", "exists (select from faults.effect where at > clock_timestamp() - interval '1 s')", 40)
        before = len(wire.swallowed)
        wire.swallow(application, words)
        until(f"an answer to {application} is swallowed", lambda: len(wire.swallowed) > before, 20)
    for one in (producer, slow, letters):
        one.finish()
        case.expect(one)
    case.wait_until_done(LEASE + 40)
    of = [application for _, application, _ in wire.swallowed]
    case.check("answers were swallowed", [] if len(of) == times else [f"{len(of)} of {times}"], ", ".join(
        f"{of.count(name)} of {name}" for name in sorted(set(of))))
    case.counts.update({"answers lost": len(of), "commits in doubt": len(case.maybe)})


def f7(case):
    """The server ends the listener's connection, the claimer's, and all of them."""
    worker = case.worker("worker")
    case.plant("note", 20)
    case.wait_until_done()
    first, slowest = 100, 0.0
    kinds = {
        "listener": "application_name like '%-listen'", "claimer": "application_name like '%-jobs'",
        "lease": "application_name like '%-lease'", "handlers": "application_name like 'bench-faulty%'",
        "all": "usename = 'bench'"}
    ended = {name: 0 for name in kinds}
    for name, condition in list(kinds.items()) * (1 if case.options.short else 5):
        ended[name] += case.value(
            f"(select count(pg_terminate_backend(pid)) from pg_stat_activity where {condition} and datname = '{case.database}'"
            f" and {NOT_MINE})")
        # A hint now meets nobody who listens: the listener looks when it is back.
        case.plant("note", 10, first=first)
        begun = time.monotonic()
        case.wait_until_done(35)
        slowest = max(slowest, time.monotonic() - begun)
        first += 10
    case.check("each connection was ended", [name for name, count in ended.items() if not count],
               ", ".join(f"{count} {name}" for name, count in ended.items()))
    case.at_most("no job waits for the poll of 30 s", slowest, 5)
    case.check("the worker lives", [] if worker.is_alive else "it does not")
    case.counts["connections ended"] = sum(ended.values())


def f18(case):
    """The disk of the write-ahead log is full; later no connection is to be had."""
    stop_at_the_end(case)
    wal = pathlib.Path(f"{case.cluster.folder}-wal")
    wal.mkdir()
    run(["mount", "-t", "tmpfs", "-o", "size=64m", "tmpfs", wal])
    case.endings.append(lambda: run(["umount", "-l", wal]))
    case.cluster.stop()
    shutil.chown(wal, "postgres", "postgres")
    inside = wal / "pg_wal"
    run(["mv", case.cluster.data / "pg_wal", inside])
    (case.cluster.data / "pg_wal").symlink_to(inside)
    case.cluster.start()
    case.renew_witness()
    workers = [case.worker("worker", ceiling=5, lease=LEASE)]
    producer = case.producer("p", rate=100)
    case.wait("work is under way", "(select count(*) from faults.effect) > 100", 30)
    ballast = wal / "ballast"
    run(["sh", "-c", f"dd if=/dev/zero of={ballast} bs=1M count=64 2>/dev/null; chown postgres {ballast}; true"])
    # The segment in use has room yet; a large commit needs the next one.
    subprocess.run(
        [str(POSTGRES / "psql"), "-h", str(case.cluster.socket), "-U", "postgres", "-c",
         "create table filler as select repeat(md5(n::text), 100) from generate_series(1, 200000) n", case.database],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    until("the server has given up", lambda: "No space left" in case.cluster.log.read_text(errors="replace"), 30)
    outage(case, workers, "lines of the log a second while the disk is full")
    ballast.unlink()
    case.cluster.stop("immediate")
    case.cluster.start()
    case.renew_witness()
    case.wait("work goes on", "exists (select from faults.effect where at > clock_timestamp() - interval '1 s')", 30)
    full_of_connections(case, workers)
    producer.finish()
    case.expect(producer)
    case.wait_until_done(LEASE + 40)
    case.check("the worker lives", [worker.name for worker in workers if not worker.is_alive])
    case.counts.update({"full disks": 1, "commits in doubt": len(case.maybe)})


def full_of_connections(case, workers):
    """Every connection is taken; the worker's are ended and do not come back until others are."""
    guests = []
    limit = case.value("current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int")
    for _ in range(limit):
        guest = subprocess.Popen(
            [str(POSTGRES / "psql"), "--no-psqlrc", "-q", "-h", str(case.cluster.socket), "-U", "bench", case.database],
            stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, text=True)
        guests.append(guest)
        case.processes.append(Guest(guest))
    try:
        time.sleep(1)
        case.value("(select count(pg_terminate_backend(pid)) from pg_stat_activity where application_name like 'bench-%')")
        for _ in range(8):
            guest = subprocess.Popen(
                [str(POSTGRES / "psql"), "--no-psqlrc", "-q", "-h", str(case.cluster.socket), "-U", "bench", case.database],
                stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, text=True)
            case.processes.append(Guest(guest))
            guests.append(guest)
        outage(case, workers, "lines of the log a second without a connection")
        text = case.cluster.log.read_text(errors="replace")
        case.check("connections were refused", [] if "remaining connection slots are reserved" in text
                   or "too many clients" in text or "too many connections" in text else "none", limit)
    finally:
        for guest in guests:
            guest.kill()
            guest.wait()
    begun = time.monotonic()
    case.wait("work goes on", "exists (select from faults.effect where at > clock_timestamp() - interval '1 s')", 30)
    case.at_most("work goes on when there are connections", time.monotonic() - begun, 8)


f18 = own_cluster("f18", "max_connections = 40 \n max_wal_size = 40MB \n wal_keep_size = 0")(f18)


class Guest:
    """A client that only takes a connection."""

    def __init__(self, process):
        self.process = process

    def finish(self):
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()


def f19(case):
    """The schema is migrated while a dump holds its locks."""
    producer = case.producer("p", rate=100)
    case.worker("worker")
    case.wait("work is under way", "(select count(*) from faults.effect) > 50", 30)
    # The last step is to be done again.
    last = case.witness.rows("select number from etalon_migration where series = 'jobs' order by number desc limit 1")[0]["number"]
    dump = case.session()
    dump.run("begin isolation level repeatable read read only", "lock table jobs.job in access share mode", "select 1")
    migration = subprocess.Popen(
        [str(POSTGRES / "psql"), "--no-psqlrc", "-q", "-h", str(case.cluster.socket), "-U", "bench", case.database, "-c",
         "set lock_timeout = '2s'", "-c", "alter table jobs.job add column f19 int"],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    case.processes.append(Guest(migration))
    begun = time.monotonic()
    said = migration.communicate(timeout=30)[0]
    case.at_most("a migration that cannot have its lock gives up", time.monotonic() - begun, 3)
    case.check("it says so", [] if "lock timeout" in said else said)
    # The program itself: it is up to date, so it asks for no lock.
    begun = time.monotonic()
    run([case.binary, "jobs", "setup"], env={**os.environ, **case.connection})
    case.at_most("a program that finds its schema up to date waits for nothing", time.monotonic() - begun, 2)
    newcomer = case.worker("newcomer")
    case.wait("a worker starts beside the dump", "(select count(*) from jobs.worker) = 2", 10)
    gap = case.value("(select max(extract(epoch from g)) from (select at - lag(at) over (order by at) as g from faults.effect) q)")
    case.at_most("longest pause of the work", float(gap), 4)
    dump.run("rollback")
    producer.finish()
    case.expect(producer)
    case.wait_until_done()
    case.check("the workers live", [] if newcomer.is_alive else "the newcomer does not")
    case.counts["step"] = last


CASES = {
    "F6": ("PostgreSQL restarted under load", f6), "F6b": ("answers to commits are lost", f6_lost_answers),
    "F7": ("connections ended by the server", f7),
    "F18": ("disk full, no connection left", f18),
    "F19": ("a migration beside a dump", f19)}
