"""Reading the values of a plan's file one by one: each that is not as it must be is a problem with its line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from typing import Any

from workflows.delegation.draft import LEVELS, TYPES
from workflows.delegation.wording import problem
from workflows.engine import Problem
from workflows.written import Told

CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,39}")
MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2})?")
LARGEST = 10**13


class Reader:
    """What was read so far, and every problem met on the way."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def wrong(self, code: str, line: int, element: str | None = None, **params: object) -> None:
        """Note a problem."""
        self.problems.append(problem(code, line, element, **params))

    def part(self, said: object, name: str, line: int, allowed: tuple[str, str]) -> Told:
        """A part with the keys that it must have, and no other; an empty one when it is no part at all."""
        needed, more = (tuple(words.split()) for words in allowed)
        if not isinstance(said, Told):
            self.wrong("plan.not_keys", line, key=name)
            return Told({}, line)
        for key in needed:
            if key not in said:
                self.wrong("plan.key_missing", said.line, name, key=key)
        for key in said:
            if key not in (*needed, *more):
                self.wrong("plan.key_unknown", said.line_of(key), name, key=key, known=", ".join((*needed, *more)))
        return said

    def text(self, said: Told, key: str, most: int = 200) -> str | None:
        """A text; None when it is not there."""
        value = said.get(key)
        if value is None:
            return None
        if not isinstance(value, str) or not 0 < len(value.strip()) <= most:
            self.wrong("plan.text", said.line_of(key), None, key=key, most=most)
            return None
        return value.strip()

    def code(self, said: Told, key: str) -> str | None:
        """A code, of a version, a person or a unit."""
        value = said.get(key)
        if value is None:
            return None
        return self.coded(value, key, said.line_of(key))

    def coded(self, value: object, key: str, line: int) -> str | None:
        """A code among others."""
        if isinstance(value, str) and CODE.fullmatch(value):
            return value
        self.wrong("plan.code", line, key=key)
        return None

    def moment(self, said: Told, key: str) -> datetime | None:
        """A local date, at midnight, or a local date and hour."""
        value = said.get(key)
        if value is None:
            return None
        found = _moment_in(value) if isinstance(value, str) else None
        if found is None:
            self.wrong("plan.date", said.line_of(key), key=key)
        return found

    def day(self, said: Told, key: str) -> date | None:
        """A date alone."""
        found = self.moment(said, key)
        return found.date() if found is not None and found.time() == time() else None

    def cents(self, said: Mapping[str, Any], key: str, line: int) -> int | None:
        """A whole number of cents."""
        value = said.get(key)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= LARGEST:
            self.wrong("plan.cents", line, key=key)
            return None
        return value

    def level(self, said: Told, key: str) -> int:
        """A level, as a number."""
        value = said.get(key)
        if isinstance(value, str) and value in LEVELS:
            return LEVELS.index(value) + 1
        if key in said:
            self.wrong("plan.level", said.line_of(key), key=key)
        return 1

    def types(self, said: Told, key: str) -> tuple[str, ...]:
        """Types of act; all of them when not told."""
        value = said.get(key, list(TYPES))
        if isinstance(value, list) and value and _distinct(value) and all(one in TYPES for one in value):
            return tuple(value)
        self.wrong("plan.types", said.line_of(key))
        return ()

    def sectors(self, said: Told, key: str) -> tuple[str, ...] | None:
        """Codes of units, or None for the whole body."""
        value = said.get(key)
        if value is None:
            return None
        codes = isinstance(value, list) and all(isinstance(one, str) and CODE.fullmatch(one) for one in value)
        if isinstance(value, list) and codes and value and _distinct(value):
            return tuple(value)
        self.wrong("plan.sectors", said.line_of(key))
        return ()

    def yes(self, said: Told, key: str) -> bool:
        """Yes, unless it is told otherwise."""
        value = said.get(key, True)
        if not isinstance(value, bool):
            self.wrong("plan.yes_no", said.line_of(key), key=key)
        return bool(value)


def _moment_in(text: str) -> datetime | None:
    """The moment that a text writes; None for one that is not on the calendar (30 February)."""
    if MOMENT.fullmatch(text) is None:
        return None
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def _distinct(values: Iterable[object]) -> bool:
    found = [str(one) for one in values]
    return len(set(found)) == len(found)
