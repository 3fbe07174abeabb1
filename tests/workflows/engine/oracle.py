"""The engine's own serializer, taught the two kinds of workflow of the house: what any other codec is judged by."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

from SpiffWorkflow.bpmn.serializer.default.workflow import (
    BpmnSubWorkflowConverter,
    BpmnWorkflowConverter,
    TaskConverter,
)
from SpiffWorkflow.bpmn.serializer.helpers.registry import DefaultRegistry
from SpiffWorkflow.bpmn.serializer.workflow import BpmnWorkflowSerializer
from SpiffWorkflow.task import Task

from workflows.engine import Blueprint, Services
from workflows.engine.live import Inside, Live


class _Called(BpmnSubWorkflowConverter):
    """A called process, found again by the name of its drawing."""

    def from_dict(self, dct: dict[str, Any], task: Any, top_workflow: Any) -> Any:
        task.task_spec.spec = dct["spec"]
        return super().from_dict(dct, task, top_workflow)


class _Case(BpmnWorkflowConverter):
    """A case, its drawing left out: that is stored once a version."""

    model: Blueprint
    services: Services

    def to_dict(self, workflow: Any) -> dict[str, Any]:
        found = super(BpmnWorkflowConverter, self).to_dict(workflow)
        found["subprocesses"] = self.mapping_to_dict(workflow.subprocesses)
        return {**found, "store": workflow.store, "end": workflow.end, "decided": workflow.decided}

    def from_dict(self, dct: dict[str, Any]) -> Any:
        live = Live(self.model.spec, self.model.called, self.services, dct["store"], deserializing=True)
        live.end, live.decided = dct["end"], dct["decided"]
        for key, task in dct["tasks"].items():
            restored = self.registry.restore(task, workflow=live)
            live.tasks[restored.id] = restored
            if key == dct["root"]:
                live.task_tree = restored
        waiting = dct["subprocesses"]
        while waiting:
            for owner in [task for task in live.all_tasks() if str(task.id) in waiting]:
                inside = waiting.pop(str(owner.id))
                live.subprocesses[owner.id] = self.registry.restore(inside, task=owner, top_workflow=live)
        return live


def through_the_engine(live: Live, model: Blueprint) -> Live:
    """A case written and read again by the engine's own serializer."""
    registry = DefaultRegistry()
    TaskConverter(Task, registry)
    _Called(Inside, registry)
    case = _Case(Live, registry)
    case.model, case.services = model, live.services
    serializer = BpmnWorkflowSerializer(registry)
    read: Live = serializer.deserialize_json(serializer.serialize_json(live))
    return read


def image(live: Live) -> tuple[object, ...]:
    """All of a case: its data, and each token in its place, with what it keeps and its followers in order."""
    inside = {str(owner): list(_tokens(one)) for owner, one in live.subprocesses.items()}
    return deepcopy(live.store), live.end, live.decided, list(_tokens(live)), inside


def _tokens(workflow: Any) -> Iterator[tuple[object, ...]]:
    """Each token of a tree, parents before their children."""
    todo = [workflow.task_tree]
    while todo:
        task = todo.pop()
        kept, followers = dict(task.internal_data), list(task._children)
        yield task.id, task._parent, task._state, task.task_spec.name, task.triggered, kept, followers, dict(task.data)
        todo += [workflow.tasks[child] for child in reversed(followers)]
