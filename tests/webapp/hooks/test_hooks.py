"""The door of machines: signed messages, taken once, from accounts that may send them."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session
from standardwebhooks import Webhook
from werkzeug.test import TestResponse

from tests.builders import a_person, an_organisation
from workflows.clock import wall_now
from workflows.people.accounts import Integration
from workflows.people.integrations import create_integration

EVENT = {
    "specversion": "1.0",
    "id": "1",
    "source": "urn:op:test:prestataire",
    "type": "prestataire.commande.confirmee.v1",
    "organisme": "OP-TEST",
    "correlationid": "DER-2026-000001",
    "data": {"no_commande": "TLS-1", "prix_cents": 100},
}


@pytest.fixture
def account(session: Session) -> Integration:
    made = create_integration(session, an_organisation(session), "telus")
    session.commit()
    return made


@pytest.fixture
def send(client: FlaskClient, account: Integration):
    """Send an event signed with the account's secret; what is named may differ from what is right."""

    def signed(event: Any = EVENT, *, secret: str = "", at: datetime | None = None, **more: Any) -> TestResponse:
        body = event if isinstance(event, str | bytes) else json.dumps(event)
        at = at or wall_now()
        text = body if isinstance(body, str) else body.decode("latin-1")
        headers = {
            "webhook-id": "msg-1",
            "webhook-timestamp": str(int(at.timestamp())),
            "webhook-signature": Webhook(secret or account.secret).sign("msg-1", at, text),
        } | more.pop("headers", {})
        kind = more.pop("content_type", "application/cloudevents+json")
        address = more.pop("address", f"/hooks/{account.id}")
        return client.post(address, data=body, headers=headers, content_type=kind)

    return signed


def test_a_message_that_nobody_waits_for_is_parked_then_a_duplicate(send) -> None:
    first, again = send(), send()
    assert (first.status_code, first.json) == (202, {"status": "parked"})
    assert (again.status_code, again.json["status"]) == (200, "duplicate")


def test_a_wrong_secret_is_refused(send) -> None:
    answer = send(secret="whsec_b3RoZXJvdGhlcm90aGVyb3RoZXI=")
    assert (answer.status_code, answer.json["code"]) == (401, "webhook.refused")


def test_an_unknown_account_is_refused_in_the_same_words(send) -> None:
    known = send(secret="whsec_b3RoZXJvdGhlcm90aGVyb3RoZXI=")
    for address in ("/hooks/nobody", "/hooks/019a0000-0000-7000-8000-000000000000"):
        unknown = send(address=address)
        assert (unknown.status_code, unknown.json) == (401, known.json)


@pytest.mark.parametrize("skew", [-301, 301])
def test_a_stale_or_early_signature_is_refused(send, skew: int) -> None:
    assert send(at=wall_now() + timedelta(seconds=skew)).status_code == 401


def test_a_signature_five_minutes_old_still_stands(send) -> None:
    assert send(at=wall_now() - timedelta(seconds=290)).status_code == 202


@pytest.mark.parametrize("signature", ["", "nonsense", "v1,not base64", "v2,AAAA", "v1"])
def test_a_signature_that_cannot_be_read_is_refused(send, signature: str) -> None:
    assert send(headers={"webhook-signature": signature}).status_code == 401


def test_a_body_that_is_not_json_is_a_bad_request(send) -> None:
    answer = send("not json")
    assert (answer.status_code, answer.json["code"]) == (400, "body.not_json")


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [
        ({"specversion": "0.3"}, 422, "message.invalid"),
        ({"id": 12}, 422, "message.invalid"),
        ({"source": ""}, 422, "message.invalid"),
        ({"data": []}, 422, "message.invalid"),
        ({"data": {"no_commande": "TLS-1"}}, 422, "message.invalid"),
        ({"type": "nothing.at.all.v1"}, 403, "message.type_not_allowed"),
        ({"type": "prestataire.commande.confirmee"}, 403, "message.type_not_allowed"),
        ({"organisme": "OP-OTHER"}, 403, "message.organisation_not_allowed"),
    ],
)
def test_an_event_that_is_not_as_it_should_is_refused(send, change: dict[str, Any], status: int, code: str) -> None:
    answer = send(EVENT | change)
    assert (answer.status_code, answer.json["code"]) == (status, code)


def test_another_content_type_is_refused(send) -> None:
    assert send(content_type="text/plain").status_code == 415


def test_the_same_event_may_come_with_a_bearer_token(session: Session, account: Integration, calling) -> None:
    caller = calling(session, account)
    answer = caller.post("/messages", data=json.dumps(EVENT), content_type="application/cloudevents+json")
    assert (answer.status_code, answer.json) == (202, {"status": "parked"})


def test_a_person_does_not_send_messages(session: Session, account: Integration, calling) -> None:
    person = a_person(session, an_organisation(session, "OP-TWO"))
    answer = calling(session, person).post("/messages", EVENT)
    assert (answer.status_code, answer.json["code"]) == (403, "actor.not_integration")


def test_an_account_of_listed_types_sends_no_other(session: Session, calling) -> None:
    listed = create_integration(session, an_organisation(session), "sirh", ["absence.enregistree.v1"])
    answer = calling(session, listed).post("/messages", EVENT)
    assert (answer.status_code, answer.json["code"]) == (403, "message.type_not_allowed")


def test_an_integration_account_has_no_inbox(session: Session, account: Integration, calling) -> None:
    caller = calling(session, account)
    assert caller.get("/tasks").json["code"] == "actor.not_person"
    assert caller.get("/me").json["kind"] == "INTEGRATION"


def test_an_integration_account_does_not_move_the_clock(session: Session, account: Integration, calling) -> None:
    answer = calling(session, account).put("/simulation/clock", {"now": "2030-01-01T00:00:00Z"})
    assert (answer.status_code, answer.json["code"]) == (403, "actor.not_person")


@pytest.mark.parametrize("data", [{"typename": "x"}, {"a": {"typename": "x"}}, {"count": 1}])
def test_data_that_no_case_could_hold_is_refused_at_the_door(send, data: dict[str, Any]) -> None:
    answer = send(EVENT | {"type": "mcn.avis.publie.v1", "data": data})
    assert (answer.status_code, answer.json["code"]) == (422, "message.invalid")
