"""What can be asked of a date, a time, a duration or a range with a dot: « date.year », « range.start »."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from workflows.feel.values.kinds import Months, Range

DAY_PARTS = ("year", "month", "day")
CLOCK_PARTS = ("hour", "minute", "second")


def property_of(value: object, key: str) -> object:
    """The property, or nothing when the value has none of that name."""
    if isinstance(value, Range):
        return _of_range(value, key)
    if isinstance(value, Months):
        return _of_months(value, key)
    if isinstance(value, timedelta):
        return _of_duration(value, key)
    if isinstance(value, (datetime, time)) and key in CLOCK_PARTS:
        return Decimal(int(getattr(value, key)))
    if isinstance(value, (datetime, time)) and key in ("time offset", "timezone"):
        return _of_zone(value, key)
    if isinstance(value, date) and key in DAY_PARTS:
        return Decimal(int(getattr(value, key)))
    return Decimal(value.isoweekday()) if isinstance(value, date) and key == "weekday" else None


def _of_zone(value: datetime | time, key: str) -> object:
    if key == "time offset":
        return value.utcoffset()
    return value.tzinfo.key if isinstance(value.tzinfo, ZoneInfo) else None


def _of_range(value: Range, key: str) -> object:
    found = {
        "start": value.low,
        "end": value.high,
        "start included": value.low_closed,
        "end included": value.high_closed,
    }
    return found.get(key)


def _of_months(value: Months, key: str) -> Decimal | None:
    sign = -1 if value.months < 0 else 1
    years, months = divmod(abs(value.months), 12)
    parts = {"years": years, "months": months}
    return Decimal(sign * parts[key]) if key in parts else None


def _of_duration(value: timedelta, key: str) -> Decimal | None:
    sign = -1 if value < timedelta() else 1
    whole = abs(value)
    parts = {
        "days": whole.days,
        "hours": whole.seconds // 3600,
        "minutes": whole.seconds // 60 % 60,
        "seconds": whole.seconds % 60,
    }
    return Decimal(sign * parts[key]) if key in parts else None
