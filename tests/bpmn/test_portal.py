"""An order placed in a provider's portal: what it must name, whose it is, and that it is taken once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.bpmn.living import Life, Request
from workflows.cases.cancel import cancel_case
from workflows.cases.commands import CancelCase
from workflows.cases.models import Case, CaseAnswers
from workflows.desk import Actor, ActorKind, Desk, at_desk
from workflows.errors import Forbidden, Invalid, Refusal
from workflows.messages.receive import Receipt, receive_message
from workflows.people.models import Organisation

ORDER: Mapping[str, Any] = {
    "prestataire": "TELUS",
    "no_commande": "TLS-700001",
    "beneficiaire": "E-201733",
    "unite_budgetaire": "SOE",
    "nature": "REMPLACEMENT",
    "quantite": 1,
    "modele": "Modèle A",
    "prix_appareil_cents": 64_900,
    "credit_cents": 0,
}
Order = Callable[..., Receipt]


@pytest.fixture
def order(life: Life) -> Order:
    """The portal tells of an order."""

    def told(ident: str, about: str | None = None, contract: str | None = None, **changes: Any) -> Receipt:
        event: dict[str, Any] = {"specversion": "1.0", "id": ident, "source": "urn:telus", "data": {**ORDER, **changes}}
        event |= {"type": "prestataire.commande.soumise.v1", "time": "2026-12-07T14:00:00Z", "correlationid": about}
        with Session(life.engine) as session:
            organisation = session.scalars(select(Organisation.id).where(Organisation.code == "OP-DEMO")).one()
            actor = Actor(ActorKind.INTEGRATION, organisation, None, "telus", "telus", demo=True, contract=contract)
            with at_desk(Desk(session, actor, datetime(2026, 12, 7, 14, tzinfo=UTC))) as desk:
                return receive_message(desk, {key: said for key, said in event.items() if said is not None})

    return told


def opened(life: Life) -> int:
    with Session(life.engine) as session:
        return session.scalars(select(func.count()).select_from(Case)).one()


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("beneficiaire", "E-999999"),
        ("unite_budgetaire", "NULLE-PART"),
        ("nature", "CADEAU"),
        ("subdivision", "SF-999"),
        ("credit_cents", 64_901),
        ("quantite", 0),
        ("prix_appareil_cents", -1),
        ("prix_appareil_cents", "64900"),
    ],
)
def test_an_order_of_what_the_body_does_not_know_opens_nothing(life: Life, order: Order, key: str, value: Any) -> None:
    with pytest.raises(Invalid) as refusal:
        order("1", **{key: value})
    assert (list(refusal.value.fields), opened(life)) == ([f"data.{key}"], 0)


def test_every_flaw_of_an_order_is_told_at_once(order: Order) -> None:
    with pytest.raises(Invalid) as refusal:
        order("1", beneficiaire="E-999999", nature="CADEAU")
    assert sorted(refusal.value.fields) == ["data.beneficiaire", "data.nature"]


def test_a_credit_may_cover_the_whole_price(order: Order) -> None:
    assert order("1", credit_cents=64_900).status == "started"


def test_the_same_message_twice_and_the_same_order_told_again_open_one_case(life: Life, order: Order) -> None:
    first = order("1")
    assert [order("1").status, order("2").status] == ["duplicate", "delivered"]
    assert (order("2").case_id, order("3").case_id, opened(life)) == (first.case_id, first.case_id, 1)


def test_another_order_is_another_case_even_of_the_same_person(life: Life, order: Order) -> None:
    order("1")
    assert (order("2", no_commande="TLS-700002").status, opened(life)) == ("started", 2)


def test_an_order_that_names_its_case_opens_no_other(life: Life, order: Order) -> None:
    request = life.analysed()
    assert (order("1", about=request.number).status, opened(life)) == ("delivered", 1)
    assert [one.data["name"] for one in request.journal("message.received")] == ["prestataire.commande.soumise"]


def test_a_portal_of_another_contract_neither_opens_a_case_nor_learns_of_one(life: Life, order: Order) -> None:
    request = life.analysed()
    for about in (request.number, None):
        with pytest.raises(Forbidden, match=r"message\.contract_not_allowed"):
            order("1", about=about, contract="CELL-AUTRE")
    assert (opened(life), request.journal("message.received")) == (1, [])


def test_nobody_asked_so_the_representative_cancels_before_anything_is_ordered(life: Life, order: Order) -> None:
    number = order("1", contract="CELL-DEMO").number
    assert number is not None
    request = Request(life, number)
    assert (request.open, request.facts["commande_bloquee"]) == ([("R08",)], True)
    for who in ("U01", "P12"):
        with pytest.raises(Refusal), life.desk(who) as desk:
            cancel_case(desk, CancelCase(number, "Le besoin a disparu."))
    with life.desk("P03") as desk:
        cancel_case(desk, CancelCase(number, "Le besoin a disparu."))
    assert (request.open, request.end) == ([], "ANNULEE")


def test_an_order_told_again_after_its_case_ended_opens_no_other(life: Life, order: Order) -> None:
    first = order("1")
    assert first.number is not None
    with life.desk("P03") as desk:
        cancel_case(desk, CancelCase(first.number, "Le besoin a disparu."))
    assert (order("2").status, order("3").case_id, opened(life)) == ("delivered", first.case_id, 1)
    assert Request(life, first.number).end == "ANNULEE"


def test_an_order_that_the_house_placed_opens_no_case_when_the_portal_tells_of_it(life: Life, order: Order) -> None:
    request = life.analysed()
    with Session(life.engine) as session, session.begin():
        case = session.scalars(select(Case).where(Case.number == request.number)).one()
        placed = CaseAnswers(case_id=case.id, step="R30", answers={"no_commande": "TLS-884213"}, at=case.created_at)
        session.add(placed)
    assert (order("1", no_commande="TLS-884213").number, opened(life)) == (request.number, 1)
    assert (order("2", no_commande="TLS-884213", prestataire="ROGERS").status, opened(life)) == ("started", 2)


def test_one_order_told_by_many_at_once_opens_one_case(life: Life, order: Order) -> None:
    with ThreadPoolExecutor(6) as tellers:
        told = list(tellers.map(order, [str(number) for number in range(12)]))
    assert sorted(one.status for one in told) == ["delivered"] * 11 + ["started"]
    assert (len({one.case_id for one in told}), opened(life)) == (1, 1)
