"""The values that the tests of a cell speak of, when they speak of values alone."""

from __future__ import annotations

from collections.abc import Iterator

from workflows.decisions.models import Cell
from workflows.feel import FeelError, compile_expression
from workflows.feel.reading.nodes import Node
from workflows.feel.reading.parser import read_unary_tests

CONVERSIONS = frozenset({"date", "time", "date and time", "duration", "number"})
THROUGH = frozenset({"one_of", "none_of", "any", "op_test", "range", "and", "or", "compare", "list", "between"})
INPUT = "?"


class Beyond(Exception):
    """A cell asks something that cannot be told from values alone: another name, a function of the input."""


def constants_of(cell: Cell) -> list[object]:
    """The values in the tests of a cell, in order; raises ``Beyond`` for tests that are not about values."""
    if cell.tests is None:
        return []
    return list(_values(read_unary_tests(cell.text, frozenset())))


def _values(tree: Node) -> Iterator[object]:
    if tree.kind in THROUGH:
        for part in tree.parts:
            yield from _values(part)
    elif tree.kind == "name" and tree.value == INPUT:
        return
    else:
        yield _value(tree)


def _value(tree: Node) -> object:
    """The value of a literal, a negative number, a written moment."""
    if tree.kind == "literal":
        return tree.value
    if tree.kind == "negation" and len(tree.parts) == 1:
        return _asked(f"-{_number(tree.parts[0])}")
    if tree.kind == "moment":
        return _asked(f'@"{tree.value}"')
    if tree.kind == "call" and len(tree.parts) == 2:
        called, given = tree.parts
        if called.kind == "name" and called.value in CONVERSIONS and given.kind == "literal":
            return _asked(f'{called.value}("{given.value}")')
    raise Beyond


def _number(tree: Node) -> object:
    if tree.kind != "literal":
        raise Beyond
    return tree.value


def _asked(text: str) -> object:
    try:
        return compile_expression(text).evaluate({})
    except FeelError:
        raise Beyond from None
