# SPDX-License-Identifier: Apache-2.0
"""Clocks jump, a snapshot is held: F10, F11, F15."""

import shutil
import struct
import time

from faults.daemon import Failure, until
from faults.jobs_world import SOURCE, Cluster, run


class WrongClock:
    """A wall clock that is wrong by so many seconds, for processes that are started in its environment."""

    def __init__(self, world, name, seconds=0):
        self.file = world.folder / f"{name}-clock"
        self.file.write_bytes(struct.pack("<q", seconds))
        self.environment = {"LD_PRELOAD": str(self._library(world)), "WRONG_CLOCK": str(self.file)}

    @staticmethod
    def _library(world):
        library = world.folder / "clock.so"
        if not library.exists():
            compiler = shutil.which("cc") or shutil.which("clang")
            if compiler is None:
                raise Failure("no C compiler for the wrong clock")
            run([compiler, "-O1", "-shared", "-fPIC", "-o", library, SOURCE / "scripts" / "faults" / "clock.c"])
            library.chmod(0o755)
        return library

    def jump(self, seconds):
        """From now on it is wrong by that much, in every process at once."""
        with open(self.file, "r+b") as file:
            file.write(struct.pack("<q", seconds))


HOUR, DAY = 3600, 86400


def f10_cluster(world):
    clock = WrongClock(world, "f10")
    cluster = Cluster(world.folder / "pg-f10", "fsync = off", environment=clock.environment)
    cluster.clock = clock
    return cluster.make().start_and_return()


def f10(case):
    """The database's clock jumps by hours and by years, forward and back."""
    clock = case.cluster.clock
    case.endings.append(lambda: case.cluster.stop("immediate"))
    worker = case.worker("worker", lease=30, ceiling=5)
    case.plant("note", 20)
    case.wait_until_done()
    first, gaps = 100, {}
    for jump in (2 * HOUR, 0, -2 * HOUR, 0, 3652 * DAY, 0):
        before = case.value("extract(epoch from clock_timestamp())")
        clock.jump(jump)
        until("the clock has jumped", lambda: abs(case.value("extract(epoch from clock_timestamp())") - before) > HOUR, 10)
        begun = time.monotonic()
        case.plant("note", 20, first=first)
        case.plant("slow", 10, first=first, milliseconds=300)
        case.plant("letter", 3, first=first, milliseconds=100)
        case.wait_until_done(40)
        gaps[jump] = max(gaps.get(jump, 0), time.monotonic() - begun)
        # A job for later is neither forgotten nor slept past.
        case.plant("note", 1, first=first + 50, later=3)
        case.wait_until_done(40)
        case.wait("the worker beats again", "exists (select from jobs.worker where beat_at > now() - interval '30 s'"
                  " and beat_at < now() + interval '1 s')", 40)
        first += 100
    case.at_most("work goes on after a jump", max(gaps.values()), 31)
    # A worker that dies before the clock is set back has beaten in what is now the future: it is dead all the same.
    case.plant("slow", 10, first=5000, milliseconds=20_000)
    case.wait("10 jobs run", "(select count(*) from jobs.job where state = 2) = 10", 20)
    worker.kill()
    clock.jump(-2 * HOUR)
    begun = time.monotonic()
    case.worker("next", lease=30, ceiling=5, watch=5)
    case.wait("its jobs are rescued", "not exists (select from jobs.job where state = 2 and rescues = 0)", 60)
    case.at_most("jobs of a worker whose last beat lies in the future are rescued", time.monotonic() - begun, 45)
    case.wait_until_done(60)
    f10_after_a_set_back(case, clock)
    case.counts["jumps"] = 9


