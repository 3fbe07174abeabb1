"""What a drawn process asks of the calendars, as it is written in FEEL."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.workflows.calendars.known import CALENDARS, MONTREAL
from workflows.calendars.functions import calendar_functions
from workflows.engine import Known
from workflows.feel import FeelError, compile_expression

LENT = calendar_functions(CALENDARS.__getitem__)


def feel(text: str, **known: object) -> Any:
    return compile_expression(text).evaluate(known, functions=LENT)


def local(text: str) -> str:
    """What an expression gives, as the clock on the wall shows it."""
    return str(feel(text).astimezone(MONTREAL).isoformat(timespec="minutes"))


ORACLE = [
    ("2026-12-07T08:30", "3.5", "2026-12-07T12:00-05:00"),
    ("2026-12-07T11:00", "2", "2026-12-07T14:00-05:00"),
    ("2026-12-07T12:30", "1", "2026-12-07T14:00-05:00"),
    ("2026-12-11T16:00", "1", "2026-12-14T09:00-05:00"),
    ("2026-12-12T10:00", "7", "2026-12-14T16:30-05:00"),
    ("2026-12-23T16:00", "7", "2026-12-29T16:00-05:00"),
    ("2026-12-23T16:00", "14", "2026-12-30T16:00-05:00"),
    ("2026-12-23T16:00", "21", "2027-01-05T16:00-05:00"),
    ("2026-12-30T15:00", "7", "2027-01-05T15:00-05:00"),
    ("2027-03-12T15:30", "7", "2027-03-15T15:30-04:00"),
    ("2026-12-08T13:10", 'duration("PT5M")', "2026-12-08T13:15-05:00"),
    ("2026-12-08T13:10", 'duration("PT5M"), "CAL_TEL"', "2026-12-08T14:05-05:00"),
    ("2026-12-08T11:58", 'duration("PT5M")', "2026-12-08T13:03-05:00"),
    ("2026-12-08T11:58", 'duration("PT5M"), "CAL_TEL"', "2026-12-08T14:03-05:00"),
    ("2026-12-24T11:00", '24, "CAL_24_7"', "2026-12-25T11:00-05:00"),
]


@pytest.mark.parametrize(("start", "more", "end"), ORACLE)
def test_a_model_adds_hours_as_the_reference_table_says(start: str, more: str, end: str) -> None:
    assert local(f'ajouter_ho(date and time("{start}:00"), {more})') == end


@pytest.mark.parametrize(
    ("end", "hours", "start"),
    [
        ("2026-12-07T12:00", "3.5", "2026-12-07T08:30-05:00"),
        ("2026-12-07T14:00", "2", "2026-12-07T11:00-05:00"),
        ("2026-12-29T16:00", "7", "2026-12-23T16:00-05:00"),
        ("2027-03-15T15:30", "7", "2027-03-12T15:30-05:00"),
        ("2026-12-07T08:30", "14", "2026-12-03T08:30-05:00"),
    ],
)
def test_a_model_takes_hours_away(end: str, hours: str, start: str) -> None:
    assert local(f'retrancher_ho(date and time("{end}:00"), {hours})') == start


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('jours_ouvrables_entre(date("2026-12-23"), date("2027-01-05"))', 3),
        ('jours_ouvrables_entre(date("2026-11-24"), date("2026-12-07"))', 9),
        ('jours_ouvrables_entre(date("2026-12-01"), date("2027-06-01"))', 121),
        ('jours_ouvrables_entre(date("2026-12-07"), date("2026-12-07"))', 0),
        ('jours_ouvrables_entre(date("2026-12-07"), date("2026-12-01"))', 0),
        ('jours_ouvrables_entre(date("2026-12-23"), date("2027-01-05"), "CAL_24_7")', 13),
        ('jours_ouvrables_entre(date and time("2026-12-23T23:30:00-05:00"), "2027-01-05")', 3),
        ('jours_ouvrables_entre(date and time("2026-12-24T04:30:00Z"), "2026-12-29")', 1),
        ('ajouter_jo(date and time("2026-12-29T04:30:00Z"), 1)', date(2026, 12, 29)),
        ('retrancher_jo(date("2027-06-01"), 20)', date(2027, 5, 3)),
        ('ajouter_jo(date("2026-12-23"), 1)', date(2026, 12, 29)),
        ('ajouter_jo(date("2026-12-23"), -1)', date(2026, 12, 22)),
        ('ajouter_jo(date("2026-12-25"), 0)', date(2026, 12, 25)),
        ('ajouter_jo(jour: "2026-12-23", n: 1)', date(2026, 12, 29)),
    ],
)
def test_a_model_counts_business_days(text: str, value: object) -> None:
    assert feel(text) == value


@pytest.mark.parametrize(
    "text",
    [
        "ajouter_ho(null, 1)",
        'ajouter_ho(date("2026-12-07"), 1)',
        'ajouter_ho("2026-12-07", 1)',
        'ajouter_ho(date and time("2026-12-07T08:30:00"), "1")',
        'ajouter_ho(date and time("2026-12-07T08:30:00"), true)',
        'ajouter_ho(date and time("2026-12-07T08:30:00"), 10000000000)',
        'ajouter_ho(date and time("2026-12-07T08:30:00"), 1, "CAL_LUNE")',
        'ajouter_ho(date and time("2026-12-07T08:30:00"), 1, 7)',
        'ajouter_jo(date("2026-12-07"), 1.5)',
        'ajouter_jo(date("2026-12-07"), 100000)',
        'ajouter_jo("demain", 1)',
        'jours_ouvrables_entre(date("0001-01-01"), date("9999-01-01"))',
    ],
)
def test_what_cannot_be_counted_is_an_error_of_the_expression(text: str) -> None:
    with pytest.raises(FeelError) as told:
        feel(text)
    assert told.value.code == "feel.function_failed"


def test_the_check_of_a_drawing_knows_the_functions_that_are_lent() -> None:
    assert Known().functions == set(LENT)


codes = st.sampled_from(sorted(CALENDARS))
moments = st.datetimes(datetime(2026, 1, 5), datetime(2027, 11, 20)).map(lambda one: one.replace(tzinfo=UTC))
around_summer_time = st.datetimes(datetime(2027, 3, 8), datetime(2027, 3, 19)).map(lambda one: one.replace(tzinfo=UTC))
hours = st.integers(0, 400_000).map(lambda seconds: timedelta(seconds=seconds))
days = st.dates(date(2026, 1, 5), date(2027, 6, 1))


@given(codes, moments | around_summer_time, hours)
def test_what_is_added_then_taken_away_is_no_time_at_all(code: str, moment: datetime, span: timedelta) -> None:
    back = feel("retrancher_ho(ajouter_ho(m, h, c), h, c)", m=moment, h=span, c=code)
    assert CALENDARS[code].between(back, moment) == timedelta(0)


@given(codes, moments | around_summer_time, hours, hours)
def test_hours_added_in_two_goes_are_hours_added_at_once(
    code: str, moment: datetime, one: timedelta, other: timedelta
) -> None:
    twice = feel("ajouter_ho(ajouter_ho(m, a, c), b, c) = ajouter_ho(m, a + b, c)", m=moment, a=one, b=other, c=code)
    assert twice is True


@given(codes, moments | around_summer_time, moments, hours)
def test_what_starts_later_never_ends_sooner(code: str, one: datetime, other: datetime, span: timedelta) -> None:
    first, second = sorted((one, other))
    assert feel("ajouter_ho(a, h, c) <= ajouter_ho(b, h, c)", a=first, b=second, h=span, c=code) is True
    assert feel("retrancher_ho(a, h, c) <= retrancher_ho(b, h, c)", a=first, b=second, h=span, c=code) is True


@given(moments | around_summer_time, hours)
def test_a_result_lies_within_an_opening_on_the_wall_s_clock(moment: datetime, span: timedelta) -> None:
    found = feel("ajouter_ho(m, h)", m=moment, h=span).astimezone(MONTREAL)
    minutes = found.hour * 60 + found.minute + (found.second + found.microsecond / 1_000_000) / 60
    assert CALENDARS["CAL_ORG"].is_business_day(found.date())
    assert 510 <= minutes <= 720 or 780 <= minutes <= 990


@given(days, st.integers(0, 120))
def test_business_days_added_are_the_business_days_counted(day: date, count: int) -> None:
    assert feel("jours_ouvrables_entre(d, ajouter_jo(d, n))", d=day, n=count) == count


@given(days, st.integers(1, 120))
def test_business_days_taken_away_come_back_to_the_first_one_from_there(day: date, count: int) -> None:
    first = feel('ajouter_jo(d - duration("P1D"), 1)', d=day)
    assert feel("ajouter_jo(retrancher_jo(d, n), n)", d=day, n=count) == first
