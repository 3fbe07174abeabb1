"""The person behind the token: who, with which roles, standing in for whom; proving identity again."""

from __future__ import annotations

from typing import Any

from webapp.api.door import Room, persons_only
from webapp.api.schemas.people import MeOut, PasswordIn, ReauthenticationOut
from webapp.sign_in import prove_again
from workflows.desk import Desk
from workflows.people.models import Organisation, Person
from workflows.people.roles import assignments_of, works
from workflows.people.substitution import stood_for

room = Room("me", "Who I am.")


@room.route("/me")
@room.reads(MeOut)
def show_me(desk: Desk) -> Any:
    """Who I am, with which roles, and whom I stand in for."""
    actor = desk.actor
    organisation = desk.session.get(Organisation, actor.organisation_id)
    person = desk.session.get(Person, actor.id)
    return {
        "code": actor.code,
        "name": actor.name,
        "kind": actor.kind.value,
        "organisation": organisation.code if organisation else None,
        "language": person.language if person else actor.language,
        "roles": _roles(desk, person) if person else [],
        "stands_for": _stood_for(desk, person) if person else [],
    }


@room.route("/me/reauthentication", methods=["POST"])
@persons_only
@room.arguments(PasswordIn)
@room.reads(ReauthenticationOut)
def reauthenticate(desk: Desk, asked: dict[str, Any]) -> Any:
    """Prove my identity again with my password: the token is good for five minutes, for signatures."""
    token, expires_at = prove_again(desk, asked["password"])
    return {"token": token, "expires_at": expires_at}


def _roles(desk: Desk, person: Person) -> list[Any]:
    """The roles assigned, then the employee's that everyone who works here has over their own."""
    period = {"valid_from": person.employed_from, "valid_until": person.employed_until}
    own = [{"role": "EMPLO", "scope": "SELF", "scope_code": None, **period}] if works(person, desk.now) else []
    return [*assignments_of(desk.session, person.id, desk.now), *own]


def _stood_for(desk: Desk, person: Person) -> list[dict[str, Any]]:
    shown = []
    for one in stood_for(desk.session, person.id, desk.now):
        titulaire = desk.session.get_one(Person, one.titulaire_id)
        kept = {key: getattr(one, key) for key in ("roles", "entries", "valid_from", "valid_until")}
        shown.append({"person": titulaire.code, "name": titulaire.name, **kept})
    return shown
