"""What one character of a text may be: itself, any, a digit, one of a class."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

Test = Callable[[str], bool]
SPACES = " \t\n\r"
ESCAPED_SIGNS = {"n": "\n", "r": "\r", "t": "\t"}
SIGNS = frozenset("\\|.-^?*+{}()[]$ \"'/:;,=!<>@#%&~`_")


def is_digit(char: str) -> bool:
    """A decimal digit of any script."""
    return unicodedata.category(char) == "Nd"


def is_word(char: str) -> bool:
    """Neither punctuation, nor a separator, nor a control."""
    return unicodedata.category(char)[0] not in "PZC"


def is_space(char: str) -> bool:
    """A space, a tab or the end of a line."""
    return char in SPACES


KINDS: dict[str, Test] = {"d": is_digit, "w": is_word, "s": is_space}
PLAIN_KINDS: dict[str, Test] = {
    "d": lambda char: "0" <= char <= "9",
    "w": lambda char: char.isascii() and (char.isalnum() or char == "_"),
    "s": str.isspace,
}
"""Digits and letters of ASCII alone, as browsers have them."""


def negated(test: Test) -> Test:
    """Every other character."""
    return lambda char: not test(char)


def one(sign: str) -> Test:
    """That character."""
    return lambda char: char == sign


def between(low: str, high: str) -> Test:
    """Any character from one to another."""
    return lambda char: low <= char <= high


def any_of(tests: tuple[Test, ...]) -> Test:
    """A character that meets one of several tests."""
    return lambda char: any(test(char) for test in tests)


def without(test: Test, excluded: Test) -> Test:
    """A character of a class that is not of another."""
    return lambda char: test(char) and not excluded(char)


def category(name: str) -> Test | None:
    """A character of a Unicode category, such as Lu; nothing when there is no such category."""
    if not name or name[0] not in "LMNPZSC" or len(name) > 2 or (len(name) == 2 and not name[1].islower()):
        return None
    return lambda char: unicodedata.category(char).startswith(name)


def any_case(test: Test) -> Test:
    """The same test, whether a letter is small or capital."""

    def check(char: str) -> bool:
        return test(char) or any(len(other) == 1 and test(other) for other in (char.lower(), char.upper()))

    return check


def any_but_line_ends(char: str) -> bool:
    """Any character inside a line."""
    return char not in "\n\r"
