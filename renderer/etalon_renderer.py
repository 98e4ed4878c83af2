#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Turns the frozen content of documents into PDF/A-3b with Typst.

Frames are a 4-byte big-endian length and as many bytes of JSON, in both directions.

    request   {"kind": "test_report", "content": {...}, "qr_svg": "<svg ...>" or ""}
    answer    {"engine": "typst 0.15.0, templates 0f3c...", "pdf_base64": "..."}
              {"error": {"code": "bad_request" | "refused", "message": "..."}}

The compiler's memory grows with every document, so a stream ends after a number of them; its last answer
says so with "last": true.

On start it writes one frame {"ready": "<engine>"}. It serves one stream: standard input and output, or
each connection of a Unix socket (--socket; a listening socket handed over by systemd is taken first).
It reads fonts and templates from the folders it is told, and nothing from the network.
"""

import argparse
import base64
import datetime
import hashlib
import json
import os
import pathlib
import re
import signal
import socket
import socketserver
import struct
import sys

import typst

FRAME_LIMIT = 16 * 1024 * 1024
CLONE_NEWUSER = 0x10000000
CLONE_NEWNET = 0x40000000
KIND = re.compile(r"[a-z_]{1,64}\Z")


class BadRequest(Exception):
    """The frame is not a request."""


class Refused(Exception):
    """The request is well formed, but this content cannot be shown."""


class StreamEnded(Exception):
    """The other side closed the stream."""


class Renderer:
    """Templates and fonts, read once."""

    def __init__(self, templates: pathlib.Path, fonts: list[str]):
        for folder in fonts:
            if not os.path.isdir(folder):
                raise SystemExit(f"etalon-renderer: no folder of fonts at {folder}")
        self.templates = templates.resolve()
        self.kinds = {path.stem for path in self.templates.glob("*.typ")} - {"layout"}
        if not self.kinds:
            raise SystemExit(f"etalon-renderer: no templates in {templates}")
        self.engine = f"typst {typst.__version__}, templates {self._digest()[:16]}"
        self.fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=fonts)

    def _digest(self) -> str:
        digest = hashlib.sha256()
        for path in sorted(self.templates.rglob("*")):
            if not path.is_file():
                continue
            body = path.read_bytes()
            if path.suffix == ".typ" and b'"@' in body:
                raise SystemExit(f"etalon-renderer: {path.name} imports a package; only local files are used")
            digest.update(path.relative_to(self.templates).as_posix().encode() + b"\0")
            digest.update(len(body).to_bytes(8, "big") + body)
        return digest.hexdigest()

    def render(self, request: dict) -> bytes:
        kind, content, qr_svg = (request.get(key) for key in ("kind", "content", "qr_svg"))
        if not isinstance(kind, str) or not KIND.match(kind):
            raise BadRequest("kind must be the name of a template")
        if not isinstance(content, dict):
            raise BadRequest("content must be an object")
        if not isinstance(qr_svg, str):
            raise BadRequest("qr_svg must be a text")
        if kind not in self.kinds:
            raise Refused(f"there is no template {kind}.typ")
        inputs = {"document": json.dumps(content, ensure_ascii=False), "qr_svg": qr_svg}
        compiler = typst.Compiler(
            root=self.templates,
            font_paths=self.fonts,
            ignore_system_fonts=True,
            sys_inputs=inputs,
            package_path=os.devnull,
            package_cache_path=os.devnull,
        )
        try:
            pdf, warnings = compiler.compile_with_warnings(
                input=self.templates / f"{kind}.typ",
                format="pdf",
                pdf_standards="a-3b",
                timestamp=issued_at(content),
            )
        except (typst.TypstError, ValueError) as error:
            raise Refused(str(getattr(error, "message", "") or error)) from error
        if warnings:
            raise Refused("; ".join(warning.message for warning in warnings))
        return pdf


def issued_at(content: dict) -> int:
    """Noon UTC of the day of issue: the file's creation date, the same on every run."""
    try:
        day = datetime.date.fromisoformat(content["issued_on"])
    except (KeyError, TypeError, ValueError) as error:
        raise Refused("issued_on must be a date YYYY-MM-DD") from error
    noon = datetime.datetime.combine(day, datetime.time(12), tzinfo=datetime.timezone.utc)
    return int(noon.timestamp())


def read_exactly(stream, length: int) -> bytes:
    body = bytearray()
    while len(body) < length:
        part = stream.read(length - len(body))
        if not part:
            raise StreamEnded
        body += part
    return bytes(body)


