"""Proof of a revocation that no system reads back (D28), and answers of connectors handed to the case that asked."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from tests.bpmn.arriving import hired
from tests.bpmn.disconnecting import at_once, calls, connectors, proof, say, steps
from tests.bpmn.living import Life, Request
from tests.workflows.deliveries.receiver import Receiver
from workflows.accesses.calls import ConnectorCall, Operation
from workflows.accesses.models import Access
from workflows.cases.deliver import ANSWER, awaited_by
from workflows.cases.details import Wait
from workflows.cases.models import Case
from workflows.database import new_id
from workflows.errors import Invalid
from workflows.people.models import Organisation

WORKS = (("D21", "P14"), ("D23", "P17"), ("D24", "P18"))


@pytest.fixture
def leaving(life: Life) -> Request:
    """U02 is dismissed in an organisation that nothing reads back."""
    with Session(life.engine) as session, session.begin():
        session.execute(update(Organisation).values(demo=False))
    return at_once(life)


def carried_out(leaving: Request) -> Request:
    for step, who in WORKS:
        leaving.do(step, who, preuve=proof(leaving, who))
    return leaving


def test_whoever_disables_attaches_proof(leaving: Request) -> None:
    for step, who in WORKS:
        with pytest.raises(Invalid):
            leaving.do(step, who)


def test_nothing_counts_as_proved_before_another_person_confirms(leaving: Request) -> None:
    carried_out(leaving)
    assert (steps(leaving), leaving.facts["a_confirmer"], leaving.facts["mesures"]) == (["D28"], "CSEC", [])


def test_security_confirms_with_proof_and_the_case_goes_on(leaving: Request) -> None:
    carried_out(leaving)
    with pytest.raises(Invalid):
        leaving.do("D28", "P19", conforme=True)
    leaving.do("D28", "P19", conforme=True, preuve=proof(leaving, "P19"))
    assert (steps(leaving), len(leaving.facts["mesures"])) == ([], 3)


def test_what_security_does_not_confirm_is_a_gap_that_human_resources_confirm_in_the_end(leaving: Request) -> None:
    carried_out(leaving).do("D28", "P19", conforme=False)
    assert steps(leaving) == ["D30"]
    gaps = [{"systeme": system, "decision": "CORRIGE"} for system in leaving.facts["ecarts_systemes"]]
    leaving.do("D30", "P19", ecarts=gaps)
    assert (steps(leaving), leaving.facts["a_confirmer"]) == (["D28"], "RH")


def test_a_system_that_the_ledger_does_not_know_is_confirmed_all_the_same(life: Life) -> None:
    with Session(life.engine) as session, session.begin():
        session.execute(update(Organisation).values(demo=False))
        session.execute(delete(Access))
    leaving = carried_out(at_once(life))
    assert (steps(leaving), leaving.facts["a_relire"]) == (["D28"], ["SAGIR", "RESEAU", "BADGE"])


@pytest.fixture
def receiver(life: Life) -> Iterator[Receiver]:
    """The connector of all three systems."""
    with connectors(life) as listening:
        yield listening


def waits_too(life: Life, arrival: Request) -> ConnectorCall:
    """An older case that speaks of the same person, which waits for a connector of its own."""
    with Session(life.engine, expire_on_commit=False) as session, session.begin():
        case = session.scalars(select(Case).where(Case.number == arrival.number)).one()
        wait = {"name": ANSWER, "kind": "message", "step": "A33c", "correlation": "E-201950"}
        session.add(Wait(case_id=case.id, id=new_id(), since=case.created_at, **wait))
        asked: dict[str, Any] = {"access_id": calls(life)["SAGIR"].access_id, "operation": Operation.ENABLE}
        call = ConnectorCall(case_id=case.id, asked_at=case.created_at, **asked)
        session.add(call)
    return call


@pytest.mark.parametrize("named", ["departure", "arrival", "nobody"])
def test_an_answer_goes_to_the_case_that_asked(life: Life, receiver: Receiver, named: str) -> None:
    arrival, leaving = hired(life), at_once(life)
    own = str(calls(life)["SAGIR"].id)
    other = waits_too(life, arrival)
    with life.desk("P25") as desk:
        told = {"departure": own, "arrival": str(other.id), "nobody": "ronde"}[named]
        awaited = awaited_by(desk, ANSWER, "E-201950", {"operation_id": told})
        assert awaited is not None
        assert (awaited.case.number == leaving.number) is (named != "arrival")


def test_a_late_answer_is_not_taken_for_another_cases(life: Life, receiver: Receiver) -> None:
    arrival, leaving = hired(life), at_once(life)
    other = waits_too(life, arrival)
    with Session(life.engine) as session, session.begin():
        session.execute(delete(Wait).where(Wait.case_id == other.case_id, Wait.name == ANSWER))
    assert say(life, "SAGIR", "ACTIF", operation_id=str(other.id)) == "parked"
    assert steps(leaving) == []
