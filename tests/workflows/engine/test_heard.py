"""Signals, conditions, links, cycles and correlated messages, through save and load at every step."""

from __future__ import annotations

import pytest

from tests.workflows.engine.drawn import Case, House, drawn, flow
from tests.workflows.engine.test_caught import guard, inside
from tests.workflows.engine.test_running import END, START, chain, user
from workflows.engine import EngineError, begin

SIGNALS = '<signal id="g1" name="all.stop"/>'
SIGNAL = '<signalEventDefinition signalRef="g1"/>'
FORK = '<parallelGateway id="f"/>'


def catch(name: str, definition: str) -> str:
    return f'<intermediateCatchEvent id="{name}">{definition}</intermediateCatchEvent>'


def throw(name: str, definition: str, more: str = "") -> str:
    return f'<intermediateThrowEvent id="{name}"{more}>{definition}</intermediateThrowEvent>'


def test_a_signal_is_heard_by_all_that_await_it_and_leaves_the_case_too() -> None:
    body = START + FORK + user("a", "b", "c") + catch("h", SIGNAL) + guard("w", "b", SIGNAL)
    body += throw("t", SIGNAL, ' p:payload="{why: &quot;fire&quot;}"') + END + user("late")
    ways = chain("s", "f", "a", "t", "e") + chain("f", "h", "c", "e") + chain("f", "b", "e") + chain("w", "late", "e")
    case = Case(drawn(body + ways, SIGNALS), House())
    assert case.waits == [("h", "signal"), ("w", "signal")]
    done = case.do("a")
    assert (case.open, case.waits, case.at.data["h"]) == (["c", "late"], [], {"why": "fire"})
    assert [(one.name, one.kind, dict(one.payload)) for one in done.thrown] == [("all.stop", "signal", {"why": "fire"})]


def test_a_signal_from_elsewhere_comes_by_its_wait() -> None:
    case = Case(drawn(START + catch("h", SIGNAL) + END + chain("s", "h", "e"), SIGNALS), House())
    assert case.tell("h", "all.stop").end == "e"


def test_a_signal_that_ends_a_sub_process_takes_it_away_when_that_is_what_is_drawn() -> None:
    body = inside(user("w"), f'<endEvent id="pe">{SIGNAL}</endEvent>', chain("ps", "w", "pe"))
    body = START + body + guard("g", "p", SIGNAL) + user("late") + END + chain("s", "p", "e") + chain("g", "late", "e")
    case = Case(drawn(body, SIGNALS), House())
    case.do("w")
    assert (case.open, sorted(case.seen)) == (["late"], ["g", "pe", "ps", "s", "w"])


def when(text: str) -> str:
    return f"<conditionalEventDefinition><condition>{text}</condition></conditionalEventDefinition>"


def test_a_condition_is_awaited_until_the_data_make_it_true() -> None:
    body = START + FORK + user("a", "b") + catch("c", when("a.n &gt; 2")) + END
    case = Case(
        drawn(body + chain("s", "f", "a", "f2") + FORK.replace('"f"', '"f2"') + chain("f", "c", "b", "e")), House()
    )
    assert (case.open, case.waits) == (["a"], [])
    case.do("a", n=3)
    assert case.open == ["b"]


def test_a_condition_that_holds_on_arrival_is_not_waited_for() -> None:
    case = Case(drawn(START + catch("c", when("n = 1")) + END + chain("s", "c", "e")), House(), n=1)
    assert case.at.end == "e"


def test_a_condition_that_does_not_interrupt_comes_again_only_after_it_was_false() -> None:
    body = START + '<exclusiveGateway id="x"/>' + FORK + user("a", "host", "seen") + END
    body += guard("g", "host", when("a.n &gt; 2"), ' cancelActivity="false"')
    case = Case(
        drawn(body + chain("s", "f", "x", "a", "x") + chain("f", "host", "e") + chain("g", "seen", "e")), House()
    )
    seen = []
    for n in (1, 3, 4, 2, 5):
        case.do("a", n=n)
        seen.append(case.open.count("seen"))
    assert seen == [0, 1, 1, 1, 2]


def test_the_first_of_a_message_a_condition_and_a_signal_wins_at_a_gateway() -> None:
    arms = catch("c", when("a.go = true")) + catch("h", SIGNAL)
    body = START + FORK + '<eventBasedGateway id="g"/>' + arms + user("a", "x", "y") + END
    ways = chain("s", "f", "g", "c", "x", "e") + chain("g", "h", "y", "e") + chain("f", "a", "e")
    case = Case(drawn(body + ways, SIGNALS), House())
    case.do("a", go=True)
    assert (case.open, case.waits) == (["x"], [])


def test_a_link_goes_on_where_the_link_of_its_name_leads() -> None:
    there, here = throw("t", '<linkEventDefinition name="on"/>'), catch("c", '<linkEventDefinition name="on"/>')
    body = START + user("a", "b") + there + throw("t2", '<linkEventDefinition name="on"/>') + here + END + FORK
    case = Case(drawn(body + chain("s", "f", "a", "t") + chain("f", "t2") + chain("c", "b", "e")), House())
    assert case.open == ["a", "b"]
    case.do("a")
    assert (case.open, case.seen.count("c")) == (["b", "b"], 2)


