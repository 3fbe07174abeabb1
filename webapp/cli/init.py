"""``parcours init``: the database brought to the present, the processes published, OP-DEMO loaded when asked."""

from __future__ import annotations

import os
from datetime import datetime

import click
from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.cli.place import database
from webapp.cli.said import told
from webapp.settings import home_of, read_clock
from workflows.catalog.apart import APART
from workflows.catalog.folder import processes_root
from workflows.clock import business_now, start_simulation
from workflows.database import make_engine
from workflows.demo.install import install_demo, publish_all
from workflows.desk import Desk, at_desk, system_actor
from workflows.migrations import migrate
from workflows.people.models import Organisation

CLOCK = click.option(
    "--clock",
    envvar="PARCOURS_CLOCK",
    metavar="INSTANT",
    help="Commencer en simulation à cet instant, comme 2026-12-07T09:00-05:00.",
)


@click.command("init")
@click.option("--demo", is_flag=True, help="Charger l'organisme de démonstration OP-DEMO.")
@CLOCK
def command(demo: bool, clock: str | None) -> None:
    """Préparer la base de données et publier les processus ; sans effet la seconde fois."""
    instant = read_clock(clock or "")
    with database() as url:
        prepare(url, instant, demo=demo)
    told("Prêt.")


def prepare(url: str, clock: datetime | None, *, demo: bool) -> None:
    """Migrate, publish what is not yet, load OP-DEMO once, stand the simulation's clock."""
    told("Base de données : mise à niveau …")
    migrate(url)
    told("Processus : publication …")
    if demo:
        install_demo(url, clock)
    else:
        install_processes(url, clock)
    APART.end()


def install_processes(url: str, clock: datetime | None) -> None:
    """Publish the house's processes and stand the clock, without any organisation."""
    engine = make_engine(url)
    with Session(engine) as session:
        if clock is not None:
            start_simulation(session, clock)
            session.flush()
        with at_desk(Desk(session, system_actor(), business_now(session))) as desk:
            publish_all(desk, processes_root())
    engine.dispose()


def is_new(url: str) -> bool:
    """Whether no organisation lives here yet (the database being migrated)."""
    engine = make_engine(url)
    with Session(engine) as session:
        found = session.scalar(select(Organisation.id).limit(1))
    engine.dispose()
    return found is None


def environment(url: str, clock: str | None, *, demo: bool) -> dict[str, str]:
    """What the parts of an installation are told."""
    told_parts = {**os.environ, "DATABASE_URL": url, "PARCOURS_HOME": str(home_of())}
    return told_parts | {"PARCOURS_DEMO": "1" if demo else "", "PARCOURS_CLOCK": clock or ""}
