# SPDX-License-Identifier: Apache-2.0
"""The laboratory at work: people who post, remember what was acknowledged, and repeat what was not."""

import dataclasses
import http.client
import json
import threading
import time
import urllib.parse
import uuid

from faults.daemon import Failure, exchange

STAFF = {
    "reception": ["reception"], "technician": ["technician"], "reviewer": ["reviewer"], "quality": ["quality"],
    "signatory": ["signatory"], "signatory2": ["signatory", "reviewer"],
}
STANDARD = "NK-CHUAN"
PIN = "135791"


@dataclasses.dataclass
class Request:
    """A change that somebody wants, under the key that makes it one change however often it is sent."""

    caller: str
    path: str
    body: dict
    key: str
    sent: int = 0
    # The answer that the database held when the daemon was killed before the answer came; None: there was none.
    committed: str | None = None


@dataclasses.dataclass
class Acknowledgement:
    """What the laboratory was told is done."""

    request: Request
    status: int
    text: str
    # No daemon gave it: the proxy lied.
    planted: bool = False

    @property
    def answer(self):
        return json.loads(self.text)


class Refused(Exception):
    """The daemon refuses what it should not."""


class Laboratory:
    """What every writer knows: where to send, who everybody is, and whether the daemon is meant to be there."""

    def __init__(self, proxy_path, daemon_path):
        self.proxy_path, self.daemon_path = proxy_path, daemon_path
        self.up = threading.Event()
        self.stopping = threading.Event()
        self.lock = threading.Lock()
        self.tokens = {}
        self.acknowledged = []
        self.faults = []
        self.values = {}
        self.today = None

    # ---- set-up, directly to the daemon

    def ask(self, method, path, body=None, caller=None, key=None):
        """One exchange that is expected to succeed."""
        data = None if body is None else json.dumps(body, ensure_ascii=False).encode()
        token = self.tokens[caller] if caller else None
        key = key or (None if method == "GET" else str(uuid.uuid4()))
        answer = exchange(self.daemon_path, method, path, data, token, key)
        if answer.status >= 300:
            raise Failure(f"{method} {path} was answered {answer.status}: {answer.body.decode()}")
        return json.loads(answer.body)

    def set_up(self, today, writers):
        """Staff, customers, sites, a standard with its paper, who signs, and what a petrol sample is tested for."""
        self.today = today
        for username, roles in STAFF.items():
            self.ask("POST", "/v1/staff", {"username": username, "name": f"Nguyễn {username}", "roles": roles})
            made = self.ask("POST", "/v1/tokens", {"person": username, "label": "faults"})
            self.tokens[username] = made["token"]
        for number in range(writers):
            self.ask("POST", "/v1/customers", {
                "code": f"KH{number}", "name": f"DNTN Xăng dầu Hòa Bình {number}", "kind": "enterprise",
                "address": "12 Trần Phú"}, "reception")
            self.ask("POST", "/v1/sites", {
                "code": f"CH{number}", "customer": f"KH{number}", "name": f"Cửa hàng xăng dầu số {number}",
                "kind": "fuel_station", "place": "31135", "address": "1 Nguyễn Trãi"}, "reception")
        year = int(today[:4])
        self.ask("POST", "/v1/standards", {
            "code": STANDARD, "name_vi": "Nhiệt kế chuẩn", "name_en": "Reference thermometer",
            "kind": "reference_thermometer", "serial": "0001"}, "quality")
        self.ask("POST", "/v1/standard-certificates", {
            "standard": STANDARD, "kind": "calibration", "number": "V01.CN1", "organisation": "Viện Đo lường Việt Nam",
            "issued_on": f"{year - 1}-01-02", "valid_until": f"{year + 1}-12-31",
            "content": {"expanded_uncertainty": "0.02", "coverage_factor": "2"}}, "quality")
        for person, level, vi, en in (("signatory", "head", "GIÁM ĐỐC", "Director"),
                                      ("signatory2", "laboratory_head", "TRƯỞNG PHÒNG", "Head of laboratory")):
            self.ask("POST", "/v1/signing-authorities", {
                "person": person, "level": level, "form": "", "title_vi": vi, "title_en": en,
                "valid_from": f"{year - 1}-01-01", "decision": "QĐ 1"}, "quality")
            self.ask("POST", "/v1/pin", {"pin": PIN}, person)
        self._learn_values()

    def _learn_values(self):
        """A value that conforms for every indicator of the specification."""
        order = self.ask("POST", "/v1/orders", petrol_order(0, "mẫu thử"), "reception")
        for line in self.ask("GET", f"/v1/samples/{order['samples'][0]['number']}", caller="technician")["lines"]:
            kinds = {"class": "1a", "qualitative": "Đạt"}
            self.values[line["indicator"]] = kinds.get(
                line["result_kind"], line.get("upper") or line.get("lower") or "1")

    # ---- the books

    def acknowledge(self, entry):
        with self.lock:
            self.acknowledged.append(entry)

    def fault(self, sentence):
        with self.lock:
            self.faults.append(sentence)

    def of(self, path):
        """Acknowledgements of one sort."""
        with self.lock:
            return [entry for entry in self.acknowledged if entry.request.path == path]


