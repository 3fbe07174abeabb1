"""Evaluates one decision of a file, and first those that it requires."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from workflows.decisions.definitions import Decision, DecisionFunction, DecisionResult, Definitions, Knowledge
from workflows.decisions.errors import DecisionError, of_feel
from workflows.decisions.fit import allowed, fitted
from workflows.decisions.hits import Outcome
from workflows.decisions.logic import FRAMES_OF_A_CALL, answer, decide, function_of
from workflows.decisions.models import Table
from workflows.decisions.stage import Stage
from workflows.feel import Budget, FeelError, Function, Run, from_json, to_json

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
    """Take one decision, found by its id or its name, with this data at this moment; a decision service likewise."""
    wanted = definitions.find(decision)
    service = definitions.service(decision) if wanted is None else None
    if wanted is None and service is None:
        raise DecisionError("decision.unknown", {"found": decision})
    line = wanted.line if wanted is not None else None
    try:
        stage = staged(definitions, inputs, now, strict)
        taking = _Evaluation(stage, inputs)
        outcome = taking.served(service) if service is not None else taking.outcome(wanted)  # type: ignore[arg-type]
        value, outputs = to_json(outcome.value), to_json(outcome.outputs)
    except FeelError as error:
        raise of_feel(error, decision, "", line) from None
    except RecursionError:
        raise of_feel(FeelError("feel.too_deep"), decision, "", line) from None
    assert isinstance(outputs, dict)
    return DecisionResult(value, outcome.rules, decision if wanted is None else wanted.id, outputs)


def call(definitions: Definitions, name: str, inputs: Mapping[str, object], now: datetime | None = None) -> object:
    """What a business knowledge model answers, its parameters given by name; raises ``decision.unknown`` for none."""
    known = next((one for one in definitions.knowledge.values() if name in (one.id, one.name)), None)
    if known is None:
        raise DecisionError("decision.unknown", {"found": name})
    stage = staged(definitions, inputs, now, strict=False)
    function = _known_function(known, stage)
    try:
        return to_json(function.invoke(stage.run, tuple(from_json(inputs.get(one)) for one in function.parameters)))
    except FeelError as error:
        raise of_feel(error, name, "", None) from None


def staged(definitions: Definitions, inputs: Mapping[str, object], now: datetime | None, strict: bool) -> Stage:
    """A place to evaluate in: the file's functions known, nothing decided yet."""
    stage = Stage(definitions, Run(inputs, definitions.names, now, {}, Budget(STEPS, FRAMES)), strict, {})
    stage.bound.update({known.name: _known_function(known, stage) for known in definitions.knowledge.values()})
    stage.bound.update({one.name: _service_function(one, stage) for one in definitions.services.values()})
    return stage


def _known_function(known: Knowledge, stage: Stage) -> Function:
    """A knowledge model as a function, whose answers are of the type that its variable declares."""
    function, kind = function_of(known.logic, stage), stage.definitions.types.get(known.type)
    if kind is None or not kind.gives:
        return function

    def invoke(run: Run, values: tuple[object, ...]) -> object:
        return fitted(function.invoke(run, values), kind.gives, known.name, stage)

    return Function(function.parameters, invoke, function.frames)


def _service_function(service: DecisionFunction, stage: Stage) -> Function:
    """A decision service as a function: given its input data, then the decisions that it does not take itself."""
    definitions = stage.definitions
    data = [definitions.inputs[key].name for key in service.inputs if key in definitions.inputs]
    given = [definitions.decisions[key].variable for key in service.given if key in definitions.decisions]

    def invoke(_run: Run, values: tuple[object, ...]) -> object:
        known = dict(zip((*data, *given), values, strict=True))
        return _Evaluation(stage, known).served(service).value

    return Function((*data, *given), invoke, FRAMES_OF_A_CALL)


class _Evaluation:
    """One evaluation: each decision is taken once, however many others require it."""

    def __init__(self, stage: Stage, inputs: Mapping[str, object]) -> None:
        self.stage = stage
        self.inputs = inputs
        self.taken: dict[str, Outcome] = {}

    def served(self, service: DecisionFunction) -> Outcome:
        """What a decision service answers: one decision's outcome, or that of each by its name."""
        decisions = self.stage.definitions.decisions
        for key in service.given:
            if key in decisions and decisions[key].variable in self.inputs:
                value = from_json(self.inputs[decisions[key].variable])
                value = fitted(value, decisions[key].type, decisions[key].name, self.stage)
                self.taken[key] = Outcome(value, {decisions[key].variable: value})
        found = {decisions[key].variable: self.outcome(decisions[key]) for key in service.outputs if key in decisions}
        values: dict[str, object] = {name: outcome.value for name, outcome in found.items()}
        only = next(iter(found.values())) if len(found) == 1 else Outcome(values, values)
        kind = self.stage.definitions.types.get(service.type)
        if kind is None or not kind.gives:
            return only
        return Outcome(fitted(only.value, kind.gives, service.name, self.stage), only.outputs, only.rules)

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
        value = fitted(from_json(self.inputs[data.name]), data.type, data.name, self.stage, partial=True)
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