def f10_after_a_set_back(case, clock):
    """What was counted while the clock was ahead by ten years does not hold anything up when it is right again."""
    case.witness.run(
        "update jobs.lane set rate_count = 1, rate_period = '1 s', rate_tokens = 0, rate_at = 'epoch' where name = 'default'")
    upkeep = "(select count(*) from jobs.upkeep where due_at > now() + interval '1 day' or done_at > now() + interval '1 minute')"
    for first, jump in ((6000, 3652 * DAY), (6100, 0)):
        before = case.value("extract(epoch from clock_timestamp())")
        clock.jump(jump)
        until("the clock has jumped", lambda: abs(case.value("extract(epoch from clock_timestamp())") - before) > HOUR, 10)
        begun = time.monotonic()
        case.plant("note", 5, first=first)
        case.wait_until_done(60)
        took = time.monotonic() - begun
        case.at_most(f"5 jobs of a lane with one start a second run, {'ahead' if jump else 'set back'}", took, 31)
        case.check("no more starts than the lane's rate allows", [] if took > 3 else f"5 starts in {took:.1f} s")
        if jump:
            case.wait(
                "upkeep is done while the clock is ahead",
                "not exists (select from jobs.upkeep where done_at is null or done_at < now() - interval '1 day')", 60)
    begun = time.monotonic()
    case.wait("upkeep goes on", f"{upkeep} = 0", 60)
    case.at_most("upkeep goes on after the clock is set back", time.monotonic() - begun, 30)
    case.witness.run("update jobs.lane set rate_count = null, rate_period = null where name = 'default'")


f10.cluster = f10_cluster


def f11(case):
    """The clocks of the workers are a day ahead and a day behind."""
    workers = []
    for name, jump in (("ahead", DAY), ("behind", -DAY)):
        workers.append(case.worker(name, environment=WrongClock(case.world, f"f11-{name}", jump).environment))
    for worker in workers:
        until("both are registered", lambda: worker.said("worker registered"), 20)
    case.check("their clocks differ from ours", [
        worker.name for worker in workers if worker.events()[0][:10] == time.strftime("%Y-%m-%d")], 2)
    case.plant("note", 200)
    case.plant("slow", 100, milliseconds=200)
    case.plant("letter", 20, milliseconds=100)
    begun = time.monotonic()
    case.plant("note", 20, first=1000, later=3)
    case.wait("nothing runs before its moment", "(select count(*) from jobs.job) = 20", 20)
    case.wait_until_done(30)
    took = time.monotonic() - begun
    case.check(
        "what is for later runs at its moment by the database's clock", [] if 3 <= took < 5 else f"{took:.1f} s", f"{took:.1f} s")
    until("beats go on", lambda: time.monotonic() - begun > 2 * case.lease, 3 * case.lease)
    case.check("no lease was lost", [worker.name for worker in workers if worker.said("lease lost")])
    case.check("nobody was rescued", case.witness.rows("select ukey from jobs.job_done where rescues > 0"))
    case.check("both worked", [] if len({run[3] for run in case.runs()}) == 2 else "one did not")


def f15(case):
    """Somebody holds an old snapshot while jobs come and go."""
    case.worker("worker", concurrency=200)
    case.wait("the worker is there", "exists (select from jobs.worker)", 20)
    # Another one than the witness, who has to see what comes after.
    holder = case.session()
    holder.run("begin isolation level repeatable read read only", "select count(*) from jobs.job")
    producers = [case.producer(name, rate=250) for name in ("p", "q")]
    begun = time.monotonic()
    alarm = "exists (select from jobs.alarm where name = 'snapshot')"
    case.wait("an operator is told", alarm, 150)
    case.at_most("an operator is told", time.monotonic() - begun, 120)
    seconds = 1800 if case.options.long else 130
    until("the load lasts", lambda: time.monotonic() - begun > seconds, seconds + 5, pause=0.1)
    backlog = case.value("(select count(*) from jobs.job)")
    case.check("the queue keeps pace with 500 jobs a second", [] if backlog < 500 else f"{backlog} jobs wait", f"{backlog} wait")
    age = case.value("(select max(age(backend_xmin)) from pg_stat_activity where backend_xmin is not null)")
    dead = case.value("(select n_dead_tup from pg_stat_user_tables where schemaname = 'jobs' and relname = 'job')")
    holder.run("rollback")
    released = time.monotonic()
    for producer in producers:
        producer.finish()
        case.expect(producer)
    case.wait_until_done()
    case.wait("the alarm is over", f"not {alarm}", 60)
    case.at_most("the alarm is over", time.monotonic() - released, 60)
    case.counts.update({"seconds": seconds, "transactions behind the snapshot": age, "dead rows": dead})


CASES = {
    "F10": ("the database's clock jumps", f10), "F11": ("the workers' clocks are wrong by a day", f11),
    "F15": ("a held snapshot", f15)}
