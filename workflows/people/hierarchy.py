"""Who is above whom: superiors, heads of units, and the units below one."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows.people.models import Person, Unit


def superior_of(session: Session, person: Person) -> Person | None:
    """A person's superior: the one named, else the head of the unit, else of the unit above; None at the top."""
    if person.superior_id is not None:
        return session.get(Person, person.superior_id) if person.superior_id != person.id else None
    unit = session.get(Unit, person.unit_id) if person.unit_id is not None and not person.central else None
    return head_of(session, unit, person)


def head_of(session: Session, unit: Unit | None, person: Person) -> Person | None:
    """Who heads a unit, else the unit above, and so on, for someone in it who is not that person."""
    seen: set[UUID] = set()
    while unit is not None and unit.id not in seen:
        seen.add(unit.id)
        if unit.head_id is not None and unit.head_id != person.id:
            return session.get(Person, unit.head_id)
        unit = session.get(Unit, unit.parent_id) if unit.parent_id is not None else None
    return None


def line_above(session: Session, person: Person) -> tuple[UUID, ...]:
    """The ids of a person's superior, of the superior's superior, and so on to the top; a loop ends it."""
    line: list[UUID] = []
    above = superior_of(session, person)
    while above is not None and above.id not in line and above.id != person.id:
        line.append(above.id)
        above = superior_of(session, above)
    return tuple(line)


def is_subordinate(session: Session, person: Person, *, of: Person) -> bool:
    """Whether a person works under another, directly or not (SOD-04)."""
    return of.id in line_above(session, person)


def units_below(session: Session, unit_id: UUID) -> tuple[Unit, ...]:
    """A unit and every unit below it."""
    top = select(Unit.id).where(Unit.id == unit_id).cte(recursive=True)
    tree = top.union(select(Unit.id).join(top, Unit.parent_id == top.c.id))
    return tuple(session.scalars(select(Unit).where(Unit.id.in_(select(tree.c.id))).order_by(Unit.code)))
