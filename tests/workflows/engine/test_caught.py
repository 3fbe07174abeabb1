"""Errors and escalations that a drawing catches, from the inside outwards, through save and load at every step."""

from __future__ import annotations

import pytest

from tests.workflows.engine.drawn import Case, House, drawn, flow
from tests.workflows.engine.test_running import END, START, chain, user
from workflows.engine import BpmnError, EngineError

NAMES = (
    '<error id="e1" name="No stock" errorCode="STOCK"/><error id="e2" name="Other" errorCode="OTHER"/>'
    '<escalation id="c1" name="Late" escalationCode="LATE"/><escalation id="c2" name="Far" escalationCode="FAR"/>'
)


def guard(name: str, host: str, definition: str, more: str = "") -> str:
    return f'<boundaryEvent id="{name}" attachedToRef="{host}"{more}>{definition}</boundaryEvent>'


def error(reference: str = "") -> str:
    return f'<errorEventDefinition{f""" errorRef="{reference}" """ if reference else ""}/>'


def escalation(reference: str = "") -> str:
    return f'<escalationEventDefinition{f""" escalationRef="{reference}" """ if reference else ""}/>'


def inside(*elements: str, name: str = "p") -> str:
    return f'<subProcess id="{name}"><startEvent id="{name}s"/>{"".join(elements)}</subProcess>'


FAILING = inside(user("w"), f'<endEvent id="pe">{error("e1")}</endEvent>', chain("ps", "w", "pe"))


def guarded(body: str, *guards: str) -> str:
    """A sub-process, and one task behind each event that watches over it."""
    ways = "".join(user(f"after_{one}") + chain(one, f"after_{one}", "e") for one in guards)
    return START + body + user("z") + END + chain("s", "p", "z", "e") + ways


def test_an_error_takes_its_sub_process_away_and_goes_on_from_the_event_that_catches_it() -> None:
    case = Case(drawn(guarded(FAILING, "g") + guard("g", "p", error("e1")), NAMES), House())
    done = case.do("w")
    assert (case.open, done.escaped, done.stuck) == (["after_g"], (), False)
    assert case.seen == ["s", "ps", "w", "pe", "g"]
    assert case.do("after_g").end == "e"


def test_an_error_of_another_code_is_not_caught() -> None:
    case = Case(drawn(guarded(FAILING, "g") + guard("g", "p", error("e2")), NAMES), House())
    assert (case.do("w").stuck, case.open, [one.name for one in case.at.escaped]) == (True, [], ["No stock"])


def test_the_event_that_names_the_code_comes_before_the_one_that_catches_all() -> None:
    both = guard("all", "p", error()) + guard("g", "p", error("e1"))
    case = Case(drawn(guarded(FAILING, "all", "g") + both, NAMES), House())
    case.do("w")
    assert case.open == ["after_g"]


def test_what_an_inner_level_does_not_catch_an_outer_level_does() -> None:
    inner = inside(user("w"), f'<endEvent id="qe">{error("e1")}</endEvent>', chain("qs", "w", "qe"), name="q")
    ways = chain("ps", "q", "pe") + chain("gq", "n", "pe")
    outer = inside(inner, guard("gq", "q", error("e2")), user("n"), '<endEvent id="pe"/>', ways)
    case = Case(drawn(guarded(outer, "g") + guard("g", "p", error("e1")), NAMES), House())
    case.do("w")
    assert case.open == ["after_g"]


def test_an_error_in_a_called_process_comes_back_to_its_caller() -> None:
    called = f'<process id="c"><startEvent id="cs"/><endEvent id="ce">{error("e1")}</endEvent>{chain("cs", "ce")}'
    body = guarded('<callActivity id="p" calledElement="c"/>', "g") + guard("g", "p", error("e1"))
    assert Case(drawn(body, f"{NAMES}{called}</process>"), House()).open == ["after_g"]


def test_an_error_in_one_of_several_takes_them_all_away() -> None:
    several = "<multiInstanceLoopCharacteristics><loopCardinality>3</loopCardinality>"
    body = FAILING.replace('<subProcess id="p">', f'<subProcess id="p">{several}</multiInstanceLoopCharacteristics>')
    case = Case(drawn(guarded(body, "g") + guard("g", "p", error("e1")), NAMES), House())
    assert len(case.do("w", 1).withdrawn) == 2
    assert case.open == ["after_g"]


SERVICE = START + '<serviceTask id="p" p:operation="op"/>' + user("z", "after_g") + END
SERVICE += chain("s", "p", "z", "e") + chain("g", "after_g", "e")


def test_an_operation_that_fails_as_foreseen_goes_on_from_the_event_that_catches_it() -> None:
    house = House(op=BpmnError("STOCK", {"left": 0}))  # type: ignore[arg-type]
    case = Case(drawn(SERVICE + guard("g", "p", error("e1")), NAMES), House(op=house.answers["op"]))
    assert (case.open, case.at.data, case.seen) == (["after_g"], {"g": {"left": 0}}, ["s", "g"])


def test_an_operation_that_fails_as_nobody_foresaw_stops_the_move() -> None:
    house = House(op=BpmnError("FIRE"))  # type: ignore[arg-type]
    with pytest.raises(EngineError, match="error_uncaught at p"):
        Case(drawn(SERVICE + guard("g", "p", error("e1")), NAMES), house)


ESCALATING = inside(
    user("w", "v"),
    f'<intermediateThrowEvent id="t">{escalation("c1")}</intermediateThrowEvent><endEvent id="pe"/>',
    chain("ps", "w", "t", "v", "pe"),
)


def test_an_escalation_that_does_not_interrupt_lets_both_go_on_and_may_come_again() -> None:
    back = ESCALATING.replace("<endEvent", '<exclusiveGateway id="x" default="x_pe"/><endEvent')
    back = back.replace(flow("v", "pe"), flow("v", "x") + flow("x", "w", "v.again = true") + flow("x", "pe"))
    body = guarded(back, "g") + guard("g", "p", escalation("c1"), ' cancelActivity="false"')
    case = Case(drawn(body, NAMES), House())
    case.do("w")
    assert case.open == ["after_g", "v"]
    case.do("v", again=True)
    case.do("w")
    assert case.open == ["after_g", "after_g", "v"]
    case.do("v", again=False)
    assert case.open == ["after_g", "after_g", "z"]


def test_an_escalation_that_interrupts_takes_the_sub_process_away() -> None:
    case = Case(drawn(guarded(ESCALATING, "g") + guard("g", "p", escalation()), NAMES), House())
    done = case.do("w")
    assert (case.open, case.seen[-2:], done.escaped) == (["after_g"], ["t", "g"], ())


def test_an_error_is_not_an_escalation_of_the_same_code() -> None:
    case = Case(drawn(guarded(FAILING, "g") + guard("g", "p", escalation()), NAMES), House())
    assert case.do("w").stuck


def test_an_end_that_escalates_ends_all_the_same() -> None:
    ending = inside(user("w"), f'<endEvent id="pe">{escalation("c1")}</endEvent>', chain("ps", "w", "pe"))
    body = guarded(ending, "g") + guard("g", "p", escalation("c1"), ' cancelActivity="false"')
    case = Case(drawn(body, NAMES), House())
    case.do("w")
    assert case.open == ["after_g", "z"]
