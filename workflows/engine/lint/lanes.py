"""Lanes: whose task each task is."""

from __future__ import annotations

from typing import Any

from workflows.engine.lint.known import Known
from workflows.engine.lint.sheet import NODES, Sheet
from workflows.engine.lint.words import likely
from workflows.engine.reading import BPMN, kind_of, parts, text_of

PERSONS = frozenset({"userTask", "manualTask"})
HOUSE = "SYS"


def look_at_lanes(sheet: Sheet, process: Any, known: Known, *, alone: bool = False) -> None:
    """Refuse a task that is nobody's, one that stands in two lanes, and a lane that no role bears.

    In a file looked at by itself (``alone``), a drawing without any lane is only warned of: it may be a first sketch.
    """
    owner: dict[str, Any] = {}
    for lane in process.iter(f"{BPMN}lane"):
        inner = any(kind_of(child) == "childLaneSet" for child in lane)
        name = (lane.get("name") or "").strip()
        if not name:
            sheet.tell("engine.lane_nameless", lane)
        elif known.roles is not None and name not in known.roles and not inner:
            sheet.tell("engine.lane_unknown", lane, lane=name, near=likely(name, known.roles))
        for reference in parts(lane, "flowNodeRef"):
            _belongs(sheet, owner, lane, text_of(reference))
    for node in process.iter(f"{BPMN}*"):
        if kind_of(node) in PERSONS:
            _somebody(sheet, owner, node, sketch=alone and not owner)


def _belongs(sheet: Sheet, owner: dict[str, Any], lane: Any, name: str) -> None:
    node = sheet.ids.get(name)
    if node is None or kind_of(node) not in NODES:
        sheet.tell("engine.lane_reference", lane, reference=name[:60])
        return
    other = owner.get(name)
    if other is None or other in lane.iterancestors():
        owner[name] = lane
    elif lane not in other.iterancestors():
        sheet.tell("engine.two_lanes", node)


def _somebody(sheet: Sheet, owner: dict[str, Any], node: Any, *, sketch: bool) -> None:
    """A task of a person stands in a lane, or in a sub-process that does."""
    around = [node, *(one for one in node.iterancestors() if kind_of(one) == "subProcess")]
    lane = next((owner[one.get("id")] for one in around if one.get("id") in owner), None)
    if lane is None:
        tell = sheet.warn if sketch else sheet.tell
        tell("engine.no_lane", node)
    elif (lane.get("name") or "").strip() == HOUSE:
        sheet.tell("engine.lane_of_the_house", node)
