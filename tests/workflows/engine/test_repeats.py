"""Elements done for each item of a list or while a condition holds, and called processes with data of their own."""

from __future__ import annotations

import pytest

from tests.workflows.engine.drawn import Case, House, drawn, flow
from tests.workflows.engine.test_running import END, START, chain, user
from workflows.engine import EngineError


def over(more: str = "", kind: str = "userTask", sequential: str = "false", inner: str = "") -> str:
    loop = f'<multiInstanceLoopCharacteristics isSequential="{sequential}"><loopDataInputRef>list</loopDataInputRef>'
    loop += f'<inputDataItem id="i1" name="one"/>{more}</multiInstanceLoopCharacteristics>'
    task = f'<{kind} id="a" p:operation="op" p:due="one.due">{loop}{inner}</{kind}>'
    return START + task + user("z") + END + chain("s", "a", "z", "e")


GIVES = '<loopDataOutputRef>results</loopDataOutputRef><outputDataItem id="o1" name="d"/>'
ITEMS = [{"n": 1, "due": "2026-12-08T09:00-05:00"}, {"n": 2, "due": "2026-12-09T09:00-05:00"}]


def test_a_task_is_done_once_for_each_item_and_knows_its_own() -> None:
    case = Case(drawn(over()), House(), list=ITEMS)
    assert [(task.item, task.due.day) for task in case.at.open if task.due] == [(0, 8), (1, 9)]
    case.do("a", 1)
    case.do("a", 0)
    assert case.open == ["z"]


@pytest.mark.parametrize("sequential", ["true", "false"])
def test_what_each_instance_gives_makes_a_list_in_the_order_of_the_items(sequential: str) -> None:
    case = Case(drawn(over(GIVES, sequential=sequential)), House(), list=ITEMS, results=["old"] * 5)
    for item in [0, 1] if sequential == "true" else [1, 0]:
        case.do("a", item, d=f"d{item}")
    assert case.at.data["results"] == ["d0", "d1"]


def test_an_operation_is_done_for_each_item_and_is_told_which() -> None:
    house = House(op={"d": 7})
    case = Case(drawn(over(GIVES, "serviceTask")), house, list=[3, 4])
    assert [asked["one"] for _, asked in house.asked] == [3, 4]
    assert (case.at.data["results"], "d" in case.at.data) == ([7, 7], False)


def test_an_empty_list_is_done_at_once_and_gives_an_empty_list() -> None:
    case = Case(drawn(over(GIVES)), House(), list=[], results=["old"])
    assert (case.open, case.at.data["results"]) == (["z"], [])


@pytest.mark.parametrize("given", [None, "text", {"a": 1}, list(range(1001))])
def test_what_is_no_list_of_a_bearable_length_is_an_error(given: object) -> None:
    with pytest.raises(EngineError, match="not_a_list"):
        Case(drawn(over()), House(), list=given)


def test_the_list_is_the_one_of_the_beginning_whatever_becomes_of_it() -> None:
    case = Case(drawn(over(sequential="true")), House(), list=ITEMS)
    case.do("a", 0, list=[])
    assert [task.item for task in case.at.open] == [1]


def turning(attributes: str, condition: str = "", kind: str = "userTask") -> str:
    held = f"<loopCondition>{condition}</loopCondition>" if condition else ""
    loop = f"<standardLoopCharacteristics {attributes}>{held}</standardLoopCharacteristics>"
    task = f'<{kind} id="a" p:operation="op">{loop}</{kind}>'
    return START + task + user("z") + END + chain("s", "a", "z", "e")


def test_a_task_is_done_again_while_its_condition_holds() -> None:
    case = Case(drawn(turning("", "a.again = true")), House())
    for turn in range(5):
        case.do("a", again=turn < 4, turn=turn)
    assert (case.open, case.at.data["a"]) == (["z"], {"again": False, "turn": 4})


def test_a_condition_tested_before_may_leave_nothing_to_do() -> None:
    assert Case(drawn(turning('testBefore="true"', "n &gt; 0")), House(), n=0).open == ["z"]
    assert Case(drawn(turning('testBefore="true"', "n &gt; 0")), House(), n=1).open == ["a"]


