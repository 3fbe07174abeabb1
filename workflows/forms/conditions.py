"""FEEL over the answers of a form: nothing that is missing is an error, it is simply not there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workflows.feel import FeelError, compile_expression
from workflows.forms.context import FormContext


class Scope:
    """What the conditions of a form read: the answers first, then what is shown, then what is known."""

    def __init__(self, context: FormContext, records: Mapping[str, object]) -> None:
        self.context = context
        self.answers: dict[str, Any] = {}
        self.records = records

    def holds(self, text: str | None, inner: Mapping[str, Any] | None = None) -> bool:
        """Whether a condition is true; unknown is not true."""
        return text is not None and self._value(text, inner or {}) is True

    def forbids(self, text: str | None, inner: Mapping[str, Any] | None = None) -> bool:
        """Whether a refusal applies; one that cannot be told does."""
        if text is None:
            return False
        try:
            return self._evaluated(text, inner or {}) is True
        except FeelError:
            return True

    def _value(self, text: str, inner: Mapping[str, Any]) -> object:
        try:
            return self._evaluated(text, inner)
        except FeelError:
            return None

    def _evaluated(self, text: str, inner: Mapping[str, Any]) -> object:
        expression = compile_expression(text.strip().removeprefix("="))
        names = expression.free_names | expression.filter_names
        scope = {name: self._named(name, inner) for name in names}
        return expression.evaluate(scope, now=self.context.local_now)

    def _named(self, name: str, inner: Mapping[str, Any]) -> object:
        if name == "fiche":
            return self.records
        places: tuple[Mapping[str, Any], ...] = (inner, self.answers, self.context.known)
        return next((place[name] for place in places if name in place), None)
