"""Conditions that a page can watch by itself: « this question, when that answer is (or is not) so »."""

from __future__ import annotations

import re

SIMPLE = re.compile(r'\s*=?\s*(?P<key>[A-Za-z]\w*)\s*(?P<sign>!?=)\s*"(?P<value>[A-Z0-9_]+)"\s*')


def shown_when(hidden: str | None) -> str:
    """When a question shows, from what hides it: ``=decision != "X"`` gives ``decision=X``; "" when not so simple."""
    found = SIMPLE.fullmatch(hidden or "")
    if found is None:
        return ""
    return f"{found['key']}{'=' if found['sign'] == '!=' else '!='}{found['value']}"


def due_when(required: str | None) -> str:
    """When an answer is due, in the same words; "" when it is not so simple."""
    found = SIMPLE.fullmatch(required or "")
    return f"{found['key']}{found['sign']}{found['value']}" if found else ""


def holds(when: str, answers: dict[str, object]) -> bool:
    """Whether such a condition holds now."""
    if not when:
        return False
    key, sign, value = when.partition("!=") if "!=" in when else when.partition("=")
    return (answers.get(key) != value) if sign == "!=" else (answers.get(key) == value)
