"""An outside system on this machine: a real HTTP server that answers as it is told, and remembers what it was sent."""

from __future__ import annotations

import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import orjson

Answer = Callable[["Hearing"], None]


@dataclass
class Received:
    """One request as it came."""

    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def event(self) -> dict[str, Any]:
        """The CloudEvent that it carries."""
        event: dict[str, Any] = orjson.loads(self.body)
        return event


class Hearing(BaseHTTPRequestHandler):
    """One request being heard."""

    def do_POST(self) -> None:
        receiver: Receiver = self.server.receiver  # type: ignore[attr-defined]
        headers = {name.lower(): value for name, value in self.headers.items()}
        body = self.rfile.read(int(headers.get("content-length", 0)))
        receiver.received.append(Received(self.path, headers, body))
        answer = receiver.answers.pop(0) if receiver.answers else receiver.otherwise
        answer(self)

    def log_message(self, *told: object) -> None:
        """Stay quiet."""


def status(code: int, **headers: str) -> Answer:
    """Answer with a status alone."""

    def answer(hearing: Hearing) -> None:
        hearing.send_response(code)
        for name, value in headers.items():
            hearing.send_header(name, value)
        hearing.send_header("content-length", "0")
        hearing.end_headers()

    return answer


def hang(hearing: Hearing) -> None:
    """Say nothing until the receiver is closed."""
    hearing.server.receiver.closing.wait(30)  # type: ignore[attr-defined]
    hearing.close_connection = True


def drip(hearing: Hearing) -> None:
    """Start an answer that never ends, a byte at a time, each well within any time-out between two bytes."""
    hearing.wfile.write(b"HTTP/1.1 200 OK\r\nx-slow: ")
    closing = hearing.server.receiver.closing  # type: ignore[attr-defined]
    try:
        while not closing.wait(0.05):
            hearing.wfile.write(b"a")
            hearing.wfile.flush()
    except OSError:
        hearing.close_connection = True


def huge(hearing: Hearing) -> None:
    """Answer well, with far more than anybody wants to read."""
    hearing.send_response(200)
    hearing.end_headers()
    try:
        for _ in range(2000):
            hearing.wfile.write(b"x" * 1_000_000)
            hearing.server.receiver.written += 1_000_000  # type: ignore[attr-defined]
    except OSError:
        hearing.close_connection = True


@dataclass
class Receiver:
    """The outside system: what it was sent, and how it answers next."""

    server: ThreadingHTTPServer
    secure: bool = False
    received: list[Received] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)
    otherwise: Answer = field(default_factory=lambda: status(204))
    closing: threading.Event = field(default_factory=threading.Event)
    written: int = 0

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self.server.server_address[1])

    @property
    def url(self) -> str:
        """Its address."""
        return f"{'https' if self.secure else 'http'}://127.0.0.1:{self.port}/hook?from=parcours"

    @property
    def types(self) -> list[str]:
        """The types that it was sent, in order."""
        return [one.event["type"] for one in self.received]


@contextmanager
def receiving(context: ssl.SSLContext | None = None) -> Iterator[Receiver]:
    """A receiver that listens on a port of its own, over TLS when given a context."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Hearing)
    server.daemon_threads = True
    if context is not None:
        server.socket = context.wrap_socket(server.socket, server_side=True)
    receiver = Receiver(server, secure=context is not None)
    server.receiver = receiver  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    yield receiver
    receiver.closing.set()
    server.shutdown()
    server.server_close()
