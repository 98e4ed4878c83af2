# SPDX-License-Identifier: Apache-2.0
"""A daemon with a cluster of its own, and PostgreSQL's own word on what it does."""

import http.client
import json
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import time
import typing

POSTGRES = pathlib.Path("/usr/lib/postgresql/15/bin")


class Failure(Exception):
    """The script cannot go on; nothing is known about the daemon's promises."""


def until(what, condition, seconds=10.0, pause=0.005):
    """Waits for a condition and returns its value."""
    deadline = time.monotonic() + seconds
    while True:
        value = condition()
        if value:
            return value
        if time.monotonic() > deadline:
            raise Failure(f"waited {seconds:g} s in vain: {what}")
        time.sleep(pause)


class SocketConnection(http.client.HTTPConnection):
    """HTTP over a Unix socket."""

    def __init__(self, path, timeout):
        super().__init__("localhost", timeout=timeout)
        self.path = str(path)

    def connect(self):
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(self.timeout)
        self.sock.connect(self.path)


class Answer(typing.NamedTuple):
    """A whole answer. `replayed`: the daemon says that it gave it before, under the same key."""

    status: int
    body: bytes
    replayed: bool


def exchange(path, method, target, body=None, token=None, key=None, timeout=60):
    """One request and its whole answer. Raises OSError or HTTPException when there is none."""
    headers = {"Connection": "close"}
    if token:
        headers["Authorization"] = f"Bearer {token}"
    if key:
        headers["Idempotency-Key"] = key
    if body is not None:
        headers["Content-Type"] = "application/json"
    connection = SocketConnection(path, timeout)
    try:
        connection.request(method, target, body, headers)
        response = connection.getresponse()
        return Answer(response.status, response.read(), response.getheader("Idempotency-Replayed") == "true")
    finally:
        connection.close()


class Session:
    """A superuser's session of psql that stays open: a witness, or a brake that holds a lock."""

    END = "end-of-answer"

    def __init__(self, host, database="etalon"):
        self.process = subprocess.Popen(
            [str(POSTGRES / "psql"), "--no-psqlrc", "--quiet", "--no-align", "--tuples-only", "--host", str(host),
             "--username", "postgres", database],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, bufsize=1)

    def run(self, *statements):
        """Runs statements one after the other; returns the lines that they print."""
        for statement in statements:
            self.process.stdin.write(f"{statement};\n\\echo {self.END} :ERROR\n")
            self.process.stdin.flush()
            lines = []
            while not (line := self.process.stdout.readline()).startswith(self.END):
                if not line:
                    raise Failure(f"the session of psql has ended: {''.join(lines)}")
                lines.append(line.rstrip("\n"))
            if line.split()[-1] != "false":
                raise Failure(f"PostgreSQL refuses: {' '.join(lines)} ({statement})")
        return lines

    def rows(self, query):
        """The rows of a query, each a dictionary."""
        return json.loads(self.run(f"select coalesce(jsonb_agg(q), '[]')::text from ({query}) q")[0])

    def value(self, expression):
        """The value of an expression, as its JSON says it."""
        return json.loads(self.run(f"select coalesce(to_jsonb(({expression})), 'null')::text")[0])

    def close(self):
        self.process.stdin.close()
        self.process.wait(10)
        self.process.stdout.close()

    def end(self):
        """Ends the session whatever it does, as a client that is killed."""
        self.process.kill()
        self.process.wait()
        self.process.stdout.close()


class Daemon:
    """The daemon under test. `kill` is SIGKILL; the cluster lives on and the next start adopts it."""

    def __init__(self, folder, binary, python, source, log_level="info"):
        self.folder = pathlib.Path(folder)
        self.source = source
        self.script = source / "renderer" / "etalon_renderer.py"
        self.socket = self.folder / "daemon.sock"
        self.cluster = self.folder / "pg"
        self.log = self.folder / "daemon.log"
        self.configuration = self.folder / "etalon.yaml"
        self.process = None
        self.orphans = set()
        # A copy: the build may go on while this runs.
        self.binary = self.folder / "etalond"
        shutil.copy(binary, self.binary)
        self._configure(python, log_level)

    def _configure(self, python, log_level):
        lines = [
            "public_url: http://127.0.0.1:8321", f"log_level: {log_level}", "listen:", f"  socket: {self.socket}",
            # Looks and ticks come every second instead of every half minute.
            "jobs:", "  ceiling_seconds: 1",
            "renderer:", f"  python: {python}", f"  script: {self.script}",
            f"  templates: {self.source / 'config' / 'templates'}"]
        if os.getuid() == 0 and self._may_render(python, "nobody"):
            lines.append("  user: nobody")
        self.configuration.write_text("\n".join(lines) + "\n")

    def _may_render(self, python, user):
        """Whether the user can reach the renderer; in a closed home it cannot."""
        read = [str(python), "-I", "-B", "-c", "import sys; open(sys.argv[1]).read()", str(self.script)]
        try:
            return subprocess.run(read, user=user, stderr=subprocess.DEVNULL, check=False).returncode == 0
        except (OSError, LookupError):
            return False

    def start(self, load=False):
        command = [str(self.binary), "serve", "--config", str(self.configuration), "--embedded", str(self.cluster)]
        if load:
            command += ["--load", str(self.source / "config")]
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        until("the daemon is ready", self._is_ready, seconds=90)

    def _is_ready(self):
        if self.process.poll() is not None:
            raise Failure(f"the daemon ended with {self.process.returncode}")
        try:
            return exchange(self.socket, "GET", "/readyz", timeout=5).status == 200
        except (OSError, http.client.HTTPException):
            return False

    def kill(self):
        """SIGKILL, as power cuts do it: no handler runs, no answer is finished."""
        self.orphans |= set(self.renderers())
        self.process.kill()
        self.process.wait()

    def renderers(self):
        """The daemon's children that render."""
        found = []
        for entry in pathlib.Path("/proc").iterdir():
            if entry.name.isdigit() and self._is_renderer(entry):
                found.append(int(entry.name))
        return found

    def _is_renderer(self, entry):
        try:
            # The name in parentheses may hold blanks: the parent stands second after it.
            parent = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
            return parent == self.process.pid and str(self.script).encode() in (entry / "cmdline").read_bytes()
        except (OSError, IndexError, ValueError):
            return False

    def orphans_alive(self):
        """Renderers of killed daemons that have not ended."""
        alive = []
        for pid in self.orphans:
            try:
                if str(self.script).encode() in pathlib.Path(f"/proc/{pid}/cmdline").read_bytes():
                    alive.append(pid)
            except OSError:
                continue
        return alive

    def stop(self):
        """Ends the daemon in good order, and the cluster with it."""
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(30)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        self._stop_cluster()
        for pid in self.orphans_alive():
            os.kill(pid, signal.SIGKILL)

    def _stop_cluster(self):
        """Ends a cluster that its daemon left behind."""
        try:
            lines = (self.cluster / "data" / "postmaster.pid").read_text().splitlines()
            if lines[1] == str(self.cluster / "data"):
                pid = int(lines[0])
                os.kill(pid, signal.SIGINT)
                until("PostgreSQL ends", lambda: not pathlib.Path(f"/proc/{pid}").exists(), seconds=30, pause=0.05)
        except (OSError, IndexError, ValueError):
            return

    def tail(self, lines=15):
        """The end of the log without the requests."""
        text = self.log.read_text(errors="replace").splitlines() if self.log.exists() else []
        return "\n".join([line for line in text if "Request answered" not in line][-lines:])
