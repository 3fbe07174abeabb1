"""A column of a table as an analysis sees it: each way in which its data can be, and the rules that it lets through."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from workflows.decisions.analysis.constants import constants_of
from workflows.decisions.analysis.samples import samples
from workflows.decisions.models import Cell, Input, Table
from workflows.feel import FeelError


@dataclass(frozen=True, slots=True)
class Column:
    """What is asked, and its ways: an example of the data with the rules whose tests it passes, as bits of a number."""

    asked: str
    ways: tuple[tuple[object, int], ...]


def columns_of(table: Table, *, fine: bool = False, only: Cell | None = None) -> list[Column]:
    """The columns of a table; those that ask the very same thing are one.

    ``fine`` looks between whole numbers too. ``only`` reads one cell and nothing else; raises ``Beyond`` where a cell
    asks for more than values.
    """
    if only is not None:
        constants_of(only)
        return []
    groups: dict[str, list[int]] = {}
    for place, column in enumerate(table.inputs):
        groups.setdefault(column.asked.text.strip(), []).append(place)
    return [_column(table, asked, places, fine) for asked, places in groups.items()]


def _column(table: Table, asked: str, places: Sequence[int], fine: bool) -> Column:
    columns = [table.inputs[place] for place in places]
    cells = [[rule.tests[place] for place in places] for rule in table.rules]
    spoken = [value for row in cells for cell in row for value in constants_of(cell)]
    spoken += [value for column in columns if column.allowed is not None for value in constants_of(column.allowed)]
    plain, between = samples(spoken, columns[0].type)
    ways: dict[int, object] = {}
    for value in (*plain, *(between if fine else ())):
        if all(_may_be(column, value) for column in columns):
            passing = sum(1 << row for row, tests in enumerate(cells) if all(_passes(cell, value) for cell in tests))
            ways.setdefault(passing, value)
    return Column(asked, tuple((value, passing) for passing, value in ways.items()) or ((plain[0], 0),))


def _may_be(column: Input, value: object) -> bool:
    return column.allowed is None or _passes(column.allowed, value)


def _passes(cell: Cell, value: object) -> bool:
    if cell.tests is None:
        return True
    try:
        return cell.tests.matches(value, {}) is True
    except FeelError:
        return False
