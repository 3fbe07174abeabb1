"""Values that stand for all others: those that a column's tests speak of, one between each two, one beyond."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
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
        found += [moved for one in constants if type(one) is sort for moved in _near(one, step)]
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


def _near(one: object, moved: Callable[..., object]) -> list[object]:
    """A value with the one before and the one after; at the end of a calendar there is none beyond."""
    found: list[object] = []
    for move in (-1, 0, 1):
        with suppress(OverflowError):
            found.append(moved(one, move))
    return found


def _seconds(one: datetime | timedelta, move: int) -> object:
    return one + timedelta(seconds=move)


def _hours(one: time, move: int) -> object:
    day = datetime(2000, 1, 2, one.hour, one.minute, one.second, tzinfo=one.tzinfo)
    return (day + timedelta(seconds=move)).timetz()


STEPS: tuple[tuple[type, Callable[..., object]], ...] = (
    (datetime, _seconds),
    (date, lambda one, move: one + timedelta(days=move)),
    (timedelta, _seconds),
    (Months, lambda one, move: Months(one.months + move)),
    (time, _hours),
)
