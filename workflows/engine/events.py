"""Events that begin, end or say something: starts and ends, messages and signals sent, errors and escalations."""

from __future__ import annotations

from typing import Any

from SpiffWorkflow.bpmn.specs.defaults import BpmnSpecMixin
from SpiffWorkflow.util.task import TaskState

from workflows.engine.elements import Element
from workflows.engine.expressions import evaluate, payload_of
from workflows.engine.values import Thrown
from workflows.engine.withdrawal import withdraw_all


class StartEvent(Element, BpmnSpecMixin):
    """Where a process begins; of several, only the one whose message has come (``message``) does."""

    message: str | None = None

    def _update_hook(self, my_task: Any) -> bool:
        live = my_task.workflow.top_workflow
        if first_of(self._wf_spec, live.started_by if my_task.workflow is live else None) is self:
            return True
        my_task._set_state(TaskState.CANCELLED)
        return False


def first_of(spec: Any, message: str | None) -> StartEvent:
    """The start that is taken: the one that the message names, else one that needs none, else the first."""
    starts = [one for one in spec.start.outputs if isinstance(one, StartEvent)]
    asked = [one for one in starts if one.message is not None and one.message == message]
    return (asked or [one for one in starts if one.message is None] or starts)[0]


class _Throwing(Element, BpmnSpecMixin):
    """An event that says something: a message or a signal sent, or an error or escalation for whatever catches it.

    Errors, escalations and signals are heard once the event has run (``hearing.hear``), for what hears them may take
    the event's own token away. The token that comes to an error that nothing catches stays there, under way for ever:
    its case stands in error and never looks finished.
    """

    throws: str | None = None
    signals: str | None = None
    escapes: str | None = None
    """The name of the error or escalation, for people."""
    escape: tuple[str, str] | None = None
    """Its kind (``error`` or ``escalation``) and the code that a catching event compares."""

    def _run_hook(self, my_task: Any) -> bool | None:
        live = my_task.workflow.top_workflow
        if self.escape or self.signals:
            live.raised.append(my_task)
            return None
        if self.throws:
            key = self.attributes.get("correlation")
            correlation = evaluate(my_task, key) if key else None
            told = None if correlation is None else str(correlation)
            live.thrown.append(Thrown(self.throws, payload_of(my_task), self.bpmn_id, correlation=told))
        return True


class ThrowEvent(_Throwing):
    """A message or a signal sent on the way, or nothing at all; a link goes on to where it leads."""


class EndEvent(_Throwing):
    """Where a token ends; ``terminates`` ends all others of its process with it."""

    terminates = False

    def _on_complete_hook(self, my_task: Any) -> None:
        live = my_task.workflow.top_workflow
        if my_task.workflow is live:
            live.end = self.bpmn_id
        if self.terminates:
            withdraw_all(my_task.workflow, but=my_task)
        super()._on_complete_hook(my_task)
