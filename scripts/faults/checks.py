# SPDX-License-Identifier: Apache-2.0
"""Compares what the laboratory was told with what the database holds."""

import collections
import concurrent.futures
import json

from faults.daemon import Failure, exchange, until

RESULTS = """
select s.number as sample, l.code as indicator, v.version, v.text from record.result v
join record.request r on r.id = v.request_id
join record.sample s on s.id = r.sample_id
join catalogue.line l on l.id = r.line_id"""

NUMBERS = """
select x.series, x.year, x.numbers, s.last
from (select d.series, d.year, array_agg(d.number order by d.number) as numbers from record.document d group by 1, 2
      union all
      select 'order', 2000 + split_part(o.number, '-', 1)::int,
             array_agg(split_part(o.number, '-', 2)::int order by o.number)
      from record.work_order o group by 2
      union all
      select 'sample', 2000 + ltrim(split_part(n.number, '-', 1), 'M')::int,
             array_agg(split_part(n.number, '-', 2)::int order by n.number)
      from record.sample n group by 2) x
full join work.number_series s on s.series = x.series and s.year = x.year"""


def missing_results(acknowledged, witness):
    """Acknowledged versions of results that are not there, or not as they were acknowledged."""
    held = {(row["sample"], row["indicator"], row["version"]): row["text"] for row in witness.rows(RESULTS)}
    faults = []
    for entry in acknowledged:
        typed = {(item["sample"], item["indicator"]): item["value"] for item in entry.request.body["results"]}
        for item in entry.answer["items"]:
            place = (item["sample"], item["indicator"], item["version"])
            found = held.get(place)
            if found is None:
                faults.append(f"{place} was acknowledged as “{item['text']}” and is missing")
            elif found != item["text"] or found != typed[place[:2]]:
                faults.append(f"{place} was acknowledged as “{item['text']}” and is “{found}”")
    return faults


