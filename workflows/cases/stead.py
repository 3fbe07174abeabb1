"""Someone who leaves has no task of their own departure (SOD-09): others have it, or whoever acts in their place.

A process says so (``beneficiary_takes``: the roles whose tasks stay theirs). Where nobody else reaches the inbox, it
goes to the live substitute for that role, else to the superior, else to whoever supervises the role, acting for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Set
from dataclasses import replace
from typing import Any
from uuid import UUID

from workflows.cases.about import About
from workflows.cases.above import first_over
from workflows.cases.models import Case
from workflows.cases.reaching import Named, Reach
from workflows.catalog.edition import edition_of
from workflows.desk import Desk
from workflows.notices.whom import holders
from workflows.people.authority import SUPERVISORS
from workflows.people.directory import actor_of
from workflows.people.models import Person
from workflows.people.role_codes import DEPUTIES
from workflows.people.roles import holders_of, works
from workflows.people.substitution import live_substitutions

RULE = "SOD-09"
STEAD, ACTING = "a_la_place_de", "role"
"""In a ground: whom one acts instead of, and for which role."""
RELIEVES = "en_releve_de"
"""In a ground: whose work one takes over."""
LAST = ("DIR",)
"""Who is asked when no superior and no supervisor is there."""


def barred_from(desk: Desk, case: Case, role: str) -> UUID | None:
    """The person whom the tasks of a role are kept from in a case: whom it is about, where the process says so."""
    if case.beneficiary_id is None:
        return None
    takes = About(edition_of(desk.session, case.version_id).about).beneficiary_takes
    return case.beneficiary_id if takes is not None and role not in takes else None


def keep_off(desk: Desk, case: Case, reach: Reach) -> Reach:
    """Keep the person whom the case is about off a task that may not be theirs, and leave it with someone."""
    barred = barred_from(desk, case, reach.role)
    if barred is None:
        return reach
    excluded = {**reach.excluded, barred: RULE}
    named = tuple(one for one in reach.named if one.person_id != barred)
    kept = replace(reach, named=named, excluded=excluded)
    if named or (
        reach.queue is not None and others_in(desk, case.organisation_id, (reach.role, reach.queue), excluded.keys())
    ):
        return kept
    found = in_place_of(desk, desk.session.get_one(Person, barred), reach.role, excluded.keys())
    return replace(kept, named=(found,)) if found is not None else kept


def others_in(desk: Desk, organisation_id: UUID, inbox: tuple[str, str], but: Set[UUID]) -> list[Person]:
    """Who reaches a role's inbox now, some persons left out: its holders at work, and those who stand in for one."""
    role, queue = inbox
    roles = [role, *([DEPUTIES[role]] if role in DEPUTIES else [])]
    people = [person for one in roles for person in holders_of(desk.session, organisation_id, one, desk.now)]
    for row in live_substitutions(desk.session, organisation_id, desk.now):
        if row.roles is None or set(roles) & set(row.roles):
            people.append(desk.session.get_one(Person, row.substitute_id))
    found = {person.id: person for person in people if person.id not in but and works(person, desk.now)}
    return [person for person in found.values() if queue in actor_of(desk.session, person, desk.now).queues]


def in_place_of(desk: Desk, person: Person, role: str, but: Set[UUID]) -> Named | None:
    """Who acts for a role in a person's place: the substitute for it, else the superior, else the role's supervisor."""
    out = {person.id, *but}
    ground: dict[str, Any] = {STEAD: person.code, ACTING: role}
    for row in live_substitutions(desk.session, person.organisation_id, desk.now):
        if row.titulaire_id == person.id and role in (row.roles or ()) and row.substitute_id not in out:
            return _named(desk.session.get_one(Person, row.substitute_id), ground)
    found = above_of(desk, person, role, out)
    return _named(found, ground) if found is not None else None


def above_of(desk: Desk, person: Person, role: str, out: Set[UUID]) -> Person | None:
    """Who is above a person for a role, some left out: the superior, else the role's supervisor, else the head."""
    above = first_over(desk, person, out)
    if above is not None:
        return above.acting
    roles = (*sorted(SUPERVISORS.get(role, ())), *LAST)
    people = (one for each in roles for one in holders(desk.session, person.organisation_id, each, desk.now))
    return next((one for one in people if one.id not in out), None)


def without_barred(desk: Desk, case: Case, role: str, people: Iterable[Person]) -> list[Person]:
    """Some persons for a task, but whom it is kept from; whoever acts in their place when nobody is left."""
    barred = barred_from(desk, case, role)
    found = list(people)
    if barred is None or barred not in {person.id for person in found}:
        return found
    left = [person for person in found if person.id != barred]
    if left:
        return left
    named = in_place_of(desk, desk.session.get_one(Person, barred), role, {barred})
    return [desk.session.get_one(Person, named.person_id)] if named is not None else []


def _named(person: Person, ground: dict[str, Any]) -> Named:
    return Named(person.id, person.code, ground)
