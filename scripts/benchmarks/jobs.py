# SPDX-License-Identifier: Apache-2.0
"""The job queue beside pgbench on its own tables and beside other queues on PostgreSQL, all in one run.

    jobs.py --program etalon-bench --peers-python PYTHON --folder FOLDER [--quick] [--json FILE] [--peers LIST]

Makes a cluster with every promise of durability in FOLDER and measures, for each queue: enqueueing, draining with one worker and
with two, wake-up, and what idling costs; for Etalon also beside a million waiting jobs, under a held snapshot, and on a slow disk.
pgbench runs the smallest statement that does what a turn of the worker does, on the same tables.
"""

import argparse
import contextlib
import json
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import time

from jobs_board import Board, commit_price, percentile, private_mebibytes, processor_seconds, server_seconds

POSTGRES = pathlib.Path("/usr/lib/postgresql/15/bin")
HERE = pathlib.Path(__file__).resolve().parent


class Refused(Exception):
    """A figure of a wrong answer is none."""


def run(command, **options):
    done = subprocess.run([str(part) for part in command], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                          check=False, **options)
    if done.returncode:
        raise Refused(f"{' '.join(map(str, command[:4]))}: {done.stderr[-600:]}")
    return done.stdout


def end(process):
    process.kill()
    process.wait()


class Server:
    """A cluster on a Unix socket; durable, with memory and checkpoints that no single run is decided by."""

    def __init__(self, folder):
        self.folder, self.data = folder / "pg", folder / "pg" / "data"
        self.folder.mkdir()
        self.as_owner = []
        if os.getuid() == 0:
            shutil.chown(self.folder, "postgres", "postgres")
            self.as_owner = ["runuser", "-u", "postgres", "--"]
        run(self.as_owner + [POSTGRES / "initdb", "-D", self.data, "-U", "bench", "--auth=trust", "--encoding=UTF8",
                             "--locale=C.UTF-8"], cwd="/tmp")
        with open(self.data / "postgresql.conf", "a", encoding="utf-8") as file:
            file.write(f"listen_addresses = ''\nunix_socket_directories = '{self.folder}'\nshared_buffers = 512MB\n"
                       "max_wal_size = 4GB\ncheckpoint_timeout = 15min\nlog_min_messages = fatal\n")
        self.environment = {"PGHOST": str(self.folder), "PGPORT": "5432", "PGUSER": "bench"}

    def start(self, *preload):
        subprocess.run(
            self.as_owner + ["env", *preload, str(POSTGRES / "pg_ctl"), "-D", str(self.data), "-l", str(self.folder / "log"), "-w",
                             "start"], cwd="/tmp", check=True, stdout=subprocess.DEVNULL)
        self.postmaster = int((self.data / "postmaster.pid").read_text().split()[0])

    def stop(self):
        if (self.data / "postmaster.pid").exists():
            subprocess.run(self.as_owner + [str(POSTGRES / "pg_ctl"), "-D", str(self.data), "-m", "fast", "-w", "stop"],
                           cwd="/tmp", check=False, stdout=subprocess.DEVNULL)

    def sql(self, text, database="postgres"):
        return run([POSTGRES / "psql", "-XAtq", "-v", "ON_ERROR_STOP=1", "-d", database, "-c", text],
                   env={**os.environ, **self.environment}).strip()


