"""Expressions of a process: FEEL texts evaluated on the case's data, at the product's instant."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from workflows.engine.data import clean_mapping
from workflows.engine.errors import EngineError
from workflows.feel import Expression, FeelError, compile_expression, from_json, to_json

MOST_INSTANCES = 1000
COUNTER = "loopCounter"
ITEM, EACH, OWN = "item", "each", "own"
"""What a token keeps: which instance of a repeated element it is, of which item; the data of the process it called."""


@lru_cache(maxsize=4096)
def compiled(text: str) -> Expression:
    """An expression ready to be evaluated; an ``=`` before it, as some editors write, is dropped."""
    return compile_expression(text.strip().removeprefix("="))


def store_of(task: Any) -> dict[str, object]:
    """The data that a token works on: the case's, or those of the called process that keeps its own."""
    live, owner = task.workflow.top_workflow, task.workflow.parent_task_id
    while owner is not None:
        calling = live.find(owner)
        if OWN in calling.internal_data:
            own: dict[str, object] = calling.internal_data[OWN]
            return own
        owner = calling.workflow.parent_task_id
    found: dict[str, object] = live.store
    return found


def known_to(task: Any) -> dict[str, object]:
    """Every name that an expression of a token may use, with its value.

    Inside a repeated element the answers of a step are those given in the same instance, or in one around it.
    """
    store, place = store_of(task), [str(item) for item in items(task, own=True)]
    around = [".".join(place[:depth]) for depth in range(len(place), 0, -1)]
    mine = {
        name: next(value[one] for one in around if one in value)
        for name, value in (store.items() if around else ())
        if isinstance(value, dict) and any(one in value for one in around)
    }
    return {**store, **mine, **counters(task)}


def evaluate(task: Any, text: str, extra: Mapping[str, object] | None = None) -> Any:
    """The value of an expression for one task of a running case."""
    return evaluate_on(task, text, {**known_to(task), **(extra or {})})


def evaluate_on(task: Any, text: str, known: Mapping[str, object]) -> Any:
    """The value of an expression of a task, on these values by name."""
    live, expression = task.workflow.top_workflow, compiled_at(task, text)
    try:
        scope = {name: from_json(known[name]) for name in expression.free_names if name in known}
        return expression.evaluate(scope, now=live.services.now, functions=live.services.functions)
    except FeelError as error:
        raise _wrong(task, text, error) from error


def compiled_at(task: Any, text: str) -> Expression:
    """An expression of a task, ready to be evaluated."""
    try:
        return compiled(text)
    except FeelError as error:
        raise _wrong(task, text, error) from error


def _wrong(task: Any, text: str, error: FeelError) -> EngineError:
    place = {"line": error.line, "column": error.column}
    why = {"reason": error.code, **place, **dict(error.params)}
    return EngineError("engine.expression", task.task_spec.bpmn_id, expression=text, **why)


def truth(task: Any, text: str, extra: Mapping[str, object] | None = None) -> bool:
    """Whether a condition holds; a condition that gives neither true nor false is an error."""
    value = evaluate(task, text, extra)
    if not isinstance(value, bool):
        raise EngineError("engine.condition_not_boolean", task.task_spec.bpmn_id, expression=text)
    return value


def holds(task: Any, text: str) -> bool:
    """Whether an awaited condition holds; while something that it names is not known yet, it does not."""
    lent = task.workflow.top_workflow.services.functions
    unknown = {name: None for name in compiled_at(task, text).free_names if name not in lent}
    value = evaluate(task, text, {**unknown, **known_to(task)})
    if value is not None and not isinstance(value, bool):
        raise EngineError("engine.condition_not_boolean", task.task_spec.bpmn_id, expression=text)
    return value is True


def payload_of(task: Any) -> Mapping[str, object]:
    """What an event that is thrown brings: its ``payload``, a FEEL context; empty for none."""
    written = task.task_spec.attributes.get("payload")
    return MappingProxyType(context(task, written) if written else {})


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


def listed(task: Any, text: str) -> list[object]:
    """The items over which a repeated element is done, one after the other."""
    value = as_json(task, evaluate(task, text))
    if not isinstance(value, list) or len(value) > MOST_INSTANCES:
        raise EngineError("engine.not_a_list", task.task_spec.bpmn_id, expression=text, limit=MOST_INSTANCES)
    return value


def context(task: Any, text: str, known: Mapping[str, object] | None = None) -> dict[str, object]:
    """The entries of a FEEL context as values for the case's data."""
    value = as_json(task, evaluate_on(task, text, known_to(task) if known is None else known))
    if not isinstance(value, Mapping):
        raise EngineError("engine.not_a_context", task.task_spec.bpmn_id, expression=text)
    return clean_mapping(value)


def as_json(task: Any, value: object) -> object:
    """A value as the case keeps it; a function or a range cannot be kept."""
    try:
        return to_json(value)
    except FeelError as error:
        raise EngineError("engine.expression", task.task_spec.bpmn_id, reason=error.code) from error


def items(task: Any, *, own: bool = False) -> list[int]:
    """Which instances of repeated elements a task belongs to, from the outermost inwards.

    ``own`` counts no further out than the called process that keeps its own data.
    """
    return [one.internal_data[ITEM] for one in _instances(task, own) if ITEM in one.internal_data]


def _instances(task: Any, own: bool = False) -> list[Any]:
    """The instances of repeated elements that a task is inside of, from the outermost inwards."""
    found: list[Any] = []
    while task is not None:
        if ITEM in task.internal_data or EACH in task.internal_data:
            found.insert(0, task)
        owner = task.workflow.parent_task_id
        task = task.workflow.top_workflow.find(owner) if owner else None
        if own and task is not None and OWN in task.internal_data:
            return found
    return found


def counters(task: Any) -> dict[str, object]:
    """What a repeated element's expressions may say of their place: ``loopCounter`` counts from one, as lists do.

    One that is done for each item of a list knows its item by the name that the drawing gives it.
    """
    found: dict[str, object] = {}
    for one in _instances(task):
        kept = one.internal_data
        found |= {**({COUNTER: kept[ITEM] + 1} if ITEM in kept else {}), **kept.get(EACH, {})}
    return found
