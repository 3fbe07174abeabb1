"""Who would sign at each level: a level whose only signatory is the beneficiaries' manager sends requests higher."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows.delegation.draft import LEVELS, Draft, DraftEntry
from workflows.delegation.wording import problem
from workflows.engine import Problem
from workflows.people.models import Organisation, Unit

MOST_UNITS = 8
NOBODY = "plan.level_empty"
MANAGER = "plan.level_manager"
LINE = "plan.level_line"


def check_levels(
    session: Session, organisation: Organisation, draft: Draft, levels: Iterable[str], holders: Mapping[str, UUID]
) -> Iterator[Problem]:
    """The levels that the table asks for, each looked at from every unit; ``holders``: by entry, who it stands for."""
    own = select(Unit).where(Unit.organisation_id == organisation.id, Unit.active).order_by(Unit.code)
    units = list(session.scalars(own))
    asked = [level for level in LEVELS if level in set(levels)]
    for level in asked:
        found: dict[str, list[str]] = {}
        for unit in units:
            code = _seen_from(unit, units, _signing(draft.entries, level, unit.code, holders))
            if code is not None:
                found.setdefault(code, []).append(unit.code)
        for code, where in found.items():
            yield problem(
                code, draft.line("entrees"), level=level, next=next_of(level, asked), where=_where(where, units)
            )


def _signing(entries: Sequence[DraftEntry], level: str, unit: str, holders: Mapping[str, UUID]) -> frozenset[UUID]:
    """Who signs at a level for a unit."""
    number = LEVELS.index(level) + 1
    covering = (one for one in entries if one.level == number and (one.sectors is None or unit in one.sectors))
    return frozenset(holders[one.code] for one in covering if one.code in holders)


def _seen_from(unit: Unit, units: Sequence[Unit], signing: frozenset[UUID]) -> str | None:
    """What is wrong with those who would sign for a unit: whoever confirms the need does not sign (SOD-03)."""
    line = _line(unit, units)
    if not signing:
        return NOBODY
    if line and not signing - {line[0]}:
        return MANAGER
    return LINE if not signing - set(line) else None


def _line(unit: Unit, units: Sequence[Unit]) -> list[UUID]:
    """Who is above the people of a unit, the nearest first."""
    known = {one.id: one for one in units}
    found: list[UUID] = []
    place: Unit | None = unit
    for _ in units:
        if place is None:
            break
        if place.head_id is not None and place.head_id not in found:
            found.append(place.head_id)
        place = known.get(place.parent_id) if place.parent_id is not None else None
    return found


def next_of(level: str, asked: Sequence[str]) -> tuple[str, str]:
    """Where a request goes when a level cannot give its signature."""
    higher = [one for one in asked if one > level]
    return (
        (f"au niveau {higher[0]}", f"to level {higher[0]}") if higher else ("au dirigeant", "to the head of the body")
    )


def _where(codes: Sequence[str], units: Sequence[Unit]) -> tuple[str, str]:
    if len(codes) == len(units):
        return ("Dans toutes les unités.", "In every unit.")
    named = ", ".join(codes[:MOST_UNITS]) + (" …" if len(codes) > MOST_UNITS else "")
    return (f"Unités : {named}.", f"Units: {named}.")
