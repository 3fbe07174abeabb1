"""A running server: gunicorn on a real database, called over real HTTP, and killed without warning."""

from __future__ import annotations

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy import Engine, text

PATIENCE = 60.0
PYTHON = (sys.executable, "-P", "-m")


class Answer(NamedTuple):
    """What the server answered."""

    status: int
    json: Any


def free_port() -> int:
    """A port that nothing listens on."""
    with socket.socket() as tried:
        tried.bind(("127.0.0.1", 0))
        return int(tried.getsockname()[1])


def eventually(holds: Callable[[], Any], what: str) -> Any:
    """Wait until something holds, and hand it back."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        found = holds()
        if found:
            return found
        threading.Event().wait(0.02)
    raise AssertionError(f"{what} never came")


class Process:
    """A part of an installation in a process group of its own."""

    def __init__(self, command: Sequence[str], url: str, home: Path) -> None:
        environment = {**os.environ, "DATABASE_URL": url, "PARCOURS_HOME": str(home), "PARCOURS_CLOCK": ""}
        self.process = subprocess.Popen([*PYTHON, *command], env=environment, start_new_session=True)

    def kill(self) -> None:
        """End it and all its children at once, as a power cut would."""
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait(10)


class Web(Process):
    """Something that answers over HTTP on a port of its own."""

    def __init__(self, command: Callable[[int], Sequence[str]], url: str, home: Path) -> None:
        self.port = free_port()
        super().__init__(command(self.port), url, home)
        eventually(self.is_ready, "the server")

    def is_ready(self) -> bool:
        """Whether it says that it is ready."""
        try:
            return self.call("GET", "/health/ready").status == 200
        except (OSError, http.client.HTTPException):
            return False

    def call(self, verb: str, path: str, body: Any = None, **headers: str) -> Answer:
        """One request on a connection of its own."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        sent = None if body is None else json.dumps(body)
        kind = {"Content-Type": "application/json"} if sent else {}
        try:
            connection.request(verb, path, sent, {**kind, **headers})
            answer = connection.getresponse()
            read = answer.read()
        finally:
            connection.close()
        return Answer(answer.status, json.loads(read) if read[:1] in (b"{", b"[") else None)


class Server(Web):
    """The web application behind gunicorn, two processes of eight threads."""

    def __init__(self, url: str, home: Path) -> None:
        options = ["--workers", "2", "--threads", "8", "--no-control-socket", "--log-level", "error"]
        super().__init__(
            lambda port: ["gunicorn", "--bind", f"127.0.0.1:{port}", *options, "webapp.wsgi:app"], url, home
        )


class Worker(Process):
    """A worker of its own process."""

    def __init__(self, url: str, home: Path) -> None:
        super().__init__(["webapp.cli", "worker", "--concurrency", "2"], url, home)


class Installation(Web):
    """``parcours run``: its own PostgreSQL, the web application and a worker."""

    def __init__(self, home: Path) -> None:
        self.home = home
        clock = "2026-12-07T09:00-05:00"
        super().__init__(lambda port: ["webapp.cli", "run", "--port", str(port), "--clock", clock], "", home)

    def postmaster(self) -> tuple[int, str]:
        """The number of the database server's process, and its address."""
        lines = (self.home / "db" / "postmaster.pid").read_text(encoding="utf-8").splitlines()
        return int(lines[0]), f"postgresql+psycopg://postgres@/postgres?host={lines[4]}&port={lines[3]}"

    def end(self, number: int) -> int:
        """Ask it to end with a signal, as a service manager or a person at the keyboard does; gives its exit code."""
        self.process.send_signal(number)
        return self.process.wait(PATIENCE)


def at_once(acts: Sequence[Callable[[], Any]]) -> list[Any]:
    """Do several things at the same time, each in a thread of its own; what each gave, or the error it met."""
    gate = threading.Barrier(len(acts))
    found: list[Any] = [None] * len(acts)

    def one(number: int) -> None:
        gate.wait()
        try:
            found[number] = acts[number]()
        except (OSError, http.client.HTTPException) as error:
            found[number] = error

    threads = [threading.Thread(target=one, args=(number,)) for number in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


def waiting_for_a_lock(engine: Engine) -> int:
    """How many connections of the database stand before a lock."""
    query = text(
        "select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'"
    )
    with engine.connect() as connection:
        return int(connection.scalar(query) or 0)


def in_transaction(engine: Engine) -> int:
    """How many other connections of the database are in the middle of a transaction."""
    query = text(
        "select count(*) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()"
        " and backend_type = 'client backend' and xact_start is not null"
    )
    with engine.connect() as connection:
        return int(connection.scalar(query) or 0)
