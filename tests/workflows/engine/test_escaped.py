"""Errors and escalations that nothing in a drawing catches: the case stands there, and never looks finished."""

from __future__ import annotations

import pytest

from tests.workflows.engine.drawn import Case, House, drawn
from tests.workflows.engine.test_running import END, START, calling, chain, user

NAMES = '<error id="er" name="no.stock"/><escalation id="es" name="no.stock"/>'
ERROR, ESCALATION = '<errorEventDefinition errorRef="er"/>', '<escalationEventDefinition escalationRef="es"/>'


def ending(definition: str) -> Case:
    body = START + user("a") + f'<endEvent id="x">{definition}</endEvent>' + chain("s", "a", "x")
    return Case(drawn(body, NAMES), House())


@pytest.mark.parametrize("definition", [ERROR, ESCALATION])
def test_a_case_that_comes_to_an_error_nothing_catches_has_not_ended(definition: str) -> None:
    case = ending(definition)
    done = case.do("a")
    assert [(one.name, one.step) for one in done.escaped] == [("no.stock", "x")]
    assert (done.ended, done.end, done.stuck, "x" in case.seen) == (False, None, True, False)


def test_an_escalation_thrown_on_the_way_stops_its_token() -> None:
    throw = f'<intermediateThrowEvent id="x">{ESCALATION}</intermediateThrowEvent>'
    case = Case(drawn(START + user("a", "b") + throw + END + chain("s", "a", "x", "b", "e"), NAMES), House())
    assert (case.do("a").stuck, case.open) == (True, [])


def test_an_error_inside_a_called_process_keeps_its_caller_from_going_on() -> None:
    inside = f'<startEvent id="cs"/><endEvent id="ce">{ERROR}</endEvent>{chain("cs", "ce")}'
    case = Case(drawn(calling(), f'{NAMES}<process id="c">{inside}</process>'), House())
    assert (case.at.stuck, case.open, "k" in case.seen) == (True, [], False)


def test_what_others_do_meanwhile_does_not_make_the_error_go_away() -> None:
    body = START + '<parallelGateway id="g"/>' + user("a", "b") + f'<endEvent id="x">{ERROR}</endEvent>' + END
    case = Case(drawn(body + chain("s", "g", "a", "x") + chain("g", "b", "e"), NAMES), House())
    case.do("a")
    done = case.do("b")
    assert (done.escaped, done.stuck, done.ended) == ((), True, False)


def test_a_case_that_stands_in_error_can_be_cancelled() -> None:
    case = ending(ERROR)
    case.do("a")
    done = case.cancel()
    assert (done.ended, done.stuck) == (True, False)
