"""Texts that people write: trimmed, counted in code points, and free of what cannot be seen."""

from __future__ import annotations

import unicodedata

from workflows.errors import Flaw
from workflows.feel import FeelError
from workflows.feel.limits import Budget
from workflows.feel.patterns import Program, program_of, search
from workflows.forms.field import Field, Rules

LINES = frozenset("\n\t")
DIRECTIONS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Marks that make a text read otherwise than it is written."""


def tidied(value: str) -> str:
    """The text as it is kept: line ends as one sign, no blank at either end."""
    return value.replace("\r\n", "\n").replace("\r", "\n").strip()


def flaw_of_text(value: str, field: Field) -> Flaw | None:
    """What is wrong with a text, if anything."""
    unseen = _unseen(value, several_lines=field.kind == "long_text")
    if unseen is not None:
        return unseen
    rules = field.rules
    if rules.longest is not None and len(value) > rules.longest:
        return Flaw("form.too_long", max=rules.longest)
    if rules.shortest is not None and len(value) < rules.shortest:
        return Flaw("form.too_short", min=rules.shortest)
    return _unlike(value, rules)


def _unseen(value: str, *, several_lines: bool) -> Flaw | None:
    for sign in value:
        if sign in LINES:
            if not several_lines:
                return Flaw("form.one_line")
        elif sign in DIRECTIONS or unicodedata.category(sign) in {"Cc", "Cs"}:
            return Flaw("form.control_character")
    return None


def _unlike(value: str, rules: Rules) -> Flaw | None:
    return None if rules.pattern is None or _is_like(rules.pattern, value) else Flaw("form.pattern")


def _is_like(pattern: str, value: str) -> bool:
    """Whether a text has the form asked; one that costs too much to tell has not."""
    try:
        return search(pattern_of(pattern), value, 0, Budget()) is not None
    except FeelError:
        return False


def pattern_of(pattern: str) -> Program:
    """A pattern as form-js reads it (digits and letters are ASCII), matched in a time that grows with the text only.

    Raises ``FeelError`` for what is no pattern, or looks around or back.
    """
    return program_of(pattern, "", plain=True)


def is_imei(value: str) -> bool:
    """Whether a text is fifteen digits whose last one is Luhn's check digit."""
    if len(value) != 15 or not (value.isascii() and value.isdigit()):
        return False
    total = 0
    for place, sign in enumerate(value):
        digit = int(sign) * (2 if place % 2 else 1)
        total += digit - 9 if digit > 9 else digit
    return total % 10 == 0
