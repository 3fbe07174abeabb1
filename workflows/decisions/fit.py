"""Whether a value is of the type that the file declares, turning data into dates where a date is asked for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from workflows.decisions.models import ItemType
from workflows.decisions.stage import Stage
from workflows.feel import Function, Months, Range
from workflows.feel.values import moments

Check = Callable[[object], bool]
CHECKS: dict[str, Check] = {
    "string": lambda value: isinstance(value, str),
    "number": lambda value: isinstance(value, Decimal),
    "boolean": lambda value: isinstance(value, bool),
    "date": lambda value: type(value) is date,
    "time": lambda value: isinstance(value, time),
    "date and time": lambda value: isinstance(value, datetime),
    "days and time duration": lambda value: isinstance(value, timedelta),
    "years and months duration": lambda value: isinstance(value, Months),
    "context": lambda value: isinstance(value, dict),
    "list": lambda value: isinstance(value, list),
    "function": lambda value: isinstance(value, Function),
    "range": lambda value: isinstance(value, Range),
}
OTHER_NAMES = {
    "integer": "number", "long": "number", "double": "number",
    "dateTime": "date and time", "dayTimeDuration": "days and time duration",
    "yearMonthDuration": "years and months duration",
}  # fmt: skip
FROM_TEXT: dict[str, Callable[[str], object]] = {
    "date": moments.read_date,
    "time": moments.read_time,
    "date and time": moments.read_date_and_time,
    "days and time duration": moments.read_duration,
    "years and months duration": moments.read_duration,
}
MISFIT = object()


def fitted(value: object, kind: str, name: str, stage: Stage, *, partial: bool = False) -> object:
    """The value as one of its type; nothing, or a refusal when strict, when it is of another.

    A context has every part that its type names, unless it is ``partial``: data given from outside may leave some out.
    """
    found = _fit(value, kind, stage, 0)
    if found is MISFIT or (not partial and _lacks(found, stage.definitions.types.get(kind), stage, 0)):
        stage.refuse("decision.wrong_type", {"name": name, "type": kind})
        return None
    return found


def allowed(value: object, kind: str, name: str, stage: Stage) -> None:
    """Refuse, when strict, a value that is not among those its type allows."""
    item = stage.definitions.types.get(kind)
    if item is None or item.allowed is None or value is None:
        return
    values = value if item.many and isinstance(value, list) else [value]
    stage.pay(len(values))
    if not all(stage.passes(item.allowed, part) for part in values):
        stage.refuse("decision.not_allowed", {"name": name})


def _fit(value: object, kind: str, stage: Stage, depth: int) -> object:
    if value is None or kind == "Any" or depth > 20:
        return value
    item = stage.definitions.types.get(kind)
    if item is not None:
        return _fit_item(value, item, stage, depth)
    plain = OTHER_NAMES.get(kind, kind)
    check = CHECKS.get(plain)
    if check is None or check(value):
        return value
    if isinstance(value, list) and len(value) == 1:
        return _fit(value[0], kind, stage, depth + 1)
    return _converted(value, plain)


def _lacks(value: object, item: ItemType | None, stage: Stage, depth: int) -> bool:
    """Whether a part that a type names is missing from a context, or from one inside it."""
    if item is None or depth > 20 or value is None:
        return False
    if isinstance(value, list):
        stage.pay(len(value))
        return any(_lacks(one, item, stage, depth + 1) for one in value)
    if not item.parts:
        return _lacks(value, stage.definitions.types.get(item.base), stage, depth + 1)
    if not isinstance(value, dict):
        return False
    return any(part.name not in value or _lacks(value[part.name], part, stage, depth + 1) for part in item.parts)


def _converted(value: object, plain: str) -> object:
    if isinstance(value, str) and plain in FROM_TEXT:
        moment = FROM_TEXT[plain](value)
        return moment if moment is not None and CHECKS[plain](moment) else MISFIT
    if plain == "date and time" and type(value) is date:
        return moments.read_date_and_time(f"{value.isoformat()}T00:00:00Z")
    return MISFIT


def _fit_item(value: object, item: ItemType, stage: Stage, depth: int) -> object:
    if item.many:
        given = value if isinstance(value, list) else [value]
        stage.pay(len(given))
        parts = [_fit_one(part, item, stage, depth) for part in given]
        return MISFIT if any(part is MISFIT for part in parts) else parts
    if isinstance(value, list) and len(value) == 1:
        value = value[0]
    return _fit_one(value, item, stage, depth)


def _fit_one(value: object, item: ItemType, stage: Stage, depth: int) -> object:
    if value is None or not item.parts:
        return _fit(value, item.base, stage, depth + 1)
    if not isinstance(value, dict):
        return MISFIT
    stage.pay(len(value))
    made = dict(value)
    for part in item.parts:
        found = _fit_item(made.get(part.name), part, stage, depth + 1) if part.name in made else None
        if found is MISFIT:
            return MISFIT
        if part.name in made:
            made[part.name] = found
    return made
