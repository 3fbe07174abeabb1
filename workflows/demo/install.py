"""Make an installation ready to try: the processes published, OP-DEMO loaded, the clock standing where it is told."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows.catalog.folder import processes_root
from workflows.catalog.publish import publish_folder
from workflows.clock import business_now, start_simulation
from workflows.database import make_engine
from workflows.demo.load import load_demo
from workflows.desk import Desk, at_desk, system_actor
from workflows.people.models import Organisation

START = datetime.fromisoformat("2026-12-07T09:00-05:00")


def install_demo(url: str, clock: datetime | None = START) -> None:
    """Publish every process of the house, load OP-DEMO once, and stand the simulated clock; None keeps the wall's."""
    engine = make_engine(url)
    with Session(engine) as session:
        if clock is not None:
            start_simulation(session, clock)
            session.flush()
        with at_desk(Desk(session, system_actor(), business_now(session))) as desk:
            publish_all(desk, processes_root())
            if session.scalar(select(Organisation.id).where(Organisation.code == "OP-DEMO")) is None:
                load_demo(session)
    engine.dispose()


def publish_all(desk: Desk, root: Path) -> None:
    """Publish every process folder under a root; one already published as it is, is left alone."""
    for folder in sorted(path.parent for path in root.glob("*/process.toml")):
        publish_folder(desk, folder)
