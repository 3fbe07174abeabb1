"""What is heard of an error, an escalation or a signal: the event that catches it, from the inside outwards."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

from SpiffWorkflow.util.task import TaskState

from workflows.engine.elements import note
from workflows.engine.errors import EngineError
from workflows.engine.expressions import payload_of
from workflows.engine.values import BpmnError, Thrown
from workflows.engine.waiting import BoundaryEvent, CatchEvent, EventGateway


def hear(live: Any, task: Any) -> None:
    """Let what one event or service task raised be heard, and let its own token go on where it may."""
    spec = task.task_spec
    if getattr(spec, "signals", None):
        payload = payload_of(task)
        live.thrown.append(Thrown(spec.signals, payload, spec.bpmn_id, "signal"))
        broadcast(live, spec.signals, payload)
        if task.has_state(TaskState.CANCELLED):
            note(task, "TERMINEE")
        _go_on(task)
        return
    failure = live.failures.pop(task.id, None)
    kind, code = spec.escape if failure is None else ("error", failure.code)
    guard = _catcher(live, task, kind, code)
    if guard is not None:
        _caught(task, guard, payload_of(task) if failure is None else failure.payload)
    elif failure is not None:
        raise EngineError("engine.error_uncaught", spec.bpmn_id, error=failure.code)
    else:
        live.escaped.append(Thrown(spec.escapes, MappingProxyType({}), spec.bpmn_id, kind))


def broadcast(live: Any, name: str, payload: Mapping[str, object]) -> int:
    """Let everything in a case that awaits a signal have it; how many did."""
    heard = 0
    for task in [one for one in live.all_tasks() if one._state == TaskState.WAITING]:
        spec = task.task_spec
        if task._state != TaskState.WAITING:
            continue
        if isinstance(spec, EventGateway):
            arm = next((one for one in spec.outputs if one.signal == name), None)
            if arm is not None:
                spec.choose(task, arm, payload or None)
                heard += 1
        elif isinstance(spec, CatchEvent | BoundaryEvent) and spec.signal == name:
            spec.happen(task, payload or None)
            heard += 1
    return heard


def come_true(live: Any) -> bool:
    """Let one condition that has come true be seen; whether there was one."""
    for task in live.all_tasks():
        spec = task.task_spec
        if task._state != TaskState.WAITING:
            continue
        if isinstance(spec, EventGateway):
            arm = next((one for one in spec.outputs if one.came_true(task)), None)
            if arm is not None:
                spec.choose(task, arm)
                return True
        elif isinstance(spec, CatchEvent | BoundaryEvent) and spec.came_true(task):
            spec.happen(task)
            return True
    return False


def fail(live: Any, task: Any, error: BpmnError) -> None:
    """Remember an error that an operation answered, to be heard once the task has stopped running."""
    live.failures[task.id] = error
    live.raised.append(task)


def _catcher(live: Any, task: Any, kind: str, code: str) -> Any:
    """The nearest event over an element around a token that catches this; one that names the code comes first."""
    for around in _around(live, task):
        watching = [one for one in around.children if one is not None and one._state == TaskState.WAITING]
        for wanted in (code, None):
            for guard in watching:
                if getattr(guard.task_spec, "catches", None) == (kind, wanted):
                    return guard
    return None


def _around(live: Any, task: Any) -> Iterator[Any]:
    """A token and the elements that it is inside of, from the nearest outwards."""
    while task is not None:
        yield task
        parent = task.parent
        if parent is not None and getattr(parent.task_spec, "inner", None) == task.task_spec.name:
            task = parent
        else:
            owner = task.workflow.parent_task_id
            task = live.find(owner) if owner else None


def _caught(task: Any, guard: Any, payload: Mapping[str, object]) -> None:
    """Take what was raised to the event that catches it; what raised it goes on unless it was taken away."""
    if guard.task_spec.interrupts and task.task_spec.kind != "serviceTask":
        note(task, "TERMINEE")
    guard.task_spec.happen(guard, payload or None)
    _go_on(task)


def _go_on(task: Any) -> None:
    if task._state == TaskState.STARTED:
        task.complete()
