"""What each drawn element does, through save and load at every step."""

from __future__ import annotations

import itertools
from time import perf_counter
from uuid import uuid4

import pytest

from tests.workflows.engine.drawn import Case, House, drawn, flow
from workflows.engine import EngineError, resume

START, END = '<startEvent id="s"/>', '<endEvent id="e"/>'


def user(*ids: str) -> str:
    return "".join(f'<userTask id="{one}" name="{one}"/>' for one in ids)


def chain(*ids: str) -> str:
    return "".join(flow(one, other) for one, other in itertools.pairwise(ids))


def test_a_task_waits_for_its_person_and_its_answers_land_under_its_step() -> None:
    case = Case(drawn(START + user("a") + END + chain("s", "a", "e")), House())
    assert case.open == ["a"]
    done = case.do("a", decision="OUI")
    assert (done.ended, done.end, done.data, case.seen) == (True, "e", {"a": {"decision": "OUI"}}, ["s", "a", "e"])


def choice() -> str:
    gateway = '<exclusiveGateway id="g" default="g_n"/>'
    ways = flow("g", "y", "a.ok = true") + flow("g", "n")
    return START + user("a", "y", "n") + gateway + END + chain("s", "a", "g") + ways + chain("y", "e") + chain("n", "e")


@pytest.mark.parametrize(("answer", "way"), [(True, "y"), (False, "n")])
def test_a_choice_takes_the_way_that_holds_else_the_default(answer: bool, way: str) -> None:
    case = Case(drawn(choice()), House())
    case.do("a", ok=answer)
    assert case.open == [way]


@pytest.mark.parametrize("answer", ["oui", 1, None])
def test_a_condition_that_is_neither_true_nor_false_is_an_error(answer: object) -> None:
    strange = drawn(choice().replace("a.ok = true", "a.ok"))
    with pytest.raises(EngineError, match="condition_not_boolean"):
        Case(strange, House()).do("a", ok=answer)


def fork(kind: str, *conditions: str) -> str:
    ways = "".join(flow("g", one, text) for one, text in zip("abc", conditions, strict=False))
    tail = "".join(flow(one, "j") for one in "abc"[: len(conditions)]) + chain("j", "z", "e")
    gateways = f'<{kind} id="g"/><{kind} id="j"/>'
    return START + gateways + user(*"abc"[: len(conditions)], "z") + END + chain("s", "g") + ways + tail


def test_side_by_side_ways_meet_once_all_are_done() -> None:
    case = Case(drawn(fork("parallelGateway", "", "", "")), House())
    for step in "bac":
        assert "z" not in case.open
        case.do(step)
    assert (case.open, case.seen.count("j")) == (["z"], 1)


def test_an_inclusive_join_waits_for_what_can_still_come_and_no_more() -> None:
    case = Case(drawn(fork("inclusiveGateway", "n &gt; 0", "n &gt; 1", "n &gt; 2")), House(), n=2)
    assert case.open == ["a", "b"]
    case.do("b")
    assert case.open == ["a"]
    case.do("a")
    assert case.open == ["z"]


def test_seven_blocks_of_three_stay_small() -> None:
    body, last = START + END, "s"
    for block in range(7):
        fork_id, join_id = f"g{block}", f"j{block}"
        body += f'<parallelGateway id="{fork_id}"/><parallelGateway id="{join_id}"/>' + flow(last, fork_id)
        for way in "xyz":
            body += user(f"{way}{block}") + chain(fork_id, f"{way}{block}", join_id)
        last = join_id
    model, spans = drawn(body + flow(last, "e")), []
    for _ in range(10):
        started = perf_counter()
        case = Case(model, House())
        spans.append(perf_counter() - started)
    assert min(spans) < 0.02
    assert len(case.at.state) < 500
    for block in range(7):
        for way in "zyx":
            case.do(f"{way}{block}")
    assert case.at.ended


def test_the_house_answers_replace_what_was_there_and_lists_are_never_merged() -> None:
    service = '<serviceTask id="o" p:operation="op" p:outputs="old list"/>'
    house = House(op={"list": [9], "n": 1})
    case = Case(drawn(START + service + user("a") + END + chain("s", "o", "a", "e")), house, old=1, list=[1, 2, 3])
    assert case.at.data == {"list": [9], "n": 1}
    assert house.asked == [("o", {})]


