"""Functions that turn one kind of value into another."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from workflows.feel.library.registry import builtin
from workflows.feel.limits import MAX_DIGITS
from workflows.feel.run import Run
from workflows.feel.values import moments
from workflows.feel.values.kinds import Months, Range
from workflows.feel.values.numbers import CONTEXT, finite
from workflows.feel.values.written import written

NUMBER = re.compile(r"-?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?", re.ASCII)


def _number(text: str) -> Decimal | None:
    if len(text) > MAX_DIGITS or not NUMBER.fullmatch(text):
        return None
    return finite(CONTEXT.create_decimal(text))


@builtin("number", "from")
def number(_run: Run, source: object) -> Decimal | None:
    """The number that a text spells."""
    if isinstance(source, Decimal):
        return source
    return _number(source) if isinstance(source, str) else None


@builtin("number", "from", "grouping separator", "decimal separator")
def number_with_separators(_run: Run, source: object, grouping: object, point: object) -> Decimal | None:
    """The number that a text spells, with the marks it uses between thousands and before decimals."""
    if not isinstance(source, str) or grouping not in (None, " ", ",", ".") or point not in (None, ",", "."):
        return None
    if point is not None and grouping == point:
        return None
    if isinstance(grouping, str):
        source = source.replace(grouping, "")
    return _number(source.replace(point, ".") if isinstance(point, str) else source)


@builtin("string", "from")
def string(run: Run, source: object) -> str | None:
    """The text of a value."""
    return None if source is None else source if isinstance(source, str) else written(source, run.budget)


@builtin("duration", "from")
def duration(_run: Run, source: object) -> Months | timedelta | None:
    """The duration that a text spells."""
    if isinstance(source, (Months, timedelta)):
        return source
    return moments.read_duration(source) if isinstance(source, str) else None


@builtin("years and months duration", "from", "to")
def months_between(_run: Run, start: object, end: object) -> Months | None:
    """The whole months from one day to another."""
    if not isinstance(start, date) or not isinstance(end, date):
        return None
    count = (end.year - start.year) * 12 + end.month - start.month
    first, last = _within_month(start), _within_month(end)
    if count > 0 and last < first:
        count -= 1
    elif count < 0 and last > first:
        count += 1
    return Months(count)


def _within_month(moment: date) -> tuple[int, time]:
    clock = moment.time() if isinstance(moment, datetime) else time()
    return moment.day, clock


@builtin("range", "from")
def range_from(_run: Run, source: object) -> Range | None:
    """The range that a text spells, such as « [1..10) »."""
    if not isinstance(source, str) or len(source) > 200:
        return None
    text = source.strip()
    low_text, dots, high_text = text[1:-1].partition("..")
    if not dots or text[0] not in "[(]" or text[-1] not in "])[":
        return None
    low, high = _bound(low_text), _bound(high_text)
    if low is None and high is None:
        return None
    return Range(low, high, text[0] == "[", text[-1] == "]")


def _bound(text: str) -> object:
    piece = text.strip()
    if piece.startswith('"') and piece.endswith('"') and len(piece) > 1:
        return piece[1:-1]
    if piece.startswith('@"') and piece.endswith('"'):
        return moments.read_moment(piece[2:-1])
    return _number(piece)
