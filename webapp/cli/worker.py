"""``parcours worker``: do the jobs that wait."""

from __future__ import annotations

import asyncio

import click

from webapp.cli.init import CLOCK
from webapp.cli.place import database
from webapp.cli.said import told
from webapp.cli.serve import stand
from webapp.settings import read_clock
from workflows.worker.run import run_worker


@click.command("worker")
@click.option("--concurrency", default=4, show_default=True, type=click.IntRange(1, 64), help="Travaux à la fois.")
@CLOCK
def command(concurrency: int, clock: str | None) -> None:
    """Exécuter les échéances, relances et messages, jusqu'à SIGTERM ; autant d'exécutants que l'on veut."""
    read_clock(clock or "")
    with database() as url:
        stand(url, clock)
        told("Exécutant : au travail.")
        asyncio.run(run_worker(url, concurrency=concurrency))
