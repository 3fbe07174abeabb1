"""Which elements and events run as drawn; of the others, what to draw instead."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workflows.engine.lint.sheet import CHOREOGRAPHED, EVENTS, NODES, Level, Sheet
from workflows.engine.lint.words import INSTEAD
from workflows.engine.reading import kind_of, parts

REFUSED = frozenset({"transaction", "adHocSubProcess", "complexGateway", "implicitThrowEvent", "event", *CHOREOGRAPHED})
DEFINITIONS: Mapping[str, frozenset[str]] = {
    "startEvent": frozenset({"message"}),
    "endEvent": frozenset({"message", "signal", "error", "escalation", "terminate"}),
    "intermediateThrowEvent": frozenset({"message", "signal", "escalation", "link"}),
    "intermediateCatchEvent": frozenset({"message", "signal", "timer", "conditional", "link"}),
    "boundaryEvent": frozenset({"message", "signal", "timer", "conditional", "error", "escalation"}),
}
SUFFIX, REFERRED = "EventDefinition", "eventDefinitionRef"


def definitions_of(node: Any) -> list[Any]:
    """What an event throws or awaits: its definitions, referred ones included."""
    return [child for child in node if kind_of(child) == REFERRED or kind_of(child).endswith(SUFFIX)]


def look_at_kinds(sheet: Sheet, level: Level) -> None:
    """Refuse the elements and the events that do not run as drawn."""
    for child in level.holder:
        kind = kind_of(child)
        if kind in REFUSED:
            sheet.tell("engine.unsupported", child, instead=INSTEAD.get(kind, INSTEAD[""]))
        elif kind == "task":
            sheet.tell("engine.task_without_kind", child)
        elif kind == "subProcess" and child.get("triggeredByEvent") in ("true", "1"):
            sheet.tell("engine.event_subprocess", child)
        elif kind in EVENTS:
            _event(sheet, child)
        if kind in NODES and child.get("isForCompensation") in ("true", "1"):
            sheet.tell("engine.compensation", child)
        if kind == "eventBasedGateway" and (child.get("instantiate") in ("true", "1")):
            sheet.tell("engine.gateway_starts", child)


def _event(sheet: Sheet, node: Any) -> None:
    kind, found = kind_of(node), definitions_of(node)
    if len(found) > 1 or node.get("parallelMultiple") in ("true", "1"):
        sheet.tell("engine.several_triggers", node)
        return
    for one in found:
        what = kind_of(one).removesuffix(SUFFIX)
        if kind_of(one) == REFERRED:
            sheet.tell("engine.definition_elsewhere", node)
        elif what not in DEFINITIONS[kind]:
            advice = INSTEAD.get(f"{kind}.{what}") or INSTEAD.get(what) or INSTEAD[""]
            sheet.tell("engine.event_kind", node, what=what, instead=advice)
    if not found and kind in ("intermediateCatchEvent", "boundaryEvent"):
        sheet.tell("engine.nothing_awaited", node)
    if kind == "boundaryEvent" and list(parts(node, "errorEventDefinition")) and node.get("cancelActivity") == "false":
        sheet.tell("engine.error_interrupts", node)
