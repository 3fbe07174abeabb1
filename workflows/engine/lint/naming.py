"""Ids: each element has one of its own, that nothing else needs; and what refers to another finds it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from workflows.engine.data import RESERVED
from workflows.engine.lint.sheet import NODES, Sheet
from workflows.engine.reading import BPMN, kind_of, parts
from workflows.feel import FUNCTION_NAMES

NAME = re.compile(r"^[^\W\d][\w.\-]{0,119}$")
TAKEN = re.compile(r"^(Start|End|Root)$|\.(EndJoin|BoundaryEventSplit|BoundaryEventJoin)$")
REFERENCES = {
    "messageRef": "message",
    "signalRef": "signal",
    "errorRef": "error",
    "escalationRef": "escalation",
}
NAMED = ("process", "message", "signal", "error", "escalation")


def look_at_names(sheet: Sheet) -> None:
    """Refuse ids that are missing, twice there, unreadable or taken, and references that lead nowhere."""
    seen: set[str] = set()
    for node in sheet.root.iter(f"{BPMN}*"):
        kind, name = kind_of(node), node.get("id")
        if name and name in seen:
            sheet.tell("engine.duplicate_id", node)
        seen.add(name or "")
        if kind in NODES or kind in ("process", "sequenceFlow"):
            _own(sheet, node, name)
        for attribute, wanted in REFERENCES.items():
            if attribute in node.attrib and not sheet.is_a(node.get(attribute), wanted):
                sheet.tell("engine.unknown_reference", node, wanted=wanted, reference=node.get(attribute))
    for node in parts(sheet.root, "message", "signal"):
        if not (node.get("name") or "").strip():
            sheet.tell("engine.nameless", node)


def _own(sheet: Sheet, node: Any, name: str | None) -> None:
    if not name:
        sheet.tell("engine.no_id", node)
    elif not NAME.match(name):
        sheet.tell("engine.bad_id", node, shown=name[:60])
    elif TAKEN.search(name) or name == RESERVED or (kind_of(node) in NODES and name in FUNCTION_NAMES):
        sheet.tell("engine.taken_id", node)


def look_at_files(sheets: Sequence[Sheet]) -> None:
    """Refuse what two files both name, each for itself: processes, and messages that are not the same."""
    known: dict[str, tuple[Sheet, Any]] = {}
    for sheet in sheets:
        for node in parts(sheet.root, *NAMED):
            name = node.get("id") or ""
            first = known.setdefault(name, (sheet, node))
            if first[0] is not sheet and (kind_of(node) == "process" or not _same(first[1], node)):
                sheet.tell("engine.twice_in_files", node, other=first[0].file)


def _same(one: Any, other: Any) -> bool:
    told: tuple[Mapping[str, str], ...] = tuple(
        {key: node.get(key) or "" for key in ("name", "errorCode", "escalationCode")} for node in (one, other)
    )
    return kind_of(one) == kind_of(other) and told[0] == told[1]
