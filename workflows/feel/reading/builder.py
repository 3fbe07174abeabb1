"""Turns what the grammar recognises into nodes."""

from __future__ import annotations

import re
from decimal import Decimal

from lark import Token, Transformer

from workflows.feel.errors import FeelSyntaxError
from workflows.feel.limits import MAX_DIGITS
from workflows.feel.reading.nodes import Node, node
from workflows.feel.values.numbers import CONTEXT

Child = Token | Node | tuple[object, ...]
ESCAPE = re.compile(r"\\(u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{6}|.)", re.DOTALL)
ESCAPES = {"n": "\n", "r": "\r", "t": "\t", '"': '"', "'": "'", "\\": "\\"}


def _place(token: Token) -> tuple[int, int]:
    return token.line or 1, token.column or 1


def _nodes(children: list[Child]) -> tuple[Node, ...]:
    return tuple(child for child in children if isinstance(child, Node))


def _start(children: list[Child]) -> tuple[int, int]:
    first = children[0]
    if isinstance(first, Node):
        return first.place
    return _place(first) if isinstance(first, Token) else (1, 1)


def _unescaped(found: re.Match[str]) -> str:
    code = found[1]
    if len(code) > 1:
        point = int(code[1:], 16)
        return chr(point) if point <= 0x10FFFF and not 0xD800 <= point <= 0xDFFF else found[0]
    return ESCAPES.get(code, found[0])


def text_of(quoted: str) -> str:
    """The text between the quotation marks, its escapes resolved; an unknown escape stays as written."""
    joined = re.sub(r"\\u(D[89ABab][0-9A-Fa-f]{2})\\u(D[C-Fc-f][0-9A-Fa-f]{2})", _surrogates, quoted[1:-1])
    return ESCAPE.sub(_unescaped, joined)


def _surrogates(found: re.Match[str]) -> str:
    high, low = int(found[1], 16), int(found[2], 16)
    return chr(0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00))


class LiteralBuilder(Transformer[Token, object]):
    """The smallest parts: what is written out in full."""

    def number(self, children: list[Token]) -> Node:
        """A number, exact to 34 digits."""
        token = children[0]
        if len(token) > MAX_DIGITS:
            raise FeelSyntaxError("feel.number_too_long", {"limit": MAX_DIGITS}, _place(token))
        value: Decimal = CONTEXT.create_decimal(str(token))
        return node("literal", (), value if value.is_finite() else None, _place(token))

    def string(self, children: list[Token]) -> Node:
        """A text."""
        return node("literal", (), text_of(str(children[0])), _place(children[0]))

    def moment(self, children: list[Token]) -> Node:
        """A date, a time or a duration written with an at sign."""
        return node("moment", (), text_of(str(children[0])[1:]), _place(children[0]))

    def true(self, children: list[Token]) -> Node:
        """Yes."""
        return node("literal", (), True, _place(children[0]))

    def false(self, children: list[Token]) -> Node:
        """No."""
        return node("literal", (), False, _place(children[0]))

    def null(self, children: list[Token]) -> Node:
        """Nothing known."""
        return node("literal", (), None, _place(children[0]))

    def name(self, children: list[Token]) -> Node:
        """Something in scope."""
        return node("name", (), str(children[0]), _place(children[0]))


class Builder(LiteralBuilder):
    """The parts that hold other parts."""

    def disjunction(self, children: list[Child]) -> Node:
        """Several conditions of which one is enough."""
        return node("or", _nodes(children), None, _start(children))

    def conjunction(self, children: list[Child]) -> Node:
        """Several conditions that must all hold."""
        return node("and", _nodes(children), None, _start(children))

    def _operation(self, kind: str, children: list[Child]) -> Node:
        operator = next(child for child in children if isinstance(child, Token))
        return node(kind, _nodes(children), str(operator), _place(operator))

    def compare(self, children: list[Child]) -> Node:
        """Two values set side by side."""
        return self._operation("compare", children)

    def arithmetic(self, children: list[Child]) -> Node:
        """Two values added, subtracted, multiplied, divided or raised."""
        return self._operation("arithmetic", children)

    def negation(self, children: list[Child]) -> Node:
        """A value with its sign turned."""
        return self._operation("negation" if children[0] == "-" else "affirmation", children)

    def op_test(self, children: list[Child]) -> Node:
        """A comparison whose left side is the value under test."""
        return self._operation("op_test", children)

    def half_range(self, children: list[Child]) -> Node:
        """All values on one side of a bound."""
        test = _nodes(children)[0]
        return node("half_range", test.parts, test.value, test.place)

    def between(self, children: list[Child]) -> Node:
        """A value between two others, both included."""
        return node("between", _nodes(children), None, _start(children))

    def many_tests(self, children: list[Child]) -> Node:
        """Several tests of which one is enough."""
        return node("one_of", _nodes(children), None, _start(children))

    def is_in(self, children: list[Child]) -> Node:
        """A value put to tests."""
        value, tests = _nodes(children)
        if tests.kind != "one_of":
            tests = node("one_of", (tests,), None, tests.place)
        return node("in", (value, tests), None, value.place)

    def instance_of(self, children: list[Child]) -> Node:
        """Whether a value is of a type."""
        value, kind = _nodes(children)
        return node("instance_of", (value,), kind, value.place)

    def group(self, children: list[Child]) -> Node:
        """Parentheses: they only say what goes first."""
        return _nodes(children)[0]

    def bounds(self, children: list[Child]) -> Node:
        """All values between two bounds, each included or not."""
        closed = (str(children[0]) == "[", str(children[-1]) == "]")
        return node("range", _nodes(children), closed, _start(children))

    def row(self, children: list[Child]) -> Node:
        """Values in a row."""
        return node("list", _nodes(children), None, _start(children))

    def path(self, children: list[Child]) -> Node:
        """One entry of a value."""
        owner, key = _nodes(children)[0], children[-1]
        return node("path", (owner,), str(key), owner.place)

    def filter(self, children: list[Child]) -> Node:
        """The items of a list that meet a condition, or the one at a position."""
        return node("filter", _nodes(children), None, _start(children))

    def if_else(self, children: list[Child]) -> Node:
        """One of two values, as a condition says."""
        return node("if", _nodes(children), None, _start(children))

    def anything(self, children: list[Child]) -> Node:
        """A cell that asks nothing."""
        return node("any", (), None, _start(children))

    def one_of(self, children: list[Child]) -> Node:
        """A cell of which one test is enough."""
        return node("one_of", _nodes(children), None, _start(children))

    def none_of(self, children: list[Child]) -> Node:
        """A cell of which no test may hold."""
        return node("none_of", _nodes(children), None, _start(children))
