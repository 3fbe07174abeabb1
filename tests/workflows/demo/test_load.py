"""OP-DEMO is loaded as it is described."""

from __future__ import annotations

from datetime import datetime

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from workflows.calendars.holidays import special_days
from workflows.calendars.hours import CalendarExhausted
from workflows.calendars.propose import propose_holidays
from workflows.calendars.queries import calendar_of
from workflows.demo.load import PASSWORD, load_demo
from workflows.people.delegation import entries_in_force, plan_in_force
from workflows.people.directory import actor_of, person_by_code
from workflows.people.hierarchy import is_subordinate, line_above, superior_of
from workflows.people.models import Organisation, Person
from workflows.people.passwords import person_signing_in
from workflows.people.roles import holders_of
from workflows.people.substitution import live_substitute

NOW = datetime.fromisoformat("2026-12-07T09:00-05:00")


@pytest.fixture
def body(session: Session) -> Organisation:
    organisation = load_demo(session)
    session.commit()
    return organisation


def person(session: Session, code: str) -> Person:
    found = person_by_code(session, code)
    assert found is not None
    return found


def codes(session: Session, ids: tuple[object, ...]) -> list[str]:
    return [session.get_one(Person, one).code for one in ids]


def test_everyone_is_there_and_signs_in(session: Session, body: Organisation) -> None:
    assert session.scalar(select(func.count()).select_from(Person)) == 39
    assert person_signing_in(session, "U01", PASSWORD) is person(session, "U01")
    assert person_signing_in(session, "U01", "autre") is None
    assert person_signing_in(session, "X99", PASSWORD) is None


@pytest.mark.parametrize(
    ("code", "line"),
    [
        ("U01", ["P08", "P09", "P10", "P11", "P01"]),
        ("U02", ["P27", "P09", "P10", "P11", "P01"]),
        ("P03", ["P32", "P12", "P10", "P11", "P01"]),
        ("P02", ["P12", "P10", "P11", "P01"]),
        ("P17", ["P28", "P10", "P11", "P01"]),
        ("P26", ["P01"]),
        ("P01", []),
        ("P36", []),
    ],
)
def test_superiors_go_up_to_the_head_of_the_body(
    session: Session, body: Organisation, code: str, line: list[str]
) -> None:
    assert codes(session, line_above(session, person(session, code))) == line


def test_subordinates_are_found_through_levels(session: Session, body: Organisation) -> None:
    head = person(session, "P10")
    below = [
        code
        for code in ("P32", "P08", "P09", "P12", "P28", "P11", "P01")
        if is_subordinate(session, person(session, code), of=head)
    ]
    assert below == ["P32", "P08", "P09", "P12", "P28"]


@pytest.mark.parametrize(
    ("moment", "plan", "entries"),
    [
        ("2026-12-14T23:59:59-05:00", "PD-2026-04", ["DL-1", "DL-7", "DL-2", "DL-3", "DL-6", "DL-4", "DL-5"]),
        ("2026-12-15T00:00:00-05:00", "PD-2026-04", ["DL-1", "DL-7", "DL-2", "DL-3", "DL-4", "DL-5"]),
        ("2027-03-31T23:59:59-04:00", "PD-2026-04", ["DL-1", "DL-7", "DL-2", "DL-3", "DL-4", "DL-5"]),
        ("2027-04-01T00:00:00-04:00", "PD-2027-04", ["DL-1", "DL-7", "DL-2", "DL-3", "DL-4", "DL-5"]),
    ],
)
def test_plans_and_entries_change_at_local_midnight(
    session: Session, body: Organisation, moment: str, plan: str, entries: list[str]
) -> None:
    at = datetime.fromisoformat(moment)
    found = plan_in_force(session, body.id, at)
    assert found is not None
    assert found.version == plan
    assert [entry.code for entry in entries_in_force(session, body.id, at)] == entries


