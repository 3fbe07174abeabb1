"""One question of a form, as its schema tells it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

CLASSES = ("RP0", "RP1", "RP2")
REGISTERS = frozenset({"person", "unit", "subdivision", "provider", "contract", "case", "item"})
"""Kinds whose value is a code of some register, named by the field's ``source``."""


@dataclass(frozen=True, slots=True)
class Rules:
    """What a value must be: bounds, lengths, a pattern, how many items, and which of their keys is given once."""

    minimum: int | str | None = None
    maximum: int | None = None
    shortest: int | None = None
    longest: int | None = None
    pattern: str | None = None
    most: int | None = None
    unique: str | None = None


@dataclass(frozen=True, slots=True)
class Conditions:
    """FEEL over the answers: when the question is hidden, when it must be answered, when its answer is refused."""

    hidden: str | None = None
    required: str | None = None
    invalid: str | None = None
    flaw: str = "form.invalid"
    params: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Field:
    """One question: its key, its kind, what it asks and what it accepts.

    ``kind``: ``text``, ``long_text``, ``integer``, ``money``, ``boolean``, ``date``, ``moment`` (a day,
    or an instant), ``instant``, ``choice``, ``choices``, ``imei``,
    ``file``, ``texts`` (a list of short texts, or of codes of its ``source``), ``person``, ``unit``,
    ``subdivision``, ``provider``, ``contract``, ``case``, ``item`` (of the catalogue), ``group`` or ``list``.
    ``choices`` maps a choice's code to its privacy class. ``fields`` are those of a group or of a list's
    item. ``component`` is the schema it was read from.
    """

    key: str
    kind: str
    label: str
    label_en: str
    required: bool = False
    readonly: bool = False
    process: bool = False
    privacy: str = "RP0"
    source: str | None = None
    seen_by: tuple[str, ...] = ()
    """The only roles that may read a sensitive answer; nobody named: whoever has a part in the case."""
    default: Any = None
    rules: Rules = Rules()
    conditions: Conditions = Conditions()
    choices: Mapping[str, str] = field(default_factory=dict)
    fields: tuple[Field, ...] = ()
    component: Mapping[str, Any] = field(default_factory=dict)

    @property
    def is_register(self) -> bool:
        """Whether the value is the code of something that exists outside the form."""
        return self.kind in REGISTERS

    def privacy_of(self, value: object) -> str:
        """The privacy class of an answer: that of the question, or of the most private thing said in it."""
        said = value if isinstance(value, list) else [value]
        classes = [self.choices.get(one, "RP0") for one in said if isinstance(one, str)]
        parts = [one for one in said if isinstance(one, Mapping)]
        classes += [inner.privacy_of(part[inner.key]) for part in parts for inner in self.fields if inner.key in part]
        return max([self.privacy, *classes], key=CLASSES.index)
