# SPDX-License-Identifier: Apache-2.0
"""Kills the daemon at chosen moments. PostgreSQL is the brake that holds a moment and the witness that proves it."""

import collections
import os
import signal

from faults.daemon import Failure, until

# A session of the daemon that waits for a table, and whether its transaction has written to another one.
WAITING_FOR = """
select a.pid from pg_stat_activity a
join pg_locks w on w.pid = a.pid and not w.granted and w.relation = '{table}'::regclass
where a.usename = 'etalon' and exists (
    select from pg_locks h
    where h.pid = a.pid and h.granted and h.mode = 'RowExclusiveLock' and h.relation = '{written}'::regclass)"""

# A session of the daemon whose commit is on disk and not yet answered.
COMMITTED_UNTOLD = """
select a.pid from pg_stat_activity a where a.usename = 'etalon' and a.wait_event = 'SyncRep' and exists (
    select from pg_locks h
    where h.pid = a.pid and h.granted and h.mode = 'RowExclusiveLock' and h.relation = '{written}'::regclass)"""

# A session of the daemon whose commit is held.
HELD = "select a.pid from pg_stat_activity a where a.usename = 'etalon' and a.wait_event = 'SyncRep'"

# A tick that waits for the table of reminders.
TICK_WAITS = """
select a.pid from pg_stat_activity a
join pg_locks w on w.pid = a.pid and not w.granted and w.relation = 'record.reminder'::regclass
where a.usename = 'etalon'"""

# Instruments that are overdue, with no reminder yet.
UNREMINDED = """
select i.id from work.instrument i where i.type_code = '19' and not exists (
    select from record.reminder r where r.subject_type = 'instrument' and r.subject_id = i.id)"""

# A commit that waits for a standby that does not exist is on disk, but neither seen by others nor answered.
HOLD_COMMITS = ("alter system set synchronous_standby_names = 'nobody'", "select pg_reload_conf()")
LET_COMMITS_GO = ("alter system reset synchronous_standby_names", "select pg_reload_conf()")


