"""What a case shows of itself: open tasks, what it waits for, and all that a move changed."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from datetime import datetime
from types import MappingProxyType
from typing import Any
from uuid import UUID

from SpiffWorkflow.util.task import TaskState

from workflows.engine.blueprint import Blueprint
from workflows.engine.codec import dump
from workflows.engine.expressions import items
from workflows.engine.live import Live
from workflows.engine.values import OpenTask, Progress, Wait
from workflows.engine.waiting import BoundaryEvent, CatchEvent, EventGateway


def progress(blueprint: Blueprint, live: Live, before: frozenset[UUID]) -> Progress:
    """Where the case stands now, against the tasks that were open before; what is done is forgotten first."""
    live.tidy()
    open_now = tuple(open_tasks(blueprint, live))
    still = {task.id for task in open_now}
    done = {one.task for one in live.passed if one.state == "TERMINEE"}
    return Progress(
        state=dump(live),
        ended=live.ended,
        end=live.end if live.ended else None,
        data=MappingProxyType(deepcopy(live.store)),
        opened=tuple(task for task in open_now if task.id not in before),
        withdrawn=tuple(sorted(before - still - done, key=str)),
        open=open_now,
        waits=tuple(waits(live)),
        passed=tuple(live.passed),
        fired=tuple(live.fired),
        thrown=tuple(live.thrown),
        escaped=tuple(live.escaped),
        stuck=live.stuck,
        renewed=frozenset(live.renewed),
    )


def open_ids(live: Live) -> frozenset[UUID]:
    """The ids of the tasks that wait for a person."""
    return frozenset(task.id for task in live.all_tasks() if _waits_for_person(task))


def open_tasks(blueprint: Blueprint, live: Live) -> Iterator[OpenTask]:
    """Everything that a person has to do now."""
    for task in live.all_tasks():
        if not _waits_for_person(task):
            continue
        spec, due = task.task_spec, task.internal_data.get("due")
        own, place = spec.attributes, items(task)
        yield OpenTask(
            id=task.id,
            step=spec.bpmn_id,
            name=spec.bpmn_name,
            name_en=own.get("nameEn"),
            lane=spec.lane,
            form=own.get("form"),
            due=datetime.fromisoformat(due) if due else None,
            policy=task.internal_data.get("policy") or own.get("policy"),
            item=place[-1] if place else None,
            person=own.get("person"),
            attributes=own,
        )


def waits(live: Live) -> Iterator[Wait]:
    """Every moment and message that the case waits for."""
    for task in live.all_tasks():
        spec = task.task_spec
        if task._state != TaskState.WAITING:
            continue
        if isinstance(spec, EventGateway):
            keys = task.internal_data.get("keys", {})
            for arm in spec.outputs:
                yield from _awaited(task, arm, (spec.due(task, arm), None, keys.get(arm.name)))
        elif isinstance(spec, CatchEvent | BoundaryEvent):
            due = task.internal_data.get("due")
            host = live.find(task._parent) or task.parent if isinstance(spec, BoundaryEvent) else None
            attached = host.task_spec.bpmn_id if host is not None else None
            instant = datetime.fromisoformat(due) if due else None
            yield from _awaited(task, spec, (instant, attached, task.internal_data.get("key")))


def _awaited(task: Any, spec: Any, place: tuple[datetime | None, str | None, str | None]) -> Iterator[Wait]:
    """What one event waits for: ``place`` says until when, over which element, and for which correlation."""
    due, attached, key = place
    if spec.message is not None:
        yield Wait(task.id, spec.bpmn_id, "message", spec.message, None, attached, key)
    elif spec.signal is not None:
        yield Wait(task.id, spec.bpmn_id, "signal", spec.signal, None, attached)
    elif due is not None:
        yield Wait(task.id, spec.attributes.get("shownAs") or spec.bpmn_id, "timer", None, due, attached)


def _waits_for_person(task: Any) -> bool:
    return task._state == TaskState.READY and bool(task.task_spec.manual)
