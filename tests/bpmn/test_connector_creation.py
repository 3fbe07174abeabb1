"""The SAGIR user made by a connector (A20): made once, as approved and disabled, or else by a person."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.bpmn.arriving import INVOICES, accesses, at_work, tell
from tests.bpmn.connecting import asked, connector, reply
from tests.bpmn.living import Life, Request
from tests.workflows.deliveries.receiver import Receiver, hang, status
from workflows.accesses.models import Access
from workflows.cases.details import CaseStep
from workflows.cases.models import Case
from workflows.clock import business_now
from workflows.people.models import Organisation
from workflows.worker.connectors import NotTaken, call
from workflows.worker.run import do_jobs
from workflows.worker.tasks import house_desk

MADE = "DESACTIVE"


@pytest.fixture
def sagir(life: Life) -> Iterator[Receiver]:
    """The connector that makes SAGIR users."""
    with connector(life, "creation_sagir") as receiver:
        yield receiver


@pytest.fixture
def arrival(life: Life, sagir: Receiver) -> Request:
    """An arrival whose works have begun: the connector has been asked."""
    return at_work(life)


def steps(arrival: Request) -> list[str]:
    return sorted(step for step, *_ in arrival.open)


def user(life: Life) -> tuple[str, list[str], str]:
    with Session(life.engine) as session:
        row = session.scalars(select(Access).where(Access.system == "SAGIR").order_by(Access.changed_at.desc())).first()
        assert row is not None
        return row.account, list(row.granted), row.state


def done(life: Life, arrival: Request) -> set[str]:
    with Session(life.engine) as session:
        steps = select(CaseStep.step).join(Case, Case.id == CaseStep.case_id).where(Case.number == arrival.number)
        return set(session.scalars(steps.where(CaseStep.state == "TERMINEE")))


def test_it_is_asked_with_what_was_approved_and_no_name(life: Life, sagir: Receiver, arrival: Request) -> None:
    body: dict[str, Any] = json.loads(sagir.received[0].body)
    known = {key: body[key] for key in ("operation", "systeme", "compte", "acces", "employe_ref")}
    assert known == {
        "operation": "CREER",
        "systeme": "SAGIR",
        "compte": "E204555",
        "acces": ["LSCD", "LSH"],
        "employe_ref": "E-204555",
    }
    assert sagir.received[0].headers["webhook-id"] == body["operation_id"] == str(asked(life).id)


def test_no_pilot_is_asked_meanwhile(arrival: Request) -> None:
    assert steps(arrival) == ["A23", "A24"]


def test_its_answer_makes_the_user_disabled_without_anybody(life: Life, arrival: Request) -> None:
    assert reply(life, MADE) == "delivered"
    assert (steps(arrival), user(life)) == (["A23", "A24"], ("E204555", ["LSCD", "LSH"], "DESACTIVE"))
    assert {"A20", "A20.1", "A20.2"} <= done(life, arrival)


def test_the_code_that_it_chose_is_kept(life: Life, arrival: Request) -> None:
    reply(life, MADE, compte="EXEMPN9")
    assert user(life)[0] == "EXEMPN9"


def test_what_it_made_is_verified_by_a_second_pilot_like_any_other(life: Life, sagir: Receiver) -> None:
    arrival = at_work(life, responsabilites=[INVOICES])
    arrival.do("A15", "P29", decision="APPROUVER")
    do_jobs(life.engine)
    reply(life, MADE, acces=["LSCD", "LSH", "SAISIE_DE_FACTURES"])
    assert "A21" in steps(arrival)
    arrival.do("A21", "P14", conforme=False, ecarts="La responsabilité manque.")
    assert "A20.1" in steps(arrival)


@pytest.mark.parametrize(
    "told",
    [
        {"etat": "ECHEC"},
        {"etat": "ACTIF"},
        {"etat": MADE, "acces": ["LSCD", "SECURITE_SAGIR"]},
        {"etat": MADE, "compte": "pas un code"},
    ],
    ids=["fails", "enabled too early", "not as approved", "no user code"],
)
def test_what_was_not_made_as_asked_is_the_pilots_task(life: Life, arrival: Request, told: dict[str, Any]) -> None:
    reply(life, told.pop("etat"), **told)
    assert steps(arrival) == ["A20.1", "A23", "A24"]
    arrival.do("A20.1", "P14", code_usager="EXEMPN", compte_desactive=True)
    arrival.do("A20.2", "P14", responsabilites_attribuees=[])
    assert user(life) == ("EXEMPN", ["LSCD", "LSH"], "DESACTIVE")


def test_a_code_that_someone_else_has_is_the_pilots_task(life: Life, arrival: Request) -> None:
    someone = life.person_id("U01")
    with Session(life.engine) as session, session.begin():
        own = session.scalars(select(Organisation.id).where(Organisation.code == "OP-DEMO")).one()
        mine = (Access.organisation_id == own, Access.person_id == someone, Access.system == "SAGIR")
        row = session.scalars(select(Access).where(*mine)).one()
        row.account, row.changed_at = "PRIS1", business_now(session)
    reply(life, MADE, compte="PRIS1")
    assert "A20.1" in steps(arrival)


def test_a_second_answer_changes_nothing(life: Life, arrival: Request) -> None:
    reply(life, MADE)
    before = len(arrival.journal("access.created"))
    assert (reply(life, MADE), len(arrival.journal("access.created")), before) == ("parked", 1, 1)


def test_an_answer_about_something_else_is_not_taken_for_it(life: Life, arrival: Request) -> None:
    reply(life, MADE, operation_id="autre")
    assert (steps(arrival), arrival.journal("access.created")) == (["A23", "A24"], [])
    reply(life, MADE)
    assert arrival.journal("access.created") != []


def test_an_answer_that_comes_after_an_hour_finds_a_person_at_it(life: Life, arrival: Request) -> None:
    life.move("2026-12-07T10:00-05:00")
    assert "A20.1" in steps(arrival)
    assert reply(life, MADE) == "parked"
    arrival.do("A20.1", "P14", code_usager="EXEMPN", compte_desactive=True)
    arrival.do("A20.2", "P14", responsabilites_attribuees=[])
    do_jobs(life.engine)
    assert (user(life)[0], len(arrival.journal("access.created"))) == ("EXEMPN", 1)


@pytest.mark.parametrize("answer", [status(500), hang], ids=["fails", "hangs"])
def test_a_connector_that_does_not_take_it_is_asked_again_then_given_up(
    life: Life, sagir: Receiver, answer: Any
) -> None:
    sagir.answers = [answer] * 9
    arrival = at_work(life)
    one: UUID = asked(life).id
    with pytest.raises(NotTaken):
        call(house_desk, one, last=False)
    call(house_desk, one, last=True)
    assert "A20.1" in steps(arrival)
    assert {heard.headers["webhook-id"] for heard in sagir.received} == {str(one)}


def test_without_a_connector_it_stays_a_persons_task(life: Life) -> None:
    assert steps(at_work(life)) == ["A20.1", "A23", "A24"]


def test_needs_that_change_meanwhile_ask_the_connector_anew(life: Life, sagir: Receiver, arrival: Request) -> None:
    first = asked(life).id
    tell(life, "arrivee.modifiee", {"unite": "SOO", "superieur_matricule": "100227"})
    needs = {"libre_service": ["LSH"], "equipements": ["PORTABLE"], "besoin_cellulaire": False}
    arrival.do("A08", "P27", **needs)
    do_jobs(life.engine)
    assert reply(life, MADE, operation_id=str(first)) == "delivered"
    assert arrival.journal("access.created") == []
    reply(life, MADE)
    assert (user(life)[1], accesses(life)["SAGIR"]) == (["LSH"], ("DESACTIVE", []))
