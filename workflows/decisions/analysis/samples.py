"""Values that stand for all others: those that a column's tests speak of, one between each two, one beyond."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import pairwise

from workflows.feel import Months

OTHER_TEXT = "autre"


def samples(constants: Sequence[object], kind: str) -> tuple[list[object], list[object]]:
    """Values for every way in which a column's tests can answer: the plain ones, then those between whole numbers.

    When a column only speaks of whole numbers, what lies between two neighbours is set apart: most such columns count
    something.
    """
    found: list[object] = [None] if None in constants else []
    fine: list[object] = []
    kinds = {type(one) for one in constants if one is not None}
    if kind == "boolean" or bool in kinds:
        found += [True, False]
    texts = [one for one in constants if isinstance(one, str)]
    if kind == "string" or texts:
        found += [*dict.fromkeys(texts), _other(texts)]
    numbers = sorted({one for one in constants if isinstance(one, Decimal)})
    if kind == "number" or numbers:
        plain, between = _numbers(numbers)
        found, fine = found + plain, fine + between
    for sort, step in STEPS:
        of_kind = [one for one in constants if type(one) is sort]
        found += [moved for one in of_kind for moved in step(one)]
    return list(dict.fromkeys(found)) or ["-"], fine


def _other(texts: Sequence[str]) -> str:
    """A text that no test speaks of."""
    other = OTHER_TEXT
    while other in texts:
        other += "_"
    return other


def _numbers(numbers: Sequence[Decimal]) -> tuple[list[object], list[object]]:
    if not numbers:
        return [Decimal(0)], []
    whole = all(one == one.to_integral_value() for one in numbers)
    step = Decimal(1) if whole else Decimal("0.5")
    between = [(one + other) / 2 for one, other in pairwise(numbers)]
    around = [one + move for one in numbers for move in (-step, Decimal(0), step)]
    if whole:
        plain = sorted({*around, *(one.to_integral_value() for one in between)})
        halves = [one + move for one in numbers for move in (Decimal("-0.5"), Decimal("0.5"))]
        return [*plain], [*sorted({*halves, *between} - {*plain})]
    return [*sorted({*numbers, numbers[0] - 1, numbers[-1] + 1, *between})], []


def _dates(one: date) -> list[object]:
    return [one - timedelta(days=1), one, one + timedelta(days=1)]


def _moments(one: datetime) -> list[object]:
    return [one - timedelta(seconds=1), one, one + timedelta(seconds=1)]


def _spans(one: timedelta) -> list[object]:
    return [one - timedelta(seconds=1), one, one + timedelta(seconds=1)]


def _months(one: Months) -> list[object]:
    return [Months(one.months - 1), one, Months(one.months + 1)]


def _hours(one: time) -> list[object]:
    day = datetime(2000, 1, 2, one.hour, one.minute, one.second, tzinfo=one.tzinfo)
    return [(day + timedelta(seconds=move)).timetz() for move in (-1, 0, 1)]


STEPS: tuple[tuple[type, Callable[..., list[object]]], ...] = (
    (datetime, _moments),
    (date, _dates),
    (timedelta, _spans),
    (Months, _months),
    (time, _hours),
)
