"""The holidays of a year are published by a person: what they change, what they leave, who may."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.builders import a_calendar, a_person, an_organisation, desk_of
from workflows.calendars.holidays import PublishHolidays, SpecialDay, fingerprint, publish_holidays, special_days
from workflows.calendars.models import Calendar
from workflows.calendars.queries import calendar_of
from workflows.errors import Conflict, Forbidden, Invalid
from workflows.journal.models import JournalEntry
from workflows.people.models import Organisation, Person

NEW_YEAR = SpecialDay(date(2027, 1, 1), "Jour de l'An", "New Year's Day")
EARLY = SpecialDay(date(2027, 1, 5), "Fermeture hâtive", None, "CAL_ORG", ((time(8, 30), time(12)),))
BEFORE = datetime.fromisoformat("2026-12-31T16:00-05:00")


@pytest.fixture
def body(session: Session) -> Organisation:
    organisation = an_organisation(session)
    a_calendar(session, organisation)
    session.add(Calendar(organisation_id=organisation.id, code="CAL_24_7", always=True))
    session.flush()
    return organisation


@pytest.fixture
def adviser(session: Session, body: Organisation) -> Person:
    return a_person(session, body, "RH")


def publish(session: Session, person: Person, *days: SpecialDay, **more: Any) -> tuple[SpecialDay, ...]:
    return publish_holidays(desk_of(session, person), PublishHolidays(**{"year": 2027, "days": days, **more}))


def an_hour_later(session: Session, body: Organisation) -> str:
    return calendar_of(session, body).add(BEFORE, 1).strftime("%m-%dT%H:%M")


def test_a_published_holiday_is_counted_over_at_once(session: Session, body: Organisation, adviser: Person) -> None:
    assert an_hour_later(session, body) == "01-01T14:00"
    publish(session, adviser, NEW_YEAR)
    assert an_hour_later(session, body) == "01-04T14:00"


def test_a_day_with_special_hours_is_open_for_these_only(session: Session, body: Organisation, adviser: Person) -> None:
    publish(session, adviser, EARLY)
    morning = datetime.fromisoformat("2027-01-05T11:00-05:00")
    assert calendar_of(session, body).add(morning, 2) == datetime.fromisoformat("2027-01-06T09:30-05:00")


def test_a_year_is_published_whole_and_the_others_stay(session: Session, body: Organisation, adviser: Person) -> None:
    christmas = SpecialDay(date(2026, 12, 25), "Noël", "Christmas Day")
    publish(session, adviser, christmas, year=2026)
    publish(session, adviser, NEW_YEAR, EARLY)
    assert publish(session, adviser, EARLY) == (EARLY,)
    assert special_days(session, body.id, 2026) == (christmas,)


def test_the_journal_says_what_changed_and_who_did_it(session: Session, adviser: Person) -> None:
    publish(session, adviser, NEW_YEAR)
    publish(session, adviser, EARLY)
    last = session.scalars(select(JournalEntry).order_by(JournalEntry.id)).all()[-1]
    assert (last.kind, last.by, last.data["year"], last.data["days"]) == ("holidays.published", adviser.code, 2027, 1)
    assert last.data["added"] == ["2027-01-05 CAL_ORG 08:30-12:00 Fermeture hâtive"]
    assert last.data["removed"] == ["2027-01-01 Jour de l'An"]


@pytest.mark.parametrize(("role", "fine"), [("RH", True), ("ADMIN", True), ("EXPL", False), ("GEST", False)])
def test_only_human_resources_and_administrators_publish(
    session: Session, body: Organisation, role: str, fine: bool
) -> None:
    person = a_person(session, body, role)
    if fine:
        publish(session, person, NEW_YEAR)
    else:
        with pytest.raises(Forbidden, match=r"holidays\.not_yours"):
            publish(session, person, NEW_YEAR)
    assert bool(special_days(session, body.id, 2027)) is fine


def test_who_was_slower_is_told(session: Session, body: Organisation, adviser: Person) -> None:
    seen = fingerprint(special_days(session, body.id, 2027))
    publish(session, adviser, EARLY, seen=seen)
    with pytest.raises(Conflict, match=r"holidays\.changed"):
        publish(session, adviser, NEW_YEAR, seen=seen)


@pytest.mark.parametrize(
    ("days", "field", "code"),
    [
        ([SpecialDay(date(2026, 1, 1), "Jour de l'An")], "0.on", "holidays.other_year"),
        ([SpecialDay(date(2027, 1, 1), "  ")], "0.name", "holidays.name"),
        ([SpecialDay(date(2027, 1, 1), "x" * 121)], "0.name", "holidays.name"),
        ([SpecialDay(date(2027, 1, 1), "Jour", None, "CAL_24_7")], "0.calendar", "holidays.calendar"),
        ([SpecialDay(date(2027, 1, 1), "Jour", None, None, ((time(12), time(8)),))], "0.openings", "holidays.hours"),
        (
            [SpecialDay(date(2027, 1, 1), "Jour", None, None, ((time(8), time(12)), (time(11), time(16))))],
            "0.openings",
            "holidays.hours",
        ),
        ([NEW_YEAR, SpecialDay(date(2027, 1, 1), "Encore", None, "CAL_ORG")], "1.on", "holidays.twice"),
        ([EARLY, EARLY], "1.on", "holidays.twice"),
    ],
)
def test_what_is_wrong_is_said_of_its_day_and_nothing_is_published(
    session: Session, body: Organisation, adviser: Person, days: list[SpecialDay], field: str, code: str
) -> None:
    with pytest.raises(Invalid) as told:
        publish(session, adviser, *days)
    assert {key: [flaw.code for flaw in flaws] for key, flaws in told.value.fields.items()} == {field: [code]}
    assert special_days(session, body.id, 2027) == ()


def test_another_body_keeps_its_own_days(session: Session, body: Organisation, adviser: Person) -> None:
    publish(session, adviser, NEW_YEAR)
    other = an_organisation(session, "OP-AUTRE")
    a_calendar(session, other)
    assert an_hour_later(session, other) == "01-01T14:00"


def test_the_same_days_have_the_same_fingerprint_in_any_order() -> None:
    assert fingerprint([NEW_YEAR, EARLY]) == fingerprint([EARLY, NEW_YEAR]) != fingerprint([EARLY])


def test_hours_are_those_of_the_body_s_own_zone(session: Session, body: Organisation) -> None:
    islands = an_organisation(session, "OP-ILES")
    islands.timezone = "America/Halifax"
    a_calendar(session, islands)
    due = [calendar_of(session, one).add(BEFORE, 1).isoformat(timespec="minutes") for one in (body, islands)]
    assert due == ["2027-01-01T14:00+00:00", "2027-01-01T13:30+00:00"]
