# SPDX-License-Identifier: Apache-2.0
"""Approves samples, asks for their reports one after the other, and waits for each PDF.

usage: issue_reports.py SOCKET TOKEN-FILE SAMPLE...
"""

import json
import sys
import time
import urllib.parse
import uuid

from enter_results import SocketConnection


def main():
    path, token_file, *samples = sys.argv[1:]
    with open(token_file, encoding="utf-8") as file:
        token = file.read().strip()
    connection = SocketConnection(path)

    def call(method, target, body=None):
        headers = {"Authorization": f"Bearer {token}"}
        if body is not None:
            body = json.dumps(body).encode()
            headers |= {"Content-Type": "application/json", "Idempotency-Key": str(uuid.uuid4())}
        connection.request(method, target, body, headers)
        response = connection.getresponse()
        return response.status, response.read()

    def written(target, body):
        status, text = call("POST", target, body)
        if status != 201:
            sys.exit(f"issue_reports: {status} {text.decode(errors='replace')}")
        return json.loads(text)

    for sample in samples:
        written("/v1/reviews", {"sample": sample, "decision": "approved"})
        begun = time.monotonic()
        label = written("/v1/reports", {"sample": sample})["label"]
        target = f"/v1/documents/{urllib.parse.quote(label, safe='')}/pdf"
        while call("GET", target)[0] != 200:
            if time.monotonic() - begun > 60:
                sys.exit(f"issue_reports: {label} has no PDF after a minute")
            time.sleep(0.005)


if __name__ == "__main__":
    main()
