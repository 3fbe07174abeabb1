"""Deadlines that a change of the case moved: the task shows the new one, and is looked at by it."""

from __future__ import annotations

from sqlalchemy import select

from workflows.cases.models import Task, TaskState
from workflows.cases.reminders import arm, disarm
from workflows.cases.services import CaseServices
from workflows.desk import Desk
from workflows.engine import Progress
from workflows.journal.write import note

LIVE = (TaskState.OPEN, TaskState.CLAIMED)


def renew_dues(desk: Desk, services: CaseServices, progress: Progress) -> None:
    """Move the deadlines of open tasks that the engine worked out anew; each is a line of the journal."""
    if not progress.renewed:
        return
    dues = {task.id: task.due for task in progress.open if task.id in progress.renewed}
    query = select(Task).where(Task.case_id == services.case.id, Task.engine_id.in_(dues), Task.state.in_(LIVE))
    for task in desk.session.scalars(query).all():
        due = dues[task.engine_id] if task.engine_id is not None else None
        if due == task.due_at:
            continue
        note(desk, "task.due_moved", case=services.case, step=task.step, before=task.due_at, due_at=due)
        task.due_at, task.revision = due, task.revision + 1
        task.counted = services.counts.of(due)
        disarm(desk, services.case.id, [task.id])
        desk.session.flush()
        arm(desk, services.calendar, task)