def read_request(stream) -> dict:
    (length,) = struct.unpack(">I", read_exactly(stream, 4))
    if length > FRAME_LIMIT:
        left = length
        while left > 0:
            left -= len(read_exactly(stream, min(left, 65536)))
        raise BadRequest(f"the frame of {length} bytes is longer than {FRAME_LIMIT}")
    body = read_exactly(stream, length)
    try:
        request = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise BadRequest(f"not JSON: {error}") from error
    if not isinstance(request, dict):
        raise BadRequest("a request is an object")
    return request


def write_frame(stream, answer: dict) -> None:
    body = json.dumps(answer, ensure_ascii=False).encode("utf-8", "replace")
    stream.write(struct.pack(">I", len(body)) + body)
    stream.flush()


def answer_to(renderer: Renderer, source, time_limit: int) -> dict:
    try:
        request = read_request(source)
        # The default action of SIGALRM ends this process even inside the compiler's own code.
        signal.setitimer(signal.ITIMER_REAL, time_limit)
        try:
            pdf = renderer.render(request)
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
        return {"engine": renderer.engine, "pdf_base64": base64.b64encode(pdf).decode("ascii")}
    except BadRequest as error:
        return {"error": {"code": "bad_request", "message": str(error)}}
    except Refused as error:
        return {"error": {"code": "refused", "message": str(error)}}


def serve(renderer: Renderer, source, sink, time_limit: int, documents: int) -> None:
    """Answers frames until the stream ends or the process has done its share."""
    try:
        write_frame(sink, {"ready": renderer.engine})
        for left in range(documents - 1, -1, -1):
            answer = answer_to(renderer, source, time_limit)
            write_frame(sink, answer if left > 0 else answer | {"last": True})
    except (StreamEnded, BrokenPipeError, ConnectionResetError):
        return


class SocketServer(socketserver.ForkingMixIn, socketserver.UnixStreamServer):
    """A process for each connection, so that a document that hangs stops only its own."""

    max_children = 8


def inherited_listener() -> socket.socket | None:
    """The listening socket that systemd hands over as descriptor 3, if it does."""
    if os.environ.get("LISTEN_PID") != str(os.getpid()) or int(os.environ.get("LISTEN_FDS", "0")) < 1:
        return None
    return socket.socket(fileno=3)


def listen(path: str, handler) -> SocketServer:
    inherited = inherited_listener()
    if inherited is not None:
        server = SocketServer(path, handler, bind_and_activate=False)
        server.socket.close()
        server.socket = inherited
        return server
    try:
        os.unlink(path)
    except FileNotFoundError:
        pass
    previous = os.umask(0o117)
    try:
        return SocketServer(path, handler)
    finally:
        os.umask(previous)


def leave_network() -> None:
    """Moves into a network namespace without interfaces, where the kernel allows it.

    Under systemd PrivateNetwork= has done it already, and MemoryDenyWriteExecute= may forbid ctypes;
    elsewhere this is a second wall behind the refusal of packages in templates.
    """
    if "LISTEN_FDS" in os.environ:
        return
    import ctypes

    libc = ctypes.CDLL(None, use_errno=True)
    if libc.unshare(CLONE_NEWNET) != 0:
        libc.unshare(CLONE_NEWUSER | CLONE_NEWNET)


def main() -> None:
    parser = argparse.ArgumentParser(prog="etalon-renderer", description="Renders documents as PDF/A-3b.")
    parser.add_argument("--templates", required=True, type=pathlib.Path, help="folder of KIND.typ files")
    parser.add_argument("--fonts", action="append", required=True, help="folder of fonts; may be repeated")
    parser.add_argument("--socket", help="listen on this Unix socket instead of standard input")
    parser.add_argument("--time-limit", type=int, default=60, help="seconds for one document (default 60)")
    parser.add_argument("--documents", type=int, default=500, help="answers of one stream (default 500)")
    options = parser.parse_args()
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    renderer = Renderer(options.templates, options.fonts)
    if options.socket is None:
        os.closerange(3, 65536)  # whatever the parent forgot to close
        leave_network()
        sink = os.fdopen(os.dup(1), "wb")
        os.dup2(2, 1)  # so that nothing else can write between the frames
        serve(renderer, os.fdopen(0, "rb"), sink, options.time_limit, options.documents)
        return

    class Connection(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self.server.socket.close()  # this process serves its connection only
            serve(renderer, self.rfile, self.wfile, options.time_limit, options.documents)

    with listen(options.socket, Connection) as server:
        leave_network()
        server.serve_forever()


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit(130)
