"""What is taken back when something else comes first, and moments that came while nobody looked."""

from __future__ import annotations

import pytest

from tests.workflows.engine.drawn import Case, House, drawn, flow
from tests.workflows.engine.test_running import END, START, chain, user, watched
from workflows.engine import EngineError

CALLED = (
    f'<process id="k"><startEvent id="ks"/><userTask id="ku"/><endEvent id="ke"/>{chain("ks", "ku", "ke")}</process>'
)
FIRST = "<completionCondition>numberOfCompletedInstances &gt;= 1</completionCondition>"


def called_several_times(more: str = "") -> Case:
    loop = f"<multiInstanceLoopCharacteristics><loopCardinality>3</loopCardinality>{FIRST}"
    body = f'<callActivity id="c" calledElement="k">{loop}</multiInstanceLoopCharacteristics></callActivity>'
    body += user("z") + more + END + chain("s", "c", "z", "e")
    return Case(drawn(START + body, CALLED), House())


def test_processes_called_side_by_side_are_told_apart() -> None:
    assert [task.item for task in called_several_times().at.open] == [0, 1, 2]


def test_the_first_called_process_to_end_takes_the_others_back_with_all_inside() -> None:
    case = called_several_times()
    done = case.do("ku", 1, x=1)
    assert (case.open, len(done.withdrawn), case.at.data["ku"]) == (["z"], 2, {"1": {"x": 1}})
    assert case.do("z").ended


def timer(name: str, host: str, span: str) -> str:
    timed = f"<timerEventDefinition><timeDuration>{span}</timeDuration></timerEventDefinition>"
    return f'<boundaryEvent id="{name}" attachedToRef="{host}">{timed}</boundaryEvent>'


def test_a_moment_takes_back_processes_called_side_by_side() -> None:
    case = called_several_times(timer("b", "c", "PT1H") + user("late") + chain("b", "late", "e"))
    case.house.wait(hours=1)
    assert (len(case.fire("b").withdrawn), case.open, case.waits) == (3, ["late"], [])
    assert case.do("late").ended


def test_a_cancelled_case_takes_back_processes_called_side_by_side() -> None:
    case = called_several_times()
    assert (len(case.cancel().withdrawn), case.open, case.at.ended) == (3, [], True)


def test_a_task_is_not_done_after_the_moment_that_takes_it_away() -> None:
    case = Case(drawn(watched()), House())
    case.house.wait(hours=49)
    with pytest.raises(EngineError, match="task_not_ready"):
        case.do("a")
    assert (case.open, case.waits) == (["a"], [("b", "timer")])


def test_moments_that_came_before_a_move_happen_before_it() -> None:
    case = Case(drawn(watched(' cancelActivity="false"')), House())
    case.house.wait(hours=49)
    done = case.do("a")
    assert (case.open, [wait.step for wait in done.fired]) == (["late"], ["b"])


def first_of(*spans: str) -> Case:
    arms = [f"t{number}" for number in range(len(spans))]
    body = START + '<eventBasedGateway id="g"/>' + flow("s", "g")
    for arm, span in zip(arms, spans, strict=True):
        timed = f"<timerEventDefinition><timeDuration>{span}</timeDuration></timerEventDefinition>"
        body += f'<intermediateCatchEvent id="{arm}">{timed}</intermediateCatchEvent>' + user(f"u{arm}")
        body += chain("g", arm, f"u{arm}", "e")
    return Case(drawn(body + END), House())


def test_moments_awaited_side_by_side_each_keep_their_own() -> None:
    case = first_of("PT3H", "PT1H", "PT2H")
    assert len({wait.due_at for wait in case.at.waits}) == 3
    case.house.wait(minutes=59)
    case.fire("t0")
    assert case.open == []
    case.house.wait(minutes=1)
    case.fire("t0")
    assert (case.open, case.waits) == (["ut1"], [])
