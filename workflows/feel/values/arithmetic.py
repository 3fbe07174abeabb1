"""Adding, subtracting, multiplying, dividing, raising: numbers, texts, moments and durations."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import TypeVar

from workflows.feel.limits import checked_length
from workflows.feel.values.kinds import Months
from workflows.feel.values.numbers import CONTEXT, finite
from workflows.feel.values.shift import add_months, shift

T = TypeVar("T")
MIDNIGHT = time(0, 0, tzinfo=UTC)


def _as_moment(value: object) -> object:
    return datetime.combine(value, MIDNIGHT) if type(value) is date else value


def add(left: object, right: object) -> object:
    """The sum, a joined text, or a moment moved forward."""
    if isinstance(left, Decimal) and isinstance(right, Decimal):
        return finite(CONTEXT.add(left, right))
    if isinstance(left, str) and isinstance(right, str):
        checked_length(len(left) + len(right))
        return left + right
    if isinstance(left, timedelta) and isinstance(right, timedelta):
        return _safe(lambda: left + right)
    if isinstance(left, Months) and isinstance(right, Months):
        return Months(left.months + right.months)
    if isinstance(left, (date, time)):
        return _moved(left, right, 1)
    if isinstance(right, (date, time)):
        return _moved(right, left, 1)
    return None


def subtract(left: object, right: object) -> object:
    """The difference, or a moment moved back, or the time between two moments."""
    if isinstance(left, Decimal) and isinstance(right, Decimal):
        return finite(CONTEXT.subtract(left, right))
    if isinstance(left, timedelta) and isinstance(right, timedelta):
        return _safe(lambda: left - right)
    if isinstance(left, Months) and isinstance(right, Months):
        return Months(left.months - right.months)
    if isinstance(left, (date, time)):
        return _time_between(left, right) if isinstance(right, (date, time)) else _moved(left, right, -1)
    return None


def _moved(moment: date | time, by: object, sign: int) -> object:
    if isinstance(by, Months) and isinstance(moment, date):
        return add_months(moment, sign * by.months)
    if isinstance(by, timedelta):
        return _safe(lambda: shift(moment, sign * by))
    return None


def _time_between(left: date | time, right: date | time) -> timedelta | None:
    if isinstance(left, time) or isinstance(right, time):
        if not (isinstance(left, time) and isinstance(right, time)):
            return None
        day = date(2000, 1, 1)
        left, right = datetime.combine(day, left), datetime.combine(day, right)
    first, second = _as_moment(left), _as_moment(right)
    if not isinstance(first, datetime) or not isinstance(second, datetime):
        return None
    if (first.utcoffset() is None) != (second.utcoffset() is None):
        return None
    if first.utcoffset() is None:
        return first - second
    return _safe(lambda: first.astimezone(UTC) - second.astimezone(UTC))


def multiply(left: object, right: object) -> object:
    """The product of two numbers, or a duration so many times."""
    if isinstance(left, Decimal) and isinstance(right, Decimal):
        return finite(CONTEXT.multiply(left, right))
    if isinstance(left, Decimal):
        left, right = right, left
    return _scaled(left, right, CONTEXT.multiply) if isinstance(right, Decimal) else None


def divide(left: object, right: object) -> object:
    """The quotient; nothing when dividing by zero."""
    if isinstance(left, Decimal) and isinstance(right, Decimal):
        return finite(CONTEXT.divide(left, right)) if right else None
    if isinstance(right, Decimal):
        return _scaled(left, right, CONTEXT.divide) if right else None
    if isinstance(left, timedelta) and isinstance(right, timedelta) and right:
        return CONTEXT.divide(_micros(left), _micros(right))
    if isinstance(left, Months) and isinstance(right, Months) and right.months:
        return CONTEXT.divide(Decimal(left.months), Decimal(right.months))
    return None


def _micros(value: timedelta) -> Decimal:
    return Decimal(value // timedelta(microseconds=1))


def _scaled(duration: object, by: Decimal, operation: Callable[[Decimal, Decimal], Decimal]) -> object:
    if isinstance(duration, timedelta):
        micros = operation(_micros(duration), by)
        return _safe(lambda: timedelta(microseconds=int(micros))) if micros.adjusted() < 24 else None
    if isinstance(duration, Months):
        months = operation(Decimal(duration.months), by)
        return Months(int(months)) if months.is_finite() and months.adjusted() < 12 else None
    return None


def power(left: object, right: object) -> object:
    """A number raised to another."""
    if isinstance(left, Decimal) and isinstance(right, Decimal):
        return finite(CONTEXT.power(left, right))
    return None


def negate(value: object) -> object:
    """The value with its sign turned."""
    if isinstance(value, Decimal):
        return CONTEXT.minus(value)
    if isinstance(value, timedelta):
        return _safe(lambda: -value)
    return Months(-value.months) if isinstance(value, Months) else None


def _safe(answer: Callable[[], T]) -> T | None:
    try:
        return answer()
    except (OverflowError, ValueError):
        return None