class Queue:
    """A queue behind its five commands, in a database of its own."""

    def __init__(self, bench, name, command, concurrency):
        self.bench, self.server, self.name = bench, bench.server, name
        self.command, self.concurrency = command, concurrency
        self.database = f"b_{name}"
        self.environment = {**os.environ, **self.server.environment, "PGDATABASE": self.database, "PYTHONDONTWRITEBYTECODE": "1"}
        self.remaining = self.say("remaining").strip()
        self.board = None
        self.workers = []

    def say(self, *arguments):
        return run([*self.command, *arguments], env=self.environment)

    def sql(self, text):
        return self.server.sql(text, self.database)

    def left(self):
        return int(self.sql(self.remaining))

    def reset(self):
        self.server.sql(f"drop database if exists {self.database} with (force)")
        self.server.sql(f"create database {self.database}")
        self.say("setup")
        self.board = Board(self.bench.folder / "board", make=True)

    def enqueue(self, count, batch, *options):
        return count / float(self.say("enqueue", "--n", str(count), "--batch", str(batch), *options).split()[-1])

    @contextlib.contextmanager
    def working(self, count):
        self.workers = [subprocess.Popen(
            [*map(str, self.command), "worker", "--index", str(index), "--board", str(self.bench.folder / "board"),
             "--concurrency", str(self.concurrency)], env=self.environment, stdout=subprocess.DEVNULL,
            stderr=open(self.bench.folder / "workers.log", "ab")) for index in range(count)]
        try:
            yield
        finally:
            for worker in self.workers:
                worker.send_signal(signal.SIGTERM)
            for worker in self.workers:
                try:
                    worker.wait(15)
                except subprocess.TimeoutExpired:
                    worker.kill()
                    worker.wait()

    def processor(self):
        return sum(processor_seconds(worker.pid) for worker in self.workers)

    def drain(self, jobs, workers, limit=30, prepare=None):
        """Jobs a second, acknowledged in the database; and processor time of each side for each job."""
        self.reset()
        self.enqueue(jobs, 1000)
        if prepare:
            prepare()
        self.sql("vacuum analyze")
        self.sql("checkpoint")
        with self.working(workers):
            while not self.board.total():
                time.sleep(0.001)
            begun, first = time.perf_counter(), self.board.total()
            server, own = server_seconds(self.server.postmaster), self.processor()
            marks = [(begun, first)]
            while self.board.total() < jobs and time.perf_counter() - begun < limit:
                time.sleep(0.005)
                if self.board.total() - marks[-1][1] >= jobs / 5:
                    marks.append((time.perf_counter(), self.board.total()))
            is_cut = self.board.total() < jobs
            left = self.left()
            while not is_cut and left and time.perf_counter() - begun < limit:
                time.sleep(0.005)
                left = self.left()
            took, done = time.perf_counter() - begun, self.board.total() - first
            own, server = self.processor() - own, server_seconds(self.server.postmaster) - server
        if not is_cut and (left or self.board.total() != jobs):
            raise Refused(f"{self.name}: {self.board.total()} of {jobs} jobs were run, {left} are left")
        marks.append((time.perf_counter(), self.board.total()))
        fifth = marks[-3:-1] if len(marks) > 3 else marks[:2]
        return {"jobs_per_second": done / took, "worker_us": own / done * 1e6, "server_us": server / done * 1e6,
                "last_fifth": (fifth[1][1] - fifth[0][1]) / max(fifth[1][0] - fifth[0][0], 1e-9), "is_cut": is_cut}

    def wake(self, probes, workers=1):
        """Milliseconds from the commit to the start of the job in an idle worker, and from before the enqueueing."""
        self.reset()
        with self.working(workers):
            time.sleep(3)
            self.say("probe", "--n", str(probes), "--board", str(self.bench.folder / "board"), "--gap", "0.05")
            time.sleep(1)
        before, after, start = self.board.moments(probes)
        if not all(start):
            raise Refused(f"{self.name}: {start.count(0)} of {probes} probes did not start")
        # A job may begin before the call that enqueued it returns.
        wake = [max(0, s - a) / 1e6 for s, a in zip(start, after)]
        whole = [(s - b) / 1e6 for s, b in zip(start, before)]
        return {"p50": percentile(wake, 50), "p99": percentile(wake, 99), "whole_p50": percentile(whole, 50),
                "whole_p99": percentile(whole, 99)}

    def counted(self):
        """Transactions of the database, processor time of the worker, and when."""
        count = "select xact_commit + xact_rollback from pg_stat_database where datname = current_database()"
        return int(self.sql(count)), self.processor(), time.perf_counter()

    def idled(self, first):
        """What a worker with nothing to do cost since the first count."""
        transactions, own, now = self.counted()
        took = now - first[2]
        connections = int(self.sql(
            "select count(*) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()"))
        # The first question itself was a transaction.
        return {"processor_percent": 100 * (own - first[1]) / took,
                "transactions_per_minute": (transactions - first[0] - 1) * 60 / took,
                "connections": connections, "private_mib": private_mebibytes(self.workers[0].pid)}


