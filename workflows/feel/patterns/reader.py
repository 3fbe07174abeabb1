"""Reads a pattern into its parts, or refuses it: no back-references, no looking around."""

from __future__ import annotations

from dataclasses import dataclass

from workflows.feel.errors import FeelError
from workflows.feel.patterns import classes
from workflows.feel.patterns.classes import Test

MAX_PATTERN = 500
MAX_NESTING = 30
MAX_REPEAT = 1_000
LISTED_AT_ONCE = 8
"""How many characters or ranges of a class are looked at for the price of one step."""
QUANTIFIERS = {"*": (0, None), "+": (1, None), "?": (0, 1)}


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a pattern: a character, several in a row, a choice, a repetition, a group, an edge."""

    kind: str
    parts: tuple[Part, ...] = ()
    test: Test | None = None
    low: int = 0
    high: int | None = None
    greedy: bool = True


class Reader:
    """Reads one pattern from left to right."""

    def __init__(self, pattern: str, flags: str, *, plain: bool = False) -> None:
        self.kinds = classes.PLAIN_KINDS if plain else classes.KINDS
        self.listed = 0
        self.whole = pattern
        self.pattern = "".join(pattern.split()) if "x" in flags else pattern
        self.flags = flags
        self.position = 0
        self.groups = 0
        self.depth = 0

    def read(self) -> Part:
        """The whole pattern."""
        if len(self.pattern) > MAX_PATTERN or not set(self.flags) <= set("smixq"):
            raise self.refused()
        if "q" in self.flags:
            return Part("row", tuple(self._character(classes.one(char)) for char in self.pattern))
        part = self._choice()
        if self.position < len(self.pattern):
            raise self.refused()
        return part

    def refused(self) -> FeelError:
        """What to say of a pattern that is not accepted."""
        return FeelError("feel.bad_pattern", {"pattern": self.whole[:60]})

    def _peek(self, signs: str = "") -> str:
        found = self.pattern[self.position : self.position + 1]
        return found if not signs or (found and found in signs) else ""

    def _next(self) -> str:
        found = self._peek()
        if not found:
            raise self.refused()
        self.position += 1
        return found

    def _take(self, text: str) -> bool:
        found = self.pattern.startswith(text, self.position)
        self.position += len(text) * found
        return found

    def _choice(self) -> Part:
        ways = [self._row()]
        while self._take("|"):
            ways.append(self._row())
        return ways[0] if len(ways) == 1 else Part("choice", tuple(ways))

    def _row(self) -> Part:
        parts: list[Part] = []
        while self._peek() and not self._peek("|)"):
            parts.append(self._repeated(self._atom()))
        return Part("row", tuple(parts))

    def _repeated(self, part: Part) -> Part:
        sign = self._peek("*+?{")
        if not sign:
            return part
        self.position += 1
        low, high = self._bounds() if sign == "{" else QUANTIFIERS[sign]
        lazy = self._take("?")
        if self._peek("*+?{") or part.kind == "edge":
            raise self.refused()
        return Part("repeat", (part,), low=low, high=high, greedy=not lazy)

    def _bounds(self) -> tuple[int, int | None]:
        end = self.pattern.find("}", self.position)
        low, comma, high = self.pattern[self.position : max(end, 0)].partition(",")
        numbers_only = low.isdigit() and low.isascii() and (not high or (high.isdigit() and high.isascii()))
        if end < 0 or not numbers_only or len(low) > 4 or len(high) > 4:
            raise self.refused()
        self.position = end + 1
        first, last = int(low), (int(high) if high else None) if comma else int(low)
        if first > MAX_REPEAT or (last is not None and not first <= last <= MAX_REPEAT):
            raise self.refused()
        return first, last

    def _atom(self) -> Part:
        sign = self._next()
        if sign == "(":
            return self._group()
        if sign == "[":
            before = self.listed
            test = self._class()
            return self._character(test, self.listed - before)
        if sign == "\\":
            return self._character(self._escape())
        if sign in "^$":
            return Part("edge", low=0 if sign == "^" else 1)
        if sign == ".":
            return Part("char", test=(lambda _char: True) if "s" in self.flags else classes.any_but_line_ends, low=1)
        if sign in "*+?{})]":
            raise self.refused()
        return self._character(classes.one(sign))

    def _character(self, test: Test, listed: int = 1) -> Part:
        """A character to read; ``low`` is what looking at one costs, which grows with what a class lists."""
        if "i" in self.flags:
            return Part("char", test=classes.any_case(test), low=1 + 3 * listed // LISTED_AT_ONCE)
        return Part("char", test=test, low=1 + listed // LISTED_AT_ONCE)

    def _group(self) -> Part:
        self.depth += 1
        silent = self._take("?:")
        if self.depth > MAX_NESTING or (not silent and self._peek("?")):
            raise self.refused()
        if not silent:
            self.groups += 1
        number = self.groups
        inner = self._choice()
        if not self._take(")"):
            raise self.refused()
        self.depth -= 1
        return inner if silent else Part("group", (inner,), low=number)

    def _escape(self) -> Test:
        sign = self._next()
        if sign.lower() in self.kinds:
            test = self.kinds[sign.lower()]
            return classes.negated(test) if sign.isupper() else test
        if sign in "pP":
            return self._category(sign == "P")
        if sign in classes.ESCAPED_SIGNS:
            return classes.one(classes.ESCAPED_SIGNS[sign])
        if sign not in classes.SIGNS:
            raise self.refused()
        return classes.one(sign)

    def _category(self, negative: bool) -> Test:
        end = self.pattern.find("}", self.position)
        test = classes.category(self.pattern[self.position + 1 : end]) if self._peek("{") and end > 0 else None
        if test is None:
            raise self.refused()
        self.position = end + 1
        return classes.negated(test) if negative else test

    def _class(self) -> Test:
        self.depth += 1
        if self.depth > MAX_NESTING:
            raise self.refused()
        negative = self._take("^")
        tests: list[Test] = []
        excluded: Test | None = None
        while not self._take("]") or not tests:
            if tests and self._take("-["):
                excluded = self._class()
                if not self._take("]"):
                    raise self.refused()
                break
            tests.append(self._class_item())
            self.listed += 1
        self.depth -= 1
        test = classes.any_of(tuple(tests))
        test = classes.negated(test) if negative else test
        return test if excluded is None else classes.without(test, excluded)

    def _class_item(self) -> Test:
        sign = self._next()
        if sign in "[]":
            raise self.refused()
        if sign == "\\":
            if self._peek() not in classes.SIGNS or not self._peek():
                return self._escape()
            sign = self._next()
        following = self.pattern[self.position : self.position + 2]
        if len(following) < 2 or following[0] != "-" or following[1] in "][":
            return classes.one(sign)
        self.position += 1
        high = self._next()
        if high == "\\":
            high = self._next()
            if high not in classes.SIGNS:
                raise self.refused()
        if high < sign:
            raise self.refused()
        return classes.between(sign, high)
