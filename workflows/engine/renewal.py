"""Moments that were fixed on entry, fixed anew because a value that they were worked out from has changed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from SpiffWorkflow.util.task import TaskState

from workflows.engine.elements import ManualTask, UserTask
from workflows.engine.expressions import compiled_at
from workflows.engine.waiting import BoundaryEvent, CatchEvent, EventGateway


def renew(live: Any, names: frozenset[str]) -> None:
    """Work out anew the deadlines, timers and correlations that read one of these values; what is past comes at once.

    An element says so by ``parcours:renews``: the values it changes that deadlines depend on.
    """
    for task in live.all_tasks():
        if not any(names & _names(task, text) for text in _texts(task)):
            continue
        spec = task.task_spec
        if isinstance(spec, UserTask | ManualTask):
            if task._state == TaskState.READY:
                spec.fix_due(task)
                live.renewed.append(task.id)
        elif task._state == TaskState.WAITING:
            spec.enter(task)
            if isinstance(spec, CatchEvent | EventGateway) and spec.is_past(task):
                task._ready()


def _texts(task: Any) -> Iterator[str]:
    """The expressions by which an open element fixed what it awaits."""
    spec = task.task_spec
    if isinstance(spec, UserTask | ManualTask):
        yield from filter(None, [spec.attributes.get("due")])
    for arm in spec.outputs if isinstance(spec, EventGateway) else (spec,):
        if isinstance(arm, CatchEvent | BoundaryEvent):
            yield from filter(None, [arm.attributes.get("correlation")])
            if arm.timer is not None and arm.timer[0] == "timeDate":
                yield arm.timer[1]


def _names(task: Any, text: str) -> frozenset[str]:
    return frozenset(compiled_at(task, text).free_names)
