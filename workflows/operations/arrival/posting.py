"""In which unit and under whom: at once for a newcomer, on the first day for someone who works elsewhere until then."""

from __future__ import annotations

from collections.abc import Mapping

from workflows.operations.arrival.employee import end_of, file_of, place, unit_of
from workflows.operations.context import OperationContext
from workflows.people.directory import person_by_code
from workflows.people.hierarchy import head_of, superior_of
from workflows.people.models import Person, Unit
from workflows.people.roles import works

UNIT, ABOVE = "unite_prevue", "superieur_prevu"
"""What a case knows of the posting of someone who moves, until it takes effect (A33)."""


def post(context: OperationContext, person: Person, unit: Unit | None, above: Person | None) -> Mapping[str, object]:
    """Put someone in a unit under a superior; someone who works here is moved on the first day, and not before."""
    if not works(person, context.desk.now):
        _take(context, person, unit, above)
        context.desk.session.flush()
        place(context, person)
        return {UNIT: None, ABOVE: None}
    return _announce(context, person, unit, above)


def _announce(
    context: OperationContext, person: Person, unit: Unit | None, above: Person | None
) -> Mapping[str, object]:
    acting = above if above is not None else head_of(context.desk.session, unit, person)
    place(context, person, unit)
    return {UNIT: unit.code if unit is not None else None, ABOVE: acting.code if acting is not None else None}


def _take(context: OperationContext, person: Person, unit: Unit | None, above: Person | None) -> None:
    person.unit_id = unit.id if unit is not None else None
    person.superior_id = above.id if above is not None else None
    person.position_no = str(file_of(context)["no_poste"])
    person.employed_until = end_of(context, file_of(context).get("date_fin_prevue"))


def is_coming(context: OperationContext) -> bool:
    """Whether a move is still to take effect."""
    return context.case.facts.get(UNIT) is not None


def take_post(context: OperationContext, person: Person | None) -> Mapping[str, object]:
    """Let a move take effect: the unit, the superior and the position of the file become the person's (A33)."""
    if person is None or not is_coming(context):
        return {}
    above = person_by_code(context.desk.session, str(context.case.facts.get(ABOVE)), context.case.organisation_id)
    _take(context, person, unit_of(context, context.case.facts[UNIT]), above)
    context.desk.session.flush()
    return {UNIT: None, ABOVE: None}


def repost(
    context: OperationContext, person: Person, told: Mapping[str, object], above: Person | None
) -> tuple[bool, Mapping[str, object]]:
    """Apply another unit or superior told meanwhile: whether either becomes another, and what the case then knows."""
    session, facts = context.desk.session, context.case.facts
    coming = is_coming(context)
    old_unit = unit_of(context, facts[UNIT]).id if coming else person.unit_id  # type: ignore[union-attr]
    old_above = superior_to_be(context, person)
    unit = unit_of(context, told["unite"]) if told.get("unite") else None
    new_unit = unit if unit is not None and unit.id != old_unit else None
    other = above if above is not None and above.id != person.id else None
    changed = other is not None and (old_above is None or other.id != old_above.id)
    if new_unit is None and not changed:
        return False, {}
    if coming:
        kept = new_unit or unit_of(context, facts[UNIT])
        return True, _announce(context, person, kept, other or (None if new_unit is not None else old_above))
    if new_unit is not None:
        person.unit_id, person.superior_id = new_unit.id, None
    if other is not None:
        person.superior_id = other.id
    session.flush()
    place(context, person)
    return True, {}


def superior_to_be(context: OperationContext, person: Person) -> Person | None:
    """Who is above the person in the posting that the arrival is about."""
    code = context.case.facts.get(ABOVE)
    if code is not None:
        return person_by_code(context.desk.session, str(code), context.case.organisation_id)
    return superior_of(context.desk.session, person)
