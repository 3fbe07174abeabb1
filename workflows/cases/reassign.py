"""Handing over what someone who leaves has in hand (D13): tasks, signatures, designations, replacements, one line each.

Called at D13, and again at the instant of revocation: what may still be theirs until then (a signature) is looked at
again, and what came meanwhile is moved. Done twice, the second time finds nothing left. Signatures given stay valid.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import exists, or_, select

from workflows.cases.designations import end_designations, end_replacements
from workflows.cases.handed import Handed, Move
from workflows.cases.models import Case, PersonKind, Task, TaskPerson, TaskState
from workflows.cases.orphans import Inboxes
from workflows.desk import Desk
from workflows.people.models import Person
from workflows.people.roles import works

LIVE = (TaskState.OPEN, TaskState.CLAIMED)


def hand_over(desk: Desk, leaver: Person, successor: Person | None, case: Case) -> list[dict[str, Any]]:
    """Move what a person has in hand, in every case of the body; what was done, as D13 keeps it.

    Each mapping: ``dossier`` (number), ``etape``, ``action`` (a code of ``handed.Move``), ``a`` (codes of persons).
    """
    gone = _is_gone(desk, leaver, case)
    handed = Handed(desk, leaver, successor, case, gone)
    if gone:
        end_designations(handed)
    inboxes = Inboxes(desk, leaver)
    for other, tasks in _by_case(desk, leaver, inboxes):
        for task in tasks:
            Move(handed, inboxes, other, task).make()
    if gone:
        end_replacements(handed)
    desk.session.flush()
    return handed.done


def _is_gone(desk: Desk, leaver: Person, case: Case) -> bool:
    """Whether the instant has come: the case's ``t_revocation``, else whether the person works here no more."""
    told = case.facts.get("t_revocation")
    instant = datetime.fromisoformat(told) if isinstance(told, str) else None
    return not works(leaver, desk.now) or (instant is not None and instant <= desk.now)


def _by_case(desk: Desk, leaver: Person, inboxes: Inboxes) -> Iterable[tuple[Case, Sequence[Task]]]:
    """The cases where the person has something, locked one after the other in one order, with the tasks of each."""
    own = (Case.organisation_id == leaver.organisation_id, Case.ended_at.is_(None))
    query = select(Case.id).where(*own, exists().where(Task.case_id == Case.id, _theirs(leaver, inboxes.queues)))
    for case_id in desk.session.scalars(query.order_by(Case.id)).all():
        case = desk.session.get_one(Case, case_id, with_for_update=True, populate_existing=True)
        tasks = select(Task).where(Task.case_id == case.id, _theirs(leaver, inboxes.queues)).order_by(Task.id)
        yield case, desk.session.scalars(tasks.execution_options(populate_existing=True)).all()


def _theirs(leaver: Person, left: Sequence[str]) -> Any:
    """What makes a task one that waits for the person: in hand, returned, named for, or in an inbox left to nobody."""
    named = exists().where(
        TaskPerson.task_id == Task.id,
        TaskPerson.person_id == leaver.id,
        TaskPerson.kind == PersonKind.CANDIDATE,
        TaskPerson.removed_at.is_(None),
    )
    held = (Task.state == TaskState.CLAIMED) & (Task.assignee_id == leaver.id)
    returned = (Task.state == TaskState.RETURNED) & (Task.returned_by_id == leaver.id)
    waiting = (Task.state == TaskState.OPEN) & Task.queue.in_(left)
    return or_(held, returned, waiting, Task.state.in_(LIVE) & named)
