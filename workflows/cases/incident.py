"""A case that cannot go on stays at its last good state, shown in error; its journal says what stopped it."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy.exc import OperationalError

from workflows.cases.echoed import tell_failed
from workflows.cases.incident_row import Incident, open_incident
from workflows.cases.models import Case, CaseState, Task, TaskState
from workflows.database import new_id
from workflows.desk import Desk, system_actor
from workflows.engine import EngineError
from workflows.errors import Conflict, Forbidden, Invalid, Stopped, TooMany
from workflows.journal.seal import plain
from workflows.journal.write import note
from workflows.notices.tell import tell
from workflows.people.authority import OPERATOR
from workflows.people.roles import holders_of

log = logging.getLogger("parcours.cases")
FOR_PEOPLE = (Invalid, Forbidden, Conflict, TooMany)
"""What an operation may answer to the person whose move made it run; to a timer or a message, nobody is there."""
SAID = ("reason", "expression", "line", "column", "limit", "error")
"""What of an engine's error is written down: what the model says, never the data of the case."""
DELAYS = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=2))
"""After which time a moment that failed is tried again by itself; after the last, an operator is needed."""


@dataclass(frozen=True, slots=True)
class Move:
    """What a case was about to do: a task with what was answered, a timer, a message, another try."""

    kind: str = "message"
    task_id: UUID | None = None
    person_id: UUID | None = None
    answers: Mapping[str, Any] | None = None
    asked: bool = False
    """A person makes this move, and is told what an operation refuses; that is no incident."""


@dataclass(frozen=True, slots=True)
class _Failure:
    case_id: UUID
    move: Move
    step: str | None
    reference: str
    number: str
    told: Mapping[str, object]


@contextmanager
def or_stop(desk: Desk, case: Case, step: str | None, move: Move) -> Iterator[None]:
    """Let a case move on, or stop it: whatever goes wrong undoes the whole move and is written down apart."""
    try:
        yield
    except OperationalError:
        raise
    except Exception as error:
        if isinstance(error, EngineError) and error.code == "engine.task_not_ready":
            raise Conflict("task.done") from error
        if move.asked and isinstance(error, FOR_PEOPLE):
            raise
        name = reference()
        log.exception("case %s stopped at %s, incident %s", case.number, step, name)
        where = (error.element if isinstance(error, EngineError) else None) or step
        failure = _Failure(case.id, move, where, name, case.number, _told(error))
        raise _stopped(case.organisation_id, failure) from error


def reference() -> str:
    """A name for an incident, said to people and written in the log."""
    return f"INC-{new_id().hex[-8:].upper()}"


def _stopped(organisation_id: UUID, failure: _Failure) -> Stopped:
    def write_down(desk: Desk) -> None:
        _write_down(desk.acting_as(system_actor(organisation_id)), failure)

    return Stopped("case.stopped", write_down, number=failure.number, reference=failure.reference)


def _told(error: Exception) -> dict[str, object]:
    code = getattr(error, "code", None)
    told: dict[str, object] = {"code": code if isinstance(code, str) else type(error).__name__}
    if isinstance(error, EngineError):
        told |= {name: error.params[name] for name in SAID if name in error.params}
    return told


def _write_down(desk: Desk, failure: _Failure) -> None:
    """The incident, in its own transaction; of a case that could not even start, only the journal tells."""
    case = desk.session.get(Case, failure.case_id, with_for_update=True, populate_existing=True)
    known = {"number": failure.number, "reference": failure.reference, **failure.told}
    if case is None or case.ended_at is not None:
        note(desk, "case.failed", case=case, step=failure.step, **known)
        return
    case.state = CaseState.FAILED
    case.revision += 1
    if stop(desk, case, failure.step, failure.move.kind, known):
        note(desk, "case.failed", case=case, step=failure.step, **known)
    _keep_answers(desk, case, failure.move)


def stop(desk: Desk, case: Case, step: str | None, move: str, known: Mapping[str, object]) -> bool:
    """Open the incident of a case, or note one more try that failed; whether it is a new one."""
    told = {key: value for key, value in known.items() if key not in ("number", "reference", "code")}
    incident = open_incident(desk.session, case.id)
    if incident is None:
        incident = Incident(
            case_id=case.id,
            reference=str(known["reference"]),
            move=move,
            step=step,
            code=str(known["code"]),
            params=plain(told),
            attempts=1,
            at=desk.now,
            last_at=desk.now,
        )
        incident.next_at = desk.now + DELAYS[0] if move == "timer" else None
        desk.session.add(incident)
        tell_failed(desk, case, step)
        tell(desk, "case.failed", holders_of(desk.session, case.organisation_id, OPERATOR, desk.now), case, step)
        return True
    incident.attempts += 1
    incident.reference = str(known["reference"])
    incident.step, incident.code, incident.params = step, str(known["code"]), plain(told)
    incident.last_at, incident.next_at = desk.now, None
    if incident.move == "timer" and incident.attempts <= len(DELAYS):
        incident.next_at = desk.now + DELAYS[incident.attempts - 1]
    return False


def _keep_answers(desk: Desk, case: Case, move: Move) -> None:
    """Keep what a person had answered as a draft in that person's hands: nothing is asked a second time."""
    task = desk.session.get(Task, move.task_id) if move.task_id is not None and move.answers else None
    if task is None or task.state not in (TaskState.OPEN, TaskState.CLAIMED):
        return
    if task.state == TaskState.OPEN:
        task.state, task.assignee_id = TaskState.CLAIMED, move.person_id
        note(desk, "task.claimed", case=case, step=task.step)
    if task.assignee_id == move.person_id:
        task.draft = plain(dict(move.answers or {}))
        task.revision += 1
        note(desk, "draft.saved", case=case, step=task.step)


def close_incident(desk: Desk, case: Case) -> None:
    """The case goes on: what stopped it is over."""
    incident = open_incident(desk.session, case.id)
    if incident is not None:
        incident.closed_at, incident.next_at = desk.now, None
