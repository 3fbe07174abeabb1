"""Taking work back: an element that was interrupted, a process that was ended, and all that runs inside them."""

from __future__ import annotations

from typing import Any

from SpiffWorkflow.util.task import TaskState

from workflows.engine.elements import note


def interrupt(host: Any, by: Any) -> None:
    """Take an open element back: its own work withdrawn, the event that did it going on alone."""
    withdraw_inside(host)
    for child in host.children:
        if child is not by and child.has_state(TaskState.NOT_FINISHED_MASK):
            child.cancel()
    host._set_state(TaskState.CANCELLED)
    note(host, "ANNULEE")


def withdraw_inside(owner: Any) -> None:
    """Take back the process that runs inside an element, if one does."""
    live = owner.workflow.top_workflow
    inside = live.subprocesses.get(owner.id)
    if inside is not None:
        withdraw_all(inside)
        inside.completed = True
        live.retire(inside)


def withdraw_all(workflow: Any, but: Any = None) -> None:
    """Take every open token of a process back, those of the processes it called too."""
    for task in list(workflow.tasks.values()):
        if task is not but and task.has_state(TaskState.NOT_FINISHED_MASK):
            task.cancel()
