"""Texts that people write: trimmed, counted in code points, and free of what cannot be seen."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from workflows.errors import Flaw
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
    if rules.pattern is None or _compiled(rules.pattern).search(value):
        return None
    return Flaw("form.pattern")


@lru_cache(maxsize=512)
def _compiled(pattern: str) -> re.Pattern[str]:
    """A pattern as form-js reads it: ``$`` is the very end, digits and letters are ASCII."""
    if pattern.endswith("$") and not pattern.endswith(r"\$"):
        pattern = pattern[:-1] + r"\Z"
    return re.compile(pattern, re.ASCII)


def is_imei(value: str) -> bool:
    """Whether a text is fifteen digits whose last one is Luhn's check digit."""
    if len(value) != 15 or not (value.isascii() and value.isdigit()):
        return False
    total = 0
    for place, sign in enumerate(value):
        digit = int(sign) * (2 if place % 2 else 1)
        total += digit - 9 if digit > 9 else digit
    return total % 10 == 0