def test_an_error_of_the_house_comes_out_as_it_is() -> None:
    service = '<serviceTask id="o" p:operation="op"/>'
    with pytest.raises(ZeroDivisionError):
        Case(drawn(START + service + END + chain("s", "o", "e")), House(op=ZeroDivisionError()))  # type: ignore[arg-type]


TIMED = '<boundaryEvent id="b" attachedToRef="a"{more}><timerEventDefinition><timeDuration>PT48H</timeDuration>'
TIMED += "</timerEventDefinition></boundaryEvent>"


def watched(more: str = "") -> str:
    body = START + user("a", "late") + TIMED.format(more=more) + END
    return body + chain("s", "a", "e") + chain("b", "late", "e")


def test_a_moment_takes_an_open_task_away_but_never_early() -> None:
    house = House()
    case = Case(drawn(watched()), house)
    case.fire("b")
    assert (case.open, case.waits) == (["a"], [("b", "timer")])
    house.wait(hours=48)
    done = case.fire("b")
    assert (case.open, case.waits) == (["late"], [])
    assert [(one.step, one.state) for one in done.passed if one.step == "a"] == [("a", "ANNULEE")]
    assert len(done.withdrawn) == 1


def test_a_moment_that_does_not_interrupt_adds_to_what_is_open() -> None:
    house = House()
    case = Case(drawn(watched(' cancelActivity="false"')), house)
    house.wait(hours=49)
    case.fire("b")
    assert case.open == ["a", "late"]
    case.do("a")
    assert case.open == ["late"]


def test_a_task_done_in_time_is_no_longer_watched() -> None:
    case = Case(drawn(watched()), House())
    assert (case.do("a").ended, case.waits) == (True, [])


def test_a_timer_that_is_given_nothing_awaits_nothing() -> None:
    body = watched().replace("<timeDuration>PT48H</timeDuration>", "<timeDate>until</timeDate>")
    assert Case(drawn(body), House(), until=None).waits == []


MESSAGES = '<message id="m1" name="x.yes"/><message id="m2" name="x.no"/>'


def racing() -> str:
    arms = "".join(
        f'<intermediateCatchEvent id="{one}"><messageEventDefinition messageRef="{ref}"/></intermediateCatchEvent>'
        for one, ref in (("y", "m1"), ("n", "m2"))
    )
    gateway = '<eventBasedGateway id="g"/>'
    return START + gateway + arms + user("a", "b") + END + chain("s", "g", "y", "a", "e") + chain("g", "n", "b", "e")


def test_the_first_message_wins_and_the_other_is_no_longer_awaited() -> None:
    case = Case(drawn(racing(), MESSAGES), House())
    assert case.waits == [("n", "message"), ("y", "message")]
    case.tell("y", "x.no", price=3)
    assert (case.open, case.waits, case.at.data) == (["b"], [], {"n": {"price": 3}})
    assert case.seen == ["s", "g", "n"]


CALLED = f'<process id="c"><startEvent id="cs"/>{user("in")}<endEvent id="ce"/>{chain("cs", "in", "ce")}</process>'


def calling(more: str = "", late: str = "") -> str:
    return (
        START + '<callActivity id="k" calledElement="c"/>' + more + user("z") + END + chain("s", "k", "z", "e") + late
    )


def test_a_called_process_runs_inside_the_case() -> None:
    case = Case(drawn(calling(), CALLED), House(), n=1)
    assert case.open == ["in"]
    case.do("in", x=2)
    assert (case.open, case.at.data) == (["z"], {"n": 1, "in": {"x": 2}})


def test_a_moment_takes_a_whole_called_process_away() -> None:
    house = House()
    late = user("late") + chain("b", "late", "e")
    case = Case(drawn(calling(TIMED.format(more="").replace('"a"', '"k"'), late), CALLED), house)
    house.wait(hours=49)
    case.fire("b")
    assert case.open == ["late"]


def several(more: str = "", sequential: str = "false") -> str:
    loop = f'<multiInstanceLoopCharacteristics isSequential="{sequential}"><loopCardinality>n</loopCardinality>{more}'
    task = f'<userTask id="a">{loop}</multiInstanceLoopCharacteristics></userTask>'
    return START + task + user("z") + END + chain("s", "a", "z", "e")


