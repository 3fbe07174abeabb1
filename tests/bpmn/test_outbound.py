"""A derogation lived to its end tells the outside what happened, in order, to whoever subscribed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import Engine
from standardwebhooks import Webhook

from tests.bpmn.living import Life
from tests.workflows.deliveries.receiver import Receiver, receiving
from workflows.deliveries.read import DeliveriesAsked, deliveries
from workflows.deliveries.subscribe import subscribe
from workflows.people.directory import organisation_by_code
from workflows.people.settings import set_setting
from workflows.worker.run import do_jobs


@pytest.fixture
def life(demo_engine: Engine) -> Life:
    """OP-DEMO, which lets messages go to this machine."""
    life = Life(demo_engine)
    with life.desk("P25") as desk:
        set_setting(organisation_by_code(desk.session, "OP-DEMO"), "livraison_adresses_privees", True)
    return life


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    """An outside system."""
    with receiving() as listening:
        yield listening


def subscribed(life: Life, receiver: Receiver) -> str:
    """An operator subscribes an outside system to everything; the secret."""
    with life.desk("P25") as desk:
        return subscribe(desk, receiver.url).secret


def heard(receiver: Receiver, secret: str) -> dict[str, dict[str, Any]]:
    """What the receiver was told, verified, by type."""
    events = [Webhook(secret).verify(one.body, one.headers) for one in receiver.received]
    return {event["type"]: event for event in events}


def test_a_signed_request_is_told_step_by_step(life: Life, receiver: Receiver) -> None:
    secret = subscribed(life, receiver)
    request = life.analysed(64_900)
    request.sign("P09")
    do_jobs(life.engine)
    said = [one for one in receiver.types if not one.startswith("tache.")]
    assert said == ["derogation.signature_requise.v1", "derogation.signee.v1"]
    for event in heard(receiver, secret).values():
        assert (event["correlationid"], event["data"]["dossier"]) == (request.number, request.number)
        assert (event["organisme"], event["source"]) == ("OP-DEMO", "urn:parcours:op-demo")


def test_the_signed_message_says_what_was_signed_by_reference(life: Life, receiver: Receiver) -> None:
    secret = subscribed(life, receiver)
    request = life.analysed(64_900)
    life.move("2026-12-07T20:00-05:00")
    request.sign("P09")
    do_jobs(life.engine)
    (signature,) = request.journal("act.sealed")
    assert heard(receiver, secret)["derogation.signee.v1"]["data"] == {
        "dossier": request.number,
        "classe": "STANDARD",
        "derog_reseau": False,
        "derog_techno": False,
        "cout_net_cents": 64900,
        "montant_ref_cents": 64900,
        "devise": "CAD",
        "taxes_incluses": False,
        "plan": "PD-2026-04",
        "regle": "S4",
        "niveau": "N2",
        "signatures": [
            {
                "personne_ref": "P09",
                "qualite": "TITULAIRE",
                "titulaire_ref": None,
                "entree": "DL-2",
                "a": "2026-12-08T01:00:00Z",
            }
        ],
        "acte_sha256": signature.data["sha256"],
        "valide_jusqu_au": "2027-03-07",
        "exercice": "2026-2027",
    }


def test_a_request_that_nobody_signs_in_time_is_told_when_it_expires(life: Life, receiver: Receiver) -> None:
    secret = subscribed(life, receiver)
    request = life.analysed(64_900)
    life.move("2027-01-07T09:00-05:00")
    assert request.end == "EXPIREE"
    expired = heard(receiver, secret)["derogation.expiree.v1"]
    assert (expired["time"], expired["data"]) == ("2027-01-06T14:00:00Z", {"dossier": request.number})


def test_without_a_subscription_nothing_is_kept(life: Life) -> None:
    request = life.analysed(64_900)
    request.sign("P09")
    with life.desk("P25") as desk:
        assert deliveries(desk, DeliveriesAsked()) == []
