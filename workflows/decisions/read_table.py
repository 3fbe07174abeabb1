"""Reads a decision table."""

from __future__ import annotations

from workflows.decisions.errors import DecisionError
from workflows.decisions.models import Input, Output, Rule, Table, Written
from workflows.decisions.read_types import type_of
from workflows.decisions.texts import Texts
from workflows.decisions.xml import Element, attribute, child, children, line_of, text_in

MAX_RULES = 2_000
POLICIES = {
    "UNIQUE": "U", "ANY": "A", "PRIORITY": "P", "FIRST": "F",
    "RULE ORDER": "R", "OUTPUT ORDER": "O", "COLLECT": "C",
}  # fmt: skip
AGGREGATIONS = {"": "", "SUM": "+", "MIN": "<", "MAX": ">", "COUNT": "#"}


def read_table(element: Element, where: str, texts: Texts) -> Table:
    """A table, each of its cells read."""
    policy, aggregation = attribute(element, "hitPolicy", "UNIQUE"), attribute(element, "aggregation")
    if policy not in POLICIES or aggregation not in AGGREGATIONS:
        found = aggregation if policy in POLICIES else policy
        raise DecisionError("decision.hit_policy", {"found": found}, line_of(element))
    inputs = tuple(_input(column, where, texts) for column in children(element, "input"))
    columns = list(children(element, "output"))
    outputs = tuple(_output(column, where, texts) for column in columns)
    names = [output.name for output in outputs]
    if not outputs or (len(outputs) > 1 and (len(set(names)) < len(names) or "" in names)):
        raise DecisionError("decision.output_name", {"where": where}, line_of(element))
    if aggregation and policy == "COLLECT" and len(outputs) > 1:
        raise DecisionError("decision.aggregation", {"where": where}, line_of(element))
    rules = tuple(_rule(row, number, where, texts) for number, row in enumerate(children(element, "rule"), start=1))
    table = Table(where, POLICIES[policy], AGGREGATIONS[aggregation], inputs, outputs, rules, line_of(element))
    _check(table)
    return table


def _check(table: Table) -> None:
    if len(table.rules) > MAX_RULES:
        raise DecisionError("decision.too_many_rules", {"where": table.where, "limit": MAX_RULES}, table.line)
    for rule in table.rules:
        if len(rule.tests) != len(table.inputs) or len(rule.answers) != len(table.outputs):
            raise DecisionError("decision.cells", {"row": rule.row, "where": table.where}, table.line)


def _input(element: Element, where: str, texts: Texts) -> Input:
    asked = child(element, "inputExpression")
    if asked is None:
        raise DecisionError("decision.unsupported", {"found": "input", "where": where}, line_of(element))
    label = attribute(element, "label") or text_in(asked) or attribute(element, "id")
    allowed = child(element, "inputValues")
    return Input(
        label=label,
        asked=texts.written(asked, f"{where} / {label}"),
        type=type_of(asked),
        allowed=None if allowed is None else texts.cell(allowed, f"{where} / {label}"),
    )


def _output(element: Element, where: str, texts: Texts) -> Output:
    name = attribute(element, "name")
    place = f"{where} / {name or attribute(element, 'label')}"
    default = child(element, "defaultOutputEntry")
    return Output(
        name=name,
        type=type_of(element),
        values=_ordered_values(child(element, "outputValues"), place, texts),
        default=None if default is None or not text_in(default) else texts.written(default, place),
    )


def _ordered_values(element: Element | None, where: str, texts: Texts) -> tuple[Written, ...]:
    if element is None or not text_in(element):
        return ()
    return (texts.spelled(f"[{text_in(element)}]", where, line_of(element)),)


def _rule(element: Element, row: int, where: str, texts: Texts) -> Rule:
    place = f"{where} / {row}"
    noted = [text_in(note) for note in children(element, "annotationEntry") if text_in(note)]
    described = text_in(element, "description")
    return Rule(
        row=row,
        label=(noted[0] if noted else described) or attribute(element, "id") or str(row),
        tests=tuple(texts.cell(cell, place) for cell in children(element, "inputEntry")),
        answers=tuple(texts.written(cell, place) for cell in children(element, "outputEntry")),
    )
