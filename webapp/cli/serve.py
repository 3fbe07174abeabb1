"""``parcours serve``: the web application alone."""

from __future__ import annotations

import sys

import click
from sqlalchemy.orm import Session

from webapp.cli.init import CLOCK, environment
from webapp.cli.parts import Parts, web
from webapp.cli.place import database
from webapp.settings import read_clock
from workflows.clock import start_simulation
from workflows.database import make_engine

HOST = click.option("--host", default="127.0.0.1", show_default=True, help="Adresse d'écoute.")
PORT = click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="Port d'écoute.")


@click.command("serve")
@HOST
@PORT
@click.option("--workers", type=click.IntRange(1, 64), help="Processus web ; par défaut un par cœur, quatre au plus.")
@CLOCK
def command(host: str, port: int, workers: int | None, clock: str | None) -> None:
    """Servir l'application web, jusqu'à SIGTERM ; la base doit être prête (parcours init)."""
    read_clock(clock or "")
    with database() as url:
        stand(url, clock)
        parts = Parts(environment(url, clock, demo=False), [web(host, port, workers)])
        parts.start()
        code = parts.stay()
    sys.exit(code)


def stand(url: str, clock: str | None) -> None:
    """Stand the simulation's clock where it is told, or where it stood when that is later."""
    instant = read_clock(clock or "")
    if instant is None:
        return
    engine = make_engine(url)
    with Session(engine) as session, session.begin():
        start_simulation(session, instant)
    engine.dispose()
