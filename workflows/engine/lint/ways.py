"""The ways through a drawing: where they start, where they end, what nobody reaches, what never ends."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from workflows.engine.lint.sheet import Level, Sheet
from workflows.engine.reading import kind_of, part, plain

MOST_ELEMENTS = 500
MOST_IN_ALL = 3000
DEEPEST = 12
WAITS = frozenset(
    {
        "userTask",
        "manualTask",
        "receiveTask",
        "intermediateCatchEvent",
        "eventBasedGateway",
        "subProcess",
        "callActivity",
    }
)
CHOICES = frozenset({"exclusiveGateway", "inclusiveGateway"})
JOINS = frozenset({"parallelGateway", "inclusiveGateway"})


def look_at_ways(sheet: Sheet, level: Level) -> None:
    """Refuse what has no start, no end, or no way between them."""
    if len(level.nodes) > MOST_ELEMENTS:
        sheet.tell("engine.too_many_elements", level.holder, number=len(level.nodes), limit=MOST_ELEMENTS)
        return
    _flows(sheet, level)
    starts = _starts(sheet, level)
    ends = [name for name, node in level.nodes.items() if kind_of(node) == "endEvent" or _stops(level, name)]
    if not any(kind_of(node) == "endEvent" for node in level.nodes.values()):
        sheet.warn("engine.no_end", level.holder)
    for name, node in level.nodes.items():
        _ends_of(sheet, level, name, node)
    reached = _closure(starts, level.after)
    before = _back(level)
    leaving = _closure(ends, lambda name: before.get(name, ()))
    for name, node in level.nodes.items():
        if starts and name not in reached:
            sheet.tell("engine.unreachable", node)
        elif name not in leaving and level.links.get(name) != []:
            sheet.tell("engine.no_way_out", node)
    _loops(sheet, level)


def _flows(sheet: Sheet, level: Level) -> None:
    pairs: set[tuple[str, str]] = set()
    for flow in level.flows:
        pair = plain(flow.get("sourceRef")), plain(flow.get("targetRef"))
        if pair[0] not in level.nodes or pair[1] not in level.nodes:
            sheet.tell("engine.loose_flow", flow)
        elif pair in pairs and kind_of(level.nodes[pair[1]]) in JOINS:
            sheet.tell("engine.double_arrow", flow)
        pairs.add(pair)


def _starts(sheet: Sheet, level: Level) -> list[str]:
    """Where the level begins; several starts need a message each, but for one."""
    starts = {name: node for name, node in level.nodes.items() if kind_of(node) == "startEvent"}
    if not starts:
        sheet.tell("engine.no_start", level.holder)
    seen: set[str] = set()
    for node in starts.values():
        message = part(node, "messageEventDefinition")
        told = plain(message.get("messageRef")) if message is not None else ""
        if told in seen:
            sheet.tell("engine.several_starts", node)
        elif told and not level.top:
            sheet.tell("engine.inner_start", node)
        seen.add(told)
    return list(starts)


def _ends_of(sheet: Sheet, level: Level, name: str, node: Any) -> None:
    kind = kind_of(node)
    if kind in ("startEvent", "boundaryEvent") and level.into.get(name):
        sheet.tell("engine.arrow_into", level.into[name][0])
    thrown = kind == "intermediateThrowEvent" and part(node, "linkEventDefinition") is not None
    if (kind == "endEvent" or thrown) and level.out.get(name):
        sheet.tell("engine.arrow_out_of", level.out[name][0])
    if kind != "endEvent" and _stops(level, name):
        sheet.warn("engine.dead_end", node)
    caught = kind == "intermediateCatchEvent" and part(node, "linkEventDefinition") is not None
    if caught and level.into.get(name):
        sheet.tell("engine.arrow_into", level.into[name][0])


def _stops(level: Level, name: str) -> bool:
    """Whether a token ends at an element because nothing follows it, as the standard lets it."""
    return not level.out.get(name) and name not in level.links


def _back(level: Level) -> dict[str, list[str]]:
    """The elements before each; an event that watches over another comes after it."""
    found: dict[str, list[str]] = {}
    for name in level.nodes:
        for other in level.after(name):
            found.setdefault(other, []).append(name)
    return found


def _closure(seeds: Iterable[str], after: Callable[[str], Iterable[str]]) -> set[str]:
    found: set[str] = set()
    todo = list(seeds)
    while todo:
        name = todo.pop()
        if name not in found:
            found.add(name)
            todo += after(name)
    return found


def _loops(sheet: Sheet, level: Level) -> None:
    """Refuse a loop in which nothing waits or chooses; warn of one that leaves more tokens behind at each turn."""
    dull = {name for name, node in level.nodes.items() if kind_of(node) not in WAITS | CHOICES}
    for name in sorted(dull, key=list(level.nodes).index):
        if name in _closure((one for one in level.after(name) if one in dull), _only(level, dull)):
            sheet.tell("engine.endless_loop", level.nodes[name])
            break
    for name, node in level.nodes.items():
        if len(level.out.get(name, ())) < 2 or kind_of(node) in ("exclusiveGateway", "eventBasedGateway"):
            continue
        apart = {one for one, other in level.nodes.items() if not _joins(level, one, other)}
        ways = [plain(flow.get("targetRef")) for flow in level.out[name]]
        back = [way for way in ways if way in apart and name in _closure([way], _only(level, apart | {name}))]
        if len(back) > 1:
            sheet.warn("engine.multiplying_loop", node)


def _joins(level: Level, name: str, node: Any) -> bool:
    return kind_of(node) in JOINS and len(level.into.get(name, ())) > 1


def _only(level: Level, among: set[str]) -> Callable[[str], Iterable[str]]:
    return lambda name: [one for one in level.after(name) if one in among]


def look_at_size(sheet: Sheet, process: Any) -> None:
    """Refuse a process that nobody could survey: too many elements in all, or sub-processes too deep inside others."""
    count = sum(len(level.nodes) for level in sheet.levels(process))
    if count > MOST_IN_ALL:
        sheet.tell("engine.too_many_elements", process, number=count, limit=MOST_IN_ALL)
    for level in sheet.levels(process):
        around = [one for one in level.holder.iterancestors() if kind_of(one) == "subProcess"]
        if len(around) == DEEPEST:
            sheet.tell("engine.too_deep", level.holder, limit=DEEPEST)
