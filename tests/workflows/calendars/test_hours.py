"""Business hours: the values of the reference table, and what must hold of any calendar."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.workflows.calendars.known import CAL_ORG, CAL_TEL, MONTREAL, at
from workflows.calendars.hours import BusinessCalendar, CalendarExhausted, DatedWindow

ORACLE = [
    ("2026-12-07T08:30", "3.5", "2026-12-07T12:00"),
    ("2026-12-07T11:00", "2", "2026-12-07T14:00"),
    ("2026-12-07T12:30", "1", "2026-12-07T14:00"),
    ("2026-12-11T16:00", "1", "2026-12-14T09:00"),
    ("2026-12-12T10:00", "7", "2026-12-14T16:30"),
    ("2026-12-23T16:00", "7", "2026-12-29T16:00"),
    ("2026-12-23T16:00", "14", "2026-12-30T16:00"),
    ("2026-12-23T16:00", "21", "2027-01-05T16:00"),
    ("2026-12-30T15:00", "7", "2027-01-05T15:00"),
    ("2027-03-12T15:30", "7", "2027-03-15T15:30"),
    ("2026-12-16T09:30", "70", "2027-01-07T09:30"),
]


@pytest.mark.parametrize(("start", "hours", "end"), ORACLE)
def test_hours_are_added_as_the_reference_table_says(start: str, hours: str, end: str) -> None:
    assert CAL_ORG.add(at(start), Decimal(hours)) == at(end)


def test_the_offset_after_daylight_saving_is_the_summer_one() -> None:
    assert CAL_ORG.add(at("2027-03-12T15:30"), 7).astimezone(MONTREAL).isoformat() == "2027-03-15T15:30:00-04:00"


@pytest.mark.parametrize(
    ("start", "office", "telephone"),
    [
        ("2026-12-08T13:10", "2026-12-08T13:15", "2026-12-08T14:05"),
        ("2026-12-08T11:58", "2026-12-08T13:03", "2026-12-08T14:03"),
    ],
)
def test_five_minutes_depend_on_the_channel(start: str, office: str, telephone: str) -> None:
    five = timedelta(minutes=5)
    assert (CAL_ORG.add(at(start), five), CAL_TEL.add(at(start), five)) == (at(office), at(telephone))


def test_business_days_are_counted_over_the_holidays() -> None:
    assert CAL_ORG.business_days_between(date(2026, 12, 23), date(2027, 1, 5)) == 3


def test_twenty_business_days_before_the_first_of_june() -> None:
    assert CAL_ORG.move_days(date(2027, 6, 1), -20) == date(2027, 5, 3)


def test_a_subtraction_that_ends_on_an_opening_stays_there() -> None:
    assert CAL_ORG.subtract(at("2026-12-07T12:00"), Decimal("3.5")) == at("2026-12-07T08:30")


def test_a_calendar_that_never_closes_counts_elapsed_hours() -> None:
    always = BusinessCalendar(MONTREAL, always=True)
    assert always.add(at("2026-12-24T11:00"), 24) == at("2026-12-25T11:00")


def test_a_special_day_has_its_own_hours() -> None:
    early = BusinessCalendar(MONTREAL, CAL_ORG.windows, {date(2026, 12, 23): ((time(8, 30), time(12)),)})
    assert early.add(at("2026-12-23T11:00"), 2) == at("2026-12-24T09:30")


def test_windows_change_on_the_date_they_are_dated_from() -> None:
    old = DatedWindow(1, time(14), time(16), None, date(2026, 12, 8))
    new = DatedWindow(1, time(13), time(16), date(2026, 12, 8))
    both = BusinessCalendar(MONTREAL, (old, new))
    assert both.add(at("2026-12-01T12:00"), 0) == at("2026-12-01T14:00")
    assert both.add(at("2026-12-08T12:00"), 0) == at("2026-12-08T13:00")


def test_a_calendar_without_openings_says_so() -> None:
    with pytest.raises(CalendarExhausted):
        BusinessCalendar(MONTREAL).add(at("2026-12-07T08:30"), 1)


moments = st.datetimes(datetime(2026, 1, 5), datetime(2027, 12, 1)).map(lambda one: one.replace(tzinfo=UTC))
spans = st.integers(0, 400_000).map(lambda seconds: timedelta(seconds=seconds))


@given(moments, spans)
def test_what_is_added_is_what_passes(moment: datetime, span: timedelta) -> None:
    assert CAL_ORG.between(moment, CAL_ORG.add(moment, span)) == span


@given(moments, spans)
def test_adding_then_taking_away_never_goes_past_the_start(moment: datetime, span: timedelta) -> None:
    back = CAL_ORG.subtract(CAL_ORG.add(moment, span), span)
    assert CAL_ORG.between(back, moment) == timedelta(0)


@given(moments, spans, spans)
def test_more_hours_never_end_sooner(moment: datetime, one: timedelta, other: timedelta) -> None:
    less, more = sorted((one, other))
    assert CAL_ORG.add(moment, less) <= CAL_ORG.add(moment, more)
