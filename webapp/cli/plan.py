"""``parcours plan``: check, publish and list the delegation plans of a body."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import click
from sqlalchemy import select

from webapp.cli.place import house_desk
from webapp.cli.problems import shown, tell
from webapp.cli.said import written
from workflows.delegation.check import check_plan
from workflows.delegation.draft import PlanFiles
from workflows.delegation.publish import Refused, publish_plan
from workflows.delegation.read import LARGEST, read_plan
from workflows.people.models import DelegationPlan, Organisation

AS_JSON = click.option("--json", "as_json", is_flag=True, help="Écrire en JSON.")
FILE = click.argument("file", metavar="FICHIER.yaml", type=click.Path(exists=True, dir_okay=False, path_type=Path))


@click.group("plan")
def command() -> None:
    """Vérifier, publier, lister les plans de délégation."""


@command.command("check")
@FILE
@AS_JSON
def check(file: Path, as_json: bool) -> None:
    """Vérifier un plan de délégation sans le publier ; code de sortie 1 s'il contient une erreur."""
    with house_desk() as desk:
        checked = check_plan(desk, _files(file))
    if as_json:
        written({"file": str(file), "ok": checked.ok, "problems": [shown(one) for one in checked.problems]})
    else:
        click.echo(f"{'✓' if checked.ok else '✗'} {file}")
        tell(str(file), checked.problems)
    sys.exit(0 if checked.ok else 1)


@command.command("publish")
@FILE
@AS_JSON
def publish(file: Path, as_json: bool) -> None:
    """Publier un plan de délégation : il vaut dès son début, et les signatures ouvertes sont revues.

    Une version qui a déjà été en vigueur ne change plus ; le même fichier ne change rien.
    """
    files = _files(file)
    with house_desk() as desk:
        try:
            plan, problems = publish_plan(desk, files)
        except Refused as refusal:
            tell(str(file), refusal.problems)
            raise
        row = _listed(plan, desk.session.get_one(Organisation, plan.organisation_id))
    tell(str(file), problems)
    if as_json:
        return written(row)
    click.echo(f"✓ {row['organisation']} {row['version']}, {row['from'][:16]} – {(row['until'] or '')[:16]}")
    return None


@command.command("list")
@AS_JSON
def list_all(as_json: bool) -> None:
    """Lister les plans de délégation publiés et leurs périodes."""
    with house_desk() as desk:
        query = select(DelegationPlan, Organisation).join(
            Organisation, Organisation.id == DelegationPlan.organisation_id
        )
        ordered = query.order_by(Organisation.code, DelegationPlan.valid_from)
        rows = [_listed(plan, organisation) for plan, organisation in desk.session.execute(ordered)]
    if as_json:
        return written(rows)
    for row in rows:
        click.echo(f"{row['organisation']:12} {row['version']:16} {row['from'][:16]} – {(row['until'] or '')[:16]}")
    return None


def _files(file: Path) -> PlanFiles:
    """The plan's file, and the table that it names, which lies beside it."""
    text = _text(file)
    draft, _ = read_plan(text)
    beside = file.parent / Path(draft.table).name if draft is not None and draft.table else None
    table = _text(beside) if beside is not None and beside.is_file() else None
    return PlanFiles(text, table)


def _text(file: Path) -> str:
    with file.open("rb") as opened:
        return opened.read(LARGEST + 1).decode("utf-8", errors="replace")


def _listed(plan: DelegationPlan, organisation: Organisation) -> dict[str, Any]:
    """A version, its period in the body's own zone."""
    zone = ZoneInfo(organisation.timezone)
    until = plan.valid_until.astimezone(zone).isoformat() if plan.valid_until is not None else None
    return {
        "organisation": organisation.code,
        "version": plan.version,
        "from": plan.valid_from.astimezone(zone).isoformat(),
        "until": until,
        "instrument": plan.instrument,
        "sha256": plan.sha256,
    }
