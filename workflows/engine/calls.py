"""Elements that hold others: a called process, and an element that is done several times."""

from __future__ import annotations

from typing import Any

from SpiffWorkflow.bpmn.specs.defaults import BpmnSpecMixin
from SpiffWorkflow.util.task import TaskState

from workflows.engine.elements import Element
from workflows.engine.errors import EngineError
from workflows.engine.expressions import truth, whole
from workflows.engine.withdrawal import withdraw_inside

MOST_OPEN = 5000
"""How many tokens of a case may be under way at once."""
UNFINISHED = TaskState.NOT_FINISHED_MASK


class CallActivity(Element, BpmnSpecMixin):
    """A process run inside this one, on the same case's data."""

    called = ""

    def _run_hook(self, my_task: Any) -> None:
        my_task.workflow.top_workflow.create_subprocess(my_task, self.called)

    def _on_cancel(self, my_task: Any) -> None:
        withdraw_inside(my_task)
        super()._on_cancel(my_task)


class Repeated(Element, BpmnSpecMixin):
    """An element done several times, side by side or one after the other, until all are done or a condition holds."""

    cardinality = "1"
    condition: str | None = None
    sequential = False
    inner = ""

    def _run_hook(self, my_task: Any) -> bool | None:
        number = whole(my_task, self.cardinality)
        under_way = sum(1 for task in my_task.workflow.top_workflow.all_tasks() if task.has_state(UNFINISHED))
        if under_way + number > MOST_OPEN:
            raise EngineError("engine.too_many_tokens", self.bpmn_id, limit=MOST_OPEN)
        step = self._wf_spec.task_specs[self.inner].bpmn_id
        my_task.workflow.top_workflow.store.pop(step, None)
        my_task.internal_data["number"] = number
        if number == 0:
            return True
        my_task._set_state(TaskState.STARTED)
        for item in range(1 if self.sequential else number):
            self._spawn(my_task, item)
        return None

    def child_done(self, my_task: Any, child: Any) -> None:
        """One instance is done: see whether the others still matter."""
        if child.task_spec.name != self.inner or my_task.has_state(TaskState.FINISHED_MASK):
            return
        instances = [one for one in my_task.children if one.task_spec.name == self.inner]
        done = [one for one in instances if one.has_state(TaskState.COMPLETED)]
        number = my_task.internal_data["number"]
        counts = {
            "numberOfInstances": number,
            "numberOfCompletedInstances": len(done),
            "numberOfActiveInstances": len(instances) - len(done),
        }
        if len(done) == number or (self.condition is not None and truth(my_task, self.condition, counts)):
            for one in instances:
                if one.has_state(UNFINISHED):
                    one.cancel()
            my_task.complete()
        elif self.sequential:
            self._spawn(my_task, len(instances))

    def _spawn(self, my_task: Any, item: int) -> None:
        child = my_task._add_child(self._wf_spec.task_specs[self.inner], TaskState.FUTURE)
        child.triggered = True
        child.internal_data["item"] = item
        child.task_spec._update(child)
