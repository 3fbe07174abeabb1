"""Who confirms a need: the beneficiary's superior, or whoever acts in that place."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from workflows.cases.models import Case
from workflows.desk import Desk
from workflows.people.absence import away
from workflows.people.directory import person_by_code
from workflows.people.hierarchy import superior_of
from workflows.people.models import Person
from workflows.people.roles import works
from workflows.people.substitution import live_substitute

PASSED_OVER = "absents"
"""In a ground: the superiors who were passed over for being away without a substitute."""


@dataclass(frozen=True, slots=True)
class Above:
    """Whose place above the beneficiary it is, who acts in it, and whoever was passed over for being away."""

    place: Person
    acting: Person
    absent: tuple[Person, ...] = ()


def acting_superior(desk: Desk, case: Case) -> Person | None:
    """Who confirms the beneficiary's need now: the superior, or whoever acts in that place; None at the very top."""
    found = first_above(desk, case)
    return found.acting if found is not None else None


def first_above(desk: Desk, case: Case, below: Person | None = None, *, asked_too: bool = False) -> Above | None:
    """The first superior whose place is held by someone who neither asks nor benefits, and who holds it.

    Above the beneficiary, or above someone else whom the case is about (``below``). ``asked_too``: who asked may be it
    all the same.
    """
    concerned = {case.beneficiary_id, below.id if below is not None else None}
    if not asked_too:
        concerned.add(case.requester_id)
    person = below or (desk.session.get(Person, case.beneficiary_id) if case.beneficiary_id else None)
    return first_over(desk, person, concerned, case)


def first_over(
    desk: Desk, person: Person | None, concerned: Set[UUID | None], case: Case | None = None
) -> Above | None:
    """The first place above a person that is held by someone at work who is not concerned.

    A place whose holder is away without a substitute is passed over, unless nobody above is there either.
    """
    seen: set[UUID] = set()
    passed: list[Above] = []
    while person is not None and person.id not in seen:
        seen.add(person.id)
        announced = _announced(desk, case, person) if case is not None else None
        person = announced or superior_of(desk.session, person)
        if person is None:
            break
        acting = _acting(desk, person)
        if acting.id in concerned or not works(acting, desk.now):
            continue
        if not away(desk.session, [acting.id], desk.now):
            return Above(person, acting, tuple(one.acting for one in passed))
        passed.append(Above(person, acting))
    return passed[0] if passed else None


def _announced(desk: Desk, case: Case, person: Person) -> Person | None:
    """The superior whom a move that has not taken effect announces for the beneficiary (A04 to A33)."""
    code = (case.facts or {}).get("superieur_prevu")
    if code is None or person.id != case.beneficiary_id:
        return None
    return person_by_code(desk.session, str(code), case.organisation_id)


def _acting(desk: Desk, person: Person) -> Person:
    found = live_substitute(desk.session, person.id, desk.now)
    if found is None:
        return person
    return desk.session.get_one(Person, found.substitute_id)


def ground_of(found: Above) -> dict[str, Any]:
    """Why it comes to who acts, as it is kept with the task."""
    stands_in = {"titulaire": found.place.code, "quality": "SUBSTITUT"} if found.acting.id != found.place.id else {}
    return stands_in | ({PASSED_OVER: [one.code for one in found.absent]} if found.absent else {})
