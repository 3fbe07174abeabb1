"""Access ended by connectors (D21, D23, D24): asked at the instant, answered well, badly, late, twice or never."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.bpmn.disconnecting import ALL, INSTANT, LATER, at_once, calls, connectors, heard, proof, say, steps
from tests.bpmn.leaving import accesses_of, announced
from tests.bpmn.living import Life, Request
from tests.workflows.deliveries.receiver import Receiver, hang, status
from workflows.errors import Invalid
from workflows.worker.connectors import NotTaken, call
from workflows.worker.run import do_jobs
from workflows.worker.tasks import house_desk

OFF = dict.fromkeys(ALL, ("DESACTIVE", []))


@pytest.fixture
def receiver(life: Life) -> Iterator[Receiver]:
    """The connector of all three systems."""
    with connectors(life) as listening:
        yield listening


@pytest.fixture
def leaving(life: Life, receiver: Receiver) -> Request:
    """U02 is dismissed: the connectors have been asked."""
    return at_once(life)


def of_u02(life: Life) -> dict[str, tuple[str, list[str]]]:
    return {system: row for system, row in accesses_of(life, "201950").items() if system in ALL}


def test_each_connector_is_asked_to_disable_what_another_case_granted(receiver: Receiver, leaving: Request) -> None:
    assert heard(receiver) == [("DESACTIVER", system, "E-201950") for system in sorted(ALL)]
    assert steps(leaving) == []


def test_nothing_is_disabled_before_they_say_so(life: Life, leaving: Request) -> None:
    assert {state for state, _ in of_u02(life).values()} == {"ACTIF"}
    assert leaving.journal("access.disabled") == []


def test_their_answers_disable_and_prove_without_anybody(life: Life, leaving: Request) -> None:
    assert [say(life, system, "DESACTIVE") for system in ALL] == ["delivered"] * 3
    assert (of_u02(life), steps(leaving), len(leaving.journal("access.disabled"))) == (OFF, [], 3)
    assert sorted(one["systeme"] for one in leaving.facts["mesures"]) == sorted(ALL)


def test_a_second_answer_changes_nothing(life: Life, leaving: Request) -> None:
    for system in (*ALL, *ALL):
        say(life, system, "DESACTIVE")
    assert (of_u02(life), len(leaving.journal("access.disabled")), steps(leaving)) == (OFF, 3, [])


@pytest.mark.parametrize("state", ["ECHEC", "INCONNU", "ACTIF"])
def test_what_is_not_disabled_is_a_persons_task_with_proof(life: Life, leaving: Request, state: str) -> None:
    for system in ("SAGIR", "BADGE"):
        say(life, system, "DESACTIVE")
    say(life, "RESEAU", state)
    assert (steps(leaving), of_u02(life)["RESEAU"][0]) == (["D23"], "ACTIF")
    with pytest.raises(Invalid):
        leaving.do("D23", "P17")


def test_what_a_person_did_for_a_connector_is_confirmed_by_another(life: Life, leaving: Request) -> None:
    for system, state in zip(ALL, ("DESACTIVE", "ECHEC", "DESACTIVE"), strict=True):
        say(life, system, state)
    leaving.do("D23", "P17", preuve=proof(leaving, "P17"))
    assert (steps(leaving), leaving.facts["a_relire"]) == (["D28"], ["RESEAU"])
    assert sorted(one["systeme"] for one in leaving.facts["mesures"]) == ["BADGE", "SAGIR"]


def test_silence_for_an_hour_becomes_tasks(life: Life, leaving: Request) -> None:
    say(life, "BADGE", "DESACTIVE")
    life.move("2026-12-07T10:00-05:00")
    assert steps(leaving) == ["D21", "D23"]
    assert {state for state, _ in of_u02(life).values()} == {"ACTIF", "DESACTIVE"}


def test_an_answer_that_comes_late_disables_once_and_is_the_proof(life: Life, leaving: Request) -> None:
    life.move("2026-12-07T10:00-05:00")
    for system in ALL:
        say(life, system, "DESACTIVE", "2026-12-07T15:10:00Z")
    for step, who in (("D21", "P14"), ("D23", "P17"), ("D24", "P18")):
        leaving.do(step, who, preuve=proof(leaving, who))
    assert (of_u02(life), len(leaving.journal("access.disabled")), steps(leaving)) == (OFF, 3, [])


def test_an_account_told_alive_afterwards_is_a_gap(life: Life, leaving: Request) -> None:
    say(life, "SAGIR", "DESACTIVE")
    say(life, "SAGIR", "ACTIF", "2026-12-07T14:00:20Z")
    for system in ("RESEAU", "BADGE"):
        say(life, system, "DESACTIVE")
    assert (steps(leaving), leaving.facts["ecarts_systemes"]) == (["D30"], ["SAGIR"])


def test_what_was_so_earlier_says_nothing(life: Life, leaving: Request) -> None:
    say(life, "SAGIR", "DESACTIVE")
    say(life, "SAGIR", "ACTIF", "2026-12-07T13:59:00Z", operation_id="ronde")
    for system in ("RESEAU", "BADGE"):
        say(life, system, "DESACTIVE")
    assert steps(leaving) == []


def test_a_corrected_gap_is_proved_by_the_system(life: Life, leaving: Request) -> None:
    test_an_account_told_alive_afterwards_is_a_gap(life, leaving)
    say(life, "SAGIR", "DESACTIVE", "2026-12-07T14:05:00Z", operation_id="ronde")
    leaving.do("D30", "P19", ecarts=[{"systeme": "SAGIR", "decision": "CORRIGE"}])
    assert (steps(leaving), leaving.facts["nb_ecarts"]) == ([], 0)


def test_or_else_confirmed_by_human_resources_once_security_corrected_it(life: Life, leaving: Request) -> None:
    test_an_account_told_alive_afterwards_is_a_gap(life, leaving)
    leaving.do("D30", "P19", ecarts=[{"systeme": "SAGIR", "decision": "CORRIGE"}])
    assert (steps(leaving), leaving.facts["a_confirmer"], leaving.facts["a_relire"]) == (["D28"], "RH", ["SAGIR"])


def test_an_answer_named_for_another_system_is_not_taken_for_it(life: Life, leaving: Request) -> None:
    say(life, "RESEAU", "DESACTIVE", operation_id=str(calls(life)["SAGIR"].id))
    assert {state for state, _ in of_u02(life).values()} == {"ACTIF"}
    assert leaving.facts.get("etats_lus") in (None, {})


@pytest.mark.parametrize("answer", [status(500), hang], ids=["fails", "hangs"])
def test_one_that_does_not_take_the_request_is_asked_again_then_given_up(
    life: Life, receiver: Receiver, answer: Any
) -> None:
    receiver.answers = [answer] * 20
    leaving = at_once(life)
    for system in ALL:
        one = calls(life)[system].id
        with pytest.raises(NotTaken):
            call(house_desk, one, last=False)
        call(house_desk, one, last=True)
    assert (steps(leaving), leaving.journal("access.disabled")) == (["D21", "D23", "D24"], [])


def test_with_connectors_everywhere_a_planned_departure_opens_at_the_instant(life: Life, receiver: Receiver) -> None:
    leaving = announced(life)
    leaving.do("D05", "P13", risque_eleve=False)
    life.move("2026-12-18T16:29-05:00")
    assert (receiver.received, steps(leaving)) == ([], [])
    life.move(INSTANT)
    do_jobs(life.engine)
    assert [system for _, system, _ in heard(receiver)] == sorted(ALL)


def test_people_program_the_end_before_and_a_connector_is_asked_at_the_instant(life: Life) -> None:
    with connectors(life, ("RESEAU",)) as receiver:
        leaving = announced(life)
        leaving.do("D05", "P13", risque_eleve=False)
        life.move("2026-12-18T16:29-05:00")
        assert (receiver.received, steps(leaving)) == ([], ["D21", "D24"])
        life.move(INSTANT)
        do_jobs(life.engine)
        assert heard(receiver) == [("DESACTIVER", "RESEAU", "E-201950")]
        life.move(LATER)
        assert steps(leaving) == ["D21", "D23", "D24"]
