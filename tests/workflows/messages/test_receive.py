"""Messages are taken once: delivered to the case that waits, or kept in quarantine until one does."""

from __future__ import annotations

import threading
from collections import Counter
from datetime import timedelta

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from tests.builders import a_system_desk
from tests.workflows.cases.conftest import World
from tests.workflows.messages.conftest import Sender, an_event
from workflows.cases.models import CaseAnswers, CaseState
from workflows.desk import at_desk
from workflows.errors import Forbidden, Invalid, Stopped
from workflows.messages.models import InboundMessage
from workflows.messages.parked import drop_expired, retry_parked
from workflows.messages.receive import receive_message


def test_a_message_that_is_waited_for_is_delivered(world: World, sender: Sender) -> None:
    case = world.waiting()
    receipt = receive_message(sender.desk(), an_event(case.number))
    world.session.commit()
    assert (receipt.status, receipt.case_id, receipt.number) == ("delivered", case.id, case.number)
    assert (case.state, case.end) == (CaseState.ENDED, "REUSSI")
    assert world.session.get_one(CaseAnswers, (case.id, "E32")).answers["nouveau_prix_cents"] == 200


def test_a_repeat_answers_the_first_result(world: World, sender: Sender) -> None:
    case = world.waiting()
    receive_message(sender.desk(), an_event(case.number))
    world.session.commit()
    again = receive_message(sender.desk(), an_event(case.number))
    assert (again.status, again.case_id) == ("duplicate", case.id)


def test_the_same_message_at_once_is_taken_once(world: World, sender: Sender, engine: Engine) -> None:
    number = world.waiting().number
    world.session.commit()
    answers: Counter[str] = Counter()

    def send() -> None:
        with Session(engine) as session:
            answers[receive_message(sender.desk(session), an_event(number)).status] += 1
            session.commit()

    threads = [threading.Thread(target=send) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == {"delivered": 1, "duplicate": 7}


def test_a_message_that_nobody_waits_for_is_parked_thirty_days(world: World, sender: Sender) -> None:
    receipt = receive_message(sender.desk(), an_event("DER-2026-000999"))
    kept = world.session.scalars(select(InboundMessage)).one()
    assert (receipt.status, receipt.case_id) == ("parked", None)
    assert kept.expires_at == world.now + timedelta(days=30)
    assert drop_expired(a_system_desk(world.session, now=world.now + timedelta(days=30))) == 1


def test_a_parked_message_is_delivered_once_it_is_waited_for(world: World, sender: Sender) -> None:
    case = world.asked()
    assert receive_message(sender.desk(), an_event(case.number)).status == "parked"
    world.complete(world.rcell, case, "E07", decision="CONFIRMER")
    assert retry_parked(a_system_desk(world.session, world.organisation), case.number) == 1
    world.session.commit()
    assert case.end == "REUSSI"
    assert receive_message(sender.desk(), an_event(case.number)).case_id == case.id


def test_a_parked_message_of_another_contract_stays_where_it_is(world: World) -> None:
    sender = Sender(world, contract="AUTRE-CONTRAT")
    case = world.asked()
    assert receive_message(sender.desk(), an_event(case.number)).status == "parked"
    case.facts = {**case.facts, "contrat": "CELL-DEMO"}
    world.complete(world.rcell, case, "E07", decision="CONFIRMER")
    assert retry_parked(a_system_desk(world.session, world.organisation), case.number) == 0
    assert (case.state, case.end) == (CaseState.WAITING, None)


def test_a_type_that_the_account_may_not_send_is_refused(world: World) -> None:
    sender = Sender(world, types=["absence.enregistree"])
    with pytest.raises(Forbidden, match=r"message\.type_not_allowed"):
        receive_message(sender.desk(), an_event("X"))


@pytest.mark.parametrize("kind", ["prestataire.prix.modifie", "prestataire.prix.modifie.v2", "derogation.signee.v1"])
def test_a_type_that_does_not_come_in_is_refused(sender: Sender, kind: str) -> None:
    with pytest.raises(Forbidden, match=r"message\.type_not_allowed"):
        receive_message(sender.desk(), an_event("X", type=kind))


def test_another_organisation_is_refused(sender: Sender) -> None:
    with pytest.raises(Forbidden, match=r"message\.organisation_not_allowed"):
        receive_message(sender.desk(), an_event("X", organisme="OP-AUTRE"))


def test_a_person_sends_no_message(world: World) -> None:
    with pytest.raises(Forbidden):
        receive_message(world.desk(world.rcell), an_event("X"))


@pytest.mark.parametrize(
    ("wrong", "fields"),
    [
        ({"specversion": "0.3"}, {"specversion"}),
        ({"id": ""}, {"id"}),
        ({"source": 3}, {"source"}),
        ({"time": "yesterday"}, {"time"}),
        ({"data": [1]}, {"data"}),
        (
            {"data": {"no_commande": "N1", "x": 1}},
            {"data.x", "data.ancien_prix_cents", "data.nouveau_prix_cents", "data.motif"},
        ),
        (
            {"data": {"no_commande": "N1", "ancien_prix_cents": -1, "nouveau_prix_cents": True, "motif": ""}},
            {"data.ancien_prix_cents", "data.nouveau_prix_cents", "data.motif"},
        ),
    ],
)
def test_an_ill_formed_message_is_refused_key_by_key(
    sender: Sender, wrong: dict[str, object], fields: set[str]
) -> None:
    with pytest.raises(Invalid) as refused:
        receive_message(sender.desk(), an_event("X", **wrong))
    assert refused.value.fields.keys() == fields


def test_a_providers_account_speaks_of_its_own_contract_only(world: World) -> None:
    case = world.waiting()
    case.facts = {"contrat": "CELL-DEMO"}
    world.session.commit()
    with pytest.raises(Forbidden, match=r"message\.contract_not_allowed"):
        receive_message(Sender(world, contract="AUTRE").desk(), an_event(case.number))
    world.session.rollback()
    assert receive_message(Sender(world, contract="CELL-DEMO").desk(), an_event(case.number)).status == "delivered"


def test_a_message_that_its_case_cannot_take_stops_the_case_and_stays_in_quarantine(
    world: World, sender: Sender
) -> None:
    case = world.asked()
    receive_message(sender.desk(), an_event(case.number))
    world.complete(world.rcell, case, "E07", decision="CONFIRMER")
    case.engine_state = b"broken"
    world.session.commit()
    with pytest.raises(Stopped), at_desk(sender.desk()) as desk:
        retry_parked(desk, case.number)
    world.session.expire_all()
    assert case.state == CaseState.FAILED
    assert world.session.scalars(select(InboundMessage)).one().status == "parked"
