"""The walk whose states are kept: a task with its reminder, several at once, a called process, a join, a race."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from tests.workflows.engine.drawn import Case, House
from workflows.engine import Blueprint, Progress, blueprint

HERE = Path(__file__).parent
MOVES = ("do several 1", "wait 49", "fire late", "do in", "do several 0", "do a", "do several 2", "do y", "do x")
LAST = ("do remind", "tell yes")


def the_model() -> Blueprint:
    """The drawing that the states are of."""
    return blueprint({"model.bpmn": (HERE / "model.bpmn").read_bytes()}, "m")


def a_house() -> House:
    """The house that answers the drawing's decision."""
    return House(table={"n": 2, "list": [1, 2, 3]})


def move(case: Case, text: str) -> Progress:
    """One move of the walk, as it is written above."""
    verb, what, *item = text.split()
    if verb == "wait":
        case.house.wait(hours=int(what))
        return case.at
    if verb == "do":
        return case.do(what, int(item[0]) if item else None, by=what)
    return case.fire(what) if verb == "fire" else case.tell("yes", "x.yes", price=1)


def walked() -> Iterator[tuple[int, Progress]]:
    """Where the case stands before each move, with the move's number."""
    case = Case(the_model(), a_house())
    for number, text in enumerate((*MOVES, *LAST)):
        yield number, case.at
        move(case, text)