class Killer:
    """Holds a moment, proves it, kills, asks the database what became of every request in flight, starts anew."""

    KINDS = (
        "before COMMIT", "between COMMIT and answer", "during rendering", "during a reminder tick", "at any moment")
    ATTEMPTS = 8

    def __init__(self, daemon, proxy, laboratory, writers, witness, brakes, rng):
        self.daemon, self.proxy, self.laboratory, self.writers = daemon, proxy, laboratory, writers
        self.witness, self.rng = witness, rng
        self.brake, self.second_brake = brakes
        self.counts = collections.Counter()
        self.details = collections.Counter()
        self.turns = collections.Counter()
        self.cut_off = self.cut_off_committed = 0

    def kill(self, kind):
        """One kill of a kind, once its moment is proven."""
        variants = {
            "before COMMIT": (self._with_number_taken, self._with_answer_written),
            "between COMMIT and answer": (self._before_daemon_knows, self._before_client_knows),
            "during rendering": (self._rendering,),
            "during a reminder tick": (self._tick_with_reminder_written, self._tick_committed, self._tick_begun),
            "at any moment": (self._any_moment,),
        }[kind]
        variant = variants[self.turns[kind] % len(variants)]
        self.turns[kind] += 1
        for _ in range(self.ATTEMPTS):
            self.work_goes_on()
            detail = variant()
            if detail:
                self.counts[kind] += 1
                self.details[kind, detail] += 1
                return
        raise Failure(f"no kill {kind}: the moment was not met in {self.ATTEMPTS} attempts ({variant.__name__})")

    # ---- before COMMIT

    def _with_number_taken(self):
        return self._braked("record.document", "work.number_series", "number taken, document not written")

    def _with_answer_written(self):
        return self._braked("work.idempotency", "record.audit_entry", "everything written, COMMIT not sent")

    def _braked(self, table, written, detail):
        """Holds transactions of the daemon before they write to a table, having written to another."""
        self.brake.run("begin", f"lock table {table} in exclusive mode")
        waiting = self._soon(lambda: self.witness.rows(WAITING_FOR.format(table=table, written=written)))
        if not waiting:
            self.brake.run("rollback")
            return None
        requests = self._strike(lambda: self.brake.run("rollback"))
        lost = [request for request in requests if request.committed is None]
        self._revive()
        # Killed there, the transaction is gone; one that is not would be a change without its daemon.
        return detail if lost else None

    # ---- between COMMIT and answer

    def _before_daemon_knows(self):
        self.brake.run(*HOLD_COMMITS)
        held = self._soon(lambda: self.witness.rows(COMMITTED_UNTOLD.format(written="work.idempotency")))
        if not held:
            self.brake.run(*LET_COMMITS_GO)
            return None
        requests = self._strike(lambda: self.brake.run(*LET_COMMITS_GO))
        committed = [request for request in requests if request.committed is not None]
        self._revive()
        return "committed, the daemon not told" if committed else None

    def _before_client_knows(self):
        hold = self.proxy.hold_next()
        if not hold.caught.wait(5):
            self.proxy.hold = None
            hold.release.set()
            return None
        kept = self.witness.value(f"select answer from work.idempotency where key = '{hold.key}'")
        if kept != hold.body.decode():
            self.laboratory.fault(f"key {hold.key}: an answer was given that is not the stored one")
        self._strike(hold.release.set)
        self._revive()
        return "answer given, nobody has it"

    # ---- during rendering

    def _rendering(self):
        renderers = self._soon(self.daemon.renderers)
        if not renderers:
            return None
        running = ("select j.id from jobs.job j where j.kind = 'render_document' and j.state = 2 "
                   "and j.worker = (select max(w.id) from jobs.worker w)")
        try:
            for pid in renderers:
                os.kill(pid, signal.SIGSTOP)
            jobs = self._soon(lambda: self.witness.rows(running))
            if jobs:
                self._strike()
        finally:
            # It wakes to a closed pipe and has to end by itself.
            for pid in renderers:
                os.kill(pid, signal.SIGCONT)
        if not jobs:
            return None
        self._revive()
        return "renderer at work"

    # ---- during a reminder tick

    def _tick_begun(self):
        self.brake.run("begin", "lock table record.reminder in exclusive mode")
        # The lock is asked for before the statement looks: instruments may still come.
        return self._tick_braked(lambda: self.witness.rows(TICK_WAITS), "tick begun, nothing written")

    def _tick_with_reminder_written(self):
        # Stopped at its first table until the second brake is on, so that it meets that one however quick it is.
        self.brake.run("begin", "lock table record.reminder in exclusive mode")
        wanted = self._soon(lambda: self.witness.rows(TICK_WAITS) and self.witness.rows(UNREMINDED))
        if wanted:
            self.second_brake.run("begin", "lock table record.audit_entry in share mode")
        self.brake.run("rollback")
        waiting = WAITING_FOR.format(table="record.audit_entry", written="record.reminder")
        return wanted and self._tick_braked(
            lambda: self.witness.rows(waiting), "reminders written, not committed", brake=self.second_brake)

    def _tick_braked(self, waiting, detail, brake=None):
        brake = brake or self.brake
        met = self._soon(lambda: waiting() and self.witness.rows(UNREMINDED))
        if not met:
            brake.run("rollback")
            return None
        self._strike(lambda: brake.run("rollback"))
        still = {row["id"] for row in self.witness.rows(UNREMINDED)}
        if not {row["id"] for row in met} <= still:
            self.laboratory.fault("a reminder of a tick that was killed before its COMMIT exists")
        self._revive()
        return detail

    def _tick_committed(self):
        # A tick takes a few milliseconds: it is stopped at its first table until commits are held, and then let on.
        self.brake.run("begin", "lock table record.reminder in exclusive mode")
        wanted = self._soon(lambda: self.witness.rows(TICK_WAITS) and self.witness.rows(UNREMINDED))
        if wanted:
            self.witness.run(*HOLD_COMMITS)
            wanted = self._soon(lambda: self.witness.rows(HELD)) and self.witness.rows(UNREMINDED)
        self.brake.run("rollback")
        held = wanted and self._soon(lambda: self.witness.rows(COMMITTED_UNTOLD.format(written="record.reminder")))
        if not held:
            self.brake.run(*LET_COMMITS_GO)
            return None
        self._strike(lambda: self.brake.run(*LET_COMMITS_GO))
        still = {row["id"] for row in self.witness.rows(UNREMINDED)}
        self._revive()
        return "reminders committed, the daemon not told" if {row["id"] for row in wanted} - still else None

    # ---- at any moment

    def _any_moment(self):
        self.laboratory.stopping.wait(self.rng.uniform(0, 0.4))
        self._strike()
        self._revive()
        return "as it came"

    # ---- what all have in common

    def _soon(self, condition):
        try:
            return until("", condition, seconds=4)
        except Failure as failure:
            if str(failure).startswith("waited"):
                return None
            raise

    def work_goes_on(self, more=12):
        """Waits until the writers got answers from the daemon that runs now."""
        before = len(self.laboratory.acknowledged)

        def goes_on():
            broken = [writer.failure for writer in self.writers if writer.failure]
            if broken:
                raise Failure("; ".join(broken))
            return len(self.laboratory.acknowledged) >= before + more

        until("the writers get answers", goes_on, seconds=30)

    def let_go(self):
        """After a failure: no brake, and a daemon that runs."""
        self.brake.run("rollback", *LET_COMMITS_GO)
        self.second_brake.run("rollback")
        if self.daemon.process.poll() is not None:
            self.daemon.start()
        self.laboratory.up.set()

    def _strike(self, release=lambda: None):
        """Kills, lets the brakes go, and learns from the database which requests in flight had been committed."""
        self.laboratory.up.clear()
        self.daemon.kill()
        release()
        sessions = "select count(*) from pg_stat_activity where usename = 'etalon'"
        until("the sessions of the killed daemon end", lambda: self.witness.value(sessions) == 0, seconds=20)
        # An answer that came through at the last moment is an acknowledgement, not a request in flight.
        until("the writers have noticed", lambda: all(writer.parked.is_set() for writer in self.writers), seconds=20)
        return self._classify()

    def _classify(self):
        requests = [request for writer in self.writers if (request := writer.current) is not None]
        keys = ", ".join(f"'{request.key}'" for request in requests) or "''"
        kept = {row["key"]: row["answer"] for row in self.witness.rows(
            f"select key, answer from work.idempotency where key in ({keys})")}
        for request in requests:
            answer = kept.get(request.key)
            if request.committed is not None and answer != request.committed:
                self.laboratory.fault(f"{request.path} {request.key}: a committed answer is gone or another")
            request.committed = answer
        self.cut_off += len(requests)
        self.cut_off_committed += len(kept)
        return requests

    def _revive(self):
        self.daemon.start()
        self.laboratory.up.set()
