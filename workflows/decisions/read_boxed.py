"""Reads the logic of a decision: an expression, a table, or boxes of them."""

from __future__ import annotations

from collections.abc import Callable

from workflows.decisions.errors import DecisionError
from workflows.decisions.models import (
    BoxedContext,
    BoxedFilter,
    BoxedFunction,
    BoxedIf,
    BoxedList,
    BoxedRelation,
    BoxedTurns,
    Invocation,
    Logic,
    Typed,
)
from workflows.decisions.read_table import read_table
from workflows.decisions.read_types import base_name, type_of
from workflows.decisions.texts import Texts
from workflows.decisions.xml import Element, attribute, child, children, line_of, local

MAX_DEPTH = 12
BOXES = (
    "literalExpression", "decisionTable", "context", "invocation", "functionDefinition",
    "list", "relation", "conditional", "for", "every", "some", "filter",
)  # fmt: skip


class Boxes:
    """Reads boxes inside boxes, down to a bounded depth."""

    def __init__(self, texts: Texts) -> None:
        self.texts = texts

    def inside(self, element: Element, where: str, depth: int = 0) -> Logic | None:
        """The logic that an element holds."""
        box = child(element, *BOXES)
        return None if box is None else self._typed(box, where, depth + 1)

    def _typed(self, box: Element, where: str, depth: int) -> Logic:
        """A box with the type that it declares, if it does."""
        logic, kind = self.read(box, where, depth), attribute(box, "typeRef")
        plain = local(box) in ("decisionTable", "functionDefinition") or not kind
        return logic if plain else Typed(logic, base_name(kind), where)

    def needed(self, element: Element | None, where: str, depth: int) -> Logic:
        """The logic that an element must hold."""
        logic = None if element is None else self.inside(element, where, depth)
        if logic is None:
            raise DecisionError("decision.no_logic", {"where": where}, None if element is None else line_of(element))
        return logic

    def read(self, box: Element, where: str, depth: int) -> Logic:
        """One box."""
        kind = local(box)
        readers: dict[str, Callable[[Element, str, int], Logic]] = {
            "context": self._context,
            "invocation": self._invocation,
            "functionDefinition": self.function,
            "list": self._list,
            "relation": self._relation,
            "conditional": self._conditional,
            "for": self._turns,
            "every": self._turns,
            "some": self._turns,
            "filter": self._filter,
        }
        if kind == "literalExpression":
            return self.texts.written(box, where)
        if kind == "decisionTable":
            return read_table(box, where, self.texts)
        if kind not in readers or depth > MAX_DEPTH:
            raise DecisionError("decision.unsupported", {"found": kind, "where": where}, line_of(box))
        return readers[kind](box, where, depth)

    def _context(self, box: Element, where: str, depth: int) -> BoxedContext:
        entries: list[tuple[str, str, Logic]] = []
        for entry in children(box, "contextEntry"):
            variable = child(entry, "variable")
            name = "" if variable is None else attribute(variable, "name")
            logic = self.needed(entry, f"{where} / {name}", depth)
            entries.append((name, type_of(variable), logic))
        return BoxedContext(tuple(entries))

    def _invocation(self, box: Element, where: str, depth: int) -> Invocation:
        called = child(box, "literalExpression")
        if called is None:
            raise DecisionError("decision.no_logic", {"where": where}, line_of(box))
        bindings: list[tuple[str, Logic]] = []
        for binding in children(box, "binding"):
            parameter = child(binding, "parameter")
            name = "" if parameter is None else attribute(parameter, "name")
            bindings.append((name, self.needed(binding, f"{where} / {name}", depth)))
        return Invocation(self.texts.written(called, where), tuple(bindings))

    def function(self, box: Element, where: str, depth: int) -> BoxedFunction:
        """A function, whose body is written in FEEL or in boxes."""
        kind = attribute(box, "kind", "FEEL")
        if kind != "FEEL" and self.texts.lenient:
            return BoxedFunction(_parameters(box), self.texts.spelled("null", where, line_of(box)), type_of(box))
        if kind != "FEEL":
            raise DecisionError("decision.unsupported", {"found": kind, "where": where}, line_of(box))
        return BoxedFunction(_parameters(box), self.needed(box, where, depth), type_of(box))

    def _turns(self, box: Element, where: str, depth: int) -> BoxedTurns:
        told = child(box, "return", "satisfies")
        return BoxedTurns(
            local(box),
            attribute(box, "iteratorVariable"),
            self.needed(child(box, "in"), where, depth),
            self.needed(told, where, depth),
        )

    def _filter(self, box: Element, where: str, depth: int) -> BoxedFilter:
        matched = self.needed(child(box, "match"), where, depth)
        return BoxedFilter(self.needed(child(box, "in"), where, depth), matched)

    def _list(self, box: Element, where: str, depth: int) -> BoxedList:
        inner = (item for item in children(box, *BOXES))
        return BoxedList(tuple(self.read(item, where, depth + 1) for item in inner))

    def _relation(self, box: Element, where: str, depth: int) -> BoxedRelation:
        columns = tuple(attribute(column, "name") for column in children(box, "column"))
        rows = tuple(
            tuple(self.read(cell, where, depth + 1) for cell in children(row, *BOXES)) for row in children(box, "row")
        )
        if any(len(row) != len(columns) for row in rows):
            raise DecisionError("decision.cells", {"row": "?", "where": where}, line_of(box))
        return BoxedRelation(columns, rows)

    def _conditional(self, box: Element, where: str, depth: int) -> BoxedIf:
        condition, then, otherwise = (child(box, part) for part in ("if", "then", "else"))
        return BoxedIf(
            self.needed(condition, where, depth),
            self.needed(then, where, depth),
            self.needed(otherwise, where, depth),
        )


def _parameters(box: Element) -> tuple[tuple[str, str], ...]:
    """The names and types of what a function is given."""
    return tuple(
        (attribute(parameter, "name"), base_name(attribute(parameter, "typeRef")))
        for parameter in children(box, "formalParameter")
    )
