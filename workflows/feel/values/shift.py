"""Moving a moment by a duration: days and seconds on the line of time, months on the calendar."""

from __future__ import annotations

from calendar import monthrange
from datetime import UTC, date, datetime, time, timedelta


def add_months(moment: date, months: int) -> date | None:
    """The same day some months away, or the last of a month that is too short."""
    count = moment.year * 12 + moment.month - 1 + months
    year, month = divmod(count, 12)
    if not 1 <= year <= 9999:
        return None
    day = min(moment.day, monthrange(year, month + 1)[1])
    return moment.replace(year=year, month=month + 1, day=day)


def shift(moment: date | time, by: timedelta) -> date | time:
    """A moment some time away; a time of day goes round the clock."""
    if isinstance(moment, time):
        turned = datetime.combine(date(2000, 1, 2), moment.replace(tzinfo=None)) + by % timedelta(days=1)
        return turned.time().replace(tzinfo=moment.tzinfo)
    if isinstance(moment, datetime):
        if moment.utcoffset() is None:
            return moment + by
        return (moment.astimezone(UTC) + by).astimezone(moment.tzinfo)
    whole = datetime.combine(moment, time()) + by
    return whole.date()
