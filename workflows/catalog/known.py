"""What the drawings of a folder may name: roles and operations of the house, forms and tables that lie beside them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from workflows.decisions import DecisionError, Definitions, Table, read_dmn
from workflows.engine import Known
from workflows.errors import Invalid
from workflows.forms import Form
from workflows.people.role_codes import HOUSE, ROLE_CODES

FOLDER, SUFFIX, TABLE = "forms/", ".json", ".dmn"
DECIDED = frozenset({"decision"})
"""What the house itself may answer in a task's stead, when a guard sends a case another way."""
PLAN = frozenset({"plan"})
"""What an organisation's own table adds: its version."""


def known_in(sources: Mapping[str, bytes], about: Mapping[str, Any], operations: frozenset[str] | None = None) -> Known:
    """What the files of a folder offer to its drawings; a file that cannot be read offers anything."""
    forms = {
        name.removeprefix(FOLDER).removesuffix(SUFFIX): _read_by_drawings(source)
        for name, source in sources.items()
        if name.startswith(FOLDER) and name.endswith(SUFFIX)
    }
    asked = about.get("forms")
    return Known(
        roles=ROLE_CODES | {HOUSE},
        operations=operations,
        forms={name: keys for name, keys in forms.items() if keys is not None},
        asked={str(step): str(form) for step, form in asked.items()} if isinstance(asked, dict) else {},
        tables=_tables(sources),
    )


def _read_by_drawings(source: bytes) -> frozenset[str] | None:
    """The answers of a form that a drawing may read."""
    try:
        form = Form.load(json.loads(source.decode("utf-8")))
    except (ValueError, RecursionError, Invalid):
        return None
    return frozenset(field.key for field in form.fields if field.process) | DECIDED


def _tables(sources: Mapping[str, bytes]) -> dict[str, frozenset[str]]:
    """The names of the outputs of each table; one that is not a table may give anything, and is left out."""
    found: dict[str, frozenset[str]] = {}
    for name, source in sources.items():
        if name.endswith(TABLE):
            try:
                outputs = _outputs(read_dmn(source), name.removesuffix(TABLE))
            except DecisionError:
                outputs = None
            if outputs is not None:
                found[name.removesuffix(TABLE)] = outputs | PLAN
    return found


def _outputs(definitions: Definitions, key: str) -> frozenset[str] | None:
    decision = definitions.find(key)
    if decision is None or not isinstance(decision.logic, Table):
        return None
    return frozenset(output.name for output in decision.logic.outputs)
