"""Enabling access by a connector: asked once, answered later, twice, too late, or never; then a person does it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest

from tests.bpmn.arriving import accesses, prepared
from tests.bpmn.connecting import asked, connector, reply
from tests.bpmn.living import Life, Request
from tests.workflows.deliveries.receiver import Receiver, hang, status
from workflows.worker.connectors import NotTaken, call
from workflows.worker.run import do_jobs
from workflows.worker.tasks import house_desk


@pytest.fixture
def network(life: Life) -> Iterator[Receiver]:
    """The network's connector, a real server on this machine."""
    with connector(life, "reseau") as receiver:
        yield receiver


@pytest.fixture
def present(life: Life, network: Receiver) -> Request:
    """A newcomer who has just been confirmed: the connector has been asked."""
    arrival = prepared(life)
    life.move("2026-12-21T08:30-05:00")
    arrival.do("A31", "P08", decision="PRESENT", identite_verifiee=True)
    do_jobs(life.engine)
    return arrival


def test_the_connector_is_asked_under_an_id_that_never_changes(life: Life, network: Receiver, present: Request) -> None:
    body: dict[str, Any] = json.loads(network.received[0].body)
    assert (body["operation_id"], body["operation"], body["systeme"]) == (str(asked(life).id), "ACTIVER", "RESEAU")


def test_access_is_not_enabled_before_the_connector_says_so(life: Life, present: Request) -> None:
    assert (accesses(life)["RESEAU"][0], accesses(life)["SAGIR"][0], present.open) == ("DESACTIVE", "ACTIF", [])


def test_its_answer_enables_and_the_case_goes_on(life: Life, present: Request) -> None:
    assert reply(life, "ACTIF") == "delivered"
    assert (accesses(life)["RESEAU"][0], sorted(step for step, *_ in present.open)) == ("ACTIF", ["A32", "A34"])


def test_a_second_answer_changes_nothing(life: Life, present: Request) -> None:
    reply(life, "ACTIF")
    before = len(present.journal("access.enabled"))
    assert reply(life, "ACTIF") == "parked"
    assert len(present.journal("access.enabled")) == before


def test_an_answer_about_something_else_is_not_taken_for_it(life: Life, present: Request) -> None:
    reply(life, "ACTIF", operation_id="autre")
    assert accesses(life)["RESEAU"][0] == "DESACTIVE"


def test_a_failure_becomes_a_task_and_is_done_once(life: Life, present: Request) -> None:
    reply(life, "ECHEC")
    assert [step for step, *_ in present.open] == ["A33M"]
    present.do("A33M", "P17")
    assert (accesses(life)["RESEAU"][0], len(present.journal("access.enabled"))) == ("ACTIF", 3)


def test_an_answer_that_comes_after_a_person_did_it_changes_nothing(life: Life, present: Request) -> None:
    reply(life, "ECHEC")
    present.do("A33M", "P17")
    assert reply(life, "ACTIF") == "parked"
    assert len(present.journal("access.enabled")) == 3


def test_silence_for_an_hour_becomes_a_task(life: Life, present: Request) -> None:
    life.move("2026-12-21T09:30-05:00")
    assert [step for step, *_ in present.open] == ["A33M"]


@pytest.mark.parametrize("answer", [status(500), hang], ids=["fails", "hangs"])
def test_a_connector_that_does_not_take_the_request_is_asked_again_then_given_up(
    life: Life, network: Receiver, answer: Any
) -> None:
    network.answers = [answer] * 9
    arrival = prepared(life)
    life.move("2026-12-21T08:30-05:00")
    arrival.do("A31", "P08", decision="PRESENT", identite_verifiee=True)
    do_jobs(life.engine)
    one: UUID = asked(life).id
    with pytest.raises(NotTaken):
        call(house_desk, one, last=False)
    call(house_desk, one, last=True)
    assert ([step for step, *_ in arrival.open], accesses(life)["RESEAU"][0]) == (["A33M"], "DESACTIVE")
