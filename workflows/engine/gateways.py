"""Gateways: where the way parts and comes together again. Tokens are counted where they stand, never foreseen."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from SpiffWorkflow.bpmn.specs.defaults import BpmnSpecMixin
from SpiffWorkflow.util.task import TaskState

from workflows.engine.elements import Element
from workflows.engine.errors import EngineError
from workflows.engine.expressions import truth

UNFINISHED = TaskState.NOT_FINISHED_MASK
BY = "by"
"""What a waiting token keeps: the element that it came from, once that one is forgotten."""


class _Gateway(Element, BpmnSpecMixin):
    """What gateways share: conditions by the name of the element they lead to, and a default way."""

    def __init__(self, wf_spec: Any, bpmn_id: str, **kwargs: Any) -> None:
        super().__init__(wf_spec, bpmn_id, **kwargs)
        self.ways: list[tuple[str | None, str]] = []
        self.default: str | None = None

    def _specs(self, names: Iterable[str]) -> list[Any]:
        return [self._wf_spec.task_specs[name] for name in names]

    def _open_ways(self, my_task: Any) -> Iterable[str]:
        """The ways whose condition holds; one without a condition always does, but for the default."""
        for condition, name in self.ways:
            if name == self.default and condition is None:
                continue
            if condition is None or truth(my_task, condition):
                yield name


class ExclusiveGateway(_Gateway):
    """The first way whose condition holds, else the default."""

    def onward(self, my_task: Any) -> list[Any]:
        """One way; none that holds and no default is an error."""
        name = next(iter(self._open_ways(my_task)), self.default)
        if name is None:
            raise EngineError("engine.no_way_on", self.bpmn_id)
        return self._specs([name])


class _Join(_Gateway):
    """A gateway that may wait for other tokens before it goes on."""

    def _update_hook(self, my_task: Any) -> bool:
        if len(self.inputs) < 2:
            return True
        my_task._set_state(TaskState.WAITING)
        return self.joined(my_task)

    def joined(self, my_task: Any) -> bool:
        """Whether the tokens that are here may go on as one; the others end here."""
        others = self._enough(my_task)
        if others is None:
            return False
        for other in others:
            other._set_state(TaskState.COMPLETED)
        return True

    def _here(self, my_task: Any) -> list[Any]:
        found = my_task.workflow.tasks.values()
        return [task for task in found if task.task_spec is self and task._state == TaskState.WAITING]

    def _enough(self, my_task: Any) -> list[Any] | None:
        raise NotImplementedError


class ParallelGateway(_Join):
    """Every way at once; and one token from every way in before it goes on."""

    def _enough(self, my_task: Any) -> list[Any] | None:
        chosen = {_way_of(my_task): my_task}
        for task in self._here(my_task):
            chosen.setdefault(_way_of(task), task)
        if len(chosen) < len({spec.name for spec in self.inputs}):
            return None
        return [task for task in chosen.values() if task is not my_task]


def _way_of(task: Any) -> str:
    """The element that a token came from."""
    return str(task.internal_data.get(BY) or task.parent.task_spec.name)


class InclusiveGateway(_Join):
    """Every way whose condition holds; and all tokens that can still come before it goes on."""

    restless = True

    def onward(self, my_task: Any) -> list[Any]:
        """One way or several; none that holds and no default is an error."""
        if len(self.outputs) < 2:
            return list(self.outputs)
        names = list(self._open_ways(my_task)) or ([self.default] if self.default else [])
        if not names:
            raise EngineError("engine.no_way_on", self.bpmn_id)
        return self._specs(names)

    def _enough(self, my_task: Any) -> list[Any] | None:
        here = self._here(my_task)
        upstream = self._upstream()
        for task in my_task.workflow.tasks.values():
            if task.task_spec is not self and task.has_state(UNFINISHED) and task.task_spec.name in upstream:
                return None
        return [task for task in here if task is not my_task]

    def _upstream(self) -> set[str]:
        """The elements from which a token may still come, without passing through this gateway first."""
        found: set[str] = set()
        todo = [spec for spec in self.inputs if spec is not self]
        while todo:
            spec = todo.pop()
            if spec.name not in found and spec is not self:
                found.add(spec.name)
                todo += [*spec.inputs, *self._hosts_of(spec)]
        return found

    def _hosts_of(self, spec: Any) -> list[Any]:
        """The element that a boundary event watches over: a token there may yet come through the event."""
        return [other for other in self._wf_spec.task_specs.values() if spec.name in getattr(other, "guards", ())]