class Writer(threading.Thread):
    """Receives samples, enters and corrects results, reviews, reports, calibrates, certifies, signs: over and over."""

    def __init__(self, number, laboratory, rng):
        super().__init__(name=f"writer {number}", daemon=True)
        self.number, self.laboratory, self.rng = number, laboratory, rng
        # The request that is sent and not acknowledged; whether this thread only waits for a daemon to be there.
        self.current = None
        self.parked = threading.Event()
        self.round = 0
        # Labels of reports that wait for their signatures.
        self.unsigned = []
        self.failure = None

    def run(self):
        try:
            while not self.laboratory.stopping.is_set():
                self.round += 1
                self._work_on_a_sample()
                self._work_on_instruments()
                self._sign_a_report()
        except StopIteration:
            return
        except Exception as error:  # a thread has nobody to throw to
            self.failure = f"{self.name}: {type(error).__name__}: {error}"
        finally:
            self.current = None
            self.parked.set()

    def post(self, caller, path, body):
        """Posts until there is an answer, always under the same key; returns the answer."""
        laboratory = self.laboratory
        request = Request(caller, path, body, str(uuid.UUID(int=self.rng.getrandbits(128))))
        data = json.dumps(body, ensure_ascii=False).encode()
        while True:
            self._wait_for_daemon()
            # From here until the acknowledgement a kill finds this request in flight.
            self.current = request
            request.sent += 1
            try:
                answer = exchange(
                    laboratory.proxy_path, "POST", path, data, laboratory.tokens[caller], request.key)
            except (OSError, http.client.HTTPException):
                time.sleep(0.01)
                continue
            if answer.status == 503 or (answer.status == 409 and b"busy" in answer.body):
                time.sleep(0.05)
                continue
            break
        text = answer.body.decode()
        if answer.status != 201:
            raise Refused(f"POST {path} was answered {answer.status}: {text}")
        self._compare(request, text, answer.replayed)
        laboratory.acknowledge(Acknowledgement(request, answer.status, text))
        self.current = None
        if laboratory.stopping.is_set():
            raise StopIteration
        return json.loads(text)

    def _wait_for_daemon(self):
        while not self.laboratory.up.is_set():
            self.parked.set()
            if self.laboratory.stopping.is_set():
                raise StopIteration
            self.laboratory.up.wait(0.2)
        self.parked.clear()

    def _compare(self, request, text, replayed):
        """A repetition gets the answer that was given in the transaction of the change, or does the change now."""
        told = f"{request.path} {request.key}"
        if request.committed is not None:
            if text != request.committed:
                self.laboratory.fault(f"{told}: another answer than the first")
            if not replayed:
                self.laboratory.fault(f"{told}: done twice, answered as new after it had been committed")
        elif request.sent == 1 and replayed:
            self.laboratory.fault(f"{told}: sent once, answered as if it were a repetition")

    def _work_on_a_sample(self):
        order = self.post("reception", "/v1/orders", petrol_order(self.number, f"Xăng RON 95-III, lần {self.round}"))
        sample = order["samples"][0]
        lines = sample["indicators"]
        values = self.laboratory.values
        first = [self._result(sample["number"], lines[0], f"95.{self.rng.randrange(1, 9)}")]
        self.post("technician", "/v1/results", {"results": first})
        self.post("technician", "/v1/results", {
            "results": [dict(first[0], value=f"96.{self.rng.randrange(1, 9)}", reason="Đọc nhầm")]})
        rest = lines[1:]
        while rest:
            count = self.rng.randrange(3, 9)
            batch, rest = rest[:count], rest[count:]
            self.post("technician", "/v1/results", {
                "results": [self._result(sample["number"], code, values[code]) for code in batch]})
        self.post("reviewer", "/v1/reviews", {"sample": sample["number"], "decision": "approved"})
        self.unsigned.append(self.post("reviewer", "/v1/reports", {"sample": sample["number"]})["label"])

    @staticmethod
    def _result(sample, indicator, value):
        return {"sample": sample, "indicator": indicator, "value": value}

    def _work_on_instruments(self):
        mark, site = f"{self.number}-{self.round}", f"CH{self.number}"
        used = f"{int(self.laboratory.today[:4]) - 1}-03-05"
        # Never verified, long in use: overdue the moment it is known, so that the next tick has a reminder to record.
        self.post("reception", "/v1/instruments", {
            "code": f"CX-{mark}", "type": "19", "serial": f"CX{mark}", "site": site, "put_in_use_on": used})
        self.post("technician", "/v1/instrument-events", {"instrument": f"CX-{mark}", "kind": "repaired"})
        self.post("reception", "/v1/instruments", {
            "code": f"NK-{mark}", "type": "C-THERMOMETER", "serial": f"NK{mark}", "site": site, "put_in_use_on": used})
        readings = [
            {"point": f"t{degrees}", "repetition": turn, "indicated": f"{degrees}.{turn}", "reference": f"{degrees}.05"}
            for degrees in (0, 20, 40) for turn in (1, 2, 3, 4)]
        measured = self.post("technician", "/v1/measurements", {
            "instrument": f"NK-{mark}", "kind": "calibration", "procedure": "HC-NK", "worked_on": self.laboratory.today,
            "standards": [STANDARD], "readings": readings, "checks": [{"step": "visual", "outcome": "pass"}],
            "conditions": {"temperature_celsius": "23.0"}})
        self.post("technician", "/v1/certificates", {"measurement": measured["id"]})

    def _sign_a_report(self):
        """Two signatures issue the oldest report, once it is rendered."""
        if self.unsigned and self._is_rendered(self.unsigned[0]):
            label = self.unsigned.pop(0)
            for person in ("signatory2", "signatory"):
                self.post(person, "/v1/signatures", {"documents": [label], "pin": PIN})

    def _is_rendered(self, label):
        try:
            answer = exchange(
                self.laboratory.proxy_path, "GET", f"/v1/documents/{urllib.parse.quote(label, safe='')}",
                token=self.laboratory.tokens["reviewer"])
        except (OSError, http.client.HTTPException):
            return False
        return answer.status == 200 and json.loads(answer.body)["pdf"]


def petrol_order(number, description):
    return {
        "customer": f"KH{number}", "site": f"CH{number}", "purpose": "customer",
        "samples": [{"matrix": "gasoline", "description": description, "specification": "XANG-RON95-III"}]}
