"""``parcours decision``: evaluate a decision of a DMN file, or a folder of the DMN TCK."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from webapp.cli.said import language, read_object, told, written
from workflows.decisions import DecisionError, Table, evaluate, read_dmn
from workflows.decisions.analysis import analyse, compared
from workflows.decisions.tck import run_tck


@click.group("decision")
def command() -> None:
    """Évaluer des tables de décision."""


@command.command("evaluate")
@click.argument("file", metavar="FICHIER.dmn", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--decision", "name", required=True, metavar="NOM", help="Nom ou identifiant de la décision.")
@click.option("--input", "given", default="{}", metavar="JSON", help="Données d'entrée, un objet JSON.")
def run_one(file: Path, name: str, given: str) -> None:
    """Évaluer une décision ; écrit le résultat en JSON."""
    try:
        result = evaluate(read_dmn(file.read_bytes()), name, read_object(given))
    except DecisionError as error:
        told(f"{error.sentence(language())} [{error.code}]")
        sys.exit(1)
    written(result.value)


@command.command("check")
@click.argument("file", metavar="FICHIER.dmn", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--against", "default", required=True, metavar="ORIGINE.dmn", type=click.Path(exists=True, path_type=Path)
)
@click.option("--decision", "name", required=True, metavar="NOM", help="Nom ou identifiant de la décision.")
def compare(file: Path, default: Path, name: str) -> None:
    """Vérifier qu'une table propre à un organisme peut tenir lieu de la table d'origine."""
    try:
        own, origin = read_dmn(file.read_bytes()), read_dmn(default.read_bytes())
    except DecisionError as error:
        told(f"{error.sentence(language())} [{error.code}]")
        sys.exit(1)
    decision = own.find(name)
    table = decision.logic if decision is not None else None
    found = [*compared(own, origin, name), *(analyse(table) if isinstance(table, Table) else ())]
    for one in found:
        told(f"{file}:{one.line or ''} : {one.sentence(language())} [{one.code}, {one.severity}]")
    if not any(one.severity == "error" for one in found):
        click.echo(f"✓ {file}")
    sys.exit(1 if any(one.severity == "error" for one in found) else 0)


@command.command("tck")
@click.argument("folder", metavar="DOSSIER", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Écrire {passed, failed, skipped} en JSON.")
def run_kit(folder: Path, as_json: bool) -> None:
    """Éprouver un dossier de la trousse de compatibilité DMN ; code de sortie 1 si un cas échoue."""
    report = run_tck(folder)
    for file, case, name, expected, got in report.failures:
        told(f"{file} {case} {name} : attendu {expected!r}, obtenu {got!r}")
    counts = {"passed": report.passed, "failed": report.failed, "skipped": report.skipped}
    if as_json:
        written(counts)
    else:
        click.echo(", ".join(f"{name} {count}" for name, count in counts.items()))
    sys.exit(1 if report.failed else 0)
