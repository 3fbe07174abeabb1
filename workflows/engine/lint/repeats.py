"""Elements done several times, and processes called: how often, over what, and which."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from workflows.engine.lint.sheet import ACTIVITIES, GATEWAYS, Level, Sheet
from workflows.engine.reading import BPMN, attributes_of, kind_of, part, plain, text_of

MARKERS = ("multiInstanceLoopCharacteristics", "standardLoopCharacteristics")
LEAST, MOST = 1, 1000


def look_at_repeats(sheet: Sheet, level: Level) -> None:
    """Refuse repetitions that do not say how often, or that say it where nothing is repeated."""
    for node in level.nodes.values():
        marks = [child for child in node if kind_of(child) in MARKERS]
        for mark in marks:
            if kind_of(node) not in ACTIVITIES:
                sheet.tell("engine.cannot_repeat", node)
            elif kind_of(mark) == MARKERS[0]:
                _several(sheet, node, mark)
            else:
                _loop(sheet, node, mark)
        if len(marks) > 1:
            sheet.tell("engine.repeats_twice", node)


def _several(sheet: Sheet, node: Any, mark: Any) -> None:
    number, over = text_of(part(mark, "loopCardinality")), text_of(part(mark, "loopDataInputRef"))
    if bool(number) == bool(over):
        sheet.tell("engine.how_often" if not number else "engine.how_often_twice", node)
    if number.isdecimal() and not LEAST <= int(number) <= MOST:
        sheet.tell("engine.too_often", node, limit=MOST)
    into, given = text_of(part(mark, "loopDataOutputRef")), part(mark, "outputDataItem")
    if bool(into) != (given is not None):
        sheet.tell("engine.half_an_output", node)
    if part(mark, "complexBehaviorDefinition") is not None or mark.get("behavior", "All") != "All":
        sheet.warn("engine.behavior_ignored", node)


def _loop(sheet: Sheet, node: Any, mark: Any) -> None:
    condition, most = text_of(part(mark, "loopCondition")), mark.get("loopMaximum") or ""
    if not condition and not most:
        sheet.tell("engine.how_often", node)
    if most and not (most.isdecimal() and LEAST <= int(most) <= MOST):
        sheet.tell("engine.too_often", node, limit=MOST)


def look_at_calls(sheets: Sequence[Sheet]) -> None:
    """Refuse calls of processes that are not there, or that come back to themselves."""
    drawn: dict[str, tuple[Sheet, Any]] = {}
    for sheet in sheets:
        for process in sheet.processes:
            drawn.setdefault(process.get("id") or "", (sheet, process))
    calls = {name: _calls(process) for name, (_, process) in drawn.items()}
    for sheet in sheets:
        for node in sheet.root.iter(f"{BPMN}callActivity"):
            called = plain(node.get("calledElement"))
            if not called:
                sheet.tell("engine.calls_nothing", node)
            elif called not in drawn:
                sheet.tell("engine.unknown_process", node, process=called)
            elif called in drawn and _owner(node) in _reached(calls, called):
                sheet.tell("engine.calls_itself", node, process=called)


def _calls(process: Any) -> set[str]:
    return {plain(node.get("calledElement")) for node in process.iter(f"{BPMN}callActivity")}


def _owner(node: Any) -> str:
    return next((one.get("id") or "" for one in node.iterancestors() if kind_of(one) == "process"), "")


def _reached(calls: Mapping[str, set[str]], first: str) -> set[str]:
    found: set[str] = set()
    todo = [first]
    while todo:
        name = todo.pop()
        if name not in found:
            found.add(name)
            todo += calls.get(name, ())
    return found


def look_at_duties(sheet: Sheet, level: Level) -> None:
    """Refuse a task of the house that says neither what to do nor by which table, and a script that is not FEEL."""
    for node in level.nodes.values():
        kind, own = kind_of(node), attributes_of(node)
        if kind == "serviceTask" and not own.get("operation"):
            sheet.tell("engine.no_operation", node)
        if kind == "businessRuleTask" and not own.get("decision"):
            sheet.tell("engine.no_decision", node)
        if kind == "scriptTask":
            if not is_feel(node):
                sheet.tell("engine.script_language", node, language=node.get("scriptFormat"))
            elif not text_of(part(node, "script")):
                sheet.tell("engine.no_script", node)
        if kind in GATEWAYS and any(kind_of(child) in MARKERS for child in node):
            sheet.tell("engine.cannot_repeat", node)


def is_feel(node: Any) -> bool:
    """Whether a script says that it is FEEL, or does not say what it is."""
    return (node.get("scriptFormat") or "feel").lower().rpartition("/")[2] in ("feel", "x-feel")
