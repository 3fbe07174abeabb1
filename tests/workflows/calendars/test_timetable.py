"""The hours of a calendar as people read them, period after period."""

from __future__ import annotations

from datetime import date, time

from sqlalchemy.orm import Session

from tests.builders import an_organisation
from workflows.calendars.models import Calendar, CalendarWindow
from workflows.calendars.timetable import Timetable, timetables

CHANGE = date(2026, 12, 8)
MORNING = (time(8, 30), time(12))
AFTERNOON = (time(13), time(16, 30))
LATER = (time(14), time(16, 30))


def told(session: Session, *windows: tuple[int, tuple[time, time], date | None, date | None]) -> Timetable:
    organisation = an_organisation(session)
    calendar = Calendar(organisation_id=organisation.id, code="CAL_TEL")
    session.add(calendar)
    session.flush()
    for weekday, (opens, closes), since, until in windows:
        hours = {"opens": opens, "closes": closes, "valid_from": since, "valid_until": until}
        session.add(CalendarWindow(calendar_id=calendar.id, weekday=weekday, **hours))
    (found,) = timetables(session, organisation.id)
    return found


def test_weekdays_that_are_alike_are_told_together(session: Session) -> None:
    found = told(session, *((day, hours, None, None) for day in range(5) for hours in (AFTERNOON, MORNING)))
    (period,) = found.periods
    assert [(days.first, days.last, days.openings) for days in period.week] == [
        (0, 4, (MORNING, AFTERNOON)),
        (5, 6, ()),
    ]


def test_a_change_makes_two_periods_and_each_date_has_its_own(session: Session) -> None:
    found = told(session, (1, MORNING, None, None), (1, AFTERNOON, None, CHANGE), (1, LATER, CHANGE, None))
    assert [(one.since, one.until) for one in found.periods] == [(None, CHANGE), (CHANGE, None)]
    before, after = found.on(date(2026, 12, 7)), found.on(CHANGE)
    assert before is not None
    assert after is not None
    assert (before.week[1].openings, after.week[1].openings) == ((MORNING, AFTERNOON), (MORNING, LATER))
    assert before.last_day == date(2026, 12, 7)


def test_a_calendar_that_closed_has_no_period_today(session: Session) -> None:
    found = told(session, (0, MORNING, date(2015, 1, 1), date(2020, 9, 1)))
    assert [(one.since, one.until) for one in found.periods] == [(date(2015, 1, 1), date(2020, 9, 1))]
    assert found.on(date(2026, 12, 7)) is None


def test_a_date_at_which_nothing_changes_makes_no_period(session: Session) -> None:
    found = told(session, (1, MORNING, None, CHANGE), (1, MORNING, CHANGE, None))
    assert [(one.since, one.until) for one in found.periods] == [(None, None)]
