"""What an actor may do with a task: one table of the choke point, deny by default."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID, uuid4

import pytest

from workflows.desk import Actor, ActorKind, system_actor
from workflows.errors import Refusal
from workflows.people.authority import TaskFacts, Verb, may
from workflows.people.sod import sod_01, sod_02, sod_03, sod_04, sod_17

BODY, OTHER_BODY = uuid4(), uuid4()
ME, YOU, ABSENT = uuid4(), uuid4(), uuid4()


def an_actor(**changes: object) -> Actor:
    actor = Actor(
        ActorKind.PERSON, BODY, ME, "P03", "Chantal Dubé", roles=frozenset({"RCELL", "EMPLO"}),
        queues=("OP-DEMO/RCELL",), hands=(ME,),
    )  # fmt: skip
    return replace(actor, **changes)  # type: ignore[arg-type]


def a_task(**changes: object) -> TaskFacts:
    return replace(TaskFacts(BODY, "R08", "RCELL", "OP-DEMO/RCELL", "DISPONIBLE"), **changes)  # type: ignore[arg-type]


def answer(actor: Actor, verb: Verb, facts: TaskFacts) -> str:
    try:
        may(actor, verb, facts)
    except Refusal as refusal:
        return refusal.code
    return "yes"


NAMED = {"queue": None, "role": "GEST", "step": "R07"}
SIGNED = {"queue": None, "role": "DERO", "step": "R23", "signs": True}

TABLE = [
    ("an inbox of mine", {}, {}, "yes"),
    ("an inbox that is not mine", {"queues": ()}, {}, "task.not_yours"),
    ("another subdivision", {}, {"queue": "OP-DEMO/RCELL/SF-200"}, "task.not_yours"),
    ("another body", {"organisation_id": OTHER_BODY}, {}, "task.unknown"),
    ("a case that I may not see", {"queues": ()}, {"visible": False}, "task.unknown"),
    ("already in my hands", {}, {"state": "PRISE_EN_CHARGE", "assignee_id": ME}, "yes"),
    ("in someone's hands", {}, {"state": "PRISE_EN_CHARGE", "assignee_id": YOU}, "task.claimed"),
    (
        "in the hands of someone I stand for",
        {"hands": (ME, ABSENT)},
        {"state": "PRISE_EN_CHARGE", "assignee_id": ABSENT},
        "yes",
    ),
    ("done", {}, {"state": "TERMINEE"}, "task.done"),
    ("withdrawn", {}, {"state": "ANNULEE"}, "task.withdrawn"),
    ("returned", {}, {"state": "RETOURNEE"}, "task.returned"),
    ("kept out by a rule", {}, {"excluded": {ME: "SOD-03"}}, "sod.SOD-03"),
    ("named", {}, {**NAMED, "candidates": frozenset({ME})}, "yes"),
    ("someone else is named", {}, {**NAMED, "candidates": frozenset({YOU})}, "task.not_yours"),
    ("who I stand for is named", {"hands": (ME, ABSENT)}, {**NAMED, "candidates": frozenset({ABSENT})}, "yes"),
    ("to sign, named", {}, {**SIGNED, "candidates": frozenset({ME})}, "yes"),
    (
        "to sign, who I stand for is named",
        {"hands": (ME, ABSENT)},
        {**SIGNED, "candidates": frozenset({ABSENT})},
        "task.not_yours",
    ),
    ("to sign for myself", {}, {**SIGNED, "candidates": frozenset({ME}), "beneficiary_id": ME}, "sod.SOD-01"),
    ("to sign what I asked", {}, {**SIGNED, "candidates": frozenset({ME}), "requester_id": ME}, "sod.SOD-01"),
    ("to sign, kept out", {}, {**SIGNED, "excluded": {ME: "SOD-04"}}, "sod.SOD-04"),
    ("to sign, entry ended", {}, {**SIGNED, "lost": {ME: None}}, "guard.G2"),
    ("to sign, since kept out", {}, {**SIGNED, "lost": {ME: "SOD-17"}}, "guard.G3"),
]


@pytest.mark.parametrize(("what", "who", "task", "said"), TABLE, ids=[row[0] for row in TABLE])
@pytest.mark.parametrize("verb", [Verb.CLAIM, Verb.COMPLETE, Verb.DRAFT])
def test_taking_keeping_and_completing_ask_the_same(
    verb: Verb, what: str, who: dict[str, object], task: dict[str, object], said: str
) -> None:
    assert answer(an_actor(**who), verb, a_task(**task)) == said


ASSIGNING = [
    ("the holder hands on", {}, {"state": "PRISE_EN_CHARGE", "assignee_id": ME}, "yes"),
    ("someone else's", {}, {"state": "PRISE_EN_CHARGE", "assignee_id": YOU}, "task.claimed"),
    (
        "the role's supervisor",
        {"roles": frozenset({"INTRL"}), "queues": ()},
        {"state": "PRISE_EN_CHARGE", "assignee_id": YOU},
        "yes",
    ),
    (
        "a task of an employee",
        {"roles": frozenset({"INTRL", "DIR"})},
        {"role": "EMPLO", "queue": None},
        "task.never_reassigned",
    ),
    ("a stranger", {"roles": frozenset({"FACTU"}), "queues": ()}, {}, "task.not_yours"),
    ("once it is done", {"roles": frozenset({"INTRL"}), "queues": ()}, {"state": "TERMINEE"}, "task.done"),
]


@pytest.mark.parametrize(("what", "who", "task", "said"), ASSIGNING, ids=[row[0] for row in ASSIGNING])
def test_handing_on_is_for_the_holder_and_the_supervisor(
    what: str, who: dict[str, object], task: dict[str, object], said: str
) -> None:
    assert answer(an_actor(**who), Verb.ASSIGN, a_task(**task)) == said


def test_a_task_goes_back_only_from_the_hands_that_hold_it() -> None:
    assert answer(an_actor(), Verb.RELEASE, a_task()) == "task.not_claimed"
    assert answer(an_actor(), Verb.RELEASE, a_task(state="PRISE_EN_CHARGE", assignee_id=ME)) == "yes"
    assert answer(an_actor(), Verb.RELEASE, a_task(state="PRISE_EN_CHARGE", assignee_id=YOU)) == "task.claimed"


@pytest.mark.parametrize("verb", list(Verb))
def test_neither_the_house_nor_an_account_does_what_is_asked_of_people(verb: Verb) -> None:
    account = replace(an_actor(), kind=ActorKind.INTEGRATION)
    assert {answer(system_actor(BODY), verb, a_task()), answer(account, verb, a_task())} == {"task.unknown"}


def test_the_rules_of_separation_name_themselves() -> None:
    one, two = UUID(int=1), UUID(int=2)
    assert [sod_01(one, one, two), sod_01(two, one, two), sod_01(UUID(int=3), one, two)] == ["SOD-01", "SOD-01", None]
    assert sod_02(one, "DL-4", [(two, "DL-5")]) is None
    assert sod_02(one, "DL-4", [(one, "DL-5")]) == "SOD-02"
    assert sod_02(two, "DL-5", [(one, "DL-5")]) == "SOD-02"
    handled = {"R07": one, "R08": two}
    assert [sod_03(one, handled), sod_03(one, handled, True), sod_03(two, handled, True)] == ["SOD-03", None, "SOD-03"]
    assert [sod_04(one, {one}), sod_04(two, {one}), sod_17(one, {one}), sod_17(two, ())] == [
        "SOD-04",
        None,
        "SOD-17",
        None,
    ]
