"""The money of a budget unit: what counts, in which order, and that two never pass where one may."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from tests.builders import NOON, a_system_desk, a_unit, an_organisation
from tests.workflows.contracts.cases import ZONE, a_case, a_request, terms
from workflows.cases.models import Case
from workflows.contracts.models import OpeningBalance
from workflows.contracts.reserve import adjust_down, engage, line_of, release, reopen, reserve
from workflows.contracts.weigh import Weight, weigh
from workflows.people.models import Organisation, Unit

MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)


class Books:
    """One unit of one organisation, and its requests."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.organisation: Organisation = an_organisation(session)
        self.unit: Unit = a_unit(session, self.organisation, "SOE")
        self.desk = a_system_desk(session, self.organisation)

    def opening(self, cents: int) -> None:
        """What the year held before."""
        self.session.add(
            OpeningBalance(
                organisation_id=self.organisation.id, unit_id=self.unit.id, fiscal_year="2026-2027", cents=cents
            )
        )

    def asks(self, cents: int, age: datetime = NOON, *unlinked: str) -> tuple[Case, Weight]:
        """A request weighed and reserved."""
        case = a_case(self.session, self.organisation)
        return case, self.again(case, cents, age, *unlinked)

    def again(self, case: Case, cents: int, age: datetime = NOON, *unlinked: str) -> Weight:
        """The same request weighed and reserved once more."""
        request = a_request(case, self.unit, age)
        weight = weigh(self.session, request, cents, terms(NOON, *unlinked))
        reserve(self.desk, case, request, weight)
        return weight


@pytest.fixture
def books(session: Session) -> Books:
    """A unit with nothing in it."""
    return Books(session)


def test_the_year_counts_what_was_there_what_is_engaged_and_what_is_older(books: Books) -> None:
    books.opening(985_000)
    engaged, _ = books.asks(10_000, NOON + MINUTE)
    engage(books.desk, engaged, NOON, ZONE)
    books.asks(500, NOON - MINUTE)
    books.asks(7, NOON + MINUTE)
    _, weight = books.asks(30_000)
    assert (weight.before_cents, weight.after_cents) == (995_500, 1_025_500)


def test_a_case_never_counts_itself(books: Books) -> None:
    case, first = books.asks(30_000)
    assert books.again(case, 40_000).after_cents == 40_000
    engage(books.desk, case, NOON, ZONE)
    assert weigh(books.session, a_request(case, books.unit), 40_000, terms()).after_cents == 40_000
    assert first.after_cents == 30_000


def test_of_two_requests_of_the_same_instant_one_counts_the_other(books: Books) -> None:
    one, _ = books.asks(450)
    other, _ = books.asks(450)
    weights = [weigh(books.session, a_request(case, books.unit), 450, terms()) for case in (one, other)]
    assert sorted(weight.after_cents for weight in weights) == [450, 900]


def test_an_engagement_of_another_year_does_not_count(books: Books) -> None:
    case, _ = books.asks(10_000, NOON - MINUTE)
    engage(books.desk, case, datetime(2027, 4, 1, 4, 0, tzinfo=UTC), ZONE)
    assert books.asks(1)[1].before_cents == 0


def test_released_and_reversed_money_counts_no_more(books: Books) -> None:
    released, _ = books.asks(10_000, NOON - MINUTE)
    reversed_, _ = books.asks(20_000, NOON - MINUTE)
    engage(books.desk, reversed_, NOON, ZONE)
    release(books.desk, released)
    release(books.desk, reversed_)
    weight = books.asks(1)[1]
    assert (weight.before_cents, weight.related) == (0, ())
    lines = [line_of(books.session, case.id) for case in (released, reversed_)]
    assert [line.state for line in lines if line] == ["LIBEREE", "RENVERSEE"]


def test_related_requests_are_added_up_to_the_thirtieth_day(books: Books) -> None:
    first_minute = datetime(2026, 11, 7, 5, 0, tzinfo=UTC)
    books.asks(45_000, first_minute)
    books.asks(1, first_minute - timedelta(seconds=1))
    assert books.asks(45_000)[1].reference_cents == 90_000


def test_a_later_request_is_not_related(books: Books) -> None:
    books.asks(45_000, NOON + MINUTE)
    assert books.asks(45_000)[1].reference_cents == 45_000


def test_an_unlinked_request_is_not_related_but_stays_in_the_year(books: Books) -> None:
    other, _ = books.asks(45_000, NOON - DAY)
    _, weight = books.asks(45_000, NOON, other.number)
    assert (weight.reference_cents, weight.after_cents) == (45_000, 90_000)


def test_a_request_looked_at_again_keeps_its_age(books: Books) -> None:
    case, _ = books.asks(45_000, NOON - DAY)
    engage(books.desk, case, NOON, ZONE)
    reopen(books.desk, case)
    line = line_of(books.session, case.id)
    assert line is not None
    assert (line.state, line.age, line.signed_at) == ("RESERVATION", NOON - DAY, None)


def test_an_engagement_is_only_ever_lowered(books: Books) -> None:
    case, _ = books.asks(64_900)
    engage(books.desk, case, NOON, ZONE)
    adjust_down(books.desk, case, 69_900)
    adjust_down(books.desk, case, 59_900)
    line = line_of(books.session, case.id)
    assert line is not None
    assert line.cents == 59_900


def test_two_at_once_stand_in_line(engine: Engine) -> None:
    with Session(engine) as session:
        books = Books(session)
        cases = [a_case(session, books.organisation).id for _ in range(4)]
        unit, organisation = books.unit.id, books.organisation.id
        session.commit()
    found: list[int] = []

    def ask(case_id: object) -> None:
        with Session(engine) as session:
            case = session.get_one(Case, case_id)
            request = a_request(case, session.get_one(Unit, unit))
            weight = weigh(session, request, 100, terms())
            desk = a_system_desk(session, session.get_one(Organisation, organisation))
            reserve(desk, case, request, weight)
            session.commit()

    threads = [threading.Thread(target=ask, args=(case_id,)) for case_id in cases]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    with Session(engine) as session:
        for case_id in cases:
            case = session.get_one(Case, case_id)
            found.append(weigh(session, a_request(case, session.get_one(Unit, unit)), 100, terms()).after_cents)
    assert sorted(found) == [100, 200, 300, 400]


def test_whoever_weighs_second_waits_for_the_first_to_commit(engine: Engine) -> None:
    with Session(engine) as first, Session(engine) as second:
        books = Books(first)
        case, unit = a_case(first, books.organisation), books.unit
        first.commit()
        weigh(first, a_request(case, unit), 100, terms())
        second.execute(text("SET LOCAL lock_timeout = '200ms'"))
        with pytest.raises(OperationalError):
            weigh(second, a_request(second.get_one(Case, case.id), second.get_one(Unit, unit.id)), 100, terms())
