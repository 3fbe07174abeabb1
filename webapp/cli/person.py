"""``parcours person``: who is known, with which roles."""

from __future__ import annotations

from typing import Any

import click
from sqlalchemy import select

from webapp.cli.place import house_desk, the_organisation, the_person
from webapp.cli.said import written
from workflows.desk import Desk
from workflows.people.models import Organisation, Person, Unit
from workflows.people.roles import assignments_of


@click.group("person")
def command() -> None:
    """Montrer, lister des personnes."""


@command.command("show")
@click.argument("code", metavar="CODE")
@click.option("--json", "as_json", is_flag=True, help="Écrire en JSON.")
def show(code: str, as_json: bool) -> None:
    """Montrer une personne et les rôles qu'elle tient maintenant."""
    with house_desk() as desk:
        shown = _shown(desk, the_person(desk.session, code))
    if as_json:
        return written(shown)
    for key, value in shown.items():
        click.echo(f"{key:14}{value}")
    return None


@command.command("list")
@click.option("--organisation", metavar="CODE", help="Code de l'organisme ; sans lui, tous.")
@click.option("--json", "as_json", is_flag=True, help="Écrire en JSON.")
def list_all(organisation: str | None, as_json: bool) -> None:
    """Lister les personnes."""
    with house_desk() as desk:
        query = select(Person).order_by(Person.code)
        if organisation is not None:
            query = query.where(Person.organisation_id == the_organisation(desk.session, organisation).id)
        rows = [_shown(desk, person) for person in desk.session.scalars(query)]
    if as_json:
        return written(rows)
    for row in rows:
        click.echo(f"{row['code']:10}{row['name']:28}{row['unit'] or '':6}{', '.join(row['roles'])}")
    return None


def _shown(desk: Desk, person: Person) -> dict[str, Any]:
    unit = desk.session.get(Unit, person.unit_id) if person.unit_id else None
    organisation = desk.session.get_one(Organisation, person.organisation_id)
    return {
        "code": person.code,
        "name": person.name,
        "organisation": organisation.code,
        "unit": unit.code if unit else None,
        "post": person.post,
        "roles": [one.role for one in assignments_of(desk.session, person.id, desk.now)],
    }
