"""Forgetting what is done: a case keeps the tokens that are under way, and of the others only what these still ask.

The history of a case is in its journal and its steps. The engine asks a finished token for two things alone: a join
asks by which way each token came (``BY``), a repeated element how many of its instances are done (``GONE``). Both are
written on the token that asks, and nobody asks a finished token any more: an event that watches hangs under the element
it watches over, an instance under its repeated element, and these are unfinished as long as they are. So whatever hung
under a finished token hangs under the root of its tree, and a loop costs the thousandth time what it cost the first.
"""

from __future__ import annotations

from typing import Any

from SpiffWorkflow.util.task import TaskState

from workflows.engine.gateways import BY
from workflows.engine.repeats import GONE, Repeated

UNFINISHED = TaskState.NOT_FINISHED_MASK


def prune(workflow: Any) -> None:
    """Drop the finished tokens of one process, all but the root of its tree."""
    root = workflow.task_tree
    kept = {key: task for key, task in workflow.tasks.items() if task is root or task._state & UNFINISHED}
    if len(kept) == len(workflow.tasks):
        return
    for task in kept.values():
        if isinstance(task.task_spec, Repeated):
            _count(task, kept)
        if task is not root and task._parent not in kept:
            _remember(task)
            task._parent = root.id
    for task in kept.values():
        task._children = []
    for key, task in kept.items():
        if task is not root:
            kept[task._parent]._children.append(key)
    workflow.tasks = kept


def _count(task: Any, kept: dict[Any, Any]) -> None:
    """Count the instances of a repeated element that are about to be dropped."""
    gone = sum(1 for child in task.children if child.task_spec.name == task.task_spec.inner and child.id not in kept)
    if gone:
        task.internal_data[GONE] = task.internal_data.get(GONE, 0) + gone


def _remember(task: Any) -> None:
    """Note by which way a token came that waits to be joined with others."""
    if task._state == TaskState.WAITING and hasattr(task.task_spec, "joined") and task.parent is not None:
        task.internal_data.setdefault(BY, task.parent.task_spec.name)
