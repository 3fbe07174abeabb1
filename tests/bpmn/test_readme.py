"""What the page for designers shows can be drawn, checked and run; what it says FEEL gives, FEEL gives."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from tests.workflows.calendars.known import CALENDARS
from tests.workflows.engine.drawn import Case, House
from workflows.calendars.functions import calendar_functions
from workflows.engine import Known, blueprint, check
from workflows.feel import compile_expression, to_json

PAGE = (Path(__file__).parents[2] / "bpmn" / "README.md").read_text()
EXAMPLES = re.findall(r"```xml\n(.*?)```", PAGE, re.DOTALL)
FEEL = PAGE[PAGE.index("## What can be written") : PAGE.index("## Ask")]
WRITTEN = re.findall(r"^\| `([^`]+)` \| `([^`]+)`[^|]*\|$", FEEL, re.MULTILINE)
MODEL = "http://www.omg.org/spec/BPMN/20100524/MODEL"
SPACES = f'xmlns="{MODEL}" xmlns:parcours="https://parcours.quebec/schema/bpmn/1.0"'
BESIDE = ("message", "signal", "error", "escalation", "process")
PERSONS = ("userTask", "manualTask")
NOW = datetime.fromisoformat("2026-12-07T09:00-05:00")
LENT = calendar_functions(CALENDARS.__getitem__)


def whole(example: str) -> bytes:
    """An example as a whole drawing: a start, its parts in a row where no arrow says other, and an end."""
    root = etree.fromstring(f"<definitions {SPACES}>{example}</definitions>")
    beside, inside = [], []
    for node in root:
        (beside if kind(node) in BESIDE else inside).append(node)
    arrows = [node for node in inside if kind(node) == "sequenceFlow"]
    left, met = ({arrow.get(end) for arrow in arrows} for end in ("sourceRef", "targetRef"))
    steps = [node for node in inside if kind(node) != "sequenceFlow"]
    row = [node.get("id") for node in steps if kind(node) != "boundaryEvent"]
    caught = {node.get("id") for node in steps if kind(node) == "intermediateCatchEvent" and holds(node, "link")}
    thrown = {node.get("id") for node in steps if kind(node) == "intermediateThrowEvent" and holds(node, "link")}
    ends = {node.get("id") for node in steps if kind(node) == "endEvent"}
    more = [("debut", row[0])]
    for one, other in pairwise(row):
        if one not in left | thrown | ends and other not in met | caught:
            more.append((one, other))
    loose = [node.get("id") for node in steps if node.get("id") not in left | thrown | ends | {one for one, _ in more}]
    more += [(one, "fin") for one in loose]
    persons = [node.get("id") for node in root.iter() if kind(node) in PERSONS]
    lanes = "".join(f"<flowNodeRef>{name}</flowNodeRef>" for name in persons)
    body = "".join(etree.tostring(node, encoding="unicode") for node in inside)
    body += "".join(f'<sequenceFlow id="z_{a}_{b}" sourceRef="{a}" targetRef="{b}"/>' for a, b in more)
    end = '<endEvent id="fin"/>' if loose else ""
    lane = f'<laneSet id="couloirs"><lane id="couloir" name="EMPLO">{lanes}</lane></laneSet>' if persons else ""
    process = f'<process id="m" isExecutable="true">{lane}<startEvent id="debut"/>{body}{end}</process>'
    others = "".join(etree.tostring(node, encoding="unicode") for node in beside)
    return f"<definitions {SPACES}>{others}{process}</definitions>".encode()


def kind(node: Any) -> str:
    return str(etree.QName(node).localname)


def holds(node: Any, definition: str) -> bool:
    return any(kind(child) == f"{definition}EventDefinition" for child in node)


def run_through(case: Case) -> None:
    """Do whatever can be done, in turn, until the case ends."""
    for _ in range(40):
        if case.at.ended:
            return
        if case.at.open:
            task = case.at.open[0]
            case.do(task.step, task.item, decision="OUI")
        else:
            wait = case.at.waits[0]
            case.house.now = max(case.house.now, wait.due_at or case.house.now) + timedelta(minutes=1)
            case.fire(wait.step) if wait.kind == "timer" else case.tell(wait.step, wait.name, nombre=2)


@pytest.mark.parametrize("example", EXAMPLES, ids=range(1, len(EXAMPLES) + 1))
def test_what_is_shown_is_sound_and_runs_to_its_end(example: str) -> None:
    source = whole(example)
    found = check({"m.bpmn": source}, Known(roles=frozenset({"EMPLO"})))
    assert [(one.code, one.element) for one in found] == []
    house = House()
    house.functions = LENT
    case = Case(blueprint({"m.bpmn": source}, "m"), house)
    run_through(case)
    assert (case.at.ended, case.at.escaped) == (True, ())


@pytest.mark.parametrize(("text", "value"), WRITTEN)
def test_what_is_written_gives_what_is_said(text: str, value: str) -> None:
    given, said = (to_json(compile_expression(one).evaluate({}, now=NOW, functions=LENT)) for one in (text, value))
    assert given == said


def test_there_are_examples_of_each() -> None:
    assert len(EXAMPLES) >= 11
    assert len(WRITTEN) >= 15
