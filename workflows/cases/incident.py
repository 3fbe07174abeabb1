"""A case that cannot go on stays at its last good state, shown in error; its journal says what stopped it."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from sqlalchemy.exc import OperationalError

from workflows.cases.models import Case, CaseState
from workflows.desk import Desk, system_actor
from workflows.engine import EngineError
from workflows.errors import Conflict, Forbidden, Invalid, Stopped, TooMany
from workflows.journal.write import note

log = logging.getLogger("parcours.cases")
FOR_PEOPLE = (Invalid, Forbidden, Conflict, TooMany)
"""What an operation may answer to the person whose move made it run; to a timer or a message, nobody is there."""
SAID = ("reason", "expression", "line", "column", "limit")
"""What of an engine's error is written down: what the model says, never the data of the case."""


@contextmanager
def or_stop(desk: Desk, case: Case, step: str | None, *, asked: bool = False) -> Iterator[None]:
    """Let a case move on, or stop it: whatever goes wrong undoes the whole move and is written down apart.

    ``asked``: a person makes this move, and is told what an operation refuses; that is no incident.
    """
    try:
        yield
    except OperationalError:
        raise
    except Exception as error:
        if isinstance(error, EngineError) and error.code == "engine.task_not_ready":
            raise Conflict("task.done") from error
        if asked and isinstance(error, FOR_PEOPLE):
            raise
        log.exception("case %s stopped at %s", case.number, step)
        raise _stopped(case, step, error) from error


def _stopped(case: Case, step: str | None, error: Exception) -> Stopped:
    case_id, organisation_id, number = case.id, case.organisation_id, case.number
    what = _told(error)
    where = (error.element if isinstance(error, EngineError) else None) or step

    def write_down(desk: Desk) -> None:
        _write_down(desk.acting_as(system_actor(organisation_id)), case_id, where, {"number": number, **what})

    return Stopped("case.stopped", write_down, number=number)


def _told(error: Exception) -> dict[str, object]:
    code = getattr(error, "code", None)
    told: dict[str, object] = {"code": code if isinstance(code, str) else type(error).__name__}
    if isinstance(error, EngineError):
        told |= {name: error.params[name] for name in SAID if name in error.params}
    return told


def _write_down(desk: Desk, case_id: UUID, step: str | None, what: dict[str, object]) -> None:
    """The incident, in its own transaction; of a case that could not even start, only the journal tells."""
    case = desk.session.get(Case, case_id, with_for_update=True, populate_existing=True)
    if case is not None and case.ended_at is None:
        case.state = CaseState.FAILED
        case.revision += 1
    note(desk, "case.failed", case=case, step=step, **what)
