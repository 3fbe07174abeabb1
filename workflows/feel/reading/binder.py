"""The rest of the builder: what gives names to values, and types."""

from __future__ import annotations

from lark import Token

from workflows.feel.errors import FeelSyntaxError
from workflows.feel.reading.builder import Builder, Child, _nodes, _place, _start, text_of
from workflows.feel.reading.nodes import Node, node


def _tokens(children: list[Child], *kinds: str) -> list[Token]:
    return [child for child in children if isinstance(child, Token) and child.type in kinds]


def _distinct(names: list[Token]) -> tuple[str, ...]:
    seen: set[str] = set()
    for name in names:
        if str(name) in seen:
            raise FeelSyntaxError("feel.duplicate_key", {"name": str(name)}, _place(name))
        seen.add(str(name))
    return tuple(str(name) for name in names)


class FeelBuilder(Builder):
    """Builds the whole tree of an expression or of a cell."""

    def named(self, children: list[Child]) -> Node:
        """An argument given by name."""
        return node("named", _nodes(children), str(children[0]), _start(children))

    def call(self, children: list[Child]) -> Node:
        """A function with its arguments."""
        callee, *arguments = _nodes(children)
        return node("call", (callee, *arguments), None, callee.place)

    def entry(self, children: list[Child]) -> Node:
        """One named value of a context."""
        key = children[0]
        assert isinstance(key, Token)
        name = text_of(key) if key.type == "STRING" else str(key)
        return node("entry", _nodes(children), name, _place(key))

    def context(self, children: list[Child]) -> Node:
        """Named values, each of which may use those before it."""
        entries = _nodes(children)
        _distinct([Token("NAME", str(e.value), 0, *e.place) for e in entries])
        return node("context", entries, None, _start(children))

    def iterator(self, children: list[Child]) -> Node:
        """A name that takes each value of a list, or of a span of numbers, in turn."""
        kind = "span" if len(_nodes(children)) == 2 else "each"
        return node(kind, _nodes(children), str(children[0]), _start(children))

    def loop(self, children: list[Child]) -> Node:
        """A list made by going through others."""
        return node("for", _nodes(children), None, _start(children))

    def quantified(self, children: list[Child]) -> Node:
        """Whether some or all items meet a condition."""
        word = _tokens(children, "SOME", "EVERY")[0]
        return node("quantified", _nodes(children), str(word), _place(word))

    def parameter(self, children: list[Child]) -> Token:
        """What a function is given, by name; its declared type says what it accepts."""
        token = children[0]
        assert isinstance(token, Token)
        return token

    def function(self, children: list[Child]) -> Node:
        """A function written in place."""
        names = _distinct(_tokens(children, "NAME"))
        return node("function", _nodes(children), names, _start(children))

    def type(self, children: list[Child]) -> Node:
        """A type, by its name."""
        return node("type", (), str(children[0]), _start(children))

    def type_of_items(self, children: list[Child]) -> Node:
        """A list or a range, and what it holds."""
        return node("type", _nodes(children), str(children[0]), _start(children))

    def field(self, children: list[Child]) -> Node:
        """One entry that a context must have."""
        return node("field", _nodes(children), str(children[0]), _start(children))

    def type_of_context(self, children: list[Child]) -> Node:
        """A context, and the entries that it must have."""
        return node("type", _nodes(children), str(children[0]), _start(children))

    def type_of_function(self, children: list[Child]) -> Node:
        """A function, whatever it takes and gives."""
        return node("type", (), "function", _start(children))
