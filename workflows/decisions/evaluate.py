"""Evaluates one decision of a file, and first those that it requires."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from workflows.decisions.errors import DecisionError, of_feel
from workflows.decisions.fit import allowed, fitted
from workflows.decisions.hits import Outcome
from workflows.decisions.logic import answer, decide, function_of
from workflows.decisions.models import Decision, DecisionResult, Definitions, Table
from workflows.decisions.stage import Stage
from workflows.feel import Budget, FeelError, Run, from_json, to_json

STEPS = 300_000
FRAMES = 300


def evaluate(
    definitions: Definitions,
    decision: str,
    inputs: Mapping[str, object],
    *,
    now: datetime | None = None,
    strict: bool = False,
) -> DecisionResult:
    """Take one decision, found by its id or its name, with this data at this moment."""
    wanted = definitions.find(decision)
    if wanted is None:
        raise DecisionError("decision.unknown", {"found": decision})
    run = Run(inputs, definitions.names, now, {}, Budget(STEPS, FRAMES))
    try:
        stage = Stage(definitions, run, strict, {})
        stage.bound.update({known.name: function_of(known.logic, stage) for known in definitions.knowledge.values()})
        outcome = _Evaluation(stage, inputs).outcome(wanted)
        value, outputs = to_json(outcome.value), to_json(outcome.outputs)
    except FeelError as error:
        raise of_feel(error, wanted.name, "", wanted.line) from None
    except RecursionError:
        raise of_feel(FeelError("feel.too_deep"), wanted.name, "", wanted.line) from None
    assert isinstance(outputs, dict)
    return DecisionResult(value, outcome.rules, wanted.id, outputs)


class _Evaluation:
    """One evaluation: each decision is taken once, however many others require it."""

    def __init__(self, stage: Stage, inputs: Mapping[str, object]) -> None:
        self.stage = stage
        self.inputs = inputs
        self.taken: dict[str, Outcome] = {}

    def outcome(self, decision: Decision) -> Outcome:
        """What came of a decision."""
        if decision.id not in self.taken:
            stage = self.stage.binding(self._known(decision.requires))
            self.taken[decision.id] = _taken(decision, stage)
        return self.taken[decision.id]

    def _known(self, requires: tuple[str, ...]) -> dict[str, object]:
        known: dict[str, object] = {}
        definitions = self.stage.definitions
        for key in requires:
            if key in definitions.inputs:
                known |= self._given(key)
            elif key in definitions.decisions:
                required = definitions.decisions[key]
                known[required.variable] = self.outcome(required).value
        return known

    def _given(self, key: str) -> dict[str, object]:
        data = self.stage.definitions.inputs[key]
        if data.name not in self.inputs:
            return {}
        value = fitted(from_json(self.inputs[data.name]), data.type, data.name, self.stage)
        allowed(value, data.type, data.name, self.stage)
        return {data.name: value}


def _taken(decision: Decision, stage: Stage) -> Outcome:
    if isinstance(decision.logic, Table):
        outcome = decide(decision.logic, stage)
        only = decision.logic.outputs[0].name
        if len(decision.logic.outputs) == 1 and not only:
            return Outcome(outcome.value, {decision.variable: outcome.value}, outcome.rules)
        return outcome
    value = fitted(answer(decision.logic, stage), decision.type, decision.name, stage)
    return Outcome(value, {decision.variable: value})
