"""What leaves the house: the event as it is written, for whom, and what stays inside."""

from __future__ import annotations

from typing import Any

import pytest

from tests.builders import a_person
from tests.workflows.deliveries.conftest import Outside
from workflows.cases.said import say
from workflows.deliveries.models import Delivery
from workflows.deliveries.publish import event_of
from workflows.engine import Thrown
from workflows.people.integrations import create_integration
from workflows.people.models import Person

URL = "http://127.0.0.1:9/hook"


def of_subscription(rows: list[Delivery]) -> list[tuple[Any, str, int]]:
    """For whom each delivery is, its type and its place."""
    return [(row.subscription_id, row.type, row.sequence) for row in rows]


def test_an_event_names_the_case_and_carries_what_the_model_gives(outside: Outside) -> None:
    outside.subscribe(URL)
    outside.say(outside.case(), "derogation.signee", cout_net_cents=64900)
    (row,) = outside.delivered()
    assert row.body == {
        "specversion": "1.0",
        "id": row.message_id,
        "source": "urn:parcours:op-test",
        "type": "derogation.signee.v1",
        "subject": "derogation/DER-2026-000001",
        "time": "2026-12-07T17:00:00Z",
        "datacontenttype": "application/json",
        "organisme": "OP-TEST",
        "correlationid": "DER-2026-000001",
        "data": {"dossier": "DER-2026-000001", "cout_net_cents": 64900},
    }


def test_everyone_gets_the_same_event(outside: Outside) -> None:
    outside.subscribe(URL)
    outside.subscribe(URL + "/other")
    outside.say(outside.case(), "derogation.signee")
    first, second = outside.delivered()
    assert (first.message_id, first.body) == (second.message_id, second.body)
    assert first.subscription_id != second.subscription_id


def test_a_subscription_gets_the_types_it_asked_for_numbered_case_by_case(outside: Outside) -> None:
    every = outside.subscribe(URL)
    signed = outside.subscribe(URL, ["derogation.signee.v1", "ligne.imputee"])
    case = outside.case()
    outside.say(case, "derogation.signee", "derogation.realisee")
    outside.say(case, "ligne.imputee")
    assert of_subscription(outside.delivered()) == [
        (every.id, "derogation.signee.v1", 1),
        (signed.id, "derogation.signee.v1", 1),
        (every.id, "derogation.realisee.v1", 2),
        (every.id, "ligne.imputee.v1", 3),
        (signed.id, "ligne.imputee.v1", 2),
    ]


def test_nobody_who_ended_or_whose_account_is_closed_gets_anything(outside: Outside) -> None:
    account = create_integration(outside.session, outside.organisation, "sirh")
    outside.subscribe(URL).integration_id = account.id
    outside.subscribe(URL).active = False
    account.active = False
    outside.say(outside.case(), "derogation.signee")
    assert outside.delivered() == []


@pytest.fixture
def newcomer(outside: Outside) -> Person:
    """Someone who arrives or leaves."""
    person = a_person(outside.session, outside.organisation)
    person.matricule = "204118"
    return person


@pytest.mark.parametrize(
    ("process", "payload", "subject"),
    [
        ("arrivee_employe", {}, "arrivee/E-204118"),
        ("depart_employe", {}, "depart/E-204118"),
        ("arrivee_employe", {"employe_ref": "E-999"}, "arrivee/E-999"),
    ],
)
def test_what_concerns_an_employee_goes_by_the_employee(
    outside: Outside, newcomer: Person, process: str, payload: dict[str, Any], subject: str
) -> None:
    case = outside.case("ARR-2026-000041", process=process, beneficiary_id=newcomer.id)
    event = event_of(outside.desk, case, Thrown("acces.active", payload, "A33"))
    reference = subject.partition("/")[2]
    assert (event["subject"], event["correlationid"]) == (subject, reference)
    assert event["data"] == {"dossier": "ARR-2026-000041", "employe_ref": reference}


def test_of_an_employee_without_a_matricule_the_case_tells(outside: Outside) -> None:
    event = event_of(
        outside.desk, outside.case("ARR-1", process="arrivee_employe"), Thrown("arrivee.demarree", {}, "A1")
    )
    assert (event["correlationid"], event["data"]) == ("ARR-1", {"dossier": "ARR-1"})


@pytest.mark.parametrize(
    ("said", "leaves"),
    [
        (Thrown("derogation.signee", {}, "R28"), True),
        (Thrown("derogation.signee", {}, "R28", correlation="a case"), False),
        (Thrown("derogation.signee", {}, "R28", kind="signal"), False),
        (Thrown("derogation.reevaluation", {}, "R40b"), False),
        (Thrown("derogation.refusee", {}, "R91"), False),
    ],
)
def test_what_is_for_the_house_stays_in_the_house(outside: Outside, said: Thrown, leaves: bool) -> None:
    outside.version.about = {**outside.version.about, "messages": {"inside": ["derogation.refusee"]}}
    outside.subscribe(URL)
    say(outside.desk, outside.case(), [said])
    outside.session.commit()
    assert bool(outside.delivered()) is leaves
