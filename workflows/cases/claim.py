"""Taking a task out of the inbox, into one's own hands (« Prendre en charge »)."""

from __future__ import annotations

from workflows.cases.access import allow
from workflows.cases.commands import ClaimTask
from workflows.cases.models import Task, TaskState
from workflows.cases.revision import check_revision
from workflows.cases.store import hold_task
from workflows.desk import Desk
from workflows.journal.write import note


def claim_task(desk: Desk, command: ClaimTask) -> Task:
    """Take a task; one already in the actor's own hands stays there, one in another's is a conflict."""
    held = hold_task(desk, command.task_id)
    allow(desk, "claim", held)
    check_revision(desk, held.task, command.revision)
    task = held.task
    if task.state != TaskState.CLAIMED or task.assignee_id != desk.actor.id:
        task.state, task.assignee_id = TaskState.CLAIMED, desk.actor.id
        task.revision += 1
        note(desk, "task.claimed", case=held.case, step=task.step)
    return task