def test_a_loop_turns_no_more_often_than_it_may() -> None:
    house = House(op={})
    case = Case(drawn(turning('loopMaximum="3"', "true", "serviceTask")), house)
    assert (case.open, [asked["loopCounter"] for _, asked in house.asked]) == (["z"], [1, 2, 3])


def test_a_loop_without_an_end_is_stopped() -> None:
    with pytest.raises(EngineError, match="too_many"):
        Case(drawn(turning("", "true", "serviceTask")), House(op={}))


CALLED = (
    f'<process id="c"><startEvent id="cs"/>{user("in")}<scriptTask id="w"><script>{{sum2: amount * 2, x: 1}}</script>'
)
CALLED += f'</scriptTask><endEvent id="ce"/>{chain("cs", "in", "w", "ce")}</process>'


def mapped(attributes: str) -> str:
    return (
        START + f'<callActivity id="k" calledElement="c" {attributes}/>' + user("z") + END + chain("s", "k", "z", "e")
    )


@pytest.mark.parametrize(
    ("attributes", "left"),
    [
        ('p:inputs="amount" p:outputs="sum2 gone"', {"amount": 5, "secret": 9, "sum2": 10}),
        (
            'p:inputs="{amount: amount + 1}" p:outputs="{total: sum2}"',
            {"amount": 5, "secret": 9, "gone": 1, "total": 12},
        ),
        ('p:inputs="amount"', {"amount": 5, "secret": 9, "gone": 1}),
    ],
)
def test_a_called_process_knows_what_it_is_given_and_gives_what_it_is_asked(attributes: str, left: object) -> None:
    case = Case(drawn(mapped(attributes), CALLED), House(), amount=5, secret=9, gone=1)
    case.do("in", decision="OUI")
    assert case.at.data == left


def test_a_called_process_does_not_know_the_rest() -> None:
    body = mapped('p:inputs="amount"')
    with pytest.raises(EngineError, match="expression"):
        Case(drawn(body, CALLED.replace("amount * 2", "secret * 2")), House(), amount=5, secret=9).do("in")


def test_processes_called_for_each_item_keep_their_own_data_apart() -> None:
    loop = "<multiInstanceLoopCharacteristics><loopDataInputRef>list</loopDataInputRef>"
    loop += '<inputDataItem name="one"/><loopDataOutputRef>sums</loopDataOutputRef><outputDataItem name="sum2"/>'
    body = mapped('p:inputs="{amount: one}" p:outputs="sum2"').replace("/>", ">", 2).replace(">", "/>", 1)
    body = START + f'<callActivity id="k" calledElement="c" p:inputs="{{amount: one}}" p:outputs="sum2">{loop}'
    body += "</multiInstanceLoopCharacteristics></callActivity>" + user("z") + END + chain("s", "k", "z", "e")
    case = Case(drawn(body, CALLED), House(), list=[10, 20])
    case.do("in", 1)
    case.do("in", 0)
    assert case.at.data == {"list": [10, 20], "sums": [20, 40]}


def test_an_instance_reads_its_own_answers_and_what_comes_after_reads_them_all() -> None:
    loop = "<multiInstanceLoopCharacteristics><loopCardinality>2</loopCardinality></multiInstanceLoopCharacteristics>"
    inner = (
        '<startEvent id="ps"/><exclusiveGateway id="g" default="g_n"/>' + user("a", "y", "n") + '<endEvent id="pe"/>'
    )
    inner += (
        chain("ps", "a", "g") + flow("g", "y", "a.ok = true") + flow("g", "n") + chain("y", "pe") + chain("n", "pe")
    )
    body = (
        START
        + f'<subProcess id="p">{loop}{inner}</subProcess><scriptTask id="w"><script>{{all: count(get entries(a))}}'
    )
    case = Case(drawn(body.replace("all:", "n:") + "</script></scriptTask>" + END + chain("s", "p", "w", "e")), House())
    case.do("a", 1, ok=True)
    case.do("a", 0, ok=False)
    assert [(task.step, task.item) for task in case.at.open] == [("n", 0), ("y", 1)]
    case.do("n", 0)
    assert case.do("y", 1).data["n"] == 2
