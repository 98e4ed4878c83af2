# SPDX-License-Identifier: Apache-2.0
"""Stands between the programs and PostgreSQL: it can swallow the answer to what has been committed."""

import pathlib
import socket
import struct
import threading
import time


class Wire:
    """Passes bytes between a socket of its own and that of the server, a thread for each direction."""

    def __init__(self, folder, upstream):
        self.path, self.upstream = pathlib.Path(folder), upstream
        self.path.mkdir(parents=True, exist_ok=True)
        self.lock = threading.Lock()
        # How many answers are to be swallowed yet, to which words of which application, and which were.
        self.wanted, self.application, self.words, self.swallowed = 0, "", b"", []
        self.connections = set()
        self.listener = socket.socket(socket.AF_UNIX)
        self.listener.bind(str(self.path / ".s.PGSQL.5432"))
        self.listener.listen(64)
        threading.Thread(target=self._serve, daemon=True).start()

    def swallow(self, application, words=b"", count=1):
        """The next answers to statements of the application with these words are lost, and their connections with them."""
        with self.lock:
            self.wanted, self.application, self.words = count, application, words

    def _serve(self):
        while True:
            try:
                client, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self._connect, args=(client,), daemon=True).start()

    def _connect(self, client):
        server = socket.socket(socket.AF_UNIX)
        try:
            server.connect(self.upstream)
        except OSError:
            client.close()
            server.close()
            return
        link = Link(self, client, server)
        with self.lock:
            self.connections.add(link)
        threading.Thread(target=link.pass_requests, daemon=True).start()
        link.pass_answers()
        with self.lock:
            self.connections.discard(link)

    def takes(self, link, statement):
        """Whether the answer to this is one of those to be swallowed; it then counts as such."""
        with self.lock:
            if self.wanted <= 0 or not link.application.startswith(self.application) or self.words not in statement:
                return False
            self.wanted -= 1
            return True

    def close(self):
        self.listener.close()
        for link in list(self.connections):
            link.close()


class Link:
    """One connection."""

    def __init__(self, wire, client, server):
        self.wire, self.client, self.server = wire, client, server
        self.application = ""
        self.is_ready, self.is_doomed, self.statement = False, False, b""

    def close(self):
        for stream in (self.client, self.server):
            try:
                stream.shutdown(socket.SHUT_RDWR)
            except OSError:
                # Gone already.
                pass

    def pass_requests(self):
        first = True
        try:
            while data := self.client.recv(65536):
                if first and len(data) > 8 and struct.unpack(">i", data[4:8])[0] == 196608:
                    first = False
                    words = data[8:].split(b"\0")
                    pairs = dict(zip(words[::2], words[1::2]))
                    self.application = pairs.get(b"application_name", b"").decode()
                elif self.is_ready and not self.is_doomed and data[:1] in b"QBPE" and self.wire.takes(self, data):
                    self.is_doomed, self.statement = True, data[:160]
                self.server.sendall(data)
        except OSError:
            # Either side has gone.
            pass
        self.close()

    def pass_answers(self):
        answer = b""
        try:
            while data := self.server.recv(65536):
                if self.is_doomed:
                    # The server has done its work when it is ready for the next statement.
                    answer += data
                    if answer[-6:-1] == b"Z\0\0\0\5":
                        self.wire.swallowed.append((time.monotonic(), self.application, self.statement))
                        break
                    continue
                self.is_ready = self.is_ready or b"Z\0\0\0\5" in data
                self.client.sendall(data)
        except OSError:
            # Either side has gone.
            pass
        self.close()
        self.client.close()
        self.server.close()