def test_the_next_plan_lowers_the_first_level(session: Session, body: Organisation) -> None:
    later = entries_in_force(session, body.id, datetime.fromisoformat("2027-05-01T09:00-04:00"))
    assert {entry.ceiling_alone_cents for entry in later if entry.level == 1} == {30_000}


def test_a_substitution_makes_its_titulaire_absent_for_its_period_only(session: Session, body: Organisation) -> None:
    director = person(session, "P09")
    periods = ("2026-12-13T23:59-05:00", "2026-12-14T00:00-05:00", "2027-01-08T23:59-05:00", "2027-01-09T00:00-05:00")
    live = [live_substitute(session, director.id, datetime.fromisoformat(moment)) is not None for moment in periods]
    assert live == [False, True, True, False]
    substitute = actor_of(session, person(session, "P12"), datetime.fromisoformat("2026-12-15T09:00-05:00"))
    assert substitute.hands == (person(session, "P12").id, director.id)


def test_an_inbox_reaches_who_its_scope_says(session: Session, body: Organisation) -> None:
    whole = actor_of(session, person(session, "P03"), NOW)
    part = actor_of(session, person(session, "P04"), NOW)
    assert set(whole.queues) == {"OP-DEMO/RCELL", "OP-DEMO/RCELL/SF-100", "OP-DEMO/RCELL/SF-200"}
    assert set(part.queues) == {"OP-DEMO/RCELL", "OP-DEMO/RCELL/SF-100"}


def test_a_manager_is_so_for_the_units_below(session: Session, body: Organisation) -> None:
    manager = actor_of(session, person(session, "P09"), NOW)
    assert set(manager.queues) >= {"OP-DEMO/GEST@DOP", "OP-DEMO/GEST@SOE", "OP-DEMO/GEST@SOO"}
    assert manager.roles == {"GEST", "DERO", "EMPLO"}
    assert len(manager.units) == 3


def test_the_newcomer_is_nobody_before_the_first_morning(session: Session, body: Organisation) -> None:
    newcomer = person(session, "U03")
    before = actor_of(session, newcomer, datetime.fromisoformat("2026-12-07T08:29-05:00"))
    assert (before.roles, actor_of(session, newcomer, NOW).roles) == (frozenset(), frozenset({"EMPLO"}))


def test_the_calendar_knows_the_holidays(session: Session, body: Organisation) -> None:
    due = calendar_of(session, body).add(datetime.fromisoformat("2026-12-23T16:00-05:00"), 21)
    assert due == datetime.fromisoformat("2027-01-05T16:00-05:00")


def test_roles_are_held_by_those_named(session: Session, body: Organisation) -> None:
    found = {
        role: [one.code for one in holders_of(session, body.id, role, NOW)]
        for role in ("DIR", "INTRL", "DERO", "RCELL")
    }
    assert found == {
        "DIR": ["P01"],
        "INTRL": ["P02"],
        "DERO": ["P08", "P09", "P10", "P11", "P12", "P28", "P32"],
        "RCELL": ["P03", "P04"],
    }
    assert superior_of(session, person(session, "P32")) is person(session, "P12")


def test_the_holidays_are_those_that_are_proposed(session: Session, body: Organisation) -> None:
    for year in (2026, 2027):
        published = [(day.on, day.calendar, day.openings) for day in special_days(session, body.id, year)]
        assert published == [(one.on, None, ()) for one in propose_holidays(year)]


def test_the_telephone_of_the_centre_that_closed_keeps_its_hours_and_its_end(
    session: Session, body: Organisation
) -> None:
    closed = calendar_of(session, body, "CAL_TEL_CSPQ")
    openings = {
        start: closed.add(datetime.fromisoformat(start), 0).strftime("%d %H:%M")
        for start in ("2020-08-24T12:30-04:00", "2020-08-25T12:30-04:00", "2020-08-26T12:30-04:00")
    }
    assert list(openings.values()) == ["24 17:00", "25 18:00", "26 17:00"]
    with pytest.raises(CalendarExhausted):
        closed.add(NOW, 1)
