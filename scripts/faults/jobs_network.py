# SPDX-License-Identifier: Apache-2.0
"""The network is cut without a word, hints cannot be sent, a pooler stands between: F8, F16, F17."""

import os
import pathlib
import subprocess
import threading
import time

from faults.daemon import POSTGRES, Failure, until
from faults.jobs_world import Cluster, as_postgres, run

LEASE = 30


class Network:
    """Three network namespaces in a row: server, router, worker. The router can fall silent in both directions."""

    def __init__(self):
        mark = f"etf{os.getpid() % 100000}"
        self.server, self.router, self.worker = (f"{mark}{end}" for end in "srw")
        for name in (self.server, self.router, self.worker):
            run(["ip", "netns", "add", name])
            run(["ip", "-n", name, "link", "set", "lo", "up"])
        self._join(self.server, "10.213.1.1", "10.213.1.254")
        self._join(self.worker, "10.213.2.1", "10.213.2.254")
        self.heal()

    def _join(self, name, address, gateway):
        near, far = f"{name}a", f"{name}b"
        run(["ip", "-n", name, "link", "add", "name", near, "type", "veth", "peer", "name", far, "netns", self.router])
        for space, link, mine in ((name, near, address), (self.router, far, gateway)):
            run(["ip", "-n", space, "address", "add", f"{mine}/24", "dev", link])
            run(["ip", "-n", space, "link", "set", link, "up"])
        run(["ip", "-n", name, "route", "add", "default", "via", gateway])

    def _forward(self, value):
        run(["ip", "netns", "exec", self.router, "sh", "-c", f"echo {value} > /proc/sys/net/ipv4/ip_forward"])

    def cut(self):
        """From now on every packet disappears, and nobody says so."""
        self._forward(0)

    def heal(self):
        self._forward(1)

    def remove(self):
        for name in (self.server, self.router, self.worker):
            subprocess.run(["ip", "netns", "delete", name], check=False)


def f8_cluster(world):
    if os.getuid() != 0:
        raise Failure("only root can make network namespaces")
    network = Network()
    cluster = Cluster(world.folder / "pg-f8", "listen_addresses = '10.213.1.1' \n fsync = off",
                      prefix=["ip", "netns", "exec", network.server])
    cluster.network = network
    cluster.make()
    with open(cluster.data / "pg_hba.conf", "a", encoding="utf-8") as file:
        file.write("host all all 10.213.0.0/16 trust\n")
    return cluster.start_and_return()


def f8(case):
    """Packets between a worker and the server disappear for minutes; no connection is closed."""
    network = case.cluster.network
    case.endings += [network.remove, lambda: case.cluster.stop("immediate")]
    inside = ["ip", "netns", "exec", network.worker]
    cut_off = case.worker("cut-off", prefix=inside, environment={"PGHOST": "10.213.1.1"}, lease=LEASE)
    case.wait("it is registered", "exists (select from jobs.worker)", 20)
    case.plant("note", 50)
    case.wait_until_done()
    case.plant("slow", 40, milliseconds=8000)
    case.wait("40 jobs run", "(select count(*) from jobs.job where state = 2) = 40", 20)
    old = case.value("(select max(id) from jobs.worker)")
    other = case.worker("other", lease=LEASE)
    until("the other worker is there", lambda: other.said("worker registered"), 20)
    mark, begun = len(cut_off.events()), time.monotonic()
    network.cut()
    until("the worker has noticed", lambda: len(cut_off.events()) > mark, 90)
    case.at_most("the cut is noticed", time.monotonic() - begun, 20)
    case.wait("the other worker has rescued all", f"not exists (select from jobs.job where worker = {old})", LEASE + 20)
    case.at_most("rescued after the cut", time.monotonic() - begun, LEASE + 12)
    case.plant("note", 100, first=1000)
    case.wait_until_done()
    # Longer than any patience of either side.
    length = 300 if case.options.long else 60
    until("the cut lasts", lambda: time.monotonic() - begun > length, length + 5, pause=0.2)
    network.heal()
    healed = time.monotonic()
    case.wait("the worker has a new name", f"(select count(*) from jobs.worker where id > {old}) = 2", 60)
    case.at_most("it is back after the cut", time.monotonic() - healed, 15)
    case.check("it wrote nothing under its old name", case.witness.rows(
        f"select key from faults.effect where worker = {old} and key like 'slow-%'"))
    other.terminate()
    case.plant("note", 20, first=5000)
    case.wait_until_done()
    case.counts.update({"cuts": 1, "seconds": length})


f8.cluster = f8_cluster


