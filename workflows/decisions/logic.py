"""Takes a decision: tables, expressions, and boxes of them."""

from __future__ import annotations

from workflows.decisions.fit import allowed, fitted
from workflows.decisions.hits import Hit, Outcome, outcome_of
from workflows.decisions.models import (
    BoxedContext,
    BoxedFilter,
    BoxedFunction,
    BoxedIf,
    BoxedList,
    BoxedRelation,
    BoxedTurns,
    Input,
    Invocation,
    Logic,
    Rule,
    Table,
    Typed,
    Written,
)
from workflows.decisions.stage import Stage
from workflows.decisions.turns import gone_through
from workflows.feel import Function, Run

FRAMES_OF_A_CALL = 12


def decide(table: Table, stage: Stage) -> Outcome:
    """Put the inputs to every rule, and answer as the hit policy says."""
    values = [_input_value(column, stage) for column in table.inputs]
    hits: list[Hit] = []
    for rule in table.rules:
        stage.run.budget.charge(1 + len(values))
        if all(stage.passes(cell, value) for cell, value in zip(rule.tests, values, strict=True)):
            hits.append(Hit(rule, _row(table, rule, stage)))
            if table.policy == "F":
                break
    return outcome_of(table, hits, stage)


def _input_value(column: Input, stage: Stage) -> object:
    value = fitted(stage.ask(column.asked), column.type, column.label, stage)
    allowed(value, column.type, column.label, stage)
    if column.allowed is not None and value is not None and not stage.passes(column.allowed, value):
        stage.refuse("decision.not_allowed", {"name": column.label}, column.asked.line)
    return value


def _row(table: Table, rule: Rule, stage: Stage) -> dict[str, object]:
    return {
        output.name: fitted(stage.ask(answer), output.type, output.name or table.where, stage)
        for output, answer in zip(table.outputs, rule.answers, strict=True)
    }


def answer(logic: Logic, stage: Stage) -> object:
    """The value of some logic."""
    if isinstance(logic, Written):
        return stage.ask(logic)
    if isinstance(logic, Typed):
        return fitted(answer(logic.logic, stage), logic.type, logic.where, stage)
    if isinstance(logic, Table):
        return decide(logic, stage).value
    if isinstance(logic, BoxedContext):
        return _context(logic, stage)
    if isinstance(logic, BoxedList):
        return [answer(item, stage) for item in logic.items]
    if isinstance(logic, BoxedRelation):
        return [dict(zip(logic.columns, (answer(cell, stage) for cell in row), strict=True)) for row in logic.rows]
    if isinstance(logic, BoxedIf):
        return answer(logic.then if answer(logic.condition, stage) is True else logic.otherwise, stage)
    if isinstance(logic, BoxedTurns | BoxedFilter):
        return gone_through(logic, stage, answer)
    if isinstance(logic, BoxedFunction):
        return function_of(logic, stage)
    return _invocation(logic, stage)


def _context(box: BoxedContext, stage: Stage) -> object:
    made: dict[str, object] = {}
    for name, kind, logic in box.entries:
        value = answer(logic, stage)
        if not name:
            return value
        made[name] = fitted(value, kind, name, stage)
        stage = stage.binding({name: made[name]})
    return made


def function_of(box: BoxedFunction, stage: Stage) -> Function:
    """A function that answers with its body, where it was written."""
    names = tuple(name for name, _ in box.parameters)

    def invoke(_run: Run, values: tuple[object, ...]) -> object:
        given = zip(box.parameters, values, strict=True)
        bound = {name: fitted(value, kind, name, stage) for (name, kind), value in given}
        return fitted(answer(box.body, stage.binding(bound)), box.type, "", stage)

    return Function(names, invoke, FRAMES_OF_A_CALL)


def _invocation(box: Invocation, stage: Stage) -> object:
    called = stage.ask(box.called)
    if not isinstance(called, Function):
        stage.refuse("decision.not_a_function", {"where": box.called.where, "text": box.called.text}, box.called.line)
        return None
    values = {name: answer(logic, stage) for name, logic in box.bindings}
    stage.run.budget.charge(1)
    stage.run.budget.enter(called.frames)
    try:
        return called.invoke(stage.run, tuple(values.get(name) for name in called.parameters))
    finally:
        stage.run.budget.leave(called.frames)
