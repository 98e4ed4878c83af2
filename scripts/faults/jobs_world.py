# SPDX-License-Identifier: Apache-2.0
"""A cluster, workers of the job queue, and what they leave behind."""

import os
import pathlib
import shutil
import signal
import subprocess
import time

from faults.daemon import POSTGRES, Failure, Session, until

SOURCE = pathlib.Path(__file__).resolve().parent.parent.parent


def as_postgres(command):
    """The command as the server's user: PostgreSQL refuses to run as root."""
    return (["runuser", "-u", "postgres", "--"] if os.getuid() == 0 else []) + [str(part) for part in command]


def run(command, **options):
    """Runs a program to its end; what it said is part of the failure."""
    done = subprocess.run(
        [str(part) for part in command], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False, **options)
    if done.returncode:
        raise Failure(f"{' '.join(str(part) for part in command)} ended with {done.returncode}: {done.stdout[-600:]}")
    return done.stdout


class Cluster:
    """A server of our own: Unix socket only, unless a case asks for an address."""

    CONFIGURATION = """
        listen_addresses = '' \n max_connections = 100 \n shared_buffers = 128MB \n max_wal_size = 1GB
        log_min_messages = warning \n restart_after_crash = on \n wal_level = replica \n timezone = 'UTC'
        log_line_prefix = '%m [%p] %a '"""

    def __init__(self, folder, configuration="", environment=None, prefix=()):
        self.folder = pathlib.Path(folder)
        self.data, self.socket, self.log = self.folder / "data", self.folder, self.folder / "server.log"
        # The environment of the server, and words before its start, such as those that enter a network namespace.
        self.environment, self.prefix = environment or {}, list(prefix)
        self.folder.mkdir(parents=True)
        self._give(self.folder)
        self.configuration = configuration

    def make(self, *options):
        """Makes an empty cluster."""
        run(as_postgres([POSTGRES / "initdb", "-D", self.data, "-U", "postgres", "--auth=trust", "--encoding=UTF8",
                         "--locale=C.UTF-8", "--no-sync", *options]), cwd="/tmp")
        self.configure()
        return self

    def configure(self):
        with open(self.data / "postgresql.conf", "a", encoding="utf-8") as file:
            file.write(f"\n{self.CONFIGURATION}\nunix_socket_directories = '{self.socket}'\n{self.configuration}\n")

    def set(self, line):
        """Adds a line to the configuration; it counts from the next start or reload."""
        with open(self.data / "postgresql.conf", "a", encoding="utf-8") as file:
            file.write(line + "\n")

    @staticmethod
    def _give(path):
        if os.getuid() == 0:
            shutil.chown(path, "postgres", "postgres")

    def start(self, check=True):
        """Starts the server and waits until it answers."""
        command = self.prefix + as_postgres([
            "env", *[f"{name}={value}" for name, value in self.environment.items()],
            POSTGRES / "pg_ctl", "-D", self.data, "-l", self.log, "-w", "-t", "60", "start"])
        done = subprocess.run(command, cwd="/tmp", stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
        if check and done.returncode:
            raise Failure(f"PostgreSQL does not start: {self.log.read_text()[-600:]}")
        return done.returncode == 0

    def start_and_return(self):
        self.start()
        return self

    def stop(self, mode="fast"):
        """Ends the server; `immediate` is a crash without a checkpoint."""
        subprocess.run(
            as_postgres([POSTGRES / "pg_ctl", "-D", self.data, "-w", "-t", "60", "-m", mode, "stop"]), cwd="/tmp",
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)

    def signal(self, mode):
        run(as_postgres([POSTGRES / "pg_ctl", "-D", self.data, mode]), cwd="/tmp")

    def session(self, database="postgres"):
        return Session(self.socket, database)

    def do(self, database, *statements):
        """Runs statements in a session of their own; returns what the last one printed."""
        session = self.session(database)
        try:
            return session.run(*statements)
        finally:
            session.close()

    def is_running(self):
        return (self.data / "postmaster.pid").exists()


class Worker:
    """One process that runs jobs."""

    def __init__(self, case, name, environment=None, prefix=(), **options):
        self.case, self.name = case, name
        self.environment = dict(case.connection, **(environment or {}))
        self.prefix = list(prefix)
        self.options = dict(case.worker_options, **options)
        self.log = case.folder / f"{name}.log"
        self.process = None

    def start(self):
        command = self.prefix + [str(self.case.binary), "jobs", "misbehave", "--spool", str(self.case.spool)]
        for name, value in self.options.items():
            command += [f"--{name}"] + ([str(value)] if value != "" else [])
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen(
                command, env={**os.environ, **self.environment}, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        return self

    @property
    def pid(self):
        return self.process.pid

    @property
    def is_alive(self):
        return self.process is not None and self.process.poll() is None

    def kill(self):
        """As a power cut does it."""
        self.process.kill()
        self.process.wait()

    def pause(self):
        os.kill(self.pid, signal.SIGSTOP)

    def resume(self):
        os.kill(self.pid, signal.SIGCONT)

    def terminate(self, seconds=60):
        """Asks it to end; returns how long that took."""
        begun = time.monotonic()
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(seconds)
        except subprocess.TimeoutExpired as timeout:
            raise Failure(f"worker {self.name} does not stop within {seconds} s") from timeout
        return time.monotonic() - begun

    def finish(self):
        """Ends it whatever it does."""
        if self.is_alive:
            self.resume()
            self.process.kill()
            self.process.wait()

    def lines(self):
        return self.log.read_text(errors="replace").splitlines() if self.log.exists() else []

    def events(self):
        """Events told; an error of the server may take several lines. That a job failed each job says for itself."""
        events = []
        for line in self.lines():
            if line[:2] == "20":
                events.append(line)
            elif events:
                events[-1] += line
        return [event for event in events if "job failed" not in event]

    def said(self, words):
        return [line for line in self.lines() if words in line]


class Producer:
    """A process that enqueues jobs and lists those whose COMMIT was answered."""

    def __init__(self, case, name, kind="note", rate=100, milliseconds=0, environment=None, pooled=False):
        self.case, self.name, self.kind = case, name, kind
        command = [str(case.binary), "jobs", "produce", kind, "--rate", str(rate), "--milliseconds", str(milliseconds),
                   "--spool", str(case.spool), "--name", name] + (["--pooled"] if pooled else [])
        with open(case.folder / f"{name}.log", "ab") as log:
            self.process = subprocess.Popen(
                command, env={**os.environ, **case.connection, **(environment or {})}, stdin=subprocess.DEVNULL, stdout=log,
                stderr=log)

    def _list(self, name):
        file = self.case.spool / f"{self.name}.{name}"
        return [line.split()[0] for line in file.read_text().splitlines()] if file.exists() else []

    @property
    def acknowledged(self):
        return self._list("acknowledged")

    @property
    def doubted(self):
        """Those whose COMMIT was not answered, and the last one, about which it could not write any more."""
        return self._list("doubted") + self._list("asked")[-1:]

    def finish(self):
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()


class Case:
    """One failure test: a database, processes, and sentences with what speaks against them."""

    def __init__(self, world, name, title, cluster=None):
        self.world, self.name, self.title = world, name, title
        self.folder = world.folder / name.lower()
        self.spool = self.folder / "spool"
        self.spool.mkdir(parents=True)
        self.cluster = cluster or world.cluster
        self.binary, self.options, self.rng = world.binary, world.options, world.rng
        self.lease = world.options.lease
        self.worker_options = {"lease": self.lease}
        self.database = name.lower()
        self.connection = {
            "PGHOST": str(self.cluster.socket), "PGPORT": "5432", "PGUSER": "bench", "PGDATABASE": self.database}
        self.processes, self.sessions, self.endings = [], [], []
        self.planted, self.maybe, self.dead, self.unfinished = {}, set(), {}, set()
        # Letters that have to leave twice: the database has forgotten the first time.
        self.twice = set()
        self.lines, self.counts = [], {}

    # Making

    def make_database(self):
        """A database from the template, where the case's cluster has one; else a new one."""
        if self.cluster is self.world.cluster:
            self.cluster.do("postgres", f"create database {self.database} owner bench template queue")
        else:
            self.world.prepare(self.cluster, self.database, self.connection)

    def session(self, database=None):
        session = self.cluster.session(database or self.database)
        self.sessions.append(session)
        return session

    def worker(self, name, start=True, **options):
        worker = Worker(self, name, **options)
        self.processes.append(worker)
        return worker.start() if start else worker

    def producer(self, name, **options):
        producer = Producer(self, name, **options)
        self.processes.append(producer)
        return producer

    def plant(self, kind, count, first=0, milliseconds=0, later=0, rollback=False):
        """Enqueues jobs; they count as expected unless they are taken back."""
        command = [self.binary, "jobs", "plant", kind, "--n", count, "--first", first, "--milliseconds", milliseconds,
                   "--later", later] + (["--rollback"] if rollback else [])
        made = int(run(command, env={**os.environ, **self.connection}))
        if not rollback:
            if made != count:
                raise Failure(f"{made} of {count} jobs were made")
            self.planted.setdefault(kind, set()).update(f"{kind}-{number}" for number in range(first, first + count))

    def expect(self, producer):
        """What a producer was told is expected; what it doubts may be there."""
        self.planted.setdefault(producer.kind, set()).update(producer.acknowledged)
        self.maybe.update(producer.doubted)

    # Waiting

    def value(self, expression):
        return self.witness.value(expression)

    @property
    def witness(self):
        if not self.sessions:
            self.session()
        return self.sessions[0]

    def renew_witness(self):
        """Another session for a witness whose server has been restarted."""
        if self.sessions:
            self.sessions.pop(0).end()
        self.sessions.insert(0, self.cluster.session(self.database))

    def wait(self, what, expression, seconds, pause=0.05):
        return until(what, lambda: self.value(expression), seconds=seconds, pause=pause)

    def wait_until_done(self, seconds=60, besides=0):
        """Waits until no job is left but so many; without them the check tells which are missing."""
        until("all jobs are done", lambda: self.value("(select count(*) from jobs.job)") <= besides, seconds=seconds, pause=0.05)

    def runs(self):
        """Starts of handlers: key, job, attempt, worker and process of each."""
        file = self.spool / "runs"
        return [line.split() for line in file.read_text().splitlines()] if file.exists() else []

    def letters(self):
        file = self.spool / "letters"
        return file.read_text().splitlines() if file.exists() else []

    # Judging

    def check(self, sentence, faults=(), count=None):
        """Notes a sentence; it holds where there are no faults."""
        faults = [faults] if isinstance(faults, str) else [str(fault) for fault in faults]
        self.lines.append((sentence if count is None else f"{sentence} ({count})", faults))

    def at_most(self, sentence, value, limit, unit="s"):
        """A measured value with its limit."""
        faults = [] if value <= limit else [f"{value:.2f} {unit}, at most {limit:g} {unit}"]
        self.check(f"{sentence}: {value:.2f} {unit}, at most {limit:g}", faults)

    def judge(self):
        """Nothing is lost, nothing has its effect twice, nothing is done that nobody asked for."""
        wanted = {key for keys in self.planted.values() for key in keys}
        known = wanted | self.maybe
        gone = self.witness.rows("select ukey, count(*) from jobs.job_done group by ukey")
        done = {row["ukey"]: row["count"] for row in gone}
        dead = {row["ukey"]: row["reason"] for row in self.witness.rows("select ukey, reason from jobs.job_dead")}
        left = {row["ukey"] for row in self.witness.rows("select ukey from jobs.job")}
        expected = wanted - set(self.dead) - self.unfinished
        self.check("every job is done", sorted(expected - set(done)), len(expected))
        self.check("no job is done twice", [key for key, count in done.items() if count != 1], len(done))
        self.check("no other job is done", sorted(set(done) - known))
        self.check(
            "only what has to is given up", [f"{key}: {dead.get(key)}, not {self.dead.get(key)}"
                                             for key in set(dead) | set(self.dead) if dead.get(key) != self.dead.get(key)],
            len(dead))
        self.check("only what has to is left", sorted(left ^ self.unfinished), len(left))
        self.judge_effects(done)
        self.judge_letters(done)
        self.counts.update({
            "jobs": len(known), "runs": len(self.runs()), "effects": self.value("(select count(*) from faults.effect)"),
            "letters": len(self.letters())})

    def judge_effects(self, done):
        rows = self.witness.rows("select key, count(*) as effects from faults.effect group by key")
        effects = {row["key"]: row["effects"] for row in rows}
        asked = {key for key in done if key.split("-")[0] in ("note", "slow", "keyed")}
        self.check("every finished job has its effect", sorted(asked - set(effects)), len(asked))
        self.check("no effect twice", [f"{key}: {count}" for key, count in effects.items() if count > 1], sum(effects.values()))
        self.check("no effect without its job", sorted(set(effects) - asked - self.unfinished))

    def judge_letters(self, done):
        rows = {row["message_id"]: row["stage"] for row in self.witness.rows("select message_id, stage from faults.letter")}
        left = self.letters()
        if not rows and not left:
            return
        self.check(
            "no other letter left twice" if self.twice else "no letter left twice",
            sorted({letter for letter in left if left.count(letter) > 1} ^ self.twice), len(left))
        self.check(
            "every letter that was accepted left, and what may have left is unknown",
            [f"{letter}: {stage}" for letter, stage in rows.items()
             if (stage == "accepted" and letter not in left) or stage == "transmitting"],
            f"{list(rows.values()).count('accepted')} accepted, {list(rows.values()).count('unknown')} unknown")
        asked = {key for key in done if key.startswith("letter-")}
        self.check("every finished letter is in the ledger", sorted(asked - {row.split(".")[0][1:] for row in rows}))

    def finish(self):
        """Ends every process of the case by its number, whatever happened."""
        for process in self.processes:
            process.finish()
        for session in self.sessions:
            session.end()
        for ending in reversed(self.endings):
            ending()


class World:
    """The folder, the binary and the cluster that most cases share."""

    def __init__(self, options, folder, rng):
        self.options, self.folder, self.rng = options, folder, rng
        # A copy: the build may go on while this runs.
        self.binary = folder / "etalon-bench"
        shutil.copy(options.bin / "etalon-bench", self.binary)
        self.cluster = Cluster(folder / "pg", "fsync = off")

    def start(self):
        self.cluster.make().start()
        self.prepare(self.cluster, "queue", {
            "PGHOST": str(self.cluster.socket), "PGPORT": "5432", "PGUSER": "bench", "PGDATABASE": "queue"})

    def prepare(self, cluster, database, connection):
        """The role with the rights of the daemon's, a database of it, the queue's tables and those of the effects."""
        cluster.do(
            "postgres", "do $$ begin if not exists (select from pg_roles where rolname = 'bench') then"
            " create role bench login; grant pg_read_all_stats to bench; end if; end $$", f"create database {database} owner bench")
        run([self.binary, "jobs", "setup", "--effects"], env={**os.environ, **connection})

    def stop(self):
        self.cluster.stop("immediate")
