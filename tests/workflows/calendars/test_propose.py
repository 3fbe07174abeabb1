"""The proposal of a year's holidays: what the years to come must give, and what holds of any year."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.calendars.propose import Why, propose_holidays

PROPOSED = {
    2026: "01-01 01-02 04-03 04-06 05-18 06-24 07-01 09-07 10-12 12-24 12-25 12-28 12-31",
    2027: "01-01 01-04 03-26 03-29 05-24 06-24 07-01 09-06 10-11 12-24 12-27 12-28 12-31",
}


@pytest.mark.parametrize("year", PROPOSED)
def test_the_dates_of_a_year(year: int) -> None:
    assert " ".join(f"{one.on:%m-%d}" for one in propose_holidays(year)) == PROPOSED[year]


def test_a_date_that_is_moved_says_in_both_languages_what_it_stands_for() -> None:
    moved = {one.on: one for one in propose_holidays(2027) if one.why is Why.MOVED}
    assert [(on, one.instead_of) for on, one in moved.items()] == [
        (date(2027, 1, 4), date(2027, 1, 2)),
        (date(2027, 12, 27), date(2027, 12, 25)),
        (date(2027, 12, 28), date(2027, 12, 26)),
    ]
    told = moved[date(2027, 12, 28)]
    assert "(en remplacement du samedi 1er janvier)" in propose_holidays(2028)[0].name
    assert told.name == "Lendemain de Noël (en remplacement du dimanche 26 décembre)"
    assert told.name_en == "Boxing Day (in place of Sunday, December 26)"


def test_each_date_says_whether_the_law_or_public_bodies_keep_it() -> None:
    why = {one.on: one.why for one in propose_holidays(2026)}
    assert (why[date(2026, 6, 24)], why[date(2026, 4, 6)], why[date(2026, 12, 24)]) == (
        Why.LAW,
        Why.PUBLIC_SERVICE,
        Why.PUBLIC_SERVICE,
    )


def test_days_that_other_places_keep_are_not_proposed() -> None:
    assert {date(2026, 9, 30), date(2026, 11, 11)}.isdisjoint(one.on for one in propose_holidays(2026))


def test_an_eve_on_a_weekend_is_kept_before_and_never_in_another_year() -> None:
    eves = [one.on for one in propose_holidays(2028) if one.instead_of in (date(2028, 12, 24), date(2028, 12, 31))]
    assert eves == [date(2028, 12, 22), date(2028, 12, 29)]


@given(st.integers(2010, 2100))
def test_every_year_has_thirteen_days_of_the_week_each_once(year: int) -> None:
    days = [one.on for one in propose_holidays(year)]
    assert len(set(days)) == 13
    assert all(day.weekday() < 5 and day.year == year for day in days)


@pytest.mark.parametrize("year", [0, 2009, 2101])
def test_years_far_away_are_not_proposed(year: int) -> None:
    with pytest.raises(ValueError, match=str(year)):
        propose_holidays(year)
