"""Running a case: begin it, or take it up again and move it by a person, a moment, a message."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from SpiffWorkflow.util.task import TaskState

from workflows.engine.blueprint import Blueprint
from workflows.engine.codec import load
from workflows.engine.data import clean_mapping
from workflows.engine.elements import put
from workflows.engine.errors import EngineError
from workflows.engine.live import Live
from workflows.engine.report import open_ids, progress, waits
from workflows.engine.values import Progress, Services, Wait
from workflows.engine.waiting import BoundaryEvent, CatchEvent, EventGateway
from workflows.engine.withdrawal import withdraw_all

MOST_LATE = 100
"""How many moments may have been missed before a move; more is a model whose moments never end."""


def begin(blueprint: Blueprint, services: Services, data: Mapping[str, object], message: str | None = None) -> Progress:
    """Create a case and run it to its next stop; ``message`` is the one that starts it, if one does."""
    live = Live(blueprint.spec, blueprint.called, services, clean_mapping(data))
    live.started_by = message
    live.go()
    return progress(blueprint, live, frozenset())


def resume(blueprint: Blueprint, state: bytes, services: Services) -> Run:
    """Take a case up where it stopped."""
    return Run(blueprint, load(blueprint, state, services))


class Run:
    """One case taken up: one move, then its progress. A move that raises is to be thrown away whole."""

    def __init__(self, blueprint: Blueprint, live: Live) -> None:
        self.blueprint = blueprint
        self.live = live
        self.before = open_ids(live)

    def complete(self, task: UUID, data: Mapping[str, object]) -> Progress:
        """A person has done an open task; what was answered lands under its step, replacing what was there."""
        self._catch_up()
        found = self.live.find(task)
        if found is None or not found.task_spec.manual or found._state != TaskState.READY:
            raise EngineError("engine.task_not_ready", None, task=str(task))
        put(found, clean_mapping(data))
        found.run()
        return self._go()

    def fire(self, timer: UUID) -> Progress:
        """A moment has come; nothing happens when it is no longer awaited, or not yet due."""
        found = self._waiting(timer)
        if found is not None:
            self._fire(found)
        return self._go()

    def deliver(self, wait: UUID, payload: Mapping[str, object], name: str | None = None) -> Progress:
        """A message or a signal has come; ``name`` says which arm of an event gateway it is for."""
        self._catch_up()
        found = self._waiting(wait)
        if found is None:
            raise EngineError("engine.not_awaited", None, wait=str(wait))
        spec = found.task_spec
        if isinstance(spec, EventGateway):
            arm = next((one for one in spec.outputs if one.named and one.named == (name or one.named)), None)
            if arm is None:
                raise EngineError("engine.not_awaited", spec.bpmn_id, message=name)
            spec.choose(found, arm, payload)
        else:
            spec.happen(found, payload)
        return self._go()

    def change(self, values: Mapping[str, object]) -> Progress:
        """Values that another case decides have changed: what was fixed from them is fixed anew, what is past comes."""
        self.live.store.update(clean_mapping(values))
        self.live.renew(frozenset(values))
        return self._go()

    def again(self) -> Progress:
        """Take up a case that was stopped: what has come meanwhile happens now."""
        self._catch_up()
        return self._go()

    def cancel(self) -> Progress:
        """Take everything back: the case ends here."""
        withdraw_all(self.live)
        return progress(self.blueprint, self.live, self.before)

    def view(self) -> Progress:
        """Where the case stands, nothing run."""
        return progress(self.blueprint, self.live, self.before)

    def _catch_up(self) -> None:
        """Let every moment that has come happen first, the earliest first, as if nobody had been late to say so."""
        now = self.live.services.now
        while late := _earliest(self.live, now):
            if len(self.live.fired) >= MOST_LATE:
                raise EngineError("engine.too_many_steps", late.step, limit=MOST_LATE)
            self._fire(self.live.find(late.id))
            self.live.fired.append(late)
            self.live.go()

    def _go(self) -> Progress:
        self.live.go()
        return progress(self.blueprint, self.live, self.before)

    def _waiting(self, wait: UUID) -> Any:
        found = self.live.find(wait)
        awaited = found is not None and isinstance(found.task_spec, CatchEvent | BoundaryEvent | EventGateway)
        return found if awaited and found._state == TaskState.WAITING else None

    def _fire(self, found: Any) -> None:
        spec, now = found.task_spec, self.live.services.now
        if isinstance(spec, EventGateway):
            dues = {arm.name: (spec.due(found, arm), arm) for arm in spec.outputs if arm.timer is not None}
            ready = sorted((due, name) for name, (due, _) in dues.items() if due is not None and due <= now)
            if ready:
                spec.choose(found, dues[ready[0][1]][1])
        elif spec.timer is not None and found.internal_data.get("due"):
            from_text = type(now).fromisoformat(found.internal_data["due"])
            if from_text <= now:
                spec.happen(found)


def _earliest(live: Live, now: datetime) -> Wait | None:
    """What has come first of the moments that are past."""
    past = [(wait.due_at, wait.step, wait) for wait in waits(live) if wait.due_at is not None and wait.due_at <= now]
    return min(past, key=lambda one: one[:2])[2] if past else None
