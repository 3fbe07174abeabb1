"""Putting a task back in the inbox it came from (« Remettre dans la corbeille »)."""

from __future__ import annotations

from workflows.cases.access import allow
from workflows.cases.commands import ReleaseTask
from workflows.cases.models import Task, TaskState
from workflows.cases.revision import check_revision
from workflows.cases.store import hold_task
from workflows.desk import Desk
from workflows.journal.write import note


def release_task(desk: Desk, command: ReleaseTask) -> Task:
    """Put a task back; its draft stays with it."""
    held = hold_task(desk, command.task_id)
    allow(desk, "release", held)
    check_revision(desk, held.task, command.revision)
    task = held.task
    if task.state == TaskState.CLAIMED:
        task.state, task.assignee_id = TaskState.OPEN, None
        task.revision += 1
        note(desk, "task.released", case=held.case, step=task.step)
    return task
