"""``parcours process``: check, try out, publish and list processes."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from webapp.cli.examined import Examined, examine, folders_of
from webapp.cli.place import house_desk
from webapp.cli.problems import tell
from webapp.cli.said import language, told, written
from webapp.words import say
from workflows.catalog.folder import read_folder
from workflows.catalog.publish import publish
from workflows.catalog.queries import all_current
from workflows.desk import Desk
from workflows.errors import Invalid
from workflows.scenarios.play import play
from workflows.scenarios.script import read_script, scripts_of
from workflows.scenarios.stage import theatre

AS_JSON = click.option("--json", "as_json", is_flag=True, help="Écrire en JSON.")
FOLDERS = click.argument("folders", metavar="DOSSIER…", nargs=-1, required=True)


@click.group("process")
def command() -> None:
    """Vérifier, éprouver, publier, lister les processus."""


@command.command("check")
@click.argument("named", metavar="DOSSIER|FICHIER…", nargs=-1, required=True)
@AS_JSON
def check(named: tuple[str, ...], as_json: bool) -> None:
    """Vérifier des dossiers de processus ou des fichiers (BPMN, DMN, formulaires, process.toml, scénarios).

    Code de sortie 1 dès qu'un fichier contient une erreur.
    """
    found = list(examine(named))
    if as_json:
        written([one.shown() for one in found])
    else:
        _tell(found)
    sys.exit(0 if all(one.ok for one in found) else 1)


def _tell(found: list[Examined]) -> None:
    for one in found:
        click.echo(f"{'✓' if one.ok else '✗'} {one.file}")
        tell(one.file, one.problems)


@command.command("test")
@FOLDERS
@click.option("--scenario", "only", multiple=True, metavar="ID", help="Seulement ce scénario (répéter au besoin).")
@AS_JSON
def replay(folders: tuple[str, ...], only: tuple[str, ...], as_json: bool) -> None:
    """Rejouer les scénarios de dossiers de processus, dans une base à part.

    Vrais moteur, base de données et file de travaux ; l'installation n'est jamais touchée. Code de sortie 1 à la
    première différence entre ce qu'un scénario raconte et ce qui arrive.
    """
    rows: list[dict[str, Any]] = []
    for folder in folders_of(folders):
        for row in _replayed(folder, only):
            rows.append(row)
            if not as_json:
                _tell_row(row)
    if not rows:
        told("Aucun scénario à rejouer.")
    if as_json:
        written(rows)
    sys.exit(0 if rows and all(row["ok"] for row in rows) else 1)


def _replayed(folder: Path, only: tuple[str, ...]) -> Iterator[dict[str, Any]]:
    read_folder(folder)
    paths = [path for path in scripts_of(folder) if not only or path.stem in only]
    if not paths:
        return
    told(f"{folder} : préparation d'une base à part …")
    with theatre(folder) as stage:
        for path in paths:
            shown: dict[str, Any] = {"id": path.stem, "file": str(path), "title": None}
            try:
                script = read_script(path)
            except Invalid as refusal:
                yield {**shown, "ok": False, "differences": [say(refusal.code, language(), refusal.params)]}
                continue
            with stage.scene() as engine:
                differences = play(engine, script)
            title = script.title[language()]
            yield {**shown, "title": title, "ok": not differences, "differences": list(differences)}


def _tell_row(row: dict[str, Any]) -> None:
    differences = "".join(f"\n    {one}" for one in row["differences"])
    click.echo(f"{'✓' if row['ok'] else '✗'} {row['id']:12} {row['title'] or ''}{differences}")
    sys.stdout.flush()


@command.command("publish")
@FOLDERS
@AS_JSON
def publish_folders(folders: tuple[str, ...], as_json: bool) -> None:
    """Publier des dossiers de processus : une nouvelle version, pour les dossiers à venir.

    Un contenu inchangé ne donne pas de nouvelle version ; un dossier qui contient une erreur n'est pas publié.
    """
    paths = folders_of(folders)
    wrong = [one for path in paths for one in examine([str(path)]) if not one.ok]
    if wrong:
        _tell(wrong)
        raise Invalid("process.invalid")
    with house_desk() as desk:
        rows = [_published(desk, path) for path in paths]
    if as_json:
        return written(rows)
    for row in rows:
        click.echo(f"{row['key']} version {row['version']}{'' if row['new'] else ' (inchangé)'}")
    return None


def _published(desk: Desk, path: Path) -> dict[str, Any]:
    sources = read_folder(path)
    before = {row.key: row.version for row in all_current(desk.session)}
    version = publish(desk, sources)
    return {"key": version.key, "version": version.version, "new": before.get(version.key) != version.version}


@command.command("list")
@click.argument("folders", metavar="[DOSSIER…]", nargs=-1)
@AS_JSON
def list_all(folders: tuple[str, ...], as_json: bool) -> None:
    """Lister les processus publiés ; avec des dossiers, ceux-là seuls, et si leur contenu est bien celui publié."""
    asked = {sources.key: sources.checksum for sources in map(read_folder, folders_of(folders))}
    with house_desk() as desk:
        versions = all_current(desk.session)
        missing = sorted(set(asked) - {row.key for row in versions})
        rows = [_listed(row, asked.get(row.key)) for row in versions if not asked or row.key in asked]
    if as_json:
        written(rows)
    else:
        for row in rows:
            change = {None: "", True: "  à jour", False: "  modifié depuis"}[row["current"]]
            click.echo(
                f"{row['key']:24} version {row['version']:<4} {row['published_at'][:16]}  {row['title']}{change}"
            )
    for key in missing:
        told(f"{key} : {say('process.unknown', language())}")
    sys.exit(1 if missing else 0)


def _listed(row: Any, checksum: str | None) -> dict[str, Any]:
    title = (row.about.get("title") or {}).get(language(), row.key)
    current = None if checksum is None else checksum == row.checksum
    moment = row.published_at.isoformat()
    return {"key": row.key, "version": row.version, "published_at": moment, "title": title, "current": current}
