"""Keeping unfinished answers with a task (« Enregistrer le brouillon »)."""

from __future__ import annotations

from workflows.cases.access import allow
from workflows.cases.commands import SaveDraft
from workflows.cases.models import Task, TaskState
from workflows.cases.revision import check_revision
from workflows.cases.store import hold_task
from workflows.desk import Desk
from workflows.errors import Flaw, Invalid
from workflows.journal.seal import plain
from workflows.journal.write import note

LARGEST = 200
"""How many keys a draft may hold."""


def save_draft(desk: Desk, command: SaveDraft) -> Task:
    """Keep unfinished answers; a task in no one's hands is taken by it, so that the draft has an owner."""
    held = hold_task(desk, command.task_id)
    allow(desk, "draft", held)
    check_revision(desk, held.task, command.revision)
    if len(command.answers) > LARGEST:
        raise Invalid("draft.too_large", {"answers": (Flaw("draft.too_large"),)})
    task = held.task
    if task.state == TaskState.OPEN:
        task.state, task.assignee_id = TaskState.CLAIMED, desk.actor.id
        note(desk, "task.claimed", case=held.case, step=task.step)
    task.draft = plain(command.answers)
    task.revision += 1
    note(desk, "draft.saved", case=held.case, step=task.step)
    return task
