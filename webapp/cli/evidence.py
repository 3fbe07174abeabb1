"""``parcours evidence``: signature evidence, verified without this house, and the key that seals it."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from webapp.cli.place import house_desk
from webapp.cli.said import language, told, written
from workflows.signatures.key import fingerprints, installation_key, replace_key
from workflows.signatures.verify import verify_pack

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group("evidence")
def command() -> None:
    """Vérifier un dossier de preuve de signature ; montrer ou remplacer la clé de l'installation."""


@command.command("verify")
@click.argument("file", metavar="FICHIER", type=FILE)
@click.option("--key", metavar="EMPREINTE", help="Empreinte attendue de la clé de l'installation.")
@click.option("--json", "as_json", is_flag=True, help="Écrire le verdict en JSON.")
def verify(file: Path, key: str | None, as_json: bool) -> None:
    """Recalculer empreintes, chaîne et sceau, hors ligne ; code de sortie 1 si le document est altéré."""
    verdict = verify_pack(file.read_bytes(), key)
    if as_json:
        checks = {check.code: check.holds for check in verdict.checks}
        written({"intact": verdict.intact, "checks": checks, "fingerprint": verdict.fingerprint})
    else:
        click.echo(verdict.sentence(language()))
        for check in verdict.checks:
            told(f"{'✓' if check.holds else '✗'} {check.sentence(language())}")
    sys.exit(0 if verdict.intact else 1)


@command.command("key")
@click.option("--replace", "pem", metavar="CLE.pem", type=FILE, help="Sceller désormais avec cette clé (Ed25519, PEM).")
def key_of_the_house(pem: Path | None) -> None:
    """Écrire l'empreinte de la clé qui scelle, les clés retirées ensuite."""
    with house_desk() as desk:
        if pem is not None:
            replace_key(desk.session, pem.read_bytes())
        installation_key(desk.session)
        desk.session.flush()
        found = fingerprints(desk.session)
    for fingerprint in found:
        click.echo(fingerprint)
