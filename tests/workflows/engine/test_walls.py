"""What the engine does not let a model, an answer or a stored state do to a case."""

from __future__ import annotations

import threading
from datetime import datetime

import orjson
import pytest
import zstandard

from tests.workflows.engine.drawn import Case, House, drawn
from tests.workflows.engine.test_running import END, START, chain, user
from workflows.engine import EngineError, begin, resume

WAITS = START + user("a") + END + chain("s", "a", "e")
TWICE = "<multiInstanceLoopCharacteristics><loopCardinality>{n}</loopCardinality></multiInstanceLoopCharacteristics>"


def script(text: str) -> str:
    return (
        START + f'<scriptTask id="w"><script>{text}</script></scriptTask>' + user("a") + END + chain("s", "w", "a", "e")
    )


@pytest.mark.parametrize("value", [2**70, -(2**70), "\ud800", "a\0b", float("nan"), {"x": "\0"}, {"\ud800": 1}, b"x"])
def test_what_cannot_be_stored_is_refused_before_anything_runs(value: object) -> None:
    case = Case(drawn(WAITS), House())
    with pytest.raises(EngineError, match=r"engine\.data_"):
        case.do("a", x=value)


def test_amounts_in_cents_come_back_to_the_cent() -> None:
    case = Case(drawn(START + user("a", "b") + END + chain("s", "a", "b", "e")), House())
    case.do("a", cents=9_007_199_254_740_993)
    case.do("b")
    assert case.at.data["a"] == {"cents": 9_007_199_254_740_993}


@pytest.mark.parametrize(("depth", "taken"), [(19, True), (20, False)])
def test_answers_are_at_most_twenty_levels_deep(depth: int, taken: bool) -> None:
    value: object = 1
    for _ in range(depth):
        value = [value]
    case = Case(drawn(WAITS), House())
    if taken:
        assert case.do("a", x=value).ended
    else:
        with pytest.raises(EngineError, match="too_deep"):
            case.do("a", x=value)


@pytest.mark.parametrize("name", ["sum", "count", "date and time", "typename"])
def test_no_value_takes_the_name_of_a_function(name: str) -> None:
    with pytest.raises(EngineError, match="reserved_key"):
        begin(drawn(WAITS), House(), {name: 1})
    with pytest.raises(EngineError, match="reserved_key"):
        Case(drawn(WAITS), House()).do("a", **{name: 1})


@pytest.mark.parametrize("text", ["{n: 10**30}", "{f: sum}", '{x: "a" + 1, y: abs}', "{sum: 1}", "[1]", "{n: nowhere}"])
def test_a_script_that_gives_what_cannot_be_kept_is_an_error_with_a_code(text: str) -> None:
    with pytest.raises(EngineError, match=r"engine\."):
        Case(drawn(script(text)), House())


def test_an_expression_that_never_ends_is_stopped_by_its_budget() -> None:
    turns = "for i in 1..10000, j in 1..10000 return i * j"
    with pytest.raises(EngineError, match=r"engine\.expression"):
        Case(drawn(script(f"{{n: {turns}}}")), House())


def test_repetitions_inside_repetitions_are_bounded() -> None:
    """Eighty times eighty: over the bound, and no more than a moment if the bound were gone."""
    inner = f'<userTask id="ku">{TWICE.format(n=80)}</userTask>'
    called = f'<process id="k"><startEvent id="ks"/>{inner}<endEvent id="ke"/>{chain("ks", "ku", "ke")}</process>'
    body = f'<callActivity id="c" calledElement="k">{TWICE.format(n=80)}</callActivity>'
    with pytest.raises(EngineError, match="too_many_tokens"):
        Case(drawn(START + body + END + chain("s", "c", "e"), called), House())


def test_ways_that_multiply_without_end_are_stopped() -> None:
    gateways = '<exclusiveGateway id="x"/><parallelGateway id="f"/>'
    with pytest.raises(EngineError, match="too_many_steps"):
        Case(
            drawn(START + gateways + chain("s", "x", "f", "x") + '<exclusiveGateway id="y"/>' + chain("f", "y", "x")),
            House(),
        )


