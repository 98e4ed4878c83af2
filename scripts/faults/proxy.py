# SPDX-License-Identifier: Apache-2.0
"""Stands between the writers and the daemon: it can keep back an answer, and it can lie about one."""

import socket
import threading


def read_message(stream):
    """A request or response with its body; empty when the stream ends before it is whole."""
    data = b""
    while b"\r\n\r\n" not in data:
        part = stream.recv(65536)
        if not part:
            return b""
        data += part
    head, _, body = data.partition(b"\r\n\r\n")
    length = int(header(head, b"content-length") or 0)
    while len(body) < length:
        part = stream.recv(65536)
        if not part:
            return b""
        body += part
    return head + b"\r\n\r\n" + body


def header(head, name):
    for line in head.split(b"\r\n")[1:]:
        found, _, value = line.partition(b":")
        if found.strip().lower() == name:
            return value.strip()
    return None


class Hold:
    """An answer of the daemon that is kept back: the daemon has given it, nobody has got it."""

    def __init__(self):
        self.caught = threading.Event()
        self.release = threading.Event()
        self.key = None
        self.body = None


class Proxy:
    """One thread a connection, one request a connection."""

    def __init__(self, path, upstream):
        self.path, self.upstream = path, upstream
        self.lock = threading.Lock()
        self.hold = None
        # Keys of requests that are acknowledged before the daemon has done them, with the answers to give.
        self.early = {}
        self.listener = socket.socket(socket.AF_UNIX)
        self.listener.bind(str(path))
        self.listener.listen(64)
        threading.Thread(target=self._serve, daemon=True).start()

    def hold_next(self):
        """Keeps back the next acknowledgement of a change and never passes it on."""
        with self.lock:
            self.hold = Hold()
            return self.hold

    def _serve(self):
        while True:
            try:
                connection, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self._handle, args=(connection,), daemon=True).start()

    def _handle(self, connection):
        with connection:
            try:
                request = read_message(connection)
                if not request:
                    return
                key = (header(request.partition(b"\r\n\r\n")[0], b"idempotency-key") or b"").decode()
                lie = self.early.pop(key, None)
                if lie is not None:
                    connection.sendall(
                        b"HTTP/1.1 201 Created\r\nContent-Type: application/json\r\n"
                        + f"Content-Length: {len(lie)}\r\n\r\n".encode() + lie)
                answer = self._forward(request)
                if answer and lie is None and not self._keeps_back(request, key, answer):
                    connection.sendall(answer)
            except OSError:
                # Either side has gone: the writer sees a broken connection, as with the daemon itself.
                return

    def _forward(self, request):
        with socket.socket(socket.AF_UNIX) as stream:
            stream.connect(str(self.upstream))
            stream.sendall(request)
            return read_message(stream)

    def _keeps_back(self, request, key, answer):
        with self.lock:
            hold = self.hold
            head, _, body = answer.partition(b"\r\n\r\n")
            is_new = head.startswith(b"HTTP/1.1 201 ") and header(head, b"idempotency-replayed") is None
            if hold is None or not request.startswith(b"POST ") or not is_new:
                return False
            self.hold = None
        hold.key, hold.body = key, body
        hold.caught.set()
        hold.release.wait(60)
        return True

    def close(self):
        self.listener.close()
