"""Whether two values are equal, and which comes first; values of different kinds answer neither."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from workflows.feel.limits import Budget
from workflows.feel.values.kinds import Months, Range


def comparable(value: object) -> object:
    """A value as it is compared: moments with a zone at Greenwich."""
    if type(value) is datetime and value.utcoffset() is not None:
        try:
            return value.astimezone(UTC)
        except OverflowError:
            return value.replace(tzinfo=UTC)
    if type(value) is time and value.utcoffset() is not None:
        return _seconds(value)
    return value


def _seconds(value: time) -> tuple[float]:
    offset = value.utcoffset() or timedelta()
    since = timedelta(hours=value.hour, minutes=value.minute, seconds=value.second, microseconds=value.microsecond)
    return ((since - offset).total_seconds() % 86400,)


def _same_clock(left: object, right: object) -> bool:
    if isinstance(left, (datetime, time)) and isinstance(right, (datetime, time)):
        return (left.utcoffset() is None) == (right.utcoffset() is None)
    return True


def equal(left: object, right: object, budget: Budget) -> bool | None:
    """Yes, no, or nothing when the two are not of one kind."""
    if left is None or right is None:
        return left is right
    kind = type(left)
    if kind is not type(right):
        return None
    if kind is list or kind is dict:
        return _equal_inside(left, right, budget)
    if kind is Range:
        return left == right
    if not _same_clock(left, right):
        return None
    if kind is datetime or kind is time:
        return comparable(left) == comparable(right)
    return left == right


def _equal_inside(left: object, right: object, budget: Budget) -> bool:
    if isinstance(left, dict) and isinstance(right, dict):
        if left.keys() != right.keys():
            return False
        pairs = [(left[key], right[key]) for key in left]
    elif isinstance(left, list) and isinstance(right, list) and len(left) == len(right):
        pairs = list(zip(left, right, strict=True))
    else:
        return False
    budget.charge(len(pairs))
    return all(equal(first, second, budget) for first, second in pairs)


def _sign(left: Any, right: Any) -> int:
    return int(left > right) - int(left < right)


def order(left: object, right: object) -> int | None:
    """Less than zero, zero or more as the left comes before, with or after the right; nothing when neither can."""
    kind = type(left)
    if kind is not type(right):
        return None
    if kind is Decimal or kind is str or kind is date or kind is timedelta or kind is Months:
        return _sign(left, right)
    if kind is datetime or kind is time:
        if not _same_clock(left, right):
            return None
        return _sign(comparable(left), comparable(right))
    return None


def inside(value: object, bounds: Range) -> bool | None:
    """Whether a value lies in a range."""
    above = below = True
    if bounds.low is not None:
        found = order(value, bounds.low)
        if found is None:
            return None
        above = found > 0 or (found == 0 and bounds.low_closed)
    if bounds.high is not None:
        found = order(value, bounds.high)
        if found is None:
            return None
        below = found < 0 or (found == 0 and bounds.high_closed)
    return above and below
