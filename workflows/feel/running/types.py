"""Rule for « instance of »: whether a value is of a type."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from workflows.feel.errors import FeelSyntaxError
from workflows.feel.limits import Budget
from workflows.feel.reading.nodes import Node
from workflows.feel.running.rules import Code, Site, compiled, rule
from workflows.feel.values.kinds import Function, Months, Range

Check = Callable[[object, Budget], bool]
SIMPLE: dict[str, Callable[[object], bool]] = {
    "Any": lambda value: value is not None,
    "Null": lambda value: value is None,
    "number": lambda value: type(value) is Decimal,
    "string": lambda value: type(value) is str,
    "boolean": lambda value: type(value) is bool,
    "date": lambda value: type(value) is date,
    "time": lambda value: type(value) is time,
    "date and time": lambda value: type(value) is datetime,
    "days and time duration": lambda value: type(value) is timedelta,
    "years and months duration": lambda value: type(value) is Months,
    "list": lambda value: type(value) is list,
    "context": lambda value: type(value) is dict,
    "range": lambda value: type(value) is Range,
    "function": lambda value: type(value) is Function,
}


@rule("instance_of")
def instance_of(node: Node, site: Site) -> Code:
    """Whether a value is of a type; nothing is of no type."""
    value = compiled(node.parts[0], site)
    kind = node.value
    assert isinstance(kind, Node)
    check = check_of(kind)
    return lambda env: check(value(env), env.run.budget)


def check_of(kind: Node) -> Check:
    """The question that a type asks of a value, paying for every item that it looks at."""
    name = str(kind.value)
    simple = SIMPLE.get(name)
    if simple is None or (kind.parts and name not in ("list", "range", "context")):
        raise FeelSyntaxError("feel.unknown_type", {"name": name}, kind.place)
    if not kind.parts:
        return lambda value, _budget: simple(value)
    if name == "context":
        return _context_check(kind)
    inner = check_of(kind.parts[0])
    if name == "range":
        return lambda value, budget: (
            isinstance(value, Range) and all(bound is None or inner(bound, budget) for bound in (value.low, value.high))
        )
    return _list_check(inner)


def _list_check(inner: Check) -> Check:
    def check(value: object, budget: Budget) -> bool:
        if not isinstance(value, list):
            return False
        budget.charge(len(value))
        return all(item is None or inner(item, budget) for item in value)

    return check


def _context_check(kind: Node) -> Check:
    fields = {str(field.value): check_of(field.parts[0]) for field in kind.parts}

    def check(value: object, budget: Budget) -> bool:
        budget.charge(len(fields))
        return isinstance(value, dict) and all(
            key in value and (value[key] is None or inner(value[key], budget)) for key, inner in fields.items()
        )

    return check
