"""A form: its questions, the check of its answers, and its wording in each language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from workflows.errors import Flaw, Invalid
from workflows.forms.check import Check
from workflows.forms.context import FormContext
from workflows.forms.field import Field
from workflows.forms.languages import worded
from workflows.forms.schema import read_fields


@dataclass(frozen=True, slots=True)
class Form:
    """A form as its schema tells it; the same for every case of a version."""

    name: str
    fields: tuple[Field, ...]
    schema: Mapping[str, Any]

    @classmethod
    def load(cls, schema: Mapping[str, Any]) -> Form:
        """Read a form-js schema; raises ``Invalid("form.unreadable")`` for what the house does not support."""
        fields = read_fields(schema)
        return cls(str(schema.get("id", "")), fields, schema)

    def check(self, answers: Mapping[str, Any], context: FormContext) -> dict[str, Any]:
        """The answers as they are kept; raises ``Invalid("form.invalid")`` with what is wrong with each field.

        A key left out keeps the value shown, and one that is emptied is None where something was shown.
        """
        if not isinstance(answers, Mapping):
            raise Invalid("form.invalid", {"": (Flaw("form.type"),)})
        check = Check(context)
        kept = check.whole(self.fields, answers)
        if check.flaws:
            raise Invalid("form.invalid", check.flaws)
        return kept

    def process_values(self, answers: Mapping[str, Any]) -> dict[str, Any]:
        """The answers that the process's drawing may read, such as ``decision``."""
        return {field.key: answers.get(field.key) for field in self.fields if field.process}

    @property
    def is_signed(self) -> bool:
        """Whether answering the form is a signature: its schema says ``signature``."""
        return (self.schema.get("properties") or {}).get("signature") == "true"

    def field(self, key: str) -> Field | None:
        """The question of a key, or None."""
        return next((field for field in self.fields if field.key == key), None)

    def hidden(self, answers: Mapping[str, Any], context: FormContext) -> frozenset[str]:
        """The keys of the questions that are not asked, given what is answered and shown so far."""
        check = Check(context)
        check.whole(self.fields, {key: value for key, value in answers.items() if self.field(key)})
        return frozenset(field.key for field in self.fields if check.scope.holds(field.conditions.hidden))

    def privacy(self, answers: Mapping[str, Any]) -> dict[str, str]:
        """The privacy class of each answer: ``RP0``, ``RP1`` or ``RP2``."""
        found = {field.key: field.privacy_of(answers.get(field.key)) for field in self.fields}
        return {key: name for key, name in found.items() if key in answers}

    def in_language(self, language: str) -> dict[str, Any]:
        """The schema in one language (``fr`` or ``en``), without the words of the other."""
        found: dict[str, Any] = worded(dict(self.schema), language)
        return found