class Checks:
    """Everything that must hold after the last kill, one line each."""

    def __init__(self, daemon, laboratory, witness, orders_before):
        self.daemon, self.laboratory, self.witness = daemon, laboratory, witness
        self.orders_before = orders_before
        self.lines = []

    def check(self, sentence, faults, count=None):
        self.lines.append((sentence if count is None else f"{sentence} ({count})", list(faults)))

    def run(self):
        self._results()
        self._documents()
        self._others()
        self._signatures()
        self._numbers()
        self._reminders()
        self._repetitions()
        self._jobs_and_renderings()
        self._audit()
        alive = self._orphans()
        self.check("renderers of killed daemons ended by themselves", [f"process {pid} lives" for pid in alive],
                   len(self.daemon.orphans))

    def _results(self):
        entries = self.laboratory.of("/v1/results")
        count = sum(len(entry.answer["items"]) for entry in entries)
        self.check("every acknowledged result is there, with its text", missing_results(entries, self.witness), count)
        held = self.witness.value("select count(*) from record.result")
        told = sum(len(entry.answer["items"]) for entry in entries if not entry.planted)
        self.check("no result was entered twice or unasked",
                   [] if held == told else [f"{held} results, {told} acknowledged"])

    def _documents(self):
        entries = self.laboratory.of("/v1/reports") + self.laboratory.of("/v1/certificates")
        rows = self.witness.rows("select label, content_sha256 from record.document")
        held = {row["label"]: row["content_sha256"] for row in rows}
        faults = [
            f"{entry.answer['label']} was acknowledged and is missing or has another content" for entry in entries
            if held.get(entry.answer["label"]) != entry.answer["content_sha256"]]
        self.check("every acknowledged report and certificate is there, with its content", faults, len(entries))
        told = collections.Counter(entry.answer["label"] for entry in entries)
        faults = [f"{label} was given {times} times" for label, times in told.items() if times > 1]
        faults += [f"{label} was frozen and nobody was told" for label in held if label not in told]
        self.check("no number was given to two documents, none to a document that nobody asked for", faults)

    def _others(self):
        """Orders, reviews, instruments, events and measurements: as many as acknowledged, each with its identity."""
        kinds = {
            "/v1/orders": ("orders", "select id, number as code from record.work_order", "number"),
            "/v1/instruments": ("instruments", "select id, code from work.instrument", "code"),
            "/v1/instrument-events": (
                "instrument events",
                "select e.id, i.code from record.instrument_event e join work.instrument i on i.id = e.instrument_id", "code"),
            "/v1/measurements": (
                "measurements with their conclusion",
                "select m.id, i.code from record.measurement m join work.instrument i on i.id = m.instrument_id "
                "join record.conclusion c on c.measurement_id = m.id", "instrument"),
        }
        for path, (name, query, field) in kinds.items():
            entries = self.laboratory.of(path)
            held = {(row["id"], row["code"]) for row in self.witness.rows(query)}
            told = {(entry.answer["id"], entry.answer[field]) for entry in entries}
            faults = [f"{row} was acknowledged and is missing" for row in sorted(told - held)]
            surplus = len(held) - len(told & held) - (self.orders_before if path == "/v1/orders" else 0)
            if surplus or len(told) < len(entries):
                faults.append(f"{len(held)} in the database, {len(entries)} acknowledged")
            self.check(f"every acknowledged change is there once: {name}", faults, len(entries))
        entries = self.laboratory.of("/v1/reviews")
        reviewed = {row["number"] for row in self.witness.rows("""
            select s.number from record.sample s join record.request r on r.sample_id = s.id
            left join lateral (
                select v.id from record.result v where v.request_id = r.id order by v.version desc limit 1) v on true
            left join record.result_review w on w.result_id = v.id and w.decision = 'approved'
            group by s.id having bool_and(w.id is not null)""")}
        self.check("every acknowledged review is there, for every result of its sample", [
            f"{entry.request.body['sample']} was acknowledged as approved and is not" for entry in entries
            if entry.request.body["sample"] not in reviewed], len(entries))

    def _signatures(self):
        held = {(row["label"], row["username"]) for row in self.witness.rows("""
            select d.label, p.username from record.signature g join record.document d on d.id = g.document_id
            join work.person p on p.id = g.person_id""")}
        issued = {row["label"] for row in self.witness.rows("""
            select d.label from record.document_event e join record.document d on d.id = e.document_id
            where e.kind = 'issued'""")}
        told, told_issued = set(), set()
        entries = self.laboratory.of("/v1/signatures")
        for entry in entries:
            for item in entry.answer["items"]:
                if item["signed"]:
                    told.add((item["document"], entry.request.caller))
                if item["issued"]:
                    told_issued.add(item["document"])
        faults = [f"{pair} is not acknowledged or not there" for pair in sorted(told ^ held)]
        faults += [f"{label} was issued unasked or not at all" for label in sorted(told_issued ^ issued)]
        self.check("every acknowledged signature is there, once; what had both is issued", faults, len(entries))

    def _numbers(self):
        faults, count = [], 0
        for row in self.witness.rows(NUMBERS):
            numbers = row["numbers"] or []
            count += len(numbers)
            if numbers != list(range(1, len(numbers) + 1)) or row["last"] != len(numbers):
                gaps = sorted(set(range(1, (row["last"] or 0) + 1)) - set(numbers))[:5]
                faults.append(
                    f"series {row['series']} {row['year']}: {len(numbers)} numbers up to {row['last']}, missing {gaps}")
        self.check("numbers of every series run from 1 without gap or double", faults, count)

    def _reminders(self):
        overdue = """
            select i.code, count(r.id) as times from work.instrument i
            left join record.reminder r on r.subject_type = 'instrument' and r.subject_id = i.id
                and r.kind = 'verification' and r.stage in ('overdue', '14_days_over', '30_days_over')
            where i.type_code = '19' group by i.id"""
        try:
            until("every reminder is recorded",
                  lambda: all(row["times"] for row in self.witness.rows(overdue)), seconds=15, pause=0.2)
        except Failure:
            pass  # the check below names them
        rows = self.witness.rows(overdue)
        faults = [f"{row['code']}: {row['times']} reminders" for row in rows if row["times"] != 1]
        twice = self.witness.rows("""
            select subject_type, subject_id, kind, due_on, stage from record.reminder
            group by 1, 2, 3, anchor_id, 4, 5 having count(*) > 1""")
        faults += [f"{' '.join(map(str, row.values()))} twice" for row in twice]
        self.check("every overdue instrument was reminded of once", faults, len(rows))

    def _repetitions(self):
        """Every acknowledged request once more under its key."""
        def repeat(entry):
            request = entry.request
            answer = exchange(
                self.daemon.socket, "POST", request.path, json.dumps(request.body, ensure_ascii=False).encode(),
                self.laboratory.tokens[request.caller], request.key)
            text = answer.body.decode()
            if answer.replayed and (answer.status, text) == (entry.status, entry.text):
                return None
            how = "as before" if answer.replayed else "as new"
            return f"{request.path} {request.key}: repeated, it was answered {how} {answer.status} {text[:200]}"

        with self.laboratory.lock:
            entries = list(self.laboratory.acknowledged)
        with concurrent.futures.ThreadPoolExecutor(4) as pool:
            faults = [fault for fault in pool.map(repeat, entries) if fault]
        self.check("every acknowledged request, repeated under its key, gets its first answer", faults, len(entries))

    def _jobs_and_renderings(self):
        # Half a minute without a beat ends the lease of a killed worker. That time is made to have passed.
        self.witness.run(
            "update jobs.worker set beat_at = beat_at - interval '1 minute' "
            "where id <> (select max(id) from jobs.worker)")
        open_jobs = "select count(*) from jobs.job where kind = 'render_document'"
        try:
            until("every rendering is done", lambda: self.witness.value(open_jobs) == 0, seconds=90, pause=0.2)
        except Failure:
            pass  # the checks below name them
        count = self.witness.value("select count(*) from record.document")
        rows = self.witness.rows("""
            select d.label from record.document d left join record.rendering r on r.document_id = d.id
            where r.document_id is null or r.sha256 <> encode(sha256(r.pdf), 'hex') order by d.id""")
        self.check("every frozen document is rendered", [f"{row['label']} is not" for row in rows], count)
        rows = self.witness.rows("""
            select j.id, j.reason as why from jobs.job_dead j
            union all select j.id, 'still state ' || j.state from jobs.job j where j.kind = 'render_document'
            union all select min(f.id), 'done ' || count(*) || ' times' from jobs.job_done f
                      where f.kind = 'render_document' group by f.payload having count(*) > 1""")
        self.check("every rendering job was done once, none given up",
                   [f"job {row['id']}: {row['why']}" for row in rows])

    def _audit(self):
        answer = self.laboratory.ask("GET", "/v1/audit-verification", caller="quality")
        faults = [json.dumps(fault, ensure_ascii=False) for fault in answer["faults"]]
        if not answer["intact"] and not faults:
            faults = ["not intact"]
        self.check("the audit finds nothing altered, missing or unexplained", faults, answer["entries"])

    def _orphans(self):
        try:
            until("renderers end", lambda: not self.daemon.orphans_alive(), seconds=10, pause=0.1)
        except Failure:
            pass  # named by the caller
        return self.daemon.orphans_alive()
