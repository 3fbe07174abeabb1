"""Functions on dates and times; the present moment comes from outside."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal

from workflows.feel.errors import FeelError
from workflows.feel.library.registry import builtin
from workflows.feel.run import Run
from workflows.feel.values import moments
from workflows.feel.values.numbers import whole

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


@builtin("now")
def now(run: Run) -> datetime:
    """The present moment."""
    if run.now is None:
        raise FeelError("feel.no_clock", {"name": "now()"})
    return run.now


@builtin("today")
def today(run: Run) -> date:
    """The present day."""
    if run.now is None:
        raise FeelError("feel.no_clock", {"name": "today()"})
    return run.now.date()


@builtin("date", "from")
def date_from(_run: Run, source: object) -> date | None:
    """The day that a text spells, or the day of a moment."""
    if isinstance(source, datetime):
        return source.date()
    if isinstance(source, date):
        return source
    return moments.read_date(source) if isinstance(source, str) else None


@builtin("date", "year", "month", "day")
def date_of(_run: Run, year: object, month: object, day: object) -> date | None:
    """The day of a year, a month and a day."""
    parts = [whole(part) for part in (year, month, day)]
    try:
        return None if None in parts else date(*[part or 0 for part in parts])
    except (ValueError, OverflowError):
        return None


@builtin("time", "from")
def time_from(_run: Run, source: object) -> time | None:
    """The time of day that a text spells, or that of a moment."""
    if isinstance(source, datetime):
        return source.timetz()
    if isinstance(source, time):
        return source
    if isinstance(source, date):
        return time(0, 0, tzinfo=UTC)
    return moments.read_time(source) if isinstance(source, str) else None


@builtin("time", "hour", "minute", "second", "offset?")
def time_of(_run: Run, hour: object, minute: object, second: object, offset: object = None) -> time | None:
    """The time of day of an hour, a minute and a second, with or without an offset."""
    if not isinstance(second, Decimal) or not 0 <= second < 60 or not (offset is None or isinstance(offset, timedelta)):
        return None
    hours, minutes = whole(hour), whole(minute)
    micros = int((second % 1) * 1_000_000)
    try:
        zone = None if offset is None else timezone(offset)
        return None if hours is None or minutes is None else time(hours, minutes, int(second), micros, tzinfo=zone)
    except (ValueError, OverflowError):
        return None


@builtin("date and time", "from")
def date_and_time_from(_run: Run, source: object) -> datetime | None:
    """The moment that a text spells."""
    if isinstance(source, datetime):
        return source
    if isinstance(source, date):
        return datetime.combine(source, time())
    return moments.read_date_and_time(source) if isinstance(source, str) else None


@builtin("date and time", "date", "time")
def date_and_time_of(_run: Run, day: object, clock: object) -> datetime | None:
    """The moment of a day and a time of day."""
    if isinstance(clock, str):
        try:
            zone = moments.read_zone(f"@{clock}")
        except (ValueError, LookupError, OSError):
            return None
        return day.astimezone(zone) if isinstance(day, datetime) and day.utcoffset() is not None else None
    if not isinstance(day, date) or not isinstance(clock, time):
        return None
    return datetime.combine(day.date() if isinstance(day, datetime) else day, clock)


@builtin("day of year", "date")
def day_of_year(_run: Run, day: object) -> Decimal | None:
    """The number of the day in its year."""
    return Decimal(day.timetuple().tm_yday) if isinstance(day, date) else None


@builtin("day of week", "date")
def day_of_week(_run: Run, day: object) -> str | None:
    """The English name of the day, as the standard has it."""
    return DAYS[day.weekday()] if isinstance(day, date) else None


@builtin("month of year", "date")
def month_of_year(_run: Run, day: object) -> str | None:
    """The English name of the month, as the standard has it."""
    return MONTHS[day.month - 1] if isinstance(day, date) else None


@builtin("week of year", "date")
def week_of_year(_run: Run, day: object) -> Decimal | None:
    """The number of the week in its year, as ISO 8601 counts."""
    return Decimal(day.isocalendar().week) if isinstance(day, date) else None
