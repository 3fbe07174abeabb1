"""The fiscal year changes at midnight, in the organisation's own zone."""

from datetime import UTC, datetime

from workflows.contracts.fiscal import fiscal_year


def test_the_year_begins_on_the_first_of_april_local_time() -> None:
    assert fiscal_year(datetime(2027, 4, 1, 3, 59, 59, tzinfo=UTC), "America/Toronto") == "2026-2027"
    assert fiscal_year(datetime(2027, 4, 1, 4, 0, tzinfo=UTC), "America/Toronto") == "2027-2028"


def test_the_islands_change_an_hour_earlier() -> None:
    assert fiscal_year(datetime(2027, 4, 1, 3, 0, tzinfo=UTC), "America/Halifax") == "2027-2028"


def test_january_belongs_to_the_year_that_began_in_april() -> None:
    assert fiscal_year(datetime(2027, 1, 15, 12, 0, tzinfo=UTC), "America/Toronto") == "2026-2027"
