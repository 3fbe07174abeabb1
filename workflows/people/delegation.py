"""The delegation plan in force, and its entries: who may bind the body, for what, up to how much."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, SQLColumnExpression, and_, exists, func, or_, select
from sqlalchemy.orm import Session

from workflows.people.models import DelegationEntry, DelegationPlan, Unit

HOLDER = func.coalesce(DelegationEntry.person_id, Unit.head_id)
"""Who an entry stands for: the person named, else whoever heads the unit."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One live row of the plan. Ceilings are cents before taxes, None when not allowed; ``until`` is its own end."""

    id: UUID
    code: str
    plan: str
    person_id: UUID
    function: str
    level: int
    types: frozenset[str]
    ceiling_alone_cents: int | None
    ceiling_joint_cents: int | None
    sectors: frozenset[str] | None
    substitutable: bool
    until: datetime | None

    def covers_unit(self, unit: str | None) -> bool:
        """Whether the entry reaches a budget unit: listed by code, or no sector is named (the whole body)."""
        return self.sectors is None or (unit is not None and unit in self.sectors)

    def covers_types(self, types: frozenset[str]) -> bool:
        """Whether the entry allows every one of some act types (``APPAREIL``, ``RESEAU``, ``TECHNO``)."""
        return types <= self.types


def plan_in_force(session: Session, organisation_id: UUID, moment: datetime) -> DelegationPlan | None:
    """The one version of the plan in force at a moment (CARD-12), or None."""
    query = select(DelegationPlan).where(
        DelegationPlan.organisation_id == organisation_id, _in_force(DelegationPlan, moment)
    )
    return session.scalars(query.order_by(DelegationPlan.valid_from.desc())).first()


def holds_live_entry(
    person_id: SQLColumnExpression[UUID], bound: SQLColumnExpression[list[str]], moment: datetime
) -> ColumnElement[bool]:
    """Whether a person has a live entry of the plan in force: without one, DERO gives nothing (CARD-07).

    A role that was given against named entries (``bound``) counts only while one of those is live.
    """
    found = (
        select(DelegationEntry.id)
        .join(DelegationPlan, DelegationPlan.id == DelegationEntry.plan_id)
        .outerjoin(Unit, Unit.id == DelegationEntry.head_of_id)
        .where(_in_force(DelegationPlan, moment), _in_force(DelegationEntry, moment), person_id == HOLDER)
        .where(or_(func.cardinality(bound) == 0, DelegationEntry.code == func.any(bound)))
    )
    return exists(found.correlate_except(DelegationEntry, DelegationPlan, Unit))


def _in_force(table: type[DelegationPlan] | type[DelegationEntry], moment: datetime) -> ColumnElement[bool]:
    return and_(table.valid_from <= moment, or_(table.valid_until.is_(None), table.valid_until > moment))


def entries_in_force(session: Session, organisation_id: UUID, moment: datetime) -> tuple[Entry, ...]:
    """The live entries of the plan in force at a moment, lowest level first."""
    plan = plan_in_force(session, organisation_id, moment)
    if plan is None:
        return ()
    query = (
        select(DelegationEntry, HOLDER)
        .outerjoin(Unit, Unit.id == DelegationEntry.head_of_id)
        .where(DelegationEntry.plan_id == plan.id, _in_force(DelegationEntry, moment))
    )
    rows = session.execute(query.order_by(DelegationEntry.level, DelegationEntry.code)).all()
    return tuple(_entry(row, plan, holder) for row, holder in rows if holder is not None)


def _entry(row: DelegationEntry, plan: DelegationPlan, holder: UUID) -> Entry:
    ends = [end for end in (row.valid_until, plan.valid_until) if end is not None]
    return Entry(
        id=row.id,
        code=row.code,
        plan=plan.version,
        person_id=holder,
        function=row.function,
        level=row.level,
        types=frozenset(row.types),
        ceiling_alone_cents=row.ceiling_alone_cents,
        ceiling_joint_cents=row.ceiling_joint_cents,
        sectors=frozenset(row.sectors) if row.sectors is not None else None,
        substitutable=row.substitutable,
        until=min(ends, default=None),
    )
