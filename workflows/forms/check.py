"""The check of a set of answers: each answer by its kind, then what the questions ask of one another."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workflows.errors import Flaw
from workflows.forms.conditions import Scope
from workflows.forms.context import FormContext
from workflows.forms.field import Field
from workflows.forms.values import CHECKS, Wrong, as_list, as_mapping, is_empty

MOST_UNKNOWN = 20
Flaws = dict[str, tuple[Flaw, ...]]


class Check:
    """One check of one form: what is kept, and what is wrong with what."""

    def __init__(self, context: FormContext) -> None:
        self.context = context
        self.flaws: Flaws = {}
        self.records: dict[str, object] = {}
        self.scope = Scope(context, self.records)

    def whole(self, fields: tuple[Field, ...], answers: Mapping[str, Any]) -> dict[str, Any]:
        """The answers of the form's own level, with what is shown where a key was left out."""
        self._refuse_unknown(fields, answers, "")
        asked = [field for field in fields if not field.readonly]
        for field in fields:
            if field.readonly and field.key in self.context.shown:
                self.scope.answers[field.key] = self.context.shown[field.key]
        for field in asked:
            value = self._one(field, given(field, answers, self.context), field.key)
            self.scope.answers[field.key] = value
        for field in asked:
            self._judge(field, self.scope.answers, field.key)
        return {
            field.key: self.scope.answers[field.key]
            for field in asked
            if self.scope.answers[field.key] is not None or _is_cleared(field, self.context)
        }

    def _one(self, field: Field, value: object, path: str) -> Any:
        if is_empty(value):
            return None
        try:
            if field.kind == "group":
                return self._group(field, as_mapping(value), path) or None
            if field.kind == "list":
                return self._list(field, as_list(value, field), path)
            kept = CHECKS[field.kind](value, field, self.context)
        except Wrong as wrong:
            self._note(path, wrong.flaw)
            return None
        if field.is_register:
            self.records[path] = dict(self.context.look_up(str(field.source), str(kept)) or {})
        return kept

    def _group(self, field: Field, answers: Mapping[str, Any], path: str) -> dict[str, Any]:
        self._refuse_unknown(field.fields, answers, f"{path}.")
        asked = [inner for inner in field.fields if not inner.readonly]
        kept = {inner.key: self._one(inner, answers.get(inner.key), f"{path}.{inner.key}") for inner in asked}
        outside, self.scope.records = self.scope.records, {**self.records, **self._records_of(path)}
        for inner in asked:
            self._judge(inner, kept, f"{path}.{inner.key}")
        self.scope.records = outside
        return {key: value for key, value in kept.items() if value is not None}

    def _records_of(self, path: str) -> dict[str, object]:
        """What the registers know of a group's own answers, by its inner keys."""
        return {
            key.removeprefix(f"{path}."): found for key, found in self.records.items() if key.startswith(f"{path}.")
        }

    def _list(self, field: Field, items: list[object], path: str) -> list[dict[str, Any]]:
        kept = [self._group(field, as_mapping(item), f"{path}.{place}") for place, item in enumerate(items)]
        key = field.rules.unique
        if key is not None:
            values = [item[key] for item in kept if key in item]
            if len(set(values)) != len(values):
                raise Wrong(Flaw("form.duplicate"))
        return kept

    def _judge(self, field: Field, level: dict[str, Any], path: str) -> None:
        conditions, inner = field.conditions, level if level is not self.scope.answers else None
        if self.scope.holds(conditions.hidden, inner):
            level[field.key] = None
            self._forget(path)
            return
        if self._spoken_of(path):
            return
        if level.get(field.key) is None:
            if field.required or self.scope.holds(conditions.required, inner):
                self._note(path, Flaw("form.required"))
        elif self.scope.forbids(conditions.invalid, inner):
            self._note(path, Flaw(conditions.flaw, **conditions.params))

    def _refuse_unknown(self, fields: tuple[Field, ...], answers: Mapping[str, Any], prefix: str) -> None:
        known = {field.key for field in fields}
        unknown = [key for key in answers if key not in known]
        for key in unknown[:MOST_UNKNOWN]:
            self._note(f"{prefix}{str(key)[:100]}", Flaw("form.unknown_key"))

    def _note(self, path: str, flaw: Flaw) -> None:
        self.flaws[path] = (*self.flaws.get(path, ()), flaw)

    def _spoken_of(self, path: str) -> bool:
        return any(key == path or key.startswith(f"{path}.") for key in self.flaws)

    def _forget(self, path: str) -> None:
        for key in [key for key in self.flaws if key == path or key.startswith(f"{path}.")]:
            del self.flaws[key]


def given(field: Field, answers: Mapping[str, Any], context: FormContext) -> object:
    """What was answered, else what is shown, else what the form proposes; a decision is always taken anew."""
    if field.key in answers:
        return answers[field.key]
    if not field.process and context.shown.get(field.key) is not None:
        return context.shown[field.key]
    return field.default


def _is_cleared(field: Field, context: FormContext) -> bool:
    return not field.process and context.shown.get(field.key) is not None
