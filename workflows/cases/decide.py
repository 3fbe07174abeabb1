"""Applying a decision table in a case, and keeping why: version, inputs, outputs, the rules that matched."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from workflows.cases.details import CaseDecision
from workflows.cases.models import Case
from workflows.catalog.decisions import table_in_force
from workflows.catalog.edition import Edition
from workflows.decisions import Decision, Definitions, Table, read_dmn
from workflows.decisions import evaluate as apply
from workflows.desk import Desk
from workflows.errors import Missing
from workflows.journal.seal import plain
from workflows.journal.write import note


@dataclass(frozen=True, slots=True)
class Found:
    """What a table gave: its version, what it was asked, what follows, and the rules that say so."""

    version: str
    inputs: Mapping[str, Any]
    values: Mapping[str, Any]
    rules: tuple[str, ...]


def evaluate(desk: Desk, case: Case, edition: Edition, decision: str, data: Mapping[str, Any]) -> Found:
    """Apply a table: the organisation's own in force now (it adds its ``plan``), else the process's own."""
    own = table_in_force(desk.session, case.organisation_id, decision, desk.now)
    text = own.dmn if own is not None else edition.table(decision)
    if text is None:
        raise Missing("decision.unknown", decision=decision)
    definitions = _definitions(text)
    wanted = definitions.find(decision)
    if wanted is None:
        raise Missing("decision.unknown", decision=decision)
    inputs = _asked(wanted, data)
    result = apply(definitions, decision, inputs, now=desk.now, strict=True)
    values = dict(result.outputs)
    if own is not None:
        values["plan"] = own.version
    return Found(own.version if own is not None else f"v{edition.number}", inputs, values, tuple(result.rules))


def keep(desk: Desk, case: Case, step: str, decision: str, found: Found) -> None:
    """Keep an evaluation with the case, so that it can be explained later; its journal says which rules spoke."""
    row = CaseDecision(case_id=case.id, step=step, decision=decision, version=found.version, at=desk.now)
    row.inputs, row.outputs, row.rules = plain(found.inputs), plain(found.values), list(found.rules)
    desk.session.add(row)
    told = {"decision": decision, "version": found.version, "rules": list(found.rules)}
    note(desk, "decision.made", case=case, step=step, **told)


def _asked(decision: Decision, data: Mapping[str, Any]) -> dict[str, Any]:
    """What of the data a table asks; a decision drawn otherwise is given all of it."""
    if not isinstance(decision.logic, Table):
        return dict(data)
    names: set[str] = set()
    for asked in decision.logic.inputs:
        expression = asked.asked.expression
        names |= expression.free_names if expression is not None else set()
    return {name: data[name] for name in sorted(names) if name in data}


@lru_cache(maxsize=256)
def _definitions(text: str) -> Definitions:
    return read_dmn(text.encode())
