"""Reads a text into its tree, or says at which line and column it stops being FEEL."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from lark import Lark, Token, UnexpectedToken
from lark.lexer import Lexer as LarkLexer

from workflows.feel.errors import FeelSyntaxError
from workflows.feel.limits import MAX_CHARS
from workflows.feel.reading.binder import FeelBuilder
from workflows.feel.reading.lexer import read_test_words, read_words
from workflows.feel.reading.nodes import Node


class _WordsAlreadyRead(LarkLexer):
    """Hands over words that lexer.py has read."""

    def __init__(self, _conf: object) -> None:
        pass

    def lex(self, words: list[Token], _parser: object = None) -> Iterator[Token]:  # type: ignore[override]
        """The words as they are."""
        return iter(words)


GRAMMAR = Lark(
    (Path(__file__).parent / "grammar.lark").read_text("utf-8"),
    parser="lalr",
    lexer=_WordsAlreadyRead,
    start=["expression", "unary_tests"],
    transformer=FeelBuilder(),
)


def read_expression(text: str, names: frozenset[str]) -> Node:
    """The tree of an expression."""
    _check_length(text)
    words = read_words(text, names)
    if not words:
        raise FeelSyntaxError("feel.empty", {}, (1, 1))
    return _tree(words, "expression")


def read_unary_tests(text: str, names: frozenset[str]) -> Node:
    """The tree of a cell of a decision table."""
    _check_length(text)
    return _tree(read_test_words(text, names), "unary_tests")


def _check_length(text: str) -> None:
    if len(text) > MAX_CHARS:
        raise FeelSyntaxError("feel.expression_too_long", {"limit": MAX_CHARS}, (1, 1))


def _tree(words: list[Token], start: str) -> Node:
    try:
        tree = GRAMMAR.parse(words, start=start)
    except UnexpectedToken as refused:
        last = words[-1]
        if refused.token.type == "$END":
            end = (last.line or 1, (last.column or 1) + len(last))
            raise FeelSyntaxError("feel.unfinished", {}, end) from None
        place = (refused.token.line or 1, refused.token.column or 1)
        raise FeelSyntaxError("feel.syntax", {"found": str(refused.token)[:40]}, place) from None
    assert isinstance(tree, Node)
    return tree
