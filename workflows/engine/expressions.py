"""Expressions of a process: FEEL texts evaluated on the case's data, at the product's instant."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from typing import Any

from workflows.engine.data import clean_mapping
from workflows.engine.errors import EngineError
from workflows.feel import Expression, FeelError, compile_expression, from_json, to_json

MOST_INSTANCES = 1000


@lru_cache(maxsize=4096)
def compiled(text: str) -> Expression:
    """An expression ready to be evaluated; an ``=`` before it, as some editors write, is dropped."""
    return compile_expression(text.strip().removeprefix("="))


def evaluate(task: Any, text: str, extra: Mapping[str, object] | None = None) -> Any:
    """The value of an expression for one task of a running case."""
    live = task.workflow.top_workflow
    try:
        expression = compiled(text)
        known = {**live.store, **counters(task), **(extra or {})}
        scope = {name: from_json(known[name]) for name in expression.free_names if name in known}
        return expression.evaluate(scope, now=live.services.now, functions=live.services.functions)
    except FeelError as error:
        place = {"line": error.line, "column": error.column}
        why = {"reason": error.code, **place, **dict(error.params)}
        raise EngineError("engine.expression", task.task_spec.bpmn_id, expression=text, **why) from error


def truth(task: Any, text: str, extra: Mapping[str, object] | None = None) -> bool:
    """Whether a condition holds; a condition that gives neither true nor false is an error."""
    value = evaluate(task, text, extra)
    if not isinstance(value, bool):
        raise EngineError("engine.condition_not_boolean", task.task_spec.bpmn_id, expression=text)
    return value


def moment(task: Any, value: object) -> datetime:
    """A FEEL value as an aware instant; a date without an hour or an hour without a zone is an error."""
    found = value if isinstance(value, datetime) else as_json(task, value)
    if isinstance(found, str):
        try:
            found = datetime.fromisoformat(found.partition("@")[0])
        except ValueError:
            found = None
    if not isinstance(found, datetime) or found.tzinfo is None:
        raise EngineError("engine.not_a_moment", task.task_spec.bpmn_id, value=str(value))
    return found


def whole(task: Any, text: str) -> int:
    """How many times a repeated element is done."""
    value = evaluate(task, text)
    try:
        number = int(value)
    except (TypeError, ValueError):
        number = -1
    if number != value or isinstance(value, bool) or not 0 <= number <= MOST_INSTANCES:
        raise EngineError("engine.not_a_count", task.task_spec.bpmn_id, expression=text, value=str(value))
    return number


def context(task: Any, text: str) -> dict[str, object]:
    """The entries of a FEEL context as values for the case's data."""
    value = as_json(task, evaluate(task, text))
    if not isinstance(value, Mapping):
        raise EngineError("engine.not_a_context", task.task_spec.bpmn_id, expression=text)
    return clean_mapping(value)


def as_json(task: Any, value: object) -> object:
    """A value as the case keeps it; a function or a range cannot be kept."""
    try:
        return to_json(value)
    except FeelError as error:
        raise EngineError("engine.expression", task.task_spec.bpmn_id, reason=error.code) from error


def items(task: Any) -> list[int]:
    """Which instances of repeated elements a task belongs to, from the outermost inwards."""
    found: list[int] = []
    while task is not None:
        if "item" in task.internal_data:
            found.insert(0, task.internal_data["item"])
        owner = task.workflow.parent_task_id
        task = task.workflow.top_workflow.get_task_from_id(owner) if owner else None
    return found


def counters(task: Any) -> dict[str, object]:
    """What a repeated element's expressions may say of their place: ``loopCounter`` counts from one, as lists do."""
    place = items(task)
    return {"loopCounter": place[-1] + 1} if place else {}
