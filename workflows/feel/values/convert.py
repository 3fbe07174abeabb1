"""Between the data of a case, which is JSON, and the values of FEEL.

``to_json`` gives a whole number of at most 34 digits as ``int``; another number as ``float`` when that float shows
the very same digits, and otherwise as a text of digits, so that nothing is lost in silence. Dates, times and
durations become their ISO 8601 text; a moment in a named zone is written with its offset.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from workflows.feel.errors import FeelError
from workflows.feel.limits import MAX_DATA_DEPTH, MAX_ITEMS, MAX_TEXT, Budget, checked_length
from workflows.feel.values.kinds import Function, Months, Range
from workflows.feel.values.moments import duration_text, moment_text, months_text, time_text
from workflows.feel.values.numbers import CONTEXT, plain

AS_THEY_ARE = frozenset({bool, type(None), date, datetime, time, timedelta, Months, Range, Function})
WIDEST_WHOLE = 10**34


def from_json(value: object) -> object:
    """The FEEL value of a piece of data."""
    return lifted(value, Budget())


def lifted(value: object, budget: Budget, depth: int = 0) -> object:
    """The FEEL value of a piece of data, each item of it paid for."""
    kind = type(value)
    if kind is str:
        checked_length(len(value))  # type: ignore[arg-type]
        return value
    if kind is int:
        return _number(value)
    if kind in AS_THEY_ARE:
        return value
    if depth > MAX_DATA_DEPTH:
        raise FeelError("feel.too_deep")
    return _lifted_other(value, budget, depth)


def _lifted_other(value: object, budget: Budget, depth: int) -> object:
    if isinstance(value, (Decimal, float)):
        number = CONTEXT.create_decimal(repr(value) if isinstance(value, float) else value)
        return number if number.is_finite() else None
    if isinstance(value, Mapping):
        _check_items(len(value), budget)
        return {str(key): lifted(part, budget, depth + 1) for key, part in value.items()}
    if isinstance(value, str):
        return lifted(str.__str__(value), budget)
    if isinstance(value, Sequence) and not isinstance(value, (bytes, bytearray)):
        _check_items(len(value), budget)
        return [lifted(part, budget, depth + 1) for part in value]
    if isinstance(value, int):
        return _number(int(value))
    if isinstance(value, datetime):
        return datetime.combine(value.date(), value.time(), value.tzinfo)
    if isinstance(value, date):
        return date(value.year, value.month, value.day)
    raise FeelError("feel.not_a_value", {"kind": type(value).__name__})


def _number(value: object) -> Decimal | None:
    assert isinstance(value, int)
    if value.bit_length() > 20_000:
        return None
    number = CONTEXT.create_decimal(value)
    return number if number.is_finite() else None


def _check_items(count: int, budget: Budget) -> None:
    if count > MAX_ITEMS:
        raise FeelError("feel.too_many_items", {"limit": MAX_ITEMS})
    budget.charge(count)


def to_json(value: object) -> object:
    """The data of a FEEL value, ready to be stored or sent; many times one long text is as long as it will be there."""
    return _lowered(value, Budget(steps=MAX_TEXT), 0)


def _lowered(value: object, budget: Budget, depth: int) -> object:
    if isinstance(value, str):
        budget.charge(len(value) >> 6)
    if value is None or isinstance(value, (bool, str, int)):
        return value
    if isinstance(value, Decimal):
        return json_number(value)
    if depth > 2 * MAX_DATA_DEPTH:
        raise FeelError("feel.too_deep")
    if isinstance(value, Mapping):
        budget.charge(len(value))
        return {str(key): _lowered(part, budget, depth + 1) for key, part in value.items()}
    if isinstance(value, (list, tuple)):
        budget.charge(len(value))
        return [_lowered(part, budget, depth + 1) for part in value]
    return _text_form(value)


def json_number(value: Decimal) -> int | float | str:
    """A number as data: whole, or a float that shows the same digits, or a text."""
    if value == value.to_integral_value() and abs(value) < WIDEST_WHOLE:
        return int(value)
    near = float(value)
    return near if Decimal(repr(near)) == value else plain(value)


def _text_form(value: object) -> str | float:
    if isinstance(value, datetime):
        fixed = value.replace(tzinfo=None) if value.utcoffset() is None else value
        return fixed.isoformat()
    if isinstance(value, date):
        return moment_text(value)
    if isinstance(value, time):
        return time_text(value)
    if isinstance(value, timedelta):
        return duration_text(value)
    if isinstance(value, Months):
        return months_text(value)
    if isinstance(value, float):
        return value
    raise FeelError("feel.not_json", {"kind": type(value).__name__})
