"""How an instant was counted is kept, and the same count is made again on a calendar that changed."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.workflows.calendars.known import CALENDARS, at
from workflows.calendars.count import Count, Counts, read_count
from workflows.calendars.functions import calendar_functions
from workflows.calendars.hours import BusinessCalendar
from workflows.feel import compile_expression

TUESDAY_OFF = BusinessCalendar(CALENDARS["CAL_ORG"].zone, CALENDARS["CAL_ORG"].windows, {date(2026, 12, 8): ()})
CHANGED = {**CALENDARS, "CAL_ORG": TUESDAY_OFF}


def counted(text: str) -> tuple[datetime, Count | None]:
    """What an expression gives, and how it was counted."""
    counts = Counts()
    functions = calendar_functions(CALENDARS.__getitem__, counts)
    found = compile_expression(text).evaluate({}, now=at("2026-12-07T09:00"), functions=functions)
    kept = counts.of(found)
    return found, read_count(kept)[0] if kept is not None else None


@pytest.mark.parametrize(
    ("text", "again"),
    [
        ("ajouter_ho(now(), 14)", "2026-12-10T09:00"),
        ('ajouter_ho(date and time("2026-12-09T08:30:00-05:00"), 7)', "2026-12-09T16:30"),
        ('retrancher_ho(date and time("2026-12-09T08:30:00-05:00"), 7)', "2026-12-07T08:30"),
        ('ajouter_ho(retrancher_ho(date and time("2026-12-09T08:30:00-05:00"), 7), 3.5)', "2026-12-07T12:00"),
        ('ajouter_ho(now(), 24, "CAL_24_7")', "2026-12-08T09:00"),
        ('max(ajouter_ho(now(), 7), date and time("2026-12-01T08:30:00-05:00"))', "2026-12-09T09:00"),
    ],
)
def test_a_count_is_made_again_from_where_it_began(text: str, again: str) -> None:
    _, count = counted(text)
    assert count is not None
    assert count.again(CHANGED.__getitem__) == at(again)


def test_a_date_that_was_not_counted_has_no_count() -> None:
    assert counted('date and time("2026-12-09T08:30:00-05:00")')[1] is None


@given(
    st.sampled_from(["ajouter_ho", "retrancher_ho"]),
    st.datetimes(datetime(2026, 3, 2), datetime(2027, 11, 1)).map(lambda one: one.replace(tzinfo=UTC)),
    st.integers(0, 400_000).map(lambda seconds: timedelta(seconds=seconds)),
    st.sampled_from(sorted(CALENDARS)),
)
def test_on_a_calendar_that_did_not_change_a_count_gives_the_same(
    name: str, moment: datetime, span: timedelta, code: str
) -> None:
    counts = Counts()
    found = calendar_functions(CALENDARS.__getitem__, counts)[name](moment, span, code)
    assert isinstance(found, datetime)
    kept = counts.of(found)
    assert kept is not None
    count, at = read_count(kept)
    assert (count.again(CALENDARS.__getitem__), at) == (found, found)


@pytest.mark.parametrize(
    ("data", "held"),
    [
        ({"echeance": "2026-12-09T14:00:00+00:00"}, True),
        ({"A20": {"echeances": ["2026-12-09T09:00:00-05:00"]}}, True),
        ({"echeance": "2026-12-09T14:00:00"}, False),
        ({"echeance": "2026-12-10T14:00:00+00:00", "autre": None, "nombre": 14, "texte": "demain"}, False),
        ({}, False),
    ],
)
def test_a_count_is_held_while_the_data_hold_its_instant(data: dict[str, object], held: bool) -> None:
    counts = Counts()
    calendar_functions(CALENDARS.__getitem__, counts)["ajouter_ho"](at("2026-12-07T09:00"), timedelta(hours=14))
    later = Counts(counts.held_by(data))
    assert (later.of(at("2026-12-09T09:00")) is not None) is held
