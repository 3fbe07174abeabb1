"""Reads the expressions and the cells of a decision file, with the names that the file declares."""

from __future__ import annotations

from dataclasses import dataclass

from workflows.decisions.errors import DecisionError, of_feel
from workflows.decisions.models import Cell, Written
from workflows.decisions.xml import Element, attribute, line_of, local, text_in
from workflows.feel import Expression, FeelError, compile_expression, compile_unary_tests

NAMED = frozenset(
    {
        "variable",
        "formalParameter",
        "itemComponent",
        "inputData",
        "decision",
        "businessKnowledgeModel",
        "decisionService",
    }
)
ITERATED = ("for", "every", "some")


@dataclass(frozen=True, slots=True)
class Texts:
    """The names that the texts of one file may use."""

    names: frozenset[str]
    lenient: bool = False
    """An expression that cannot be read comes to nothing, as the standard has it, instead of refusing the file."""

    def written(self, element: Element, where: str) -> Written:
        """The expression inside an element; an empty one is nothing."""
        return self.spelled(text_in(element), where, line_of(element), element)

    def spelled(self, text: str, where: str, line: int | None, element: Element | None = None) -> Written:
        """An expression given as text."""
        if element is not None:
            _check_language(element, where)
        try:
            expression: Expression | None = compile_expression(text, self.names) if text else None
        except FeelError as error:
            if not self.lenient:
                raise of_feel(error, where, text, line) from None
            expression = compile_expression("null")
        return Written(text, expression, where, line)

    def cell(self, element: Element, where: str) -> Cell:
        """The tests inside an element."""
        text, line = text_in(element), line_of(element)
        _check_language(element, where)
        try:
            tests = None if text in ("", "-") else compile_unary_tests(text, self.names)
        except FeelError as error:
            if not self.lenient:
                raise of_feel(error, where, text, line) from None
            tests = compile_unary_tests("not(-)")
        return Cell(text, tests, where, line)


def _check_language(element: Element, where: str) -> None:
    language = attribute(element, "expressionLanguage")
    if language and "feel" not in language.lower():
        raise DecisionError("decision.unsupported", {"found": language, "where": where}, line_of(element))


def names_of(root: Element) -> frozenset[str]:
    """Every name that the file gives to something."""
    found = {
        attribute(element, "name")
        for element in root.iter()
        if isinstance(element.tag, str) and local(element) in NAMED and element.get("name")
    }
    turns = {
        attribute(one, "iteratorVariable") for one in root.iter() if isinstance(one.tag, str) and local(one) in ITERATED
    }
    return frozenset(found | (turns - {""}))
