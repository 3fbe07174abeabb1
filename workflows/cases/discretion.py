"""Keeping a case from the person it is about, and from then on showing it again (B.2.4, ``employe_informe``)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import select

from workflows.cases.details import CaseLink
from workflows.cases.models import Case, Task, TaskState
from workflows.cases.place import put_with
from workflows.cases.reaching import Reach
from workflows.cases.stead import barred_from, keep_off
from workflows.desk import Desk
from workflows.journal.write import note
from workflows.people.discretion import keep_from, show_caused_by
from workflows.people.models import Person


def hide_from(desk: Desk, case: Case, person_id: UUID) -> None:
    """Let a case not exist for a person, nor those that it opened or that refer to it; nobody is told.

    What the person had in hand of it goes to whoever may do it (SOD-09): nobody would see it otherwise.
    """
    person = desk.session.get_one(Person, person_id)
    for each in (case, *_after(desk, case)):
        if keep_from(desk, each.id, person.id, case.id):
            note(desk, "case.hidden", case=each, persons=[person.code])
    for task in _in_hand(desk, case, person.id):
        put_with(desk, task, keep_off(desk, case, Reach(task.role, task.queue, task.item)))


def show_again(desk: Desk, case: Case) -> None:
    """End the discretion of a case at once: whoever it was kept from sees it as anyone in their place would."""
    if show_caused_by(desk, case.id):
        note(desk, "case.shown", case=case)


def _in_hand(desk: Desk, case: Case, person_id: UUID) -> list[Task]:
    """The tasks of a case that a person has taken and may not have."""
    held = (Task.case_id == case.id, Task.state == TaskState.CLAIMED, Task.assignee_id == person_id)
    tasks = desk.session.scalars(select(Task).where(*held).order_by(Task.id)).all()
    return [task for task in tasks if barred_from(desk, case, task.role) == person_id]


def _after(desk: Desk, case: Case) -> list[Case]:
    """The cases that a case opened or that refer to it, those of these, and so on."""
    start = select(CaseLink.other_id).where(CaseLink.case_id == case.id).cte(recursive=True)
    tree = start.union(select(CaseLink.other_id).join(start, CaseLink.case_id == start.c.other_id))
    query = select(Case).where(Case.id.in_(select(tree.c.other_id)), Case.id != case.id)
    return list(desk.session.scalars(query.order_by(Case.id)))


def unspoken(desk: Desk) -> tuple[str, ...]:
    """The numbers and ids of the cases kept from the actor: what names one of them elsewhere is not told."""
    if not desk.actor.blind:
        return ()
    rows = desk.session.execute(select(Case.number, Case.id).where(Case.id.in_(desk.actor.blind)))
    return tuple(word for number, case_id in rows for word in (number, str(case_id)))


def without(desk: Desk, data: Mapping[str, Any]) -> dict[str, Any]:
    """Data without what names a case that is kept from the actor."""
    words = unspoken(desk)
    return {key: value for key, value in data.items() if not any(word in str(value) for word in words)}
