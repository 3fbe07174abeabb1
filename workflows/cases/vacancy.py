"""What follows a change of the register: tasks go back, and the head is asked for a successor (CARD-02, X02)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from sqlalchemy import select

from workflows.cases.hands import free_hands
from workflows.cases.models import Case, Task, TaskState
from workflows.cases.record import withdraw
from workflows.cases.reminders import disarm
from workflows.cases.start import start_by_message
from workflows.cases.unnumbered import VACANCY, ask_beside
from workflows.desk import Desk
from workflows.errors import Missing
from workflows.people.models import RoleAssignment
from workflows.people.roles import live

OPENED_BY = "nomination.lancee"


def settle_roles(desk: Desk, organisation_id: UUID, case_id: UUID | None) -> None:
    """Put back the tasks that reach their holder no more; open X02 while an interim stands, take it back after."""
    free_hands(desk, organisation_id)
    interims = _interims(desk, organisation_id)
    waiting = _waiting(desk, organisation_id)
    if interims and not waiting:
        _ask(desk, interims[0], case_id)
    elif waiting and not interims:
        for task in waiting:
            withdraw(desk, desk.session.get_one(Case, task.case_id), task)
            disarm(desk, task.case_id, [task.id])


def _interims(desk: Desk, organisation_id: UUID) -> Sequence[RoleAssignment]:
    """The interims that stand now, the first to end first."""
    mine = (RoleAssignment.organisation_id == organisation_id, RoleAssignment.interim.is_(True))
    query = select(RoleAssignment).where(*mine, live(desk.now)).order_by(RoleAssignment.valid_until)
    return desk.session.scalars(query).all()


def _waiting(desk: Desk, organisation_id: UUID) -> Sequence[Task]:
    states = (TaskState.OPEN, TaskState.CLAIMED)
    mine = (Task.organisation_id == organisation_id, Task.step == VACANCY.step, Task.state.in_(states))
    return desk.session.scalars(select(Task).where(*mine).order_by(Task.id)).all()


def _ask(desk: Desk, interim: RoleAssignment, case_id: UUID | None) -> None:
    """Ask the head for a successor, in the case that led to it; without one, in a nomination of its own."""
    found = case_id or interim.case_id
    case = desk.session.get(Case, found, with_for_update=True) if found is not None else None
    if case is None:
        try:
            case = start_by_message(desk, OPENED_BY, told_of(interim))
        except Missing:
            return
    ask_beside(desk, case, replace(VACANCY, due_at=interim.valid_until))


def told_of(interim: RoleAssignment) -> dict[str, object]:
    """What a nomination of a contact lead begins with."""
    return {
        "action": "NOMMER",
        "role": "INTRL",
        "portee_type": interim.scope,
        "portee_code": interim.scope_code,
    }


def name_successor(desk: Desk, case: Case) -> Case | None:
    """The head takes up the vacancy: a nomination of a contact lead begins, for the head to propose."""
    interims = _interims(desk, case.organisation_id)
    if not interims:
        return None
    try:
        return start_by_message(desk, OPENED_BY, told_of(interims[0]), case)
    except Missing:
        return None
