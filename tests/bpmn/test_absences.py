"""Someone is away: who is asked instead, what stays where it lies, and what comes back on the day of the return."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.bpmn.living import Life, Request
from workflows.desk import Actor, ActorKind, Desk, at_desk
from workflows.errors import Forbidden, Invalid
from workflows.journal.models import JournalEntry
from workflows.messages.receive import Receipt, receive_message
from workflows.people.directory import actor_of, person_by_code
from workflows.people.models import Absence, Organisation

Tell = Callable[..., Receipt]


@pytest.fixture
def away(life: Life) -> Tell:
    """The personnel system tells that someone is away."""

    def told(code: str, du: str, au: str, contract: str | None = None) -> Receipt:
        data = {"matricule": code, "du": du, "au": au}
        event: dict[str, Any] = {"specversion": "1.0", "id": f"{code}-{du}-{au}", "source": "urn:lsh", "data": data}
        event |= {"type": "absence.enregistree.v1", "time": "2026-12-07T14:00:00Z"}
        with Session(life.engine) as session:
            organisation = session.scalars(select(Organisation.id).where(Organisation.code == "OP-DEMO")).one()
            actor = Actor(ActorKind.INTEGRATION, organisation, None, "lsh", "lsh", demo=True, contract=contract)
            with at_desk(Desk(session, actor, datetime(2026, 12, 7, 14, tzinfo=UTC))) as desk:
                return receive_message(desk, event)

    return told


def absences(life: Life) -> list[tuple[datetime, datetime]]:
    with Session(life.engine) as session:
        return [(row.valid_from, row.valid_until) for row in session.scalars(select(Absence))]


def roles(life: Life, code: str, at: datetime) -> frozenset[str]:
    with Session(life.engine) as session:
        person = person_by_code(session, code)
        assert person is not None
        return actor_of(session, person, at).roles


def test_an_absence_is_kept_once_and_corrected_when_it_is_told_again(life: Life, away: Tell) -> None:
    assert away("100209", "2026-12-07", "2026-12-09").status == "delivered"
    assert away("E-100209", "2026-12-07", "2026-12-14").status == "delivered"
    assert absences(life) == [(datetime(2026, 12, 7, 5, tzinfo=UTC), datetime(2026, 12, 14, 5, tzinfo=UTC))]


@pytest.mark.parametrize(
    ("code", "du", "au", "key"),
    [("999999", "2026-12-07", "2026-12-09", "data.matricule"), ("100209", "2026-12-09", "2026-12-09", "data.au")],
)
def test_an_absence_of_nobody_or_of_no_time_is_refused(
    life: Life, away: Tell, code: str, du: str, au: str, key: str
) -> None:
    with pytest.raises(Invalid) as refusal:
        away(code, du, au)
    assert (list(refusal.value.fields), absences(life)) == ([key], [])


def test_a_provider_s_account_tells_of_no_absence(life: Life, away: Tell) -> None:
    with pytest.raises(Forbidden, match=r"message\.type_not_allowed"):
        away("100209", "2026-12-07", "2026-12-09", contract="CELL-DEMO")
    assert absences(life) == []


def test_the_need_is_confirmed_by_the_superior_of_the_manager_who_is_away(life: Life, away: Tell) -> None:
    away("100208", "2026-12-07", "2026-12-14")
    request = life.ask(manager=None)
    assert request.open == [("R07", "P09")]
    with Session(life.engine) as session:
        (routed,) = session.scalars(select(JournalEntry).where(JournalEntry.kind == "task.routed"))
        assert (routed.step, routed.data["to"], routed.data["absent"]) == ("R07", "P09", ["P08"])


def higher_than_n2(request: Request) -> tuple[str, ...]:
    """Who is asked to sign, when the one who would is not among them."""
    ((step, *who),) = request.open
    assert step == "R23"
    assert who
    assert "P09" not in who
    return tuple(who)


def test_an_act_of_someone_away_is_asked_of_the_next_level(life: Life, away: Tell) -> None:
    away("100209", "2026-12-07", "2026-12-09")
    request = life.analysed(64_900)
    assert higher_than_n2(request)


def test_on_the_day_of_the_return_the_act_is_asked_of_that_person_too(life: Life, away: Tell) -> None:
    away("100209", "2026-12-07", "2026-12-09")
    request = life.analysed(64_900)
    higher = higher_than_n2(request)
    life.move("2026-12-09T00:00-05:00")
    assert request.open == [("R23", *sorted(["P09", *higher]))]


def test_an_act_that_was_asked_before_stays_with_whoever_goes_away(life: Life, away: Tell) -> None:
    request = life.analysed(64_900)
    away("100209", "2026-12-08", "2026-12-18")
    life.move("2026-12-08T09:00-05:00")
    assert request.open == [("R23", "P09")]


def test_the_deputy_has_the_powers_of_the_mandatary_while_he_is_away_and_not_a_moment_longer(
    life: Life, away: Tell
) -> None:
    away("100205", "2026-12-08", "2026-12-09T12:00:00-05:00")
    moments = ["2026-12-07T23:59-05:00", "2026-12-08T00:00-05:00", "2026-12-09T11:59-05:00", "2026-12-09T12:00-05:00"]
    held = ["MANDA" in roles(life, "P06", datetime.fromisoformat(at)) for at in moments]
    assert held == [False, True, True, False]
