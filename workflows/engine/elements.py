"""Elements of a drawn process as they run: what every one does, and the tasks.

The case's data is one store held by the running case; the tokens of the engine carry none, so that nothing is ever
merged. Nothing is predicted either: an element's followers appear when it is done.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from SpiffWorkflow.bpmn.specs.defaults import BpmnSpecMixin, ManualTaskMixin, UserTaskMixin
from SpiffWorkflow.specs.base import TaskSpec
from SpiffWorkflow.util.task import TaskState

from workflows.engine.data import clean_mapping
from workflows.engine.errors import EngineError
from workflows.engine.expressions import as_json, context, evaluate, items, known_to, moment, store_of
from workflows.engine.values import BpmnError, Passed

NEVER_WITHDRAWN = frozenset(
    {
        "boundaryEvent",
        "startEvent",
        "endEvent",
        "intermediateThrowEvent",
        "exclusiveGateway",
        "parallelGateway",
        "inclusiveGateway",
    }
)


class Element(TaskSpec):
    """What every element does: it leaves a trace, and its followers appear when it is done."""

    kind = ""
    hidden = False
    restless = False
    attributes: Mapping[str, str] = MappingProxyType({})
    guards: tuple[str, ...] = ()
    """Names of the boundary events that watch over this element while it is open."""

    def onward(self, my_task: Any) -> list[Any]:
        """The elements that a finished token goes on to."""
        return list(self.outputs)

    def child_done(self, my_task: Any, child: Any) -> None:
        """Told when a token directly below one of this element's has finished."""

    def _predict(self, my_task: Any, seen: Any = None, looked_ahead: int = 0, mask: int = 0) -> None:
        """Nothing is predicted: predicted tokens multiply behind parallel gateways and serve nobody here."""

    def _on_ready_hook(self, my_task: Any) -> None:
        super()._on_ready_hook(my_task)
        for name in self.guards:
            self._wf_spec.task_specs[name].watch(my_task)

    def _on_complete_hook(self, my_task: Any) -> None:
        super()._on_complete_hook(my_task)
        note(my_task, "TERMINEE")
        for child in my_task.children:
            if child.task_spec.name in self.guards and child.has_state(TaskState.WAITING):
                child.cancel()
        my_task._sync_children(self.onward(my_task), TaskState.FUTURE)
        owner = my_task.parent
        if owner is not None and isinstance(owner.task_spec, Element):
            owner.task_spec.child_done(owner, my_task)

    def _on_cancel(self, my_task: Any) -> None:
        super()._on_cancel(my_task)
        if self.kind not in NEVER_WITHDRAWN:
            note(my_task, "ANNULEE")


def note(task: Any, state: Any) -> None:
    """Leave the trace of a drawn element; the engine's own machinery has no kind and leaves none."""
    spec = task.task_spec
    if spec.kind:
        owner = task.id if spec.manual else None
        counted = spec.attributes.get("shownAs")
        passed = Passed(counted or spec.bpmn_id, spec.kind, state, spec.hidden and not counted, owner)
        task.workflow.top_workflow.passed.append(passed)


def put(task: Any, values: Mapping[str, object], step: str = "") -> None:
    """Keep what a person answered or a message brought under the element's id, replacing what was there.

    In a repeated element each instance has its own place: ``{"R23": {"0": {...}, "1": {...}}}``.
    """
    store, step = store_of(task), step or task.task_spec.bpmn_id
    place = ".".join(str(item) for item in items(task, own=True))
    if not place:
        store[step] = values
        return
    others = store.get(step)
    store[step] = {**(others if isinstance(others, dict) else {}), place: values}


class _ByPerson(Element):
    """A task that waits for a person; its deadline is fixed when it opens."""

    def _on_ready_hook(self, my_task: Any) -> None:
        super()._on_ready_hook(my_task)
        self.fix_due(my_task)
        policy = self.attributes.get("policy", "")
        if policy.startswith("="):
            my_task.internal_data["policy"] = evaluate(my_task, policy.removeprefix("="))

    def fix_due(self, my_task: Any) -> None:
        """Work the deadline out, at this moment."""
        due = self.attributes.get("due")
        value = evaluate(my_task, due) if due else None
        if value is not None:
            my_task.internal_data["due"] = moment(my_task, value).isoformat()


class UserTask(_ByPerson, UserTaskMixin, BpmnSpecMixin):
    """A task that a person does in a form."""


class ManualTask(_ByPerson, ManualTaskMixin, BpmnSpecMixin):
    """A task that a person does elsewhere and confirms here."""


class _ByHouse(Element):
    """A task that the house does at once; what it gives replaces keys of the case's data."""

    asks = ""

    def _run_hook(self, my_task: Any) -> bool | None:
        services, asked = my_task.workflow.top_workflow.services, self.attributes.get(self.asks)
        if not asked:
            raise EngineError(f"engine.no_{self.asks}", self.bpmn_id)
        self._forget(my_task)
        given = self._ask(services, asked, MappingProxyType(known_to(my_task)))
        self._keep(my_task, clean_mapping({name: as_json(my_task, value) for name, value in given.items()}))
        my_task.workflow.top_workflow.renew(frozenset(self.attributes.get("renews", "").split()))
        return True

    def _forget(self, my_task: Any) -> None:
        """Erase what was given before: what is not given again is not known any more."""
        for name in self.attributes.get("outputs", "").split():
            store_of(my_task).pop(name, None)

    def _keep(self, my_task: Any, values: dict[str, object]) -> None:
        store_of(my_task).update(values)

    def _ask(self, services: Any, asked: str, data: Mapping[str, object]) -> Mapping[str, object]:
        raise NotImplementedError


class ServiceTask(_ByHouse, BpmnSpecMixin):
    """A task that one of the house's operations does."""

    asks = "operation"

    def _run_hook(self, my_task: Any) -> bool | None:
        live = my_task.workflow.top_workflow
        try:
            return super()._run_hook(my_task)
        except BpmnError as error:
            live.failures[my_task.id] = error
            live.raised.append(my_task)
            return None

    def _ask(self, services: Any, asked: str, data: Mapping[str, object]) -> Mapping[str, object]:
        return services.operate(asked, self.bpmn_id, data)


class DecisionTask(_ByHouse, BpmnSpecMixin):
    """A task that a decision table settles."""

    asks = "decision"

    def _forget(self, my_task: Any) -> None:
        for name in my_task.workflow.top_workflow.decided.pop(self.bpmn_id, ()):
            store_of(my_task).pop(name, None)
        super()._forget(my_task)

    def _keep(self, my_task: Any, values: dict[str, object]) -> None:
        """Remember what was settled here, to erase it before it is settled again."""
        super()._keep(my_task, values)
        my_task.workflow.top_workflow.decided[self.bpmn_id] = sorted(values)

    def _ask(self, services: Any, asked: str, data: Mapping[str, object]) -> Mapping[str, object]:
        return services.decide(asked, self.bpmn_id, data)


class ScriptTask(Element, BpmnSpecMixin):
    """A task that works out values: a FEEL context, whose entries become the case's data."""

    def __init__(self, wf_spec: Any, bpmn_id: str, script: str, **kwargs: Any) -> None:
        super().__init__(wf_spec, bpmn_id, **kwargs)
        self.script = script

    def _run_hook(self, my_task: Any) -> bool:
        store_of(my_task).update(context(my_task, self.script))
        return True
