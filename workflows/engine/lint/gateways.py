"""Gateways: each way out of a choice has its condition, each default leaves it, and a join does not wait in vain."""

from __future__ import annotations

from typing import Any

from workflows.engine.lint.sheet import ACTIVITIES, EVENTS, Level, Sheet
from workflows.engine.reading import kind_of, part, plain, text_of

NEAREST = 5
"""How many of the choices before a join are looked at."""
AWAITED = frozenset({"message", "signal", "timer", "conditional"})


def look_at_gateways(sheet: Sheet, level: Level) -> None:
    """Refuse conditions where they are not read, and choices that could not choose."""
    apart = _without(level)
    for name, node in level.nodes.items():
        kind, flows = kind_of(node), level.out.get(name, [])
        if kind in ("exclusiveGateway", "inclusiveGateway"):
            _choice(sheet, node, flows)
        elif kind == "eventBasedGateway":
            _race(sheet, level, node, flows)
        elif kind in ACTIVITIES | EVENTS | {"parallelGateway"}:
            for flow in flows:
                if text_of(part(flow, "conditionExpression")):
                    sheet.tell("engine.condition_ignored", flow)
            if node.get("default"):
                sheet.tell("engine.default_ignored", node)
        if kind == "parallelGateway" and len(level.into.get(name, ())) > 1:
            _deadlock(sheet, level, name, apart)


def _choice(sheet: Sheet, node: Any, flows: list[Any]) -> None:
    default = plain(node.get("default"))
    ids = {flow.get("id") for flow in flows}
    if default and default not in ids:
        sheet.tell("engine.foreign_default", node)
    for flow in flows:
        written = bool(text_of(part(flow, "conditionExpression")))
        if flow.get("id") == default and default:
            if written:
                sheet.tell("engine.condition_on_default", flow)
        elif not written and len(flows) > 1:
            sheet.tell("engine.no_condition", flow)
    only = len(flows) == 1 and text_of(part(flows[0], "conditionExpression"))
    if (len(flows) > 1 or only) and not default:
        sheet.warn("engine.no_default", node)


def _race(sheet: Sheet, level: Level, node: Any, flows: list[Any]) -> None:
    """What the first of several events decides: only events that wait, each reached from here alone."""
    if len(flows) < 2:
        sheet.tell("engine.race_alone", node)
    for flow in flows:
        name = plain(flow.get("targetRef"))
        arm = level.nodes[name]
        kinds = {kind_of(child).removesuffix("EventDefinition") for child in arm}
        waits = kind_of(arm) == "receiveTask" or (kind_of(arm) == "intermediateCatchEvent" and kinds & AWAITED)
        if not waits:
            sheet.tell("engine.race_arm", flow)
        elif len(level.into.get(name, ())) > 1:
            sheet.tell("engine.race_shared", arm)
        if text_of(part(flow, "conditionExpression")):
            sheet.tell("engine.condition_ignored", flow)


def _without(level: Level) -> dict[str, set[str]]:
    """For each choice of ways, what can be reached from the start without passing through it."""
    choices = [
        name
        for name, node in level.nodes.items()
        if kind_of(node) in ("exclusiveGateway", "eventBasedGateway") and len(level.out.get(name, ())) > 1
    ]
    return {name: _reach(level, [_first(level)], {name}) for name in choices}


def _deadlock(sheet: Sheet, level: Level, join: str, apart: dict[str, set[str]]) -> None:
    """Warn of a join that waits for two ways of which a choice before it only ever takes one.

    The choices nearest before the join are looked at: those that the most elements can be reached without.
    """
    into = {plain(flow.get("sourceRef")) for flow in level.into[join]}
    before = sorted((name for name in apart if join not in apart[name]), key=lambda name: -len(apart[name]))
    for name in before[:NEAREST]:
        node, ways = level.nodes[name], level.out[name]
        coming = [_comes_by(level, name, join, plain(flow.get("targetRef"))) & into for flow in ways]
        if any(one and one != into for one in coming):
            sheet.warn("engine.join_in_vain", level.nodes[join], choice=node.get("name") or name)
            return


def _comes_by(level: Level, choice: str, join: str, target: str) -> set[str]:
    """The elements from which a token comes to a join when a choice takes one of its ways."""
    return {choice} if target == join else _reach(level, [target], {choice, join})


def _first(level: Level) -> str:
    return next((name for name, node in level.nodes.items() if kind_of(node) == "startEvent"), "")


def _reach(level: Level, seeds: list[str], walls: set[str]) -> set[str]:
    """The elements that can be reached without passing through some: these are seen, and not left."""
    found: set[str] = set()
    todo = [seed for seed in seeds if seed]
    while todo:
        name = todo.pop()
        if name not in found:
            found.add(name)
            todo += [] if name in walls else list(level.after(name))
    return found
