"""Rules for comparing and computing."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from operator import ge, gt, le, lt
from typing import Any

from workflows.feel.limits import COST_OF_A_ROOT
from workflows.feel.reading.nodes import Node
from workflows.feel.running.env import Env
from workflows.feel.running.rules import Code, Site, compiled, rule
from workflows.feel.values import arithmetic as sums
from workflows.feel.values.compare import equal, inside, order
from workflows.feel.values.kinds import Range

ORDERS: dict[str, Callable[[Any, Any], bool]] = {"<": lt, "<=": le, ">": gt, ">=": ge}
OPERATIONS: dict[str, Callable[[object, object], object]] = {
    "+": sums.add,
    "-": sums.subtract,
    "*": sums.multiply,
    "/": sums.divide,
    "**": sums.power,
}


def compare_values(operator: str, left: object, right: object, env: Env) -> bool | None:
    """Put two values side by side with one of the six signs."""
    if operator == "=":
        return equal(left, right, env.run.budget)
    if operator == "!=":
        same = equal(left, right, env.run.budget)
        return None if same is None else not same
    found = order(left, right)
    return None if found is None else ORDERS[operator](found, 0)


@rule("compare")
def comparison(node: Node, site: Site) -> Code:
    """Two values side by side; of different kinds, nothing is known."""
    left, right = (compiled(part, site) for part in node.parts)
    operator = str(node.value)
    quick = ORDERS.get(operator)
    if quick is None:
        return lambda env: compare_values(operator, left(env), right(env), env)
    ordered = quick

    def run(env: Env) -> bool | None:
        first, second = left(env), right(env)
        if type(first) is Decimal and type(second) is Decimal:
            return ordered(first, second)
        return compare_values(operator, first, second, env)

    return run


@rule("arithmetic")
def operation(node: Node, site: Site) -> Code:
    """Two values combined."""
    left, right = (compiled(part, site) for part in node.parts)
    combine = OPERATIONS[str(node.value)]
    cost = COST_OF_A_ROOT if node.value == "**" else 1

    def run(env: Env) -> object:
        env.run.budget.charge(cost)
        found = combine(left(env), right(env))
        if type(found) is str:
            env.run.budget.charge(len(found) >> 6)
        return found

    return run


@rule("negation")
def negation(node: Node, site: Site) -> Code:
    """A value with its sign turned."""
    part = compiled(node.parts[0], site)
    return lambda env: sums.negate(part(env))


@rule("affirmation")
def affirmation(node: Node, site: Site) -> Code:
    """A number with a plus sign before it."""
    part = compiled(node.parts[0], site)
    zero = Decimal(0)
    return lambda env: sums.add(zero, part(env))


@rule("between")
def between(node: Node, site: Site) -> Code:
    """A value between two others, both included."""
    value, low, high = (compiled(part, site) for part in node.parts)

    def run(env: Env) -> bool | None:
        middle = value(env)
        above = compare_values(">=", middle, low(env), env)
        below = compare_values("<=", middle, high(env), env)
        if above is False or below is False:
            return False
        return None if above is None or below is None else True

    return run


@rule("range")
def span(node: Node, site: Site) -> Code:
    """All values between two bounds that can be compared."""
    low, high = (compiled(part, site) for part in node.parts)
    assert isinstance(node.value, tuple)
    low_closed, high_closed = bool(node.value[0]), bool(node.value[1])

    def run(env: Env) -> Range | None:
        first, last = low(env), high(env)
        found = order(first, last)
        return None if found is None or found > 0 else Range(first, last, low_closed, high_closed)

    return run


@rule("half_range")
def half_range(node: Node, site: Site) -> Code:
    """All values on one side of a bound."""
    bound, operator = compiled(node.parts[0], site), str(node.value)

    def run(env: Env) -> Range | None:
        value = bound(env)
        if value is None or operator == "!=":
            return None
        closed = operator != "<" and operator != ">"
        low = None if operator[0] == "<" else value
        high = None if operator[0] == ">" else value
        return Range(low, high, closed and low is not None, closed and high is not None)

    return run


def holds(test: object, value: object, env: Env) -> bool | None:
    """Whether a value meets what a test came to: the same value, one of a list, inside a range."""
    if isinstance(test, Range) and not isinstance(value, Range):
        return inside(value, test)
    if isinstance(test, list) and not isinstance(value, list):
        env.run.budget.charge(len(test))
        return any(holds(part, value, env) is True for part in test)
    same = equal(value, test, env.run.budget)
    if isinstance(test, list) and not same:
        env.run.budget.charge(len(test))
        return any(isinstance(part, list) and holds(part, value, env) is True for part in test)
    return same
