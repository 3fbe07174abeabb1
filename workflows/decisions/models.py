"""The logic that a decision file holds, as frozen values, every expression in it already read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Union

from workflows.feel import Expression, UnaryTests


@dataclass(frozen=True, slots=True)
class Written:
    """An expression of the file, with where it stands, for the day it fails."""

    text: str
    expression: Expression | None
    where: str
    line: int | None


@dataclass(frozen=True, slots=True)
class Cell:
    """The tests of one cell; ``None`` for a cell that asks nothing."""

    text: str
    tests: UnaryTests | None
    where: str
    line: int | None


@dataclass(frozen=True, slots=True)
class Input:
    """One input column: what is asked, of which type, among which values."""

    label: str
    asked: Written
    type: str
    allowed: Cell | None


@dataclass(frozen=True, slots=True)
class Output:
    """One output column: its name, its type, its values in order, and what it says when no rule matches."""

    name: str
    type: str
    values: tuple[Written, ...]
    default: Written | None


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of a table."""

    row: int
    label: str
    tests: tuple[Cell, ...]
    answers: tuple[Written, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A decision table."""

    where: str
    policy: str
    aggregation: str
    inputs: tuple[Input, ...]
    outputs: tuple[Output, ...]
    rules: tuple[Rule, ...]
    line: int | None


@dataclass(frozen=True, slots=True)
class BoxedContext:
    """Named expressions, each of which may use those before it; one without a name is the answer."""

    entries: tuple[tuple[str, str, Logic], ...]


@dataclass(frozen=True, slots=True)
class BoxedList:
    """Expressions in a row."""

    items: tuple[Logic, ...]


@dataclass(frozen=True, slots=True)
class BoxedRelation:
    """Rows of expressions under named columns."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Logic, ...], ...]


@dataclass(frozen=True, slots=True)
class BoxedIf:
    """One of two expressions, as a condition says."""

    condition: Logic
    then: Logic
    otherwise: Logic


@dataclass(frozen=True, slots=True)
class BoxedFunction:
    """A function: its parameters with their types, and its body."""

    parameters: tuple[tuple[str, str], ...]
    body: Logic
    type: str = "Any"


@dataclass(frozen=True, slots=True)
class Invocation:
    """A function called with expressions by the names of its parameters."""

    called: Written
    bindings: tuple[tuple[str, Logic], ...]


@dataclass(frozen=True, slots=True)
class Typed:
    """A box that says of which type its value is."""

    logic: Logic
    type: str
    where: str


@dataclass(frozen=True, slots=True)
class BoxedTurns:
    """A list gone through: what each turn gives (``for``), or whether all or one hold (``every``, ``some``)."""

    kind: str
    name: str
    over: Logic
    told: Logic


@dataclass(frozen=True, slots=True)
class BoxedFilter:
    """The items of a list for which a test holds; in it the item is ``item``, and its entries go by their names."""

    over: Logic
    matched: Logic


Logic = Union[  # noqa: UP007
    Written,
    Table,
    BoxedContext,
    BoxedList,
    BoxedRelation,
    BoxedIf,
    BoxedTurns,
    BoxedFilter,
    BoxedFunction,
    Invocation,
    Typed,
]


@dataclass(frozen=True, slots=True)
class ItemType:
    """A type that the file defines."""

    name: str
    base: str
    many: bool
    allowed: Cell | None
    parts: tuple[ItemType, ...] = ()
    gives: str = ""
    """What a function of this type gives."""
