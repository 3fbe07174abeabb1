"""A task returned for details: its clock stops, and the same person has it back with what was left."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from sqlalchemy import bindparam, select

from workflows.calendars.count import Count
from workflows.calendars.functions import USUAL
from workflows.calendars.hours import BusinessCalendar
from workflows.cases.models import Case, Task, TaskState
from workflows.cases.reminders import pause
from workflows.desk import Desk

RETURN = "RETOURNER"
ASIDE = select(Task).where(Task.case_id == bindparam("case"), Task.state == TaskState.RETURNED)


def set_aside(desk: Desk, task: Task, calendar: BusinessCalendar) -> None:
    """Return a task: it waits with whoever returned it, what is left of its clock kept."""
    task.state = TaskState.RETURNED
    task.engine_id = None
    task.returned_by_id = task.assignee_id = desk.actor.id
    task.outcome = RETURN
    task.draft = None
    task.revision += 1
    task.remaining_seconds = _business_seconds(calendar, desk, task)
    pause(desk, task)


def take_up(desk: Desk, task: Task, engine_id: UUID, calendar: BusinessCalendar) -> None:
    """Have a returned task again: the same person, with the time that was left."""
    task.state = TaskState.CLAIMED
    task.engine_id = engine_id
    task.returned_by_id = None
    task.outcome = None
    task.revision += 1
    if task.remaining_seconds is not None:
        left = timedelta(seconds=task.remaining_seconds)
        task.due_at = calendar.add(desk.now, left)
        task.counted = Count(desk.now, ()).then(USUAL, left).kept(task.due_at)
    task.remaining_seconds = None


def set_aside_tasks(desk: Desk, case: Case) -> Sequence[Task]:
    """The tasks of a case that wait for details."""
    return desk.session.scalars(ASIDE, {"case": case.id}).all()


def _business_seconds(calendar: BusinessCalendar, desk: Desk, task: Task) -> int | None:
    if task.due_at is None:
        return None
    if task.due_at <= desk.now:
        return 0
    return int(calendar.between(desk.now, task.due_at).total_seconds())
