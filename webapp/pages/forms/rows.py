"""Lists whose rows the case decides: one a gap to answer, named already and neither added nor taken away (D30)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workflows.forms import Field, Form

GIVEN = "rowsFrom"
"""The property of a list that says which rows it has: the fact of the case, then the question that each row fills."""


def given_rows(field: Field) -> tuple[str, str] | None:
    """The fact that gives a list its rows, and the question of a row that it answers; None for any other question."""
    told = str((field.component.get("properties") or {}).get(GIVEN) or "")
    fact, _dot, key = told.partition(".")
    return (fact, key) if key else None


def rows_from_facts(form: Form, facts: Mapping[str, Any]) -> dict[str, Any]:
    """The rows to answer, by list; a fact that says nothing leaves the list as it is."""
    found = {one.key: (given_rows(one), one) for one in form.fields}
    return {
        key: [{given[1]: value} for value in facts[given[0]]]
        for key, (given, _one) in found.items()
        if given is not None and facts.get(given[0])
    }
