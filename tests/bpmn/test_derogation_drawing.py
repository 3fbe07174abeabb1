"""The drawing of ``derogation_cellulaire``: what it must hold whatever its layout."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from lxml import etree

FOLDER = Path(__file__).parents[2] / "bpmn" / "derogation_cellulaire"
BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
DI = "{http://www.omg.org/spec/BPMN/20100524/DI}"
OWN = "{https://parcours.quebec/schema/bpmn/1.0}"
NUMBERS = (*range(1, 11), *range(12, 25), 26, 27, 28, *range(30, 42), *range(91, 97))
STEPS = {f"R{number:02d}" for number in NUMBERS} | {"R33D"}
LANES = {"R04": "MANDA", "R05": "EMPLO", "R07": "GEST", "R08": "RCELL", "R13": "TI", "R14": "CSEC", "R18": "DIR"}
FORMS = {
    "R04": "F-R04",
    "R05": "F-R1",
    "R07": "F-R2",
    "R08": "F-R3",
    "R13": "F-R9",
    "R14": "F-R9",
    "R18": "F-R18",
    "R21": "F-R10",
    "R26": "F-R5",
    "R30": "F-R6",
    "R33D": "F-R33D",
    "R36": "F-R11",
    "R38": "F-R7",
    "R39": "F-R8",
}
HOURS = {
    "R04": 14,
    "R05": 35,
    "R07": 14,
    "R08": 14,
    "R13": 21,
    "R14": 21,
    "R18": 35,
    "R21": 14,
    "R26": 35,
    "R30": 7,
    "R33D": 7,
    "R36": 7,
}


def _read(name: str) -> etree._Element:
    return etree.parse(FOLDER / name).getroot()


@pytest.fixture(scope="module")
def drawing() -> etree._Element:
    return _read("process.bpmn")


@pytest.fixture(scope="module")
def nodes(drawing: etree._Element) -> dict[str, etree._Element]:
    process = drawing.find(f"{BPMN}process")
    assert process is not None
    kinds = ("Task", "Event", "Gateway", "Activity")
    return {str(one.get("id")): one for one in process if str(one.tag).endswith(kinds)}


@pytest.fixture(scope="module")
def flows(drawing: etree._Element) -> list[etree._Element]:
    return list(drawing.iter(f"{BPMN}sequenceFlow"))


def test_every_numbered_step_is_drawn_and_everything_else_is_hidden(nodes: dict[str, etree._Element]) -> None:
    shown = {name for name, node in nodes.items() if node.get(f"{OWN}hidden") != "true"}
    assert shown == STEPS


def test_a_helper_bears_the_number_of_its_neighbour_and_a_letter(nodes: dict[str, etree._Element]) -> None:
    helpers = set(nodes) - STEPS
    assert all(name[:-1] in STEPS and name[-1].islower() for name in helpers)


def test_every_exclusive_gateway_has_a_way_out_when_nothing_holds(nodes, flows) -> None:  # type: ignore[no-untyped-def]
    for name, node in nodes.items():
        out = [flow for flow in flows if flow.get("sourceRef") == name]
        if node.tag == f"{BPMN}exclusiveGateway":
            assert node.get("default") in {flow.get("id") for flow in out}
            conditioned = {flow.get("id") for flow in out if flow.find(f"{BPMN}conditionExpression") is not None}
            assert conditioned == {flow.get("id") for flow in out} - {node.get("default")}


def test_every_step_leads_to_an_end(nodes, flows) -> None:  # type: ignore[no-untyped-def]
    back: dict[str, set[str]] = {}
    for flow in flows:
        back.setdefault(str(flow.get("targetRef")), set()).add(str(flow.get("sourceRef")))
    for name, node in nodes.items():
        if node.get("attachedToRef"):
            back.setdefault(name, set()).add(str(node.get("attachedToRef")))
    reached, todo = set(), [name for name, node in nodes.items() if node.tag == f"{BPMN}endEvent"]
    while todo:
        name = todo.pop()
        if name not in reached:
            reached.add(name)
            todo.extend(back.get(name, ()))
    assert reached == set(nodes)


def test_every_name_is_said_in_english_too(nodes: dict[str, etree._Element]) -> None:
    assert [name for name, node in nodes.items() if node.get("name") and not node.get(f"{OWN}nameEn")] == []


def test_every_way_and_every_note_is_said_in_english_too(drawing: etree._Element) -> None:
    ways = [one for one in drawing.iter(f"{BPMN}sequenceFlow", f"{BPMN}participant") if one.get("name")]
    notes = list(drawing.iter(f"{BPMN}textAnnotation"))
    assert [one.get("id") for one in (*ways, *notes) if not one.get(f"{OWN}nameEn")] == []


def test_people_s_steps_lie_in_the_lane_of_their_role(drawing: etree._Element) -> None:
    lanes = list(drawing.iter(f"{BPMN}lane"))
    lane_of = {str(ref.text): lane.get("name") for lane in lanes for ref in lane.iter(f"{BPMN}flowNodeRef")}
    assert {step: lane_of[step] for step in LANES} == LANES
    assert lane_of["R23"] == "DERO"
    assert lane_of["R21"] == "DIR"


@pytest.mark.parametrize(("step", "form"), FORMS.items())
def test_a_step_shows_its_form(nodes: dict[str, etree._Element], step: str, form: str) -> None:
    assert nodes[step].get(f"{OWN}form") == form
    assert (FOLDER / "forms" / f"{form}.json").is_file()


@pytest.mark.parametrize(("step", "hours"), HOURS.items())
def test_a_step_has_its_delay_in_business_hours(nodes: dict[str, etree._Element], step: str, hours: int) -> None:
    assert nodes[step].get(f"{OWN}due") == f"ajouter_ho(now(), {hours})"


def test_the_toml_tells_the_same_ends_and_forms(nodes: dict[str, etree._Element]) -> None:
    about = tomllib.loads((FOLDER / "process.toml").read_text(encoding="utf-8"))
    drawn = {name for name, node in nodes.items() if node.tag == f"{BPMN}endEvent"}
    assert set(about["ends"]) == drawn | {"R97"}
    assert about["forms"] == FORMS | {"R23": "F-R4"}
    messages = {name for names in about["messages"].values() for name in names}
    assert messages == {one.get("name") for one in _read("process.bpmn").iter(f"{BPMN}message")}


@pytest.mark.parametrize("name", ["process.bpmn", "signature.bpmn"])
def test_everything_drawn_has_its_place_on_the_page(name: str) -> None:
    root = _read(name)
    placed = {one.get("bpmnElement") for one in root.iter(f"{DI}BPMNShape", f"{DI}BPMNEdge")}
    process = root.find(f"{BPMN}process")
    assert process is not None
    assert {one.get("id") for one in process if one.get("id") and one.tag != f"{BPMN}laneSet"} <= placed
    assert {one.get("id") for one in root.iter(f"{BPMN}lane", f"{BPMN}participant")} <= placed
