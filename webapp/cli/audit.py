"""``parcours audit``: the journal, read back with suspicion."""

from __future__ import annotations

import sys
from dataclasses import asdict

import click
from sqlalchemy.orm import Session

from webapp.cli.place import connected
from webapp.cli.said import told, written
from workflows.journal.verify import verify


@click.group("audit")
def command() -> None:
    """Vérifier l'intégrité du journal."""


@command.command("verify")
@click.option("--json", "as_json", is_flag=True, help="Écrire les ruptures en JSON.")
def check(as_json: bool) -> None:
    """Recalculer chaque empreinte du journal ; code de sortie 1 si une chaîne est rompue."""
    with connected() as engine, Session(engine) as session:
        breaks = verify(session)
    if as_json:
        written({"ok": not breaks, "breaks": [asdict(one) for one in breaks]})
    for one in breaks:
        told(f"{one.chain}, position {one.position} : {one.reason}")
    if not breaks:
        told("Journal intègre.")
    sys.exit(1 if breaks else 0)
