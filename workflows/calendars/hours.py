"""Business-hour arithmetic: exact, on local wall time, across holidays and daylight saving."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

HORIZON_DAYS = 3660
DAY = timedelta(days=1)
NOTHING = timedelta(0)


class CalendarExhausted(ValueError):
    """No opening was found within ten years: the calendar is always closed."""


@dataclass(frozen=True, slots=True)
class DatedWindow:
    """An opening of a weekday (0 is Monday) in local time, in effect over ``[since, until)``."""

    weekday: int
    opens: time
    closes: time
    since: date | None = None
    until: date | None = None

    def holds(self, day: date) -> bool:
        """Whether this opening stands on a date."""
        if day.weekday() != self.weekday:
            return False
        return (self.since is None or day >= self.since) and (self.until is None or day < self.until)


@dataclass(frozen=True, slots=True)
class BusinessCalendar:
    """When an organisation works, in its own time zone.

    ``exceptions`` maps a date to its openings of that day: an empty sequence is a holiday. ``always`` is the
    calendar that never closes (``CAL_24_7``): its hours are elapsed hours.
    """

    zone: ZoneInfo
    windows: tuple[DatedWindow, ...] = ()
    exceptions: Mapping[date, Sequence[tuple[time, time]]] = field(default_factory=dict)
    always: bool = False

    def add(self, moment: datetime, hours: Decimal | int | timedelta) -> datetime:
        """The instant after so many business hours; a result on a closing boundary stays there."""
        left = _span(hours)
        if left < NOTHING:
            return self.subtract(moment, -left)
        moment = moment.astimezone(UTC)
        if self.always:
            return moment + left
        for opens, closes in self._from(moment):
            if moment < opens:
                moment = opens
            if left <= closes - moment:
                return moment + left
            left -= closes - moment
            moment = closes
        raise CalendarExhausted

    def subtract(self, moment: datetime, hours: Decimal | int | timedelta) -> datetime:
        """The instant before so many business hours; a result on an opening boundary stays there."""
        left = _span(hours)
        if left < NOTHING:
            return self.add(moment, -left)
        moment = moment.astimezone(UTC)
        if self.always:
            return moment - left
        for opens, closes in self._back_from(moment):
            if moment > closes:
                moment = closes
            if left <= moment - opens:
                return moment - left
            left -= moment - opens
            moment = opens
        raise CalendarExhausted

    def between(self, start: datetime, end: datetime) -> timedelta:
        """The business time that passes from one instant to another; negative when the second comes first."""
        start, end = start.astimezone(UTC), end.astimezone(UTC)
        if end < start:
            return -self.between(end, start)
        if self.always:
            return end - start
        passed = NOTHING
        for opens, closes in self._from(start):
            if opens >= end:
                break
            passed += max(NOTHING, min(closes, end) - max(opens, start))
        return passed

    def is_business_day(self, day: date) -> bool:
        """Whether there is any opening on a date."""
        return self.always or bool(self._openings(day))

    def business_days_between(self, after: date, until: date) -> int:
        """How many business days lie strictly after a date, up to and including another; 0 when that one is earlier."""
        if (until - after).days > HORIZON_DAYS:
            raise CalendarExhausted
        days = (after + DAY * step for step in range(1, (until - after).days + 1))
        return sum(1 for day in days if self.is_business_day(day))

    def move_days(self, day: date, days: int) -> date:
        """The date so many business days after (or before, when negative) a date."""
        step = DAY if days >= 0 else -DAY
        left = abs(days)
        for _ in range(HORIZON_DAYS):
            if left == 0:
                return day
            day += step
            if self.is_business_day(day):
                left -= 1
        raise CalendarExhausted

    def _openings(self, day: date) -> list[tuple[time, time]]:
        if day in self.exceptions:
            return sorted(self.exceptions[day])
        return sorted((window.opens, window.closes) for window in self.windows if window.holds(day))

    def _of(self, day: date) -> list[tuple[datetime, datetime]]:
        spans = ((self._at(day, opens), self._at(day, closes)) for opens, closes in self._openings(day))
        return [(opens, closes) for opens, closes in spans if closes > opens]

    def _at(self, day: date, hour: time) -> datetime:
        return datetime.combine(day, hour, self.zone).astimezone(UTC)

    def _from(self, moment: datetime) -> Iterator[tuple[datetime, datetime]]:
        day = moment.astimezone(self.zone).date() - DAY
        for _ in range(HORIZON_DAYS):
            yield from ((opens, closes) for opens, closes in self._of(day) if closes > moment)
            day += DAY

    def _back_from(self, moment: datetime) -> Iterator[tuple[datetime, datetime]]:
        day = moment.astimezone(self.zone).date() + DAY
        for _ in range(HORIZON_DAYS):
            yield from ((opens, closes) for opens, closes in reversed(self._of(day)) if opens < moment)
            day -= DAY


def _span(hours: Decimal | int | timedelta) -> timedelta:
    if isinstance(hours, timedelta):
        return hours
    return span_of_hours(hours)


def span_of_hours(hours: Decimal | int) -> timedelta:
    """So many hours, to the second."""
    return timedelta(seconds=int((Decimal(hours) * 3600).to_integral_value()))