def test_a_link_that_leads_nowhere_is_refused() -> None:
    with pytest.raises(EngineError, match="loose_link"):
        drawn(START + throw("t", '<linkEventDefinition name="on"/>') + chain("s", "t"))


def cycle(text: str) -> str:
    timed = f"<timerEventDefinition><timeCycle>{text}</timeCycle></timerEventDefinition>"
    body = START + user("a", "seen") + guard("g", "a", timed, ' cancelActivity="false"')
    return body + END + chain("s", "a", "e") + chain("g", "seen", "e")


def test_a_cycle_comes_as_often_as_it_says_and_no_more() -> None:
    case = Case(drawn(cycle("R3/PT24H")), House())
    for day in (1, 2, 3):
        case.house.wait(hours=24)
        case.fire("g")
        assert case.open.count("seen") == day
    assert case.waits == []


def test_a_cycle_never_comes_early() -> None:
    case = Case(drawn(cycle("R/PT24H")), House())
    case.house.wait(hours=23)
    case.fire("g")
    assert (case.open, case.waits) == (["a"], [("g", "timer")])


def test_the_turns_of_a_cycle_missed_while_nobody_looked_are_one() -> None:
    case = Case(drawn(cycle("R/PT24H")), House())
    case.house.wait(hours=24 * 5 + 1)
    case.fire("g")
    assert case.open.count("seen") == 1
    assert [str(wait.due_at) for wait in case.at.waits] == ["2026-12-13 09:00:00-05:00"]


def test_a_cycle_says_when_it_begins_and_may_be_worked_out() -> None:
    house = House()
    case = Case(drawn(cycle('"R2/" + start + "/P7D"')), house, start="2026-12-08T08:30-05:00")
    assert [str(wait.due_at) for wait in case.at.waits] == ["2026-12-08 08:30:00-05:00"]
    assert Case(drawn(cycle("until")), house, until=None).waits == []


@pytest.mark.parametrize("text", ["R/PT0S", "R/PT30S", '"R"', '"PT24H"', "R3/P", "1", '"R3/2026-12-08T08:30/PT1H"'])
def test_a_cycle_that_is_none_is_an_error(text: str) -> None:
    with pytest.raises(EngineError, match=r"cycle|duration|moment|expression"):
        Case(drawn(cycle(text)), House())


MESSAGES = '<message id="m1" name="x.ask"/><message id="m2" name="x.answer"/>'
ASK, ANSWER = '<messageEventDefinition messageRef="m1"/>', '<messageEventDefinition messageRef="m2"/>'


def test_a_message_says_which_case_it_is_for_and_what_it_brings() -> None:
    said = throw("t", ASK, ' p:correlation="other" p:payload="{n: n + 1}"')
    at = begin(drawn(START + said + END + chain("s", "t", "e"), MESSAGES), House(), {"other": "ARR-1", "n": 1})
    assert [(one.name, one.correlation, dict(one.payload)) for one in at.thrown] == [("x.ask", "ARR-1", {"n": 2})]


def test_a_case_waits_for_a_message_under_its_own_key() -> None:
    own = catch("c", ANSWER).replace('"c"', '"c" p:correlation="key"')
    arms = own.replace('"c"', '"d"') + '<eventBasedGateway id="g"/>'
    body = START + FORK + own + arms + END + chain("s", "f", "c", "e") + chain("f", "g", "d", "e")
    case = Case(drawn(body, MESSAGES), House(), key="PO-7")
    assert [(wait.step, wait.correlation) for wait in case.at.waits] == [("c", "PO-7"), ("d", "PO-7")]


def test_a_process_begins_where_its_message_comes_in() -> None:
    starts = f'<startEvent id="n"/><startEvent id="m">{ASK}</startEvent>'
    model = drawn(starts + user("a", "b") + END + chain("n", "a", "e") + chain("m", "b", "e"), MESSAGES)
    assert [task.step for task in begin(model, House(), {}).open] == ["a"]
    assert [task.step for task in begin(model, House(), {}, "x.ask").open] == ["b"]


def test_a_message_that_does_not_interrupt_may_come_again() -> None:
    body = START + user("a", "seen") + guard("g", "a", ASK, ' cancelActivity="false"') + END
    case = Case(drawn(body + chain("s", "a", "e") + chain("g", "seen", "e"), MESSAGES), House())
    case.tell("g", n=1)
    case.tell("g", n=2)
    assert (case.open, case.at.data["g"]) == (["a", "seen", "seen"], {"n": 2})
    case.do("a")
    assert case.waits == []


def test_several_arrows_out_of_a_task_are_all_taken() -> None:
    case = Case(drawn(START + user("a", "b", "c") + END + flow("a", "b") + flow("a", "c") + chain("s", "a")), House())
    case.do("a")
    assert case.open == ["b", "c"]
