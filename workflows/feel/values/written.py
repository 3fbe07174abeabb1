"""A value as text, the way FEEL would read it back."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, time, timedelta
from decimal import Decimal
from typing import TypeVar

from workflows.feel.errors import FeelError
from workflows.feel.limits import MAX_DATA_DEPTH, Budget, checked_length
from workflows.feel.values.kinds import Months, Range
from workflows.feel.values.moments import duration_text, moment_text, months_text, time_text
from workflows.feel.values.numbers import plain

T = TypeVar("T")


def written(value: object, budget: Budget, depth: int = 0) -> str:
    """The text of a value; texts inside others stand between quotation marks."""
    if depth > MAX_DATA_DEPTH:
        raise FeelError("feel.too_deep")
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, str):
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"' if depth else value
    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, list):
        return _joined("[", (written(part, budget, depth + 1) for part in _paid(value, budget)), "]")
    if isinstance(value, dict):
        pairs = (f"{_key(key)}: {written(part, budget, depth + 1)}" for key, part in _paid(value.items(), budget))
        return _joined("{", pairs, "}")
    if isinstance(value, Range):
        bounds = f"{written(value.low, budget, depth + 1)}..{written(value.high, budget, depth + 1)}"
        return ("[" if value.low_closed else "(") + bounds + ("]" if value.high_closed else ")")
    return _moment(value)


def _moment(value: object) -> str:
    if isinstance(value, date):
        return moment_text(value)
    if isinstance(value, time):
        return time_text(value)
    if isinstance(value, timedelta):
        return duration_text(value)
    return months_text(value) if isinstance(value, Months) else "function"


def _key(key: str) -> str:
    return key if key.replace(" ", "").replace("_", "").isalnum() else '"' + key.replace('"', '\\"') + '"'


def _paid(items: Iterable[T], budget: Budget) -> list[T]:
    made = list(items)
    budget.charge(len(made))
    return made


def _joined(left: str, pieces: Iterable[str], right: str) -> str:
    """The pieces in a row, as long as they fit in a text: none is made once they do not."""
    made: list[str] = []
    length = 0
    for piece in pieces:
        length += len(piece) + 2
        checked_length(length)
        made.append(piece)
    return left + ", ".join(made) + right
