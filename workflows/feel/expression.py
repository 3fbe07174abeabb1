"""What is read once and answered many times: an expression, or a cell of tests."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from workflows.feel.errors import FeelError, FeelSyntaxError
from workflows.feel.limits import Budget
from workflows.feel.reading.names import tidied
from workflows.feel.reading.nodes import Node
from workflows.feel.reading.parser import read_expression, read_unary_tests
from workflows.feel.run import Run
from workflows.feel.running import basics, calls, loops, operators, paths, types, unary
from workflows.feel.running.env import NOTHING, Env
from workflows.feel.running.rules import Code, Names, Site, compiled
from workflows.feel.values.convert import lifted

RULE_FILES = (basics, calls, loops, operators, paths, types, unary)
Functions = Mapping[str, Callable[..., object]]


def _answer(code: Code, env: Env) -> object:
    try:
        return code(env)
    except RecursionError:
        raise FeelError("feel.too_deep") from None
    except (ArithmeticError, ValueError):
        raise FeelError("feel.out_of_range") from None


@dataclass(frozen=True, slots=True)
class Compiled:
    """A text turned into something that can be asked, and the names that it uses.

    ``free_names`` are those it needs from its scope; ``filter_names`` may be of the scope or of a list's items;
    ``called_names`` are the functions it needs from outside the language.
    """

    text: str
    declared: frozenset[str]
    free_names: frozenset[str]
    filter_names: frozenset[str]
    called_names: frozenset[str]
    code: Code

    def run(self, scope: Mapping[str, object], now: datetime | None, functions: Functions | None) -> Run:
        """A fresh evaluation, with a whole budget."""
        return Run(scope, self.declared, now, functions or {}, Budget())


class Expression(Compiled):
    """A FEEL expression, ready to be evaluated."""

    __slots__ = ()

    def evaluate(
        self,
        scope: Mapping[str, object],
        *,
        now: datetime | None = None,
        functions: Functions | None = None,
    ) -> object:
        """The value of the expression with this data, at this moment."""
        return _answer(self.code, Env(self.run(scope, now, functions), {}))

    def within(self, run: Run, bound: dict[str, object]) -> object:
        """The value of the expression as part of a larger evaluation, on its budget and with its bound names."""
        return _answer(self.code, Env(run, bound))


class UnaryTests(Compiled):
    """The tests of a cell of a decision table, ready to be put to values."""

    __slots__ = ()

    def matches(
        self,
        value: object,
        scope: Mapping[str, object] = NOTHING,
        *,
        now: datetime | None = None,
        functions: Functions | None = None,
    ) -> bool | None:
        """Whether the value passes; nothing when that cannot be told."""
        run = self.run(scope, now, functions)
        return self.within(run, {}, lifted(value, run.budget))

    def within(self, run: Run, bound: dict[str, object], value: object) -> bool | None:
        """Whether a FEEL value passes, as part of a larger evaluation."""
        answer = _answer(self.code, Env(run, {unary.INPUT: value}, Env(run, bound)))
        return answer if isinstance(answer, bool) else None


def _compiled(text: str, names: frozenset[str], read: Callable[[str, frozenset[str]], Node]) -> tuple[Names, Code]:
    try:
        used = Names()
        return used, compiled(read(text, names), Site(used))
    except RecursionError:
        raise FeelSyntaxError("feel.nested_too_deep", {"limit": "?"}) from None


@lru_cache(maxsize=4096)
def _expression(text: str, names: frozenset[str]) -> Expression:
    known = tidied(names)
    used, code = _compiled(text, known, read_expression)
    return Expression(text, known, *_sets(used), code)


@lru_cache(maxsize=8192)
def _unary_tests(text: str, names: frozenset[str]) -> UnaryTests:
    known = tidied(names)
    used, code = _compiled(text, known, read_unary_tests)
    return UnaryTests(text, known, *_sets(used), code)


def _sets(used: Names) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    return frozenset(used.free), frozenset(used.in_filters), frozenset(used.called)


def compile_expression(text: str, names: Iterable[str] = ()) -> Expression:
    """Read an expression; the names are those of its scope, which may hold spaces and may be absent from the data."""
    return _expression(text, frozenset(names))


def compile_unary_tests(text: str, names: Iterable[str] = ()) -> UnaryTests:
    """Read the tests of a cell, such as « >= 1, [5..10], "A", not(null) »."""
    return _unary_tests(text, frozenset(names))


def entry_names(text: str, names: Iterable[str] = ()) -> frozenset[str] | None:
    """The names that a written context gives (``{a: 1, b: 2}``), None for another expression."""
    tree = read_expression(text, tidied(frozenset(names)))
    return frozenset(str(part.value) for part in tree.parts) if tree.kind == "context" else None
