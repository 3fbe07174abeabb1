"""Small drawings for the engine's tests, and a house that lends what they ask."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from workflows.engine import Blueprint, OpenTask, Progress, begin, blueprint, resume

HEAD = (
    '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" '
    'xmlns:p="https://parcours.quebec/schema/bpmn/1.0" id="d">'
)


def drawn(body: str, more: str = "") -> Blueprint:
    """A blueprint from the elements of one process called ``m``, and whatever stands beside it."""
    source = f'{HEAD}{more}<process id="m" isExecutable="true">{body}</process></definitions>'
    return blueprint({"m.bpmn": source.encode()}, "m")


def flow(source: str, target: str, condition: str = "") -> str:
    """An arrow, with its condition if it has one."""
    held = f"<conditionExpression>{condition}</conditionExpression>" if condition else ""
    return f'<sequenceFlow id="{source}_{target}" sourceRef="{source}" targetRef="{target}">{held}</sequenceFlow>'


class House:
    """What a case asks of the house: a clock moved by hand, operations and decisions given as tables."""

    def __init__(self, **answers: Mapping[str, object]) -> None:
        self.now = datetime.fromisoformat("2026-12-07T09:00-05:00")
        self.functions: Mapping[str, Callable[..., object]] = {}
        self.answers = answers
        self.asked: list[tuple[str, dict[str, object]]] = []

    def operate(self, operation: str, step: str, data: Mapping[str, object]) -> Mapping[str, object]:
        self.asked.append((step, dict(data)))
        answer = self.answers.get(operation, {})
        if isinstance(answer, Exception):
            raise answer
        return answer

    decide = operate

    def wait(self, **span: float) -> None:
        self.now += timedelta(**span)


class Case:
    """A case that is saved and loaded again before every move."""

    def __init__(self, model: Blueprint, house: House, **data: object) -> None:
        self.model, self.house = model, house
        self.seen: list[str] = []
        self.at = self._keep(begin(model, house, data))

    def _keep(self, progress: Progress) -> Progress:
        self.at = progress
        self.seen += [passed.step for passed in progress.passed if passed.state == "TERMINEE"]
        return progress

    @property
    def open(self) -> list[str]:
        return sorted(task.step for task in self.at.open)

    @property
    def waits(self) -> list[tuple[str, str]]:
        return sorted((wait.step, wait.kind) for wait in self.at.waits)

    def task(self, step: str, item: int | None = None) -> OpenTask:
        return next(one for one in self.at.open if one.step == step and one.item == item)

    def do(self, step: str, item: int | None = None, **answers: Any) -> Progress:
        run = resume(self.model, self.at.state, self.house)
        return self._keep(run.complete(self.task(step, item).id, answers))

    def wait_id(self, step: str) -> UUID:
        return next(wait.id for wait in self.at.waits if wait.step == step)

    def fire(self, step: str) -> Progress:
        return self._keep(resume(self.model, self.at.state, self.house).fire(self.wait_id(step)))

    def tell(self, step: str, name: str | None = None, **payload: object) -> Progress:
        return self._keep(resume(self.model, self.at.state, self.house).deliver(self.wait_id(step), payload, name))

    def cancel(self) -> Progress:
        return self._keep(resume(self.model, self.at.state, self.house).cancel())
