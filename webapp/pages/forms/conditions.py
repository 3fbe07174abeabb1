"""Conditions that a page can watch by itself: « this question, when that answer is (or is not) so »."""

from __future__ import annotations

import re
from collections.abc import Mapping, Set

SIMPLE = re.compile(
    r'\s*=?\s*(?P<key>[A-Za-z]\w*)\s*(?P<sign>!?=)\s*(?:"(?P<value>[A-Z0-9_]+)"|(?P<flag>true|false))\s*'
)
AMONG = re.compile(
    r'\s*=?\s*(?P<no>not\()?\s*list contains\(\s*\[(?P<values>[A-Z0-9_", ]+)\]\s*,\s*(?P<key>[A-Za-z]\w*)\s*\)\s*\)?\s*'
)
OPPOSITE = {"=": "!=", "!=": "="}


def shown_when(hidden: str | None, keys: Set[str]) -> str:
    """When a question shows, from what hides it: ``=decision != "X"`` gives ``decision=X``.

    "" when it is not so simple, or turns on what the page does not ask (``keys``: what it does).
    """
    key, sign, values = _read(hidden)
    return f"{key}{OPPOSITE[sign]}{values}" if key in keys else ""


def due_when(required: str | None, keys: Set[str]) -> str:
    """When an answer is due, in the same words; "" when it is not so simple."""
    key, sign, values = _read(required)
    return f"{key}{sign}{values}" if key in keys else ""


def _read(condition: str | None) -> tuple[str, str, str]:
    """A condition in three parts: the key, ``=`` or ``!=``, the values (``A|B``)."""
    found = SIMPLE.fullmatch(condition or "")
    if found is not None:
        return found["key"], found["sign"], found["value"] or found["flag"]
    among = AMONG.fullmatch(condition or "")
    if among is None:
        return "", "=", ""
    values = "|".join(re.findall(r'"([A-Z0-9_]+)"', among["values"]))
    return among["key"], "!=" if among["no"] else "=", values


def holds(when: str, answers: Mapping[str, object]) -> bool:
    """Whether such a condition holds now."""
    if not when:
        return False
    key, sign, values = when.partition("!=") if "!=" in when else when.partition("=")
    said = answers.get(key)
    chosen = str(said).lower() if isinstance(said, bool) else said
    return (chosen in values.split("|")) is (sign == "=")
