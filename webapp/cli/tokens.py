"""``parcours token``: a bearer token for a person or an integration account."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import click
from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.cli.place import house_desk
from workflows.clock import wall_now
from workflows.desk import system_actor
from workflows.errors import Missing
from workflows.journal.write import note
from workflows.people.accounts import Integration
from workflows.people.directory import person_by_code
from workflows.people.models import Person
from workflows.people.tokens import issue_token


@click.command("token")
@click.argument("owner", metavar="PERSONNE|INTEGRATION")
@click.option("--days", default=30, show_default=True, type=click.IntRange(1, 366), help="Jours de validité.")
def command(owner: str, days: int) -> None:
    """Émettre un jeton d'accès : il est affiché seul, une seule fois."""
    with house_desk() as desk:
        found = the_owner(desk.session, owner)
        token = issue_token(desk.session, found, wall_now(), timedelta(days=days))
        code = found.code if isinstance(found, Person) else found.name
        note(desk.acting_as(system_actor(found.organisation_id)), "token.issued", owner=code, days=days)
    click.echo(token)


def the_owner(session: Session, name: str) -> Person | Integration:
    """The person of a code, else the integration account of a name or an id."""
    person = person_by_code(session, name)
    if person is not None:
        return person
    account = session.scalar(select(Integration).where(Integration.name == name).order_by(Integration.id).limit(1))
    if account is None:
        account = session.get(Integration, _id(name))
    if account is None or not account.active:
        raise Missing("owner.unknown", owner=name)
    return account


def _id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Missing("owner.unknown", owner=text) from None
