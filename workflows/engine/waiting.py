"""Events that are awaited: messages, signals, moments, conditions; alone, several at a gateway, or over an element."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from SpiffWorkflow.bpmn.specs.defaults import BpmnSpecMixin
from SpiffWorkflow.util.task import TaskState

from workflows.engine.data import clean_mapping
from workflows.engine.elements import Element, put
from workflows.engine.expressions import evaluate, holds
from workflows.engine.moments import cycle_of, due_of, next_of
from workflows.engine.withdrawal import interrupt

HAPPENED = "happened"
CHOSEN = "chosen"
HELD = "held"
"""Whether a condition that may come true again has not been false since."""


class Awaiting(Element, BpmnSpecMixin):
    """An event that is awaited: by its name, by a moment fixed on entry, or by a condition of the case's data."""

    message: str | None = None
    signal: str | None = None
    condition: str | None = None
    timer: tuple[str, str] | None = None
    """How the moment is written (``timeDate``, ``timeDuration``, ``timeCycle``) and its expression."""
    catches: tuple[str, str | None] | None = None
    """The kind (``error`` or ``escalation``) and the code of what is caught; no code catches all of the kind."""

    @property
    def named(self) -> str | None:
        """The message or signal that is awaited."""
        return self.message or self.signal

    def enter(self, my_task: Any) -> None:
        """Fix what is awaited; an expression of a moment that gives nothing awaits nothing."""
        key = self.attributes.get("correlation")
        if key and self.named:
            my_task.internal_data["key"] = str(evaluate(my_task, key))
        if self.timer is None:
            return
        if self.timer[0] == "timeCycle":
            my_task.internal_data.update(cycle_of(my_task, self.timer[1]))
            return
        due = due_of(my_task, *self.timer)
        my_task.internal_data["due"] = due.isoformat() if due is not None else None

    def happen(self, my_task: Any, payload: Mapping[str, object] | None = None) -> None:
        """What was awaited has come: keep what it brought, and let the token go on."""
        if payload is not None:
            put(my_task, clean_mapping(payload))
        my_task.internal_data[HAPPENED] = True
        my_task._ready()

    def came_true(self, my_task: Any) -> bool:
        """Whether the awaited condition has come true; for one that may come again, since it was last false."""
        if self.condition is None:
            return False
        now, before = holds(my_task, self.condition), my_task.internal_data.pop(HELD, False)
        if now and before:
            my_task.internal_data[HELD] = True
        return now and not before


class CatchEvent(Awaiting):
    """A token waits here for a message, a signal, a moment or a condition; where a link leads, for nothing."""

    def _update_hook(self, my_task: Any) -> bool:
        chosen = my_task.parent.internal_data.get(CHOSEN) if my_task.parent is not None else None
        waits = self.named or self.timer or self.condition
        if my_task.internal_data.get(HAPPENED) or chosen == self.name or not waits:
            return True
        if my_task._state != TaskState.WAITING:
            my_task._set_state(TaskState.WAITING)
            self.enter(my_task)
            return self.is_past(my_task)
        return False

    def is_past(self, my_task: Any) -> bool:
        """Whether a moment had come already when the token came here: then nothing is waited for."""
        due = my_task.internal_data.get("due")
        past = due is not None and datetime.fromisoformat(due) <= my_task.workflow.top_workflow.services.now
        if past:
            my_task.internal_data[HAPPENED] = True
        return past


def _instant(text: str) -> datetime:
    return datetime.fromisoformat(text)


class EventGateway(Element, BpmnSpecMixin):
    """A token waits for the first of several events; the others are then no longer awaited."""

    def _update_hook(self, my_task: Any) -> bool:
        if my_task.internal_data.get(CHOSEN):
            return True
        if my_task._state != TaskState.WAITING:
            my_task._set_state(TaskState.WAITING)
            self.enter(my_task)
            return self.is_past(my_task)
        return False

    def is_past(self, my_task: Any) -> bool:
        """Whether an arm's moment had come already when the token came here: the earliest one is taken at once."""
        now = my_task.workflow.top_workflow.services.now
        past = {name: at for name, due in my_task.internal_data["dues"].items() if (at := _instant(due)) <= now}
        if past:
            my_task.internal_data[CHOSEN] = min(past, key=lambda name: past[name])
        return bool(past)

    def enter(self, my_task: Any) -> None:
        """Fix what each arm awaits."""
        moments = {arm.name: due_of(my_task, *arm.timer) for arm in self.outputs if arm.timer is not None}
        my_task.internal_data["dues"] = {name: due.isoformat() for name, due in moments.items() if due}
        keys = {arm.name: arm.attributes["correlation"] for arm in self.outputs if "correlation" in arm.attributes}
        if keys:
            my_task.internal_data["keys"] = {name: str(evaluate(my_task, key)) for name, key in keys.items()}

    def onward(self, my_task: Any) -> list[Any]:
        """The arm that came first."""
        return [self._wf_spec.task_specs[my_task.internal_data[CHOSEN]]]

    def choose(self, my_task: Any, arm: Any, payload: Mapping[str, object] | None = None) -> None:
        """One of the events has come."""
        my_task.internal_data[CHOSEN] = arm.name
        if payload is not None:
            put(my_task, clean_mapping(payload), arm.bpmn_id)
        my_task._ready()

    def due(self, my_task: Any, arm: Any) -> datetime | None:
        """When an arm's moment comes, or None."""
        found = my_task.internal_data.get("dues", {}).get(arm.name)
        return datetime.fromisoformat(found) if found else None


class BoundaryEvent(Awaiting):
    """An event that watches over an open element: interrupting, it takes the token away from it.

    One that does not interrupt goes on watching: a message, a signal, an escalation or a condition may come again, a
    cycle comes again by itself. A date or a duration comes once.
    """

    host = ""
    interrupts = True

    def _update_hook(self, my_task: Any) -> bool:
        return bool(my_task.internal_data.get(HAPPENED))

    def happen(self, my_task: Any, payload: Mapping[str, object] | None = None) -> None:
        """What was awaited has come while the element was open."""
        host = my_task.parent
        again = None if self.interrupts else self._again(my_task)
        super().happen(my_task, payload)
        if self.interrupts:
            interrupt(host, my_task)
        elif again is not None:
            self.watch(host, again)

    def watch(self, host: Any, kept: Mapping[str, object] | None = None) -> None:
        """Begin to watch over an element, or go on after this has happened once (``kept``)."""
        guard = host._add_child(self, TaskState.WAITING)
        guard.triggered = True
        if kept is None:
            self.enter(guard)
        else:
            guard.internal_data.update(kept)

    def _again(self, my_task: Any) -> dict[str, object] | None:
        """What the next watch keeps; None when there is none."""
        if self.timer is not None:
            return next_of(my_task) if self.timer[0] == "timeCycle" else None
        kept = {name: value for name, value in my_task.internal_data.items() if name == "key"}
        return {**kept, HELD: True} if self.condition is not None else kept