@pytest.mark.parametrize("through", ["m", "k"])
def test_a_process_that_calls_itself_is_refused_when_it_is_read(through: str) -> None:
    back = '<callActivity id="kc" calledElement="m"/><endEvent id="ke"/>' + chain("ks", "kc", "ke")
    called = f'<process id="k"><startEvent id="ks"/>{back}</process>'
    body = START + f'<callActivity id="c" calledElement="{through}"/>' + END + chain("s", "c", "e")
    with pytest.raises(EngineError, match="calls_itself"):
        drawn(body, called)


@pytest.mark.parametrize("raw", [b"", b"nothing", zstandard.compress(b"{"), zstandard.compress(b"[]")])
def test_a_state_that_is_not_one_is_refused(raw: bytes) -> None:
    with pytest.raises(EngineError, match="state_broken"):
        resume(drawn(WAITS), raw, House())


def test_a_state_of_a_release_to_come_is_refused() -> None:
    with pytest.raises(EngineError, match="state_version"):
        resume(drawn(WAITS), zstandard.compress(orjson.dumps([99, {}, None, [], []])), House())


def test_a_state_of_the_release_before_is_taken_up() -> None:
    case = Case(drawn(WAITS), House(), n=1)
    _, *state, _ = orjson.loads(zstandard.decompress(case.at.state))
    raw = zstandard.compress(orjson.dumps([1, *state]))
    assert resume(case.model, raw, case.house).complete(case.task("a").id, {}).end == "e"


def test_a_decision_s_earlier_outcomes_are_erased_the_second_time_round() -> None:
    """Rule BPM-05: what is not settled again is not known any more."""
    house = House(table={"rang": 2, "pieces": [1, 2, 3]})
    gateway = '<businessRuleTask id="d" p:decision="table"/><exclusiveGateway id="g"/>'
    case = Case(drawn(START + gateway + user("a") + chain("s", "g", "d", "a", "g")), house)
    assert case.at.data == {"rang": 2, "pieces": [1, 2, 3]}
    house.answers = {"table": {"pieces": [9]}}
    case.do("a", lignes=[1, 2])
    assert case.at.data == {"pieces": [9], "a": {"lignes": [1, 2]}}
    assert house.asked[-1][1] == {"a": {"lignes": [1, 2]}}
    case.do("a", lignes=[7])
    assert case.at.data["a"] == {"lignes": [7]}


def test_two_cases_of_one_version_leave_each_other_and_the_version_alone() -> None:
    model = drawn(START + user("a", "b") + END + chain("s", "a", "b", "e"))
    specs = {name: dict(vars(spec)) for name, spec in model.spec.task_specs.items()}
    first, second = Case(model, House(), n=[1]), Case(model, House(), n=[2])
    first.do("a", x="first")
    second.do("a", x="second")
    first.do("b")
    assert (second.open, second.at.data) == (["b"], {"n": [2], "a": {"x": "second"}})
    assert {name: dict(vars(spec)) for name, spec in model.spec.task_specs.items()} == specs


def test_what_a_case_reports_is_its_own_copy() -> None:
    given = {"n": {"deep": [1]}}
    case = Case(drawn(WAITS), House(), **given)
    given["n"]["deep"].append(2)
    case.at.data["n"]["deep"].append(3)  # type: ignore[index]
    assert case.do("a").data["n"] == {"deep": [1]}


def test_two_desks_at_different_instants_do_not_see_each_other_s_time() -> None:
    body = START + '<scriptTask id="w"><script>{t: string(now())}</script></scriptTask>' + user("a") + END
    model, seen = drawn(body + chain("s", "a", "w", "a")), {}

    def live(day: int) -> None:
        house = House()
        house.now = datetime.fromisoformat(f"2026-12-{day:02}T09:00-05:00")
        case = Case(model, house)
        for _ in range(60):
            seen.setdefault(day, set()).add(str(case.do("a").data["t"])[:10])

    threads = [threading.Thread(target=live, args=(day,)) for day in (7, 24)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert seen == {7: {"2026-12-07"}, 24: {"2026-12-24"}}
