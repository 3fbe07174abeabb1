"""``parcours case``: open, show, list cases, put them back to work, as a person would."""

from __future__ import annotations

from dataclasses import asdict

import click

from webapp.cli.place import desk_of
from webapp.cli.said import read_object, told, written
from workflows.cases.commands import CasesAsked, StartCase
from workflows.cases.list_cases import case_list
from workflows.cases.read_case import case_view
from workflows.cases.retry import retry_case
from workflows.cases.start import start_case
from workflows.cases.views import CaseRow

AS_PERSON = click.option("--as", "person", required=True, metavar="CODE", help="La personne qui agit ou regarde.")
AS_JSON = click.option("--json", "as_json", is_flag=True, help="Écrire en JSON.")


@click.group("case")
def command() -> None:
    """Ouvrir, montrer, lister des dossiers, au nom d'une personne."""


@command.command("start")
@click.argument("process", metavar="PROCESSUS")
@AS_PERSON
@click.option("--data", default="{}", metavar="JSON", help="Données de départ.")
@AS_JSON
def start(process: str, person: str, data: str, as_json: bool) -> None:
    """Ouvrir un dossier ; écrit son numéro."""
    with desk_of(person) as desk:
        case = start_case(desk, StartCase(process, read_object(data)))
        shown = {"id": str(case.id), "number": case.number}
    written(shown) if as_json else click.echo(shown["number"])


@command.command("show")
@click.argument("case", metavar="DOSSIER")
@AS_PERSON
@AS_JSON
def show(case: str, person: str, as_json: bool) -> None:
    """Montrer un dossier : où il en est, qui a quoi."""
    with desk_of(person) as desk:
        view = case_view(desk, case)
    if as_json:
        return written(asdict(view))
    click.echo(_line(view.row))
    for task in view.row.open_tasks:
        click.echo(f"  {task.step:6}{task.title}, {task.assignee.code if task.assignee else task.role}")
    for wait in view.waiting:
        click.echo(f"  {wait.step:6}{wait.kind} {wait.name} {wait.due_at or ''}")
    return None


@command.command("retry")
@click.argument("case", metavar="DOSSIER")
@AS_PERSON
@AS_JSON
def retry(case: str, person: str, as_json: bool) -> None:
    """Reprendre un dossier en erreur là où il s'est arrêté, au nom d'un exploitant."""
    with desk_of(person) as desk:
        found = retry_case(desk, case)
        shown = {"id": str(found.id), "number": found.number, "state": found.state}
    written(shown) if as_json else click.echo(f"{shown['number']}  {shown['state']}")


@command.command("list")
@AS_PERSON
@click.option("--process", metavar="PROCESSUS")
@click.option("--state", metavar="ETAT", help="EN_COURS, EN_ATTENTE, TERMINEE …")
@click.option("--limit", default=50, show_default=True, type=click.IntRange(1, 200))
@AS_JSON
def list_all(person: str, process: str | None, state: str | None, limit: int, as_json: bool) -> None:
    """Lister les dossiers que la personne peut voir."""
    with desk_of(person) as desk:
        page = case_list(desk, CasesAsked(process=process, state=state, limit=limit))
    if as_json:
        return written([asdict(row) for row in page.items])
    for row in page.items:
        click.echo(_line(row))
    return told("… et d'autres.") if page.next else None


def _line(row: CaseRow) -> str:
    return f"{row.number}  {row.state:12} {row.end or '':12} {row.subject}"
