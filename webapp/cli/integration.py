"""``parcours integration``: accounts of outside systems."""

from __future__ import annotations

from itertools import chain

import click

from webapp.cli.place import house_desk, the_organisation
from webapp.cli.said import told, written
from workflows.contracts.queries import contract_named
from workflows.deliveries.catalogue import leaves
from workflows.errors import Invalid, Missing
from workflows.journal.write import note
from workflows.messages.kinds import KINDS
from workflows.people.integrations import create_integration


@click.group("integration")
def command() -> None:
    """Créer un compte d'intégration."""


@command.command("create")
@click.argument("name", metavar="NOM")
@click.option("--organisation", required=True, metavar="CODE", help="Code de l'organisme.")
@click.option(
    "--types",
    multiple=True,
    metavar="TYPE",
    help="Types de message que ce compte peut envoyer, ou recevoir par abonnement, sans « .v1 » (répéter ou virgules).",
)
@click.option("--contract", metavar="CODE", help="Seul contrat dont ce compte peut parler.")
@click.option("--json", "as_json", is_flag=True, help="Écrire {id, secret} en JSON.")
def create(name: str, organisation: str, types: tuple[str, ...], contract: str | None, as_json: bool) -> None:
    """Créer un compte d'intégration ; son secret n'est montré qu'une fois."""
    listed = read_types(types) if types else None
    with house_desk(organisation) as desk:
        found = the_organisation(desk.session, organisation)
        if contract is not None and contract_named(desk.session, found.id, contract) is None:
            raise Missing("contract.unknown", contract=contract)
        account = create_integration(desk.session, found, name, listed, contract)
        note(desk, "integration.created", name=name, types=listed, contract=contract)
        shown = {"id": str(account.id), "secret": account.secret}
    if as_json:
        return written(shown)
    click.echo(f"id      {shown['id']}\nsecret  {shown['secret']}")
    return told(f"Adresse : POST /hooks/{shown['id']}. Conservez le secret : il ne sera plus montré.")


def read_types(given: tuple[str, ...]) -> list[str]:
    """The message types listed, repeated or separated by commas; one that does not exist is refused."""
    names = [one.strip().removesuffix(".v1") for one in chain.from_iterable(part.split(",") for part in given)]
    for name in filter(None, names):
        if name not in KINDS and not leaves(name):
            raise Invalid("message.type_unknown", type=name)
    return sorted(set(filter(None, names)))
