"""Writes that happen once for a key: messages and the clock's moves like all others."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from tests.builders import NOON, a_person, an_organisation
from tests.webapp.conftest import Caller
from tests.workflows.messages.conftest import an_event
from workflows.clock import start_simulation
from workflows.people.integrations import create_integration

KEY = {"Idempotency-Key": "k"}
CLOUDEVENT = "application/cloudevents+json"


@pytest.fixture
def provider(session: Session, calling) -> Caller:
    """An outside system that calls with a token."""
    return calling(session, create_integration(session, an_organisation(session), "telus"))


@pytest.fixture
def visitor(session: Session, calling) -> Caller:
    """Someone of a demonstration, in simulation."""
    organisation = an_organisation(session)
    organisation.demo = True
    start_simulation(session, NOON)
    return calling(session, a_person(session, organisation))


def test_a_message_sent_again_with_its_key_answers_the_first_result(provider: Caller) -> None:
    sent = [provider.post("/messages", an_event("X"), headers=KEY, content_type=CLOUDEVENT) for _ in range(2)]
    assert [(one.status_code, one.json) for one in sent] == [(202, {"status": "parked"})] * 2


def test_another_message_under_the_same_key_is_refused(provider: Caller) -> None:
    provider.post("/messages", an_event("X"), headers=KEY, content_type=CLOUDEVENT)
    answer = provider.post("/messages", an_event("X", "2"), headers=KEY, content_type=CLOUDEVENT)
    assert (answer.status_code, answer.json["code"]) == (422, "idempotency.reused")


def test_a_move_of_the_clock_asked_again_answers_the_first_result(visitor: Caller) -> None:
    first = visitor.put("/simulation/clock", {"now": "2026-12-07T18:00:00Z"}, headers=KEY)
    visitor.put("/simulation/clock", {"now": "2026-12-07T19:00:00Z"})
    again = visitor.put("/simulation/clock", {"now": "2026-12-07T18:00:00Z"}, headers=KEY)
    assert (first.json, again.json) == ({"now": "2026-12-07T18:00:00Z"},) * 2


def test_another_move_under_the_same_key_is_refused(visitor: Caller) -> None:
    visitor.put("/simulation/clock", {"now": "2026-12-07T18:00:00Z"}, headers=KEY)
    assert visitor.put("/simulation/clock", {"now": "2026-12-07T19:00:00Z"}, headers=KEY).status_code == 422


def test_a_move_backwards_says_where_the_clock_stands(visitor: Caller) -> None:
    answer = visitor.put("/simulation/clock", {"now": (NOON - timedelta(hours=1)).isoformat()})
    assert (answer.status_code, answer.json["params"]) == (409, {"now": "2026-12-07T17:00:00Z"})


def test_the_signed_door_tells_its_refusals(client: FlaskClient) -> None:
    spec = client.get("/api/v1/openapi.json").json
    assert "default" in spec["paths"]["/hooks/{integration}"]["post"]["responses"]
