"""What a value that is told must be: one small check a kind, by which the keys of messages are read."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

Check = Callable[[Any], bool]
Shape = Mapping[str, Check]
"""A check by key; one that ends with ``?`` may be left out."""
LONGEST = 2000
LARGEST_CENTS = 10**12
FARTHEST = 3660
"""Days."""
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
YEARS = range(1900, 2200)


def text(value: Any) -> bool:
    """Words, not empty."""
    return isinstance(value, str) and value.strip() != "" and len(value) <= LONGEST and "\0" not in value


def texts(value: Any) -> bool:
    """A list of words, a hundred at most."""
    return isinstance(value, list) and len(value) <= 100 and all(text(one) for one in value)


def cents(value: Any) -> bool:
    """An amount in cents."""
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= LARGEST_CENTS


def count(value: Any) -> bool:
    """A quantity, 1 to 50."""
    return isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= 50


def day(value: Any) -> bool:
    """A date."""
    try:
        return isinstance(value, str) and DAY.fullmatch(value) is not None and date.fromisoformat(value).year in YEARS
    except ValueError:
        return False


def moment(value: Any) -> bool:
    """An instant with its offset."""
    try:
        told = datetime.fromisoformat(value) if isinstance(value, str) else None
        return told is not None and told.tzinfo is not None and told.year in YEARS
    except ValueError:
        return False


def day_or_moment(value: Any) -> bool:
    """A date, or an instant."""
    return day(value) or moment(value)


def hour(value: Any) -> bool:
    """An hour, ``08:30``."""
    return isinstance(value, str) and re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", value) is not None


def flag(value: Any) -> bool:
    """Yes or no."""
    return isinstance(value, bool)


def number(value: Any) -> bool:
    """An employee number: 6 to 9 digits."""
    return isinstance(value, str) and re.fullmatch(r"[0-9]{6,9}", value) is not None


def one_of(*codes: str) -> Check:
    """One of some codes."""
    return lambda value: isinstance(value, str) and value in codes
