"""Events: starts and ends, messages sent and awaited, moments awaited, and what watches over an open element."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any

from SpiffWorkflow.bpmn.specs.defaults import BpmnSpecMixin
from SpiffWorkflow.util.task import TaskState

from workflows.engine.data import clean_mapping
from workflows.engine.elements import Element, put
from workflows.engine.moments import due_of
from workflows.engine.values import Thrown
from workflows.engine.withdrawal import interrupt, withdraw_all

HAPPENED = "happened"
CHOSEN = "chosen"


class StartEvent(Element, BpmnSpecMixin):
    """Where a process begins."""


class _Throwing(Element, BpmnSpecMixin):
    """An event that says something: a message sent, or an error or escalation (``escapes``) that nothing catches.

    The token that comes to an error stays there, under way for ever: its case stands in error and never looks finished.
    """

    throws: str | None = None
    escapes: str | None = None

    def _run_hook(self, my_task: Any) -> bool | None:
        live = my_task.workflow.top_workflow
        if self.escapes:
            live.escaped.append(Thrown(self.escapes, MappingProxyType({}), self.bpmn_id))
            return None
        if self.throws:
            live.thrown.append(Thrown(self.throws, MappingProxyType({}), self.bpmn_id))
        return True


class ThrowEvent(_Throwing):
    """A message sent on the way (or nothing at all, for an event without one)."""


class EndEvent(_Throwing):
    """Where a token ends; ``terminates`` ends all others of its process with it."""

    terminates = False

    def _run_hook(self, my_task: Any) -> bool | None:
        if not super()._run_hook(my_task):
            return None
        live = my_task.workflow.top_workflow
        if my_task.workflow is live:
            live.end = self.bpmn_id
        if self.terminates:
            withdraw_all(my_task.workflow, but=my_task)
        return True


class _Awaiting(Element, BpmnSpecMixin):
    """An event that is awaited: a message by its name, or a moment by an expression fixed on entry."""

    message: str | None = None
    timer: tuple[str, str] | None = None
    """How the moment is written (``timeDate`` or ``timeDuration``) and its expression."""

    def enter(self, my_task: Any) -> None:
        """Fix the moment; an expression that gives nothing awaits nothing."""
        if self.timer is not None:
            due = due_of(my_task, *self.timer)
            my_task.internal_data["due"] = due.isoformat() if due is not None else None

    def happen(self, my_task: Any, payload: Mapping[str, object] | None = None) -> None:
        """What was awaited has come: keep what it brought, and let the token go on."""
        if payload is not None:
            put(my_task, clean_mapping(payload))
        my_task.internal_data[HAPPENED] = True
        my_task._ready()


class CatchEvent(_Awaiting):
    """A token waits here for a message or for a moment."""

    def _update_hook(self, my_task: Any) -> bool:
        chosen = my_task.parent.internal_data.get(CHOSEN)
        if my_task.internal_data.get(HAPPENED) or chosen == self.name:
            return True
        if my_task._state != TaskState.WAITING:
            my_task._set_state(TaskState.WAITING)
            self.enter(my_task)
        return False


class EventGateway(Element, BpmnSpecMixin):
    """A token waits for the first of several events; the others are then no longer awaited."""

    def _update_hook(self, my_task: Any) -> bool:
        if my_task.internal_data.get(CHOSEN):
            return True
        if my_task._state != TaskState.WAITING:
            my_task._set_state(TaskState.WAITING)
            moments = {arm.name: due_of(my_task, *arm.timer) for arm in self.outputs if arm.timer is not None}
            my_task.internal_data["dues"] = {name: due.isoformat() for name, due in moments.items() if due}
        return False

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


class BoundaryEvent(_Awaiting):
    """An event that watches over an open element: interrupting, it takes the token away from it."""

    host = ""
    interrupts = True

    def _update_hook(self, my_task: Any) -> bool:
        return bool(my_task.internal_data.get(HAPPENED))

    def happen(self, my_task: Any, payload: Mapping[str, object] | None = None) -> None:
        """What was awaited has come while the element was open."""
        super().happen(my_task, payload)
        if self.interrupts:
            interrupt(my_task.parent, my_task)