class Yardstick:
    """pgbench on the tables of Etalon's queue."""

    def __init__(self, queue):
        self.queue, self.server = queue, queue.server

    def _pgbench(self, script, clients, transactions, **variables):
        words = [f"--define={name}={value}" for name, value in variables.items()]
        said = run([POSTGRES / "pgbench", "--no-vacuum", "--protocol=prepared", f"--client={clients}", f"--jobs={clients}",
                    f"--transactions={transactions}", f"--file={HERE / script}", *words, self.queue.database],
                   env=self.queue.environment)
        if f"{transactions * clients}/{transactions * clients}" not in said:
            raise Refused(f"pgbench: {said[-400:]}")
        return next(float(line.split()[2]) for line in said.splitlines() if line.startswith("tps"))

    def enqueue(self, count, batch):
        self.queue.reset()
        if batch == 1:
            return self._pgbench("jobs_insert.pgbench", 1, count)
        return 1000 * self._pgbench("jobs_insert_many.pgbench", 1, count // 1000)

    def drain(self, jobs, clients, batch=500, prepare=None):
        self.queue.reset()
        self.queue.sql(f"insert into jobs.job (lane, kind, max_attempt, payload, state)"
                       f" select 6, 'bench.nothing', 12, '{{\"i\": -1}}', 1 from generate_series(1, {jobs})")
        if prepare:
            prepare()
        self.queue.sql("vacuum analyze")
        self.queue.sql("checkpoint")
        turns = jobs // batch // clients
        return turns * clients * batch / (turns * clients / self._pgbench(
            "jobs_pump.pgbench", clients, turns, ids="{}", batch=batch))


class Bench:
    """The run and its rows."""

    def __init__(self, options):
        self.options, self.folder = options, options.folder
        self.server = Server(self.folder)
        self.rows, self.figures = [], {}
        self.jobs = 40_000 if options.quick else 100_000

    def say(self, text):
        print(f"bench: {text}", file=sys.stderr, flush=True)

    def row(self, what, unit, figure, yardstick, beside):
        """A row; the ratio says how many times as long Etalon takes."""
        ratio = beside / figure if unit == "1/s" else figure / beside
        form = (lambda value: f"{value:.0f} 1/s" if value > 100 else f"{value:.1f} 1/s") if unit == "1/s" else (
            lambda value: f"{value:.2f} {unit}" if value < 100 else f"{value:.0f} {unit}")
        self.rows.append(
            {"figure": what, "unit": unit, "etalon": figure, "yardstick": yardstick, "beside": beside, "ratio": ratio})
        print(f"{what:<52} {form(figure):>13}  {yardstick:<47} {form(beside):>13} {ratio:8.3f}", flush=True)

    def note(self, name, value):
        self.figures[name] = value
        price = commit_price(self.folder)
        self.figures.setdefault("commit_ms", []).append(round(price, 3))
        return value

    def go(self):
        self.server.start()
        etalon = Queue(self, "etalon", [self.options.program, "jobs"], 500)
        peers = {
            name: Queue(self, name, [self.options.peers_python, HERE / "jobs_peers.py", name], slots)
            for name, slots in (("pgmq", 500), ("pgqueuer", 100), ("procrastinate", 10)) if name in self.options.peers}
        bare = Yardstick(etalon)
        print(f"Job queue, {'quick, ' if self.options.quick else ''}{self.jobs} jobs a drain; PostgreSQL "
              f"{self.server.sql('show server_version')}, a commit {commit_price(self.folder):.2f} ms; {os.cpu_count()} processors")
        print(f"{'figure':<52} {'Etalon':>13}  {'yardstick':<47} {'PostgreSQL':>13} {'ratio':>8}")
        self.enqueueing(etalon, peers, bare)
        self.draining(etalon, peers, bare)
        self.waking(etalon, peers)
        self.idling(etalon, peers)
        self.waiting(etalon, bare)
        self.held(etalon, bare)
        self.dear(etalon, peers, bare)
        prices = self.figures["commit_ms"]
        print(f"\na commit cost {min(prices):.2f} to {max(prices):.2f} ms, median {sorted(prices)[len(prices) // 2]:.2f}")
        for name in ("drain_1", "drain_2"):
            for queue, value in self.figures[name].items():
                print(f"{name.replace('_', ', workers: ')}, {queue}: processor time of a job: worker {value['worker_us']:.1f} µs,"
                      f" PostgreSQL {value['server_us']:.1f} µs{', cut short' if value['is_cut'] else ''}")

    def enqueueing(self, etalon, peers, bare):
        self.say("enqueueing")
        single = 1000 if self.options.quick else 3000
        for batch, count, words in ((1, single, "one by one"), (1000, self.jobs, "1,000 a transaction")):
            etalon.reset()
            mine = self.note(f"enqueue_{batch}", etalon.enqueue(count, batch))
            self.row(f"enqueue, {words}", "1/s", mine, "pgbench: insert into the same table", bare.enqueue(count, batch))
            if batch == 1:
                etalon.reset()
                borrowed = self.note("enqueue_1_borrowed", etalon.enqueue(count, 1, "--borrow"))
                self.row("the same, a borrowed connection for each", "1/s", borrowed, "Etalon on one connection", mine)
            for name, peer in peers.items():
                peer.reset()
                few = count if name == "pgmq" or batch == 1 else count // 5
                self.row(f"enqueue, {words}", "1/s", mine, name, peer.enqueue(few, batch))

    def draining(self, etalon, peers, bare):
        for workers in (1, 2):
            self.say(f"draining, workers: {workers}")
            words = f"drain, {workers} worker{'s' if workers > 1 else ''}"
            mine = self.note(f"drain_{workers}", {"etalon": etalon.drain(self.jobs, workers)})
            rate = mine["etalon"]["jobs_per_second"]
            self.row(words, "1/s", rate, "pgbench: acknowledge and claim, 500 a commit", bare.drain(self.jobs, workers))
            for name, peer in peers.items():
                value = peer.drain(self.jobs if name != "procrastinate" else 4000, workers, limit=10 if self.options.quick else 20)
                mine[name] = value
                loop = " in a bare loop" if name == "pgmq" else ""
                self.row(words, "1/s", rate, f"{name}{loop}, {peer.concurrency} at a time", value["jobs_per_second"])

    def waking(self, etalon, peers):
        self.say("waking")
        probes = 60 if self.options.quick else 300
        mine = self.note("wake", {"etalon": etalon.wake(probes)})
        for name, peer in peers.items():
            mine[name] = peer.wake(probes)
            for key, words in (("p50", "commit to start, idle, median"), ("p99", "the same, 99 of 100"),
                               ("whole_p99", "call to start, idle, 99 of 100")):
                self.row(words, "ms", max(mine["etalon"][key], 0.001), f"{name}, one worker", max(mine[name][key], 0.001))

    def idling(self, etalon, peers):
        """All at the same time: none disturbs another."""
        self.say("idling")
        queues = {"etalon": etalon, **peers}
        with contextlib.ExitStack() as stack:
            for queue in queues.values():
                queue.reset()
                stack.enter_context(queue.working(1))
            time.sleep(8)
            first = {name: queue.counted() for name, queue in queues.items()}
            time.sleep(30 if self.options.quick else 60)
            values = self.note("idle", {name: queue.idled(first[name]) for name, queue in queues.items()})
        for name in peers:
            for key, unit, words in (("processor_percent", "%", "idle worker, processor"),
                                     ("transactions_per_minute", "/min", "idle worker, transactions"),
                                     ("private_mib", "MiB", "idle worker, memory of its own"),
                                     ("connections", "", "idle worker, connections")):
                self.row(words, unit, max(values["etalon"][key], 0.001), name, max(values[name][key], 0.001))

    def waiting(self, etalon, bare):
        self.say("a million waiting jobs")
        many = 200_000 if self.options.quick else 1_000_000

        def fill():
            etalon.sql(
                "insert into jobs.job (lane, kind, max_attempt, payload, state, run_at)"
                " select 6, 'bench.nothing', 12, '{\"i\": -1}', 0, now() + interval '1 year' + n * interval '1 s'"
                f" from generate_series(1, {many}) n")
        text = etalon.remaining
        etalon.remaining = text + " where state <> 0"
        try:
            with_many = self.note("drain_waiting", etalon.drain(self.jobs, 1, prepare=fill)["jobs_per_second"])
            look = self.note("empty_look_ms", self.empty_look(etalon))
            self.row(f"drain beside {many} waiting jobs", "1/s", with_many, "pgbench: acknowledge and claim, 500 a commit",
                     bare.drain(self.jobs, 1, prepare=fill))
            self.row("an empty look, the statement alone", "ms", look, "the same without waiting jobs", self.empty_look_bare(etalon))
        finally:
            etalon.remaining = text

    def empty_look(self, etalon):
        """Median of the pump's time at the server when nothing is ready."""
        etalon.sql("delete from jobs.job where state <> 0")
        etalon.sql("vacuum jobs.job")
        return self.pump_ms(etalon)

    def empty_look_bare(self, etalon):
        etalon.reset()
        return self.pump_ms(etalon)

    def pump_ms(self, etalon):
        text = (HERE.parent.parent / "sql" / "jobs" / "queries" / "job.sql").read_text()
        statement = text.partition("-- name: job_pump")[2].partition("\n")[2].partition(";\n")[0]
        worker = etalon.sql("insert into jobs.worker (host, pid, version) values ('bench', 1, '') returning id")
        lanes = "'{6}', '{100}', '{bench.nothing}'"
        # As the runner sets its session.
        plan = "; ".join([
            "set plan_cache_mode = force_generic_plan", "set enable_seqscan = off", "set enable_hashjoin = off",
            "set enable_mergejoin = off", "set enable_sort = off", "set enable_bitmapscan = off", "set jit = off", f"prepare pump as {statement}"] + [
            f"explain (analyze, timing off, format json) execute pump({worker}, '{{}}', '{{}}', '{{}}', {lanes}, 30000,"
            " '{null}', '{null}', '{null}', null, null)"] * 21)
        text = etalon.sql(plan)
        took = [float(line.split(":")[1].rstrip(",")) for line in text.splitlines() if '"Execution Time"' in line]
        return percentile(took[1:], 50)

    def held(self, etalon, bare):
        self.say("a held snapshot")
        holder = None

        def hold():
            nonlocal holder
            if holder:
                end(holder)
            holder = subprocess.Popen(
                [str(POSTGRES / "psql"), "-XAtq", "-d", "b_etalon"], env=etalon.environment, stdin=subprocess.PIPE,
                stdout=subprocess.PIPE, text=True)
            holder.stdin.write("begin isolation level repeatable read; select count(*) from jobs.job;\n")
            holder.stdin.flush()
            holder.stdout.readline()
        try:
            mine = self.note("held", etalon.drain(self.jobs, 1, prepare=hold, limit=60))
            self.row(f"drain under a held snapshot, {self.jobs} jobs", "1/s", mine["jobs_per_second"],
                     "pgbench: acknowledge and claim, 500 a commit", bare.drain(self.jobs, 1, prepare=hold))
            self.row("the same, its last fifth", "1/s", mine["last_fifth"], "Etalon without a snapshot",
                     self.figures["drain_1"]["etalon"]["jobs_per_second"])
        finally:
            if holder:
                end(holder)

    def dear(self, etalon, peers, bare):
        compiler = shutil.which("cc") or shutil.which("clang")
        if compiler is None:
            self.say("the slow disk is not measured: no C compiler")
            return
        self.say("a disk whose commits cost 3.5 ms more")
        library = self.server.folder / "slow_disk.so"
        run([compiler, "-O1", "-shared", "-fPIC", "-o", library, HERE / "slow_disk.c"])
        library.chmod(0o755)
        self.server.stop()
        self.server.start(f"LD_PRELOAD={library}")
        etalon.reset()
        mine = self.note("dear_enqueue", etalon.enqueue(300, 1))
        self.row("enqueue, slow disk, one by one", "1/s", mine, "pgbench: insert into the same table", bare.enqueue(300, 1))
        for workers in (1, 2):
            mine = self.note(f"dear_{workers}", etalon.drain(self.jobs, workers, limit=60))["jobs_per_second"]
            words = f"drain, slow disk, {workers} worker{'s' if workers > 1 else ''}"
            self.row(words, "1/s", mine, "pgbench: acknowledge and claim, 500 a commit", bare.drain(self.jobs, workers))
            if "pgmq" in peers:
                value = peers["pgmq"].drain(self.jobs, workers, limit=20)
                self.row(words, "1/s", mine, "pgmq in a bare loop, 500 at a time", value["jobs_per_second"])


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--program", required=True)
    parser.add_argument("--peers-python", required=True)
    parser.add_argument("--folder", type=pathlib.Path, required=True)
    parser.add_argument("--json", type=pathlib.Path)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--peers", default="pgmq,pgqueuer,procrastinate", type=lambda text: text.split(","))
    options = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    bench = Bench(options)
    try:
        bench.go()
        if options.json:
            options.json.write_text(json.dumps({"rows": bench.rows, "figures": bench.figures}, indent=1) + "\n")
    except Refused as refused:
        print(f"bench: {refused}", file=sys.stderr)
        return 1
    finally:
        bench.server.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main())
