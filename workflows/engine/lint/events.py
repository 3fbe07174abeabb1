"""Events: what they are attached to, when they come, what they catch, and where links lead."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from workflows.engine.lint.sheet import ACTIVITIES, Level, Sheet
from workflows.engine.reading import kind_of, part, parts, plain, text_of

ESCAPES = ("error", "escalation")
CAUGHT_OVER = {
    "error": frozenset({"subProcess", "callActivity", "serviceTask"}),
    "escalation": frozenset({"subProcess", "callActivity"}),
}
TIMERS = ("timeDate", "timeDuration", "timeCycle")
ISO_DURATION = re.compile(r"^P(\d+W|(?=[\dT])(\d+D)?(T(?=\d)(\d+H)?(\d+M)?(\d+(\.\d+)?S)?)?)$")
ISO_MOMENT = re.compile(r"^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$")
ISO_CYCLE = re.compile(r"^R\d{0,4}/(?:(?P<start>[^/P][^/]*)/)?(?P<span>P[^/]*)$")
LOOKS_ISO = re.compile(r"^(-?P[\dTYMWDHS.]*|R\d*/.*|\d{4}-\d\d-\d\d.*)$")
WRITTEN_OUT = re.compile(r'^=?\s*"([^"\\]*)"$')
"""A FEEL text written out: as a moment it is what stands between its quotation marks."""
ZERO = re.compile(r"^P(?!.*[1-9])")


def look_at_events(sheet: Sheet, level: Level) -> None:
    """Refuse events attached to nothing, moments that never come, two events that catch the same, loose links."""
    for node in level.nodes.values():
        if kind_of(node) == "boundaryEvent":
            _attached(sheet, level, node)
        if kind_of(node) in ("sendTask", "receiveTask") and not node.get("messageRef"):
            sheet.tell("engine.no_message", node)
        for definition in node:
            _definition(sheet, node, definition)
    for name, guards in level.guards.items():
        if name in level.nodes:
            _catch_twice(sheet, [level.nodes[guard] for guard in guards])
    _links(sheet, level)


def _attached(sheet: Sheet, level: Level, node: Any) -> None:
    host = level.nodes.get(plain(node.get("attachedToRef")))
    if host is None or kind_of(host) not in ACTIVITIES:
        sheet.tell("engine.unattached", node)
        return
    for kind, hosts in CAUGHT_OVER.items():
        if part(node, f"{kind}EventDefinition") is not None and kind_of(host) not in hosts:
            sheet.tell(f"engine.{kind}_never_comes", node, host=host.get("name") or host.get("id"))


def _definition(sheet: Sheet, node: Any, definition: Any) -> None:
    kind = kind_of(definition)
    if kind in ("messageEventDefinition", "signalEventDefinition"):
        named = kind.removesuffix("EventDefinition")
        if not definition.get(f"{named}Ref"):
            sheet.tell(f"engine.no_{named}", node)
    elif kind == "timerEventDefinition":
        _timer(sheet, node, definition)
    elif kind == "conditionalEventDefinition" and not text_of(part(definition, "condition")):
        sheet.tell("engine.nothing_awaited", node)
    elif kind == "linkEventDefinition" and not (definition.get("name") or "").strip():
        sheet.tell("engine.nameless", node)


def _timer(sheet: Sheet, node: Any, definition: Any) -> None:
    written = [one for one in parts(definition, *TIMERS) if text_of(one)]
    if len(written) != 1:
        sheet.tell("engine.timer_empty" if not written else "engine.timer_twice", node)
        return
    kind, text = kind_of(written[0]), text_of(written[0])
    quoted = WRITTEN_OUT.match(text)
    text = quoted[1] if quoted else text
    again = kind_of(node) == "boundaryEvent" and node.get("cancelActivity") == "false"
    if kind == "timeCycle" and not again:
        sheet.tell("engine.cycle_here", written[0])
    elif (quoted or LOOKS_ISO.match(text)) and not _moment_is_one(kind, text):
        sheet.tell(f"engine.not_{kind}", written[0], text=text[:80])


def _moment_is_one(kind: str, text: str) -> bool:
    """Whether a text that looks like ISO 8601 says a moment of this kind."""
    if kind == "timeCycle":
        hit = ISO_CYCLE.match(text)
        start = hit["start"] if hit else None
        fine = hit is not None and bool(ISO_DURATION.match(hit["span"])) and not ZERO.match(hit["span"])
        return fine and (start is None or bool(ISO_MOMENT.match(start)))
    if kind == "timeDuration":
        return bool(ISO_DURATION.match(text))
    return bool(ISO_MOMENT.match(text) or ISO_DURATION.match(text))


def _catch_twice(sheet: Sheet, guards: list[Any]) -> None:
    """Refuse two events over one element that catch the very same thing."""
    seen: set[tuple[str, str]] = set()
    for guard in guards:
        for caught in _caught(guard):
            if caught in seen:
                sheet.tell("engine.caught_twice", guard)
            seen.add(caught)


def _caught(guard: Any) -> Iterator[tuple[str, str]]:
    for kind in (*ESCAPES, "message", "signal"):
        definition = part(guard, f"{kind}EventDefinition")
        if definition is not None:
            yield kind, plain(definition.get(f"{kind}Ref"))


def _links(sheet: Sheet, level: Level) -> None:
    caught: dict[str, Any] = {}
    thrown: dict[str, Any] = {}
    for node in level.nodes.values():
        link = part(node, "linkEventDefinition")
        if link is None:
            continue
        name = link.get("name") or ""
        if kind_of(node) == "intermediateCatchEvent":
            if name in caught:
                sheet.tell("engine.link_twice", node, link=name)
            caught[name] = node
        elif kind_of(node) == "intermediateThrowEvent":
            thrown[name] = node
    for name, node in thrown.items():
        if name not in caught:
            sheet.tell("engine.loose_link", node, link=name)
    for name, node in caught.items():
        if name not in thrown:
            sheet.tell("engine.link_from_nowhere", node, link=name)


def look_at_escapes(sheet: Sheet, process: Any) -> None:
    """Warn of an error or an escalation that nothing around it catches: its case would stand in error."""
    for level in sheet.levels(process):
        for node in level.nodes.values():
            for kind in ESCAPES:
                may = kind_of(node) == "endEvent" or (kind, kind_of(node)) == ("escalation", "intermediateThrowEvent")
                thrown = part(node, f"{kind}EventDefinition") if may else None
                if thrown is not None and not _is_caught(sheet, level, kind, plain(thrown.get(f"{kind}Ref"))):
                    sheet.warn(f"engine.{kind}_uncaught", node)


def _is_caught(sheet: Sheet, level: Level, kind: str, reference: str) -> bool:
    """Whether an event over a sub-process around a level catches this; a called process may be caught by its caller."""
    holder, code = level.holder, _code(sheet, reference)
    while kind_of(holder) != "process":
        for guard in parts(holder.getparent(), "boundaryEvent"):
            definition = part(guard, f"{kind}EventDefinition")
            if plain(guard.get("attachedToRef")) == holder.get("id") and definition is not None:
                caught = plain(definition.get(f"{kind}Ref"))
                if not caught or _code(sheet, caught) == code:
                    return True
        holder = holder.getparent()
    return False


def _code(sheet: Sheet, reference: str) -> str:
    node = sheet.ids.get(reference)
    found = None if node is None else node.get("errorCode") or node.get("escalationCode") or node.get("name")
    return found or reference