def test_a_task_done_several_times_side_by_side_waits_for_all() -> None:
    case = Case(drawn(several()), House(), n=2)
    assert [task.item for task in case.at.open] == [0, 1]
    case.do("a", 1, d="B")
    case.do("a", 0, d="A")
    assert (case.open, case.at.data["a"]) == (["z"], {"0": {"d": "A"}, "1": {"d": "B"}})


def test_a_condition_ends_the_others() -> None:
    stop = '<completionCondition>some x in get entries(a) satisfies x.value.d != "OUI"</completionCondition>'
    case = Case(drawn(several(stop)), House(), n=3)
    case.do("a", 0, d="OUI")
    assert case.open == ["a", "a"]
    assert len(case.do("a", 2, d="NON").withdrawn) == 1
    assert case.open == ["z"]


def test_one_after_the_other() -> None:
    case = Case(drawn(several(sequential="true")), House(), n=2)
    assert [task.item for task in case.at.open] == [0]
    case.do("a", 0)
    assert [task.item for task in case.at.open] == [1]
    case.do("a", 1)
    assert case.open == ["z"]


def test_a_loop_turns_long_past_the_depth_at_which_the_engine_alone_goes_blind() -> None:
    body = START + '<exclusiveGateway id="g" default="g_e"/>' + user("a") + END
    case = Case(drawn(body + chain("s", "a", "g") + flow("g", "a", "a.more = true") + flow("g", "e")), House())
    for _ in range(400):
        case.do("a", more=True)
    assert case.open == ["a"]
    assert case.do("a", more=False).ended


def test_a_loop_of_the_house_alone_is_stopped() -> None:
    body = START + '<serviceTask id="o" p:operation="op"/><serviceTask id="q" p:operation="op"/>'
    with pytest.raises(EngineError, match="too_many_steps"):
        Case(drawn(body + chain("s", "o", "q", "o")), House())


def test_only_an_open_task_is_completed() -> None:
    model, house = drawn(START + user("a", "b") + END + chain("s", "a", "b", "e")), House()
    case = Case(model, house)
    first = case.task("a").id
    case.do("a")
    for task in (first, uuid4()):
        with pytest.raises(EngineError, match="task_not_ready"):
            resume(model, case.at.state, house).complete(task, {})


@pytest.mark.parametrize("answers", [{"typename": 1}, {"x": {"typename": 1}}, {"x": object()}, {"x": {1: 2}}])
def test_answers_that_could_harm_are_refused(answers: dict[str, object]) -> None:
    model, house = drawn(START + user("a") + END + chain("s", "a", "e")), House()
    case = Case(model, house)
    with pytest.raises(EngineError):
        resume(model, case.at.state, house).complete(case.task("a").id, answers)


def test_a_cancelled_case_has_nothing_left() -> None:
    case = Case(drawn(fork("parallelGateway", "", "")), House())
    done = case.cancel()
    assert (done.ended, done.end, case.open, len(done.withdrawn)) == (True, None, [], 2)


def test_terminate_ends_every_token() -> None:
    stop = '<endEvent id="t"><terminateEventDefinition/></endEvent>'
    body = START + '<parallelGateway id="g"/>' + user("a", "b") + stop + END
    case = Case(drawn(body + chain("s", "g", "a", "t") + chain("g", "b", "e")), House())
    assert (case.do("a").ended, case.at.end) == (True, "t")


def test_steps_that_are_one_to_people_are_told_under_one_number() -> None:
    start = '<startEvent id="s" p:shownAs="R01" p:hidden="true"/>'
    timer = (
        '<intermediateCatchEvent id="b" p:shownAs="R60" p:hidden="true"><timerEventDefinition id="t"><timeDate>'
        'date and time("2026-12-08T09:00:00-05:00")</timeDate></timerEventDefinition>'
        "</intermediateCatchEvent>"
    )
    case = Case(drawn(start + timer + END + chain("s", "b", "e")), House())
    assert ([wait.step for wait in case.at.waits], case.seen) == (["R60"], ["R01"])
