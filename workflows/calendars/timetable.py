"""The hours of each calendar as people read them: by period, by weekday, without the special days."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows.calendars.models import Calendar, CalendarWindow

Openings = tuple[tuple[time, time], ...]
WEEK = range(7)


@dataclass(frozen=True, slots=True)
class Weekdays:
    """Weekdays that follow one another (0 is Monday) and have the same openings; none when they are closed."""

    first: int
    last: int
    openings: Openings


@dataclass(frozen=True, slots=True)
class Period:
    """A week of a calendar, in effect over ``[since, until)``."""

    since: date | None
    until: date | None
    week: tuple[Weekdays, ...]

    def holds(self, day: date) -> bool:
        """Whether this week is in effect on a date."""
        return (self.since is None or day >= self.since) and (self.until is None or day < self.until)

    @property
    def last_day(self) -> date | None:
        """The last date on which this week is in effect."""
        return self.until - timedelta(days=1) if self.until is not None else None


@dataclass(frozen=True, slots=True)
class Timetable:
    """A calendar: one that never closes, or its weeks from the earliest on."""

    code: str
    always: bool
    periods: tuple[Period, ...]

    def on(self, day: date) -> Period | None:
        """The week in effect on a date."""
        return next((period for period in self.periods if period.holds(day)), None)


def timetables(session: Session, organisation_id: UUID) -> tuple[Timetable, ...]:
    """The calendars of an organisation, by code."""
    query = select(Calendar).where(Calendar.organisation_id == organisation_id).order_by(Calendar.code)
    calendars = session.scalars(query).all()
    rows = select(CalendarWindow).where(CalendarWindow.calendar_id.in_([one.id for one in calendars]))
    windows: dict[UUID, list[CalendarWindow]] = {}
    for window in session.scalars(rows.order_by(CalendarWindow.opens)):
        windows.setdefault(window.calendar_id, []).append(window)
    return tuple(Timetable(one.code, one.always, _periods(windows.get(one.id, []))) for one in calendars)


def _periods(windows: Sequence[CalendarWindow]) -> tuple[Period, ...]:
    """The weeks between the dates at which a window starts or ends; the same week twice in a row is one."""
    changes = sorted({at for one in windows for at in (one.valid_from, one.valid_until) if at is not None})
    found: list[Period] = []
    for since, until in zip([None, *changes], [*changes, None], strict=True):
        week = _week([one for one in windows if _stands(one, since, until)])
        if found and found[-1].week == week and found[-1].until == since:
            found[-1] = Period(found[-1].since, until, week)
        elif any(days.openings for days in week):
            found.append(Period(since, until, week))
    return tuple(found)


def _stands(window: CalendarWindow, since: date | None, until: date | None) -> bool:
    """Whether a window stands during the whole of a period, the ends of which are no other than windows' own."""
    begun = window.valid_from is None or (since is not None and window.valid_from <= since)
    return begun and (window.valid_until is None or (until is not None and until <= window.valid_until))


def _week(windows: Iterable[CalendarWindow]) -> tuple[Weekdays, ...]:
    days: dict[int, list[tuple[time, time]]] = {}
    for window in windows:
        days.setdefault(window.weekday, []).append((window.opens, window.closes))
    found: list[Weekdays] = []
    for day in WEEK:
        openings = tuple(sorted(days.get(day, [])))
        if found and found[-1].openings == openings:
            found[-1] = Weekdays(found[-1].first, day, openings)
        else:
            found.append(Weekdays(day, day, openings))
    return tuple(found)
