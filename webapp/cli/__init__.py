"""The command line: ``parcours``, one file a room, each loaded only when it is asked for."""

from __future__ import annotations

import importlib
import sys
import warnings
from collections.abc import Mapping

import click

from webapp.cli.said import refused
from workflows.errors import Refusal

warnings.filterwarnings("ignore", message="XDG_RUNTIME_DIR is not set")

COMMANDS: Mapping[str, tuple[str, str]] = {
    "run": ("run", "Tout démarrer : base de données, application, exécutant ; une démonstration au premier départ."),
    "serve": ("serve", "Servir l'application web."),
    "worker": ("worker", "Ajouter un exécutant : échéances, relances, messages."),
    "init": ("init", "Préparer la base de données et publier les processus."),
    "token": ("tokens", "Émettre un jeton d'accès pour une personne ou un compte d'intégration."),
    "setting": ("setting", "Lire ou changer un réglage d'un organisme."),
    "evidence": ("evidence", "Vérifier un dossier de preuve de signature, hors ligne."),
    "integration": ("integration", "Créer un compte d'intégration."),
    "process": ("process", "Vérifier, éprouver, publier, lister les processus."),
    "case": ("case", "Ouvrir, montrer, lister des dossiers."),
    "person": ("person", "Montrer, lister des personnes."),
    "decision": ("decision", "Évaluer des tables de décision."),
    "plan": ("plan", "Vérifier, publier, lister les plans de délégation."),
    "calendar": ("calendar", "Proposer, publier, lister les jours fériés."),
    "doctor": ("doctor", "Examiner l'installation."),
    "audit": ("audit", "Vérifier l'intégrité du journal."),
}


class Shelf(click.Group):
    """A group whose commands are fetched when asked for, so that each starts fast."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Every command, in the order in which one meets them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """One command, or None when there is none of that name."""
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"webapp.cli.{COMMANDS[cmd_name][0]}")
        command: click.Command = module.command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands with one line each, without fetching them."""
        with formatter.section("Commandes"):
            formatter.write_dl([(name, about) for name, (_, about) in COMMANDS.items()])


@click.group(cls=Shelf, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="parcours", prog_name="parcours")
def parcours() -> None:
    """Parcours : arrivées, départs et approbations des organismes publics.

    Chaque commande lit DATABASE_URL (sinon une base embarquée) et PARCOURS_HOME (sinon .parcours/).
    """


def main() -> None:
    """What ``parcours`` runs; a refusal is told on standard error, with exit code 1."""
    try:
        parcours(prog_name="parcours")
    except Refusal as refusal:
        sys.exit(refused(refusal))
