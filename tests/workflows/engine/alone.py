"""The engine alone, with its own parser, scheduler and expressions: what the product is judged by."""

from __future__ import annotations

from collections import Counter
from io import BytesIO
from typing import Any

from lxml import etree
from SpiffWorkflow.bpmn.parser.BpmnParser import BpmnParser
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.util.task import TaskState


class Alone:
    """One case run by the engine alone."""

    def __init__(self, source: str, **data: Any) -> None:
        parser = BpmnParser()
        parser.add_bpmn_xml(etree.parse(BytesIO(source.encode())))
        self.live = BpmnWorkflow(parser.get_spec("m"), parser.get_subprocess_specs("m"))
        for task in self.live.get_tasks(state=TaskState.READY):
            task.data.update(data)
        self.live.do_engine_steps()

    def _open(self) -> dict[str, list[Any]]:
        found: dict[str, list[Any]] = {}
        for task in self.live.get_tasks(state=TaskState.READY, manual=True):
            found.setdefault(task.task_spec.bpmn_id, []).append(task)
        return found

    @property
    def open(self) -> list[str]:
        """The tasks that wait for a person, by their step."""
        return sorted(step for step, tasks in self._open().items() for _ in tasks)

    @property
    def done(self) -> Counter[str]:
        """How often each drawn element was passed."""
        passed = self.live.get_tasks(state=TaskState.COMPLETED)
        return Counter(task.task_spec.bpmn_id for task in passed if task.task_spec.bpmn_id)

    @property
    def ended(self) -> bool:
        """Whether nothing is left to do."""
        return bool(self.live.is_completed())

    def do(self, step: str, answers: dict[str, Any]) -> None:
        """Complete an open task."""
        task = self._open()[step][0]
        task.data[step] = answers
        task.run()
        self.live.do_engine_steps()
