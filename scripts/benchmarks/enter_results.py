# SPDX-License-Identifier: Apache-2.0
"""Enters results one a request over several connections at once and prints how many a second were acknowledged.

usage: enter_results.py SOCKET TOKEN-FILE RESULTS.csv FIRST ROWS SECONDS CONNECTIONS

The connections share ROWS rows of the file from row FIRST on and end with the time or with the rows. Prints
`COUNT SECONDS`.
"""

import csv
import http.client
import json
import multiprocessing
import socket
import sys
import time
import uuid


class SocketConnection(http.client.HTTPConnection):
    """HTTP over a Unix socket; it stays open from request to request."""

    def __init__(self, path):
        super().__init__("localhost", timeout=60)
        self.path = path

    def connect(self):
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(self.timeout)
        self.sock.connect(self.path)


def enter(path, token, rows, seconds, together, answers):
    """Enters rows until the time is over; puts the count and the seconds that it took, or what went wrong."""
    try:
        connection = SocketConnection(path)
        connection.connect()
        # One process a connection, all started before the first request.
        together.wait(30)
        begun = time.monotonic()
        done = 0
        for row in rows:
            body = json.dumps({"results": [row]}, ensure_ascii=False).encode()
            connection.request("POST", "/v1/results", body, {
                "Authorization": f"Bearer {token}", "Content-Type": "application/json",
                "Idempotency-Key": str(uuid.uuid4())})
            response = connection.getresponse()
            text = response.read()
            if response.status != 201:
                raise RuntimeError(f"{response.status} {text.decode(errors='replace')}")
            done += 1
            if time.monotonic() - begun >= seconds:
                break
        answers.put((done, time.monotonic() - begun))
    except Exception as error:
        together.abort()
        answers.put(str(error) or type(error).__name__)


def main():
    path, token_file, results, first, count, seconds, connections = sys.argv[1:]
    connections = int(connections)
    with open(token_file, encoding="utf-8") as file:
        token = file.read().strip()
    with open(results, encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))[int(first):][:int(count)]
    answers = multiprocessing.Queue()
    together = multiprocessing.Barrier(connections)
    processes = [
        multiprocessing.Process(
            target=enter, args=(path, token, rows[n::connections], float(seconds), together, answers))
        for n in range(connections)]
    for process in processes:
        process.start()
    found = [answers.get() for _ in processes]
    for process in processes:
        process.join()
    faults = [each for each in found if isinstance(each, str)]
    if faults:
        sys.exit(f"enter_results: {faults[0]}")
    print(sum(done for done, _ in found), max(took for _, took in found))


if __name__ == "__main__":
    main()
