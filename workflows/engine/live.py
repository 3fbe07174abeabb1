"""A running case inside the engine: one store of data, bounded steps, no limit of depth."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from SpiffWorkflow.bpmn.util.subworkflow import BpmnSubWorkflow
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.util.task import TaskState

from workflows.engine.errors import EngineError
from workflows.engine.hearing import come_true, hear
from workflows.engine.prune import prune
from workflows.engine.renewal import renew
from workflows.engine.values import BpmnError, Passed, Services, Thrown, Wait

MOST_STEPS = 5000
TIDY_EVERY = 200
"""After so many steps of one move, what is done is forgotten, so that a long move costs no more a step."""


class Inside(BpmnSubWorkflow):
    """A called process, running inside the case."""

    def update_waiting_tasks(self) -> None:
        """Nothing is looked at again unasked: ``Live.go`` knows when."""


class Live(BpmnWorkflow):
    """A case that runs: SpiffWorkflow's tokens on the case's own data."""

    def __init__(self, spec: Any, called: dict[str, Any], services: Services, store: dict[str, object], **more: Any):
        self.services = services
        self.store = store
        self.end: str | None = None
        self.decided: dict[str, list[str]] = {}
        self.passed: list[Passed] = []
        self.fired: list[Wait] = []
        self.thrown: list[Thrown] = []
        self.escaped: list[Thrown] = []
        self.raised: list[Any] = []
        self.failures: dict[UUID, BpmnError] = {}
        self.renewed: list[UUID] = []
        self.started_by: str | None = None
        super().__init__(spec, called, **more)

    def update_waiting_tasks(self) -> None:
        """Nothing is looked at again unasked: ``go`` knows when."""

    def create_subprocess(self, my_task: Any, spec_name: str) -> Any:
        """Start a called process under the element that calls it."""
        inside = Inside(self.subprocess_specs[spec_name], parent_task_id=my_task.id, top_workflow=self)
        self.subprocesses[my_task.id] = inside
        return inside

    def all_tasks(self) -> Iterator[Any]:
        """Every token of the case and of the processes it called."""
        yield from list(self.tasks.values())
        for inside in list(self.subprocesses.values()):
            yield from list(inside.tasks.values())

    def find(self, task_id: UUID) -> Any:
        """A token by its id, or None."""
        for workflow in (self, *self.subprocesses.values()):
            if task_id in workflow.tasks:
                return workflow.tasks[task_id]
        return None

    def get_task_from_id(self, task_id: UUID) -> Any:
        """A token by its id, wherever it is."""
        return self.find(task_id)

    def retire(self, inside: Any) -> None:
        """Forget a called process that has ended."""
        self.subprocesses.pop(inside.parent_task_id, None)

    def go(self) -> None:
        """Run until only persons, moments and messages can move the case."""
        for step in range(MOST_STEPS):
            if step % TIDY_EVERY == TIDY_EVERY - 1:
                self.tidy()
            while self.raised:
                hear(self, self.raised.pop(0))
            task = self._next()
            if task is not None:
                task.run()
            elif not self._settle():
                return
        raise EngineError("engine.too_many_steps", limit=MOST_STEPS)

    def renew(self, names: frozenset[str]) -> None:
        """Work out anew what open elements fixed from values that have changed."""
        if names:
            renew(self, names)

    def tidy(self) -> None:
        """Forget what is done, here and in every process called."""
        for workflow in (self, *self.subprocesses.values()):
            prune(workflow)

    def _next(self) -> Any:
        for workflow in (self, *self.subprocesses.values()):
            for task in workflow.tasks.values():
                if task._state == TaskState.READY and not task.task_spec.manual:
                    return task
        return None

    def _settle(self) -> bool:
        """End called processes with nothing left to do; look again at joins that waited for tokens now gone."""
        for inside in list(self.subprocesses.values()):
            if not any(task.has_state(TaskState.NOT_FINISHED_MASK) for task in inside.tasks.values()):
                owner = self.find(inside.parent_task_id)
                self.retire(inside)
                owner.complete()
                return True
        for task in self.all_tasks():
            restless = task._state == TaskState.WAITING and getattr(task.task_spec, "restless", False)
            if restless and task.task_spec.joined(task):
                task._ready()
                return True
        return come_true(self)

    @property
    def stuck(self) -> bool:
        """Whether a token stands at an error or an escalation that nothing catches."""
        started = (task for task in self.all_tasks() if task._state == TaskState.STARTED)
        return any(getattr(task.task_spec, "escapes", None) for task in started)

    @property
    def ended(self) -> bool:
        """Whether no token is left anywhere."""
        return not any(task.has_state(TaskState.NOT_FINISHED_MASK) for task in self.all_tasks())
