"""When authority changes hands: a role, an entry, a plan, a replacement, an absence or employment starts or ends."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import DateTime, bindparam, func, select, union_all
from sqlalchemy.orm import Session

from workflows.cases.hands import free_hands
from workflows.cases.models import Case, Task, TaskState
from workflows.cases.signing import refresh_signature
from workflows.desk import Desk
from workflows.people.models import Absence, DelegationEntry, DelegationPlan, Person, RoleAssignment, Substitution

BOUNDS: tuple[Any, ...] = (
    Substitution.valid_from,
    Substitution.valid_until,
    DelegationEntry.valid_from,
    DelegationEntry.valid_until,
    DelegationPlan.valid_from,
    DelegationPlan.valid_until,
    RoleAssignment.valid_from,
    RoleAssignment.valid_until,
    Absence.valid_from,
    Absence.valid_until,
    Person.employed_from,
    Person.employed_until,
)


WINDOW = bindparam("after", type_=DateTime(True)), bindparam("until", type_=DateTime(True))
FIRSTS = [select(func.min(bound).label("at")).where(bound > WINDOW[0], bound <= WINDOW[1]) for bound in BOUNDS]
FIRST = select(func.min(union_all(*FIRSTS).subquery().c.at))
"""Built once: the clock asks it at each moment that it goes through."""


def next_change(session: Session, after: datetime, until: datetime) -> datetime | None:
    """The first moment in ``(after, until]`` at which someone's authority starts or ends."""
    found: datetime | None = session.scalar(FIRST, {"after": after, "until": until})
    return found


def authority_changed(desk: Desk) -> int:
    """Someone's authority starts or ends: signatures' lists are brought up to date, and tasks go back that no longer
    reach whoever holds them."""
    free_hands(desk, None)
    return refresh_signatures(desk)


def refresh_signatures(desk: Desk, organisation_id: UUID | None = None) -> int:
    """Bring the list of every open signature up to date; how many there were."""
    query = select(Task.id, Task.case_id).where(
        Task.item.is_not(None), Task.state.in_((TaskState.OPEN, TaskState.CLAIMED))
    )
    if organisation_id is not None:
        query = query.where(Task.organisation_id == organisation_id)
    found = desk.session.execute(query.order_by(Task.id)).all()
    for task_id, case_id in found:
        case = desk.session.get(Case, case_id, with_for_update=True, populate_existing=True)
        task = desk.session.get(Task, task_id, populate_existing=True)
        if case is not None and task is not None and task.state in (TaskState.OPEN, TaskState.CLAIMED):
            refresh_signature(desk, case, task)
    return len(found)
