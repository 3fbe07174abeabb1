"""Rules for going into a value: an entry, a property, an item, the items that meet a condition."""

from __future__ import annotations

from decimal import Decimal

from workflows.feel.reading.nodes import Node
from workflows.feel.running.env import ABSENT, Env
from workflows.feel.running.rules import Code, Site, compiled, rule
from workflows.feel.values.convert import lifted
from workflows.feel.values.numbers import whole
from workflows.feel.values.properties import property_of


@rule("path")
def path(node: Node, site: Site) -> Code:
    """One entry of a context, the same entry of each item of a list, or a property of a date, time or duration."""
    owner, key = compiled(node.parts[0], site), str(node.value)

    def run(env: Env) -> object:
        value = owner(env)
        if isinstance(value, dict):
            return value.get(key)
        if isinstance(value, list):
            env.run.budget.charge(len(value))
            return [item.get(key) if isinstance(item, dict) else property_of(item, key) for item in value]
        return property_of(value, key)

    return _straight(node, run)


def _straight(node: Node, otherwise: Code) -> Code:
    keys: list[str] = []
    while node.kind == "path":
        keys.append(str(node.value))
        node = node.parts[0]
    if node.kind != "name":
        return otherwise
    root, steps = str(node.value), tuple(reversed(keys))

    def run(env: Env) -> object:
        data = env.raw(root)
        for step in steps:
            if type(data) is not dict:
                return otherwise(env)
            data = data.get(step)
        return None if data is ABSENT else lifted(data, env.run.budget)

    return run


@rule("filter")
def filtered(node: Node, site: Site) -> Code:
    """The item at a position, counted from one or from the end with a minus, or the items that meet a condition."""
    source, condition = node.parts
    items_of, keep = compiled(source, site), compiled(condition, site.filtering())
    by_position = condition.kind == "negation" or isinstance(condition.value, Decimal)
    cost = condition.size

    def run(env: Env) -> object:
        value = items_of(env)
        items = value if isinstance(value, list) else [] if value is None else [value]
        kept: list[object] = []
        for item in items:
            env.run.budget.charge(cost)
            answer = keep(_inside(env, item, items))
            if isinstance(answer, Decimal):
                return _item_at(items, answer)
            if answer is True:
                kept.append(item)
        return None if by_position and not items else kept

    return run


def _inside(env: Env, item: object, items: list[object]) -> Env:
    inner = Env(env.run, {"item": item}, env)
    return Env(env.run, item, inner, items) if isinstance(item, dict) else inner


def _item_at(items: list[object], position: Decimal) -> object:
    index = whole(position)
    if not index or abs(index) > len(items):
        return None
    return items[index - 1] if index > 0 else items[index]
