"""A derogation lived to its end tells the outside what happened, in order, to whoever subscribed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine
from standardwebhooks import Webhook

from tests.bpmn.living import Life
from tests.workflows.deliveries.receiver import Receiver, receiving
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


def test_a_signed_request_is_told_step_by_step(life: Life, receiver: Receiver) -> None:
    secret = subscribed(life, receiver)
    request = life.analysed(64_900)
    request.sign("P09")
    do_jobs(life.engine)
    assert receiver.types == ["derogation.signature_requise.v1", "derogation.signee.v1"]
    for one in receiver.received:
        event = Webhook(secret).verify(one.body, one.headers)
        assert (event["correlationid"], event["data"]["dossier"]) == (request.number, request.number)
        assert (event["organisme"], event["source"]) == ("OP-DEMO", "urn:parcours:op-demo")
