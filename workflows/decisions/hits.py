"""What a table answers when several rules match, or none: the hit policies."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from workflows.decisions.errors import DecisionError
from workflows.decisions.models import Output, Rule, Table
from workflows.decisions.stage import Stage
from workflows.feel.library.totals import greatest, smallest, total

Row = dict[str, object]


@dataclass(frozen=True, slots=True)
class Hit:
    """A rule that matched, and what it says."""

    rule: Rule
    row: Row


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a decision: its value, the same by output name, and the rules behind it."""

    value: object
    outputs: Row
    rules: tuple[str, ...] = ()


def outcome_of(table: Table, hits: list[Hit], stage: Stage) -> Outcome:
    """The outcome of a table, as its hit policy says."""
    if table.policy in "RO" or (table.policy == "C" and not table.aggregation):
        ordered = by_priority(table, hits, stage) if table.policy == "O" else hits
        return _list(table, ordered)
    if table.policy == "C":
        return _aggregated(table, hits, stage)
    if not hits:
        return _default(table, stage)
    if table.policy == "U" and len(hits) > 1:
        raise DecisionError("decision.overlap", _rows(table, hits), table.line)
    if table.policy == "A" and any(hit.row != hits[0].row for hit in hits):
        raise DecisionError("decision.different_outputs", _rows(table, hits), table.line)
    if table.policy == "A":
        return _single(table, hits[0].row, hits)
    first = by_priority(table, hits, stage)[0] if table.policy == "P" else hits[0]
    return _single(table, first.row, [first])


def _rows(table: Table, hits: list[Hit]) -> dict[str, object]:
    return {
        "where": table.where,
        "rows": tuple(hit.rule.label for hit in hits),
        "numbers": tuple(hit.rule.row for hit in hits),
    }


def _labels(hits: list[Hit]) -> tuple[str, ...]:
    return tuple(hit.rule.label for hit in hits)


def _single(table: Table, row: Row, hits: list[Hit]) -> Outcome:
    value: object = row if len(table.outputs) > 1 else next(iter(row.values()))
    return Outcome(value, row, _labels(hits))


def _list(table: Table, hits: list[Hit]) -> Outcome:
    rows = [hit.row for hit in hits]
    outputs: Row = {output.name: [row[output.name] for row in rows] for output in table.outputs}
    value: object = rows if len(table.outputs) > 1 else outputs[table.outputs[0].name]
    return Outcome(value, outputs, _labels(hits))


def _default(table: Table, stage: Stage) -> Outcome:
    if not any(output.default for output in table.outputs):
        inputs = tuple(column.label for column in table.inputs)
        stage.refuse("decision.no_match", {"where": table.where, "inputs": inputs}, table.line)
    row = {output.name: stage.ask(output.default) if output.default else None for output in table.outputs}
    empty = not any(output.default for output in table.outputs)
    return Outcome(None, row) if empty else _single(table, row, [])


def _aggregated(table: Table, hits: list[Hit], stage: Stage) -> Outcome:
    name = table.outputs[0].name
    values = [hit.row[name] for hit in hits]
    if table.aggregation == "#":
        value: object = Decimal(len(values))
    elif not hits:
        return _default(table, stage)
    else:
        value = {"+": total, "<": smallest, ">": greatest}[table.aggregation](stage.run, values)
    return Outcome(value, {name: value}, _labels(hits))


def by_priority(table: Table, hits: list[Hit], stage: Stage) -> list[Hit]:
    """The hits whose outputs come first in the ordered values of their columns, the first column weighing most."""
    orders = {output.name: _ordered(output, stage) for output in table.outputs if output.values}

    def weight(hit: Hit) -> tuple[int, ...]:
        return tuple(_place(hit.row[name], values, table, stage) for name, values in orders.items())

    return sorted(hits, key=weight)


def _ordered(output: Output, stage: Stage) -> list[object]:
    values = stage.ask(output.values[0])
    return values if isinstance(values, list) else []


def _place(value: object, values: list[object], table: Table, stage: Stage) -> int:
    for place, known in enumerate(values):
        if type(known) is type(value) and known == value:
            return place
    stage.refuse("decision.no_order", {"where": table.where}, table.line)
    return len(values)