def f16_cluster(world):
    return Cluster(world.folder / "pg-f16", "fsync = off").make().start_and_return()


def f16(case):
    """Somebody who listens and is stuck lets the server's queue of notifications fill."""
    case.endings.append(lambda: case.cluster.stop("immediate"))
    worker = case.worker("worker", ceiling=2, watch=2)
    case.plant("note", 10)
    case.wait_until_done()
    stuck = case.session()
    stuck.run("listen stuck", "begin", "select 1")
    # Eight gibibytes, a page each; the same number of programs as processors would gain nothing: the queue has one lock.
    filler = case.folder / "fill.sql"
    filler.write_text(
        "select count(pg_notify('stuck', n || repeat('x', 7980))) from generate_series(1, 2000) n;\n")
    clients = subprocess.Popen(
        [str(POSTGRES / "pgbench"), "-n", "-f", str(filler), "-t", "100000", "-h", str(case.cluster.socket), "-U", "postgres",
         case.database], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    begun = time.monotonic()
    try:
        said = clients.communicate(timeout=400)[1]
    except subprocess.TimeoutExpired:
        clients.kill()
        clients.wait()
        said = "not full after 400 s"
    case.check("the queue of notifications is full", [] if "too many notifications" in said else said[-300:],
               f"{time.monotonic() - begun:.0f} s, {case.value('pg_notification_queue_usage()'):.2f} of it used")
    case.wait("an operator is told", "exists (select from jobs.alarm where name = 'notifications')", 20)
    case.check("an operator was told")
    begun = time.monotonic()
    case.plant("note", 50, first=100)
    case.wait_until_done(20)
    case.at_most("work is found by looking", time.monotonic() - begun, 6)
    producer = case.producer("p", rate=50)
    time.sleep(4)
    producer.finish()
    case.check("nobody who enqueues is refused", producer._list("refused"), len(producer.acknowledged))
    case.expect(producer)
    stuck.run("rollback", "select 1")
    case.wait_until_done(20)
    case.wait("the alarm is over", "not exists (select from jobs.alarm where name = 'notifications')", 30)
    case.check("the alarm is over when the listener reads")
    case.check("the worker lives", [] if worker.is_alive else "it does not")


f16.cluster = f16_cluster


def f17(case):
    """A pooler that lends the server by the transaction stands between."""
    program = pathlib.Path("/usr/sbin/pgbouncer")
    if not program.exists():
        raise Failure("no pgbouncer: scripts/packages faults --install")
    folder = case.folder / "pooler"
    folder.mkdir()
    (folder / "users").write_text('"bench" ""\n')
    (folder / "pooler.ini").write_text(f"""
[databases]
* = host={case.cluster.socket} port=5432
[pgbouncer]
listen_addr =
unix_socket_dir = {folder}
listen_port = 5432
auth_type = any
auth_file = {folder}/users
pool_mode = transaction
default_pool_size = 8
logfile = {folder}/log
pidfile = {folder}/pid
[users]
""")
    (folder / "pooler.ini").write_text((folder / "pooler.ini").read_text().replace(
        "* = host=", f"{case.database} = user=bench host="))
    Cluster._give(folder)
    pooler = subprocess.Popen(
        as_postgres([program, "-q", folder / "pooler.ini"]), cwd="/tmp", stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    case.processes.append(Ended(pooler))
    through = {"PGHOST": str(folder)}
    until("the pooler is there", lambda: (folder / ".s.PGSQL.5432").exists(), 10)
    worker = case.worker("worker", environment=through, ceiling=1, pooled="")
    producer = case.producer("p", rate=100, environment=through, pooled=True)
    case.plant("slow", 40, milliseconds=300)
    case.plant("letter", 10, milliseconds=50)
    case.wait("work is under way", "(select count(*) from faults.effect) > 100", 30)
    for _ in range(3):
        case.value("(select count(pg_terminate_backend(pid)) from pg_stat_activity where usename = 'bench')")
        time.sleep(1)
    case.wait("work goes on", "exists (select from faults.effect where at > clock_timestamp() - interval '1 s')", 30)
    producer.finish()
    case.expect(producer)
    case.wait_until_done()
    case.check("it says that it does not listen", [] if worker.said("listen") else "it does not")
    case.check("the worker lives", [] if worker.is_alive else "it does not")


class Ended:
    """A process that is ended with the case."""

    def __init__(self, process):
        self.process = process

    def finish(self):
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(5)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()


CASES = {
    "F8": ("the network is cut in silence", f8), "F16": ("the queue of notifications is full", f16),
    "F17": ("a pooler by the transaction", f17)}
