# SPDX-License-Identifier: Apache-2.0
"""Many kills and stops in an order that the seed decides: A9."""

import collections
import time

from faults.daemon import until
from faults.jobs_server import own_cluster, stop_at_the_end
from faults.jobs_wire import Wire


class Chaos:
    """Three workers, producers of four kinds, and what happens to them."""

    def __init__(self, case):
        self.case, self.rng = case, case.rng
        self.wire = Wire(case.folder / "wire", str(case.cluster.socket / ".s.PGSQL.5432"))
        case.endings.append(self.wire.close)
        self.workers = [
            case.worker(f"worker{number}", environment={"PGHOST": str(self.wire.path)}, ceiling=2) for number in range(3)]
        self.producers = [
            case.producer("n", rate=60), case.producer("s", kind="slow", rate=20, milliseconds=400),
            case.producer("l", kind="letter", rate=10, milliseconds=200), case.producer("k", kind="keyed", rate=20)]
        self.done = collections.Counter()
        self.longest = 0.0
        # What happens, and how often among a hundred.
        self.events = {self.kill: 40, self.stop: 25, self.cut_listener: 8, self.cut_claimer: 8, self.lose_answer: 12,
                       self.restart: 5, self.crash: 2}

    def go(self, times):
        for _ in range(times):
            event = self.rng.choices(list(self.events), self.events.values())[0]
            event()
            self.done[event.__name__.replace("_", " ")] += 1
            # A part of a lease later the next one comes, whether the last is over or not.
            time.sleep(self.rng.uniform(0, 0.3))
            for worker in self.workers:
                if not worker.is_alive:
                    worker.start()

    def kill(self):
        self.rng.choice(self.workers).kill()

    def stop(self):
        """Half of the stops are longer than the lease."""
        worker = self.rng.choice(self.workers)
        worker.pause()
        time.sleep(self.rng.choice((0.2, 1.3)) * self.case.lease * self.rng.uniform(0.5, 1))
        worker.resume()

    def cut_listener(self):
        self._terminate("%-listen")

    def cut_claimer(self):
        self._terminate("%-jobs")

    def _terminate(self, name):
        self.case.value(
            f"(select count(pg_terminate_backend(pid)) from pg_stat_activity where application_name like '{name}')")

    def lose_answer(self):
        application = self.rng.choice(("bench-worker-jobs", "bench-faulty", "bench-worker-lease"))
        self.wire.swallow(application, self.rng.choice((b"", b"COMMIT")) if application == "bench-faulty" else b"")

    def restart(self):
        self._restart("fast")

    def crash(self):
        self._restart("immediate")

    def _restart(self, mode):
        self.case.cluster.stop(mode)
        self.case.cluster.start()
        self.case.renew_witness()

    def all_running_again(self):
        """After the last event: every job that was there is done or runs."""
        begun = time.monotonic()
        last = self.case.value("(select coalesce(max(id), 0) from jobs.job)")
        until("everything runs again", lambda: not self.case.value(
            f"exists (select from jobs.job where id <= {last})"), 60, pause=0.05)
        return time.monotonic() - begun


@own_cluster("a9")
def a9(case):
    """Random kills, stops, lost connections, lost answers and restarts."""
    stop_at_the_end(case)
    chaos = Chaos(case)
    case.wait("work is under way", "(select count(*) from faults.effect) > 50", 30)
    kills = 20 if case.options.short else case.options.kills
    slowest, left = 0.0, kills
    while left > 0:
        part = min(left, 50)
        chaos.go(part)
        left -= part
        slowest = max(slowest, chaos.all_running_again())
    case.at_most("all is done after the last of up to 50 events", slowest, 40)
    for producer in chaos.producers:
        producer.finish()
        case.expect(producer)
    case.wait_until_done(case.lease + 60)
    case.check("every event happened", [], ", ".join(f"{count} {name}" for name, count in sorted(chaos.done.items())))
    # A job that has lost four workers in a row counts as one that kills them, and waits for a person: among so many kills that may be
    # bad luck. It is not lost, and it has to have lost them.
    unlucky = case.witness.rows("""
        select d.ukey, count(distinct a.worker) as workers from jobs.job_dead d
        join jobs.job_attempt a on a.job_id = d.id and a.error like 'worker % lost'
        where d.reason = 'kills its worker' group by d.ukey""")
    case.check("whatever waits for a person has lost four workers",
               [f"{row['ukey']}: {row['workers']}" for row in unlucky if row["workers"] < 4], len(unlucky))
    case.check("hardly any does", [] if len(unlucky) <= max(1, kills // 200) else f"{len(unlucky)} jobs", len(unlucky))
    case.dead.update({row["ukey"]: "kills its worker" for row in unlucky})
    case.counts.update({"events": kills, "commits in doubt": len(case.maybe)})


CASES = {"A9": ("random kills and stops", a9)}
