"""What a case waits for, as rows: set and cleared with each run, each timer with its job in the queue."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import and_, bindparam, delete, not_, select, text

from workflows.cases.details import Wait
from workflows.cases.models import Case, CaseState
from workflows.cases.reminders import KIND as REMINDER
from workflows.clock import is_simulated
from workflows.desk import Desk
from workflows.engine import Wait as EngineWait
from workflows.queue import cancel, defer

FIRE = "fire_timer"
RETRY = "retry_parked"
SOON = timedelta(minutes=1)
OF_CASE = select(Wait).where(Wait.case_id == bindparam("case"), Wait.kind != REMINDER)
NO_JOB = text(
    "not exists (select 1 from procrastinate_jobs job where job.id = waits.job_id and job.status in ('todo', 'doing'))"
)


def set_waits(desk: Desk, case: Case, waits: Iterable[EngineWait]) -> None:
    """Make the case's waits those that the engine reports: new ones added, those gone removed with their jobs."""
    wanted = _told_apart(waits)
    rows = desk.session.scalars(OF_CASE, {"case": case.id})
    known = {(row.id, row.name): row for row in rows}
    for key, row in known.items():
        if key not in wanted or _moved(case, row, wanted[key]):
            clear_wait(desk, row)
    gone = {key for key, row in known.items() if key in wanted and _moved(case, row, wanted[key])}
    if gone:
        desk.session.flush()
    fresh = [_row(desk, case, wait, key[1]) for key, wait in wanted.items() if key not in known or key in gone]
    desk.session.add_all(fresh)
    _defer(desk, case, fresh)


def _moved(case: Case, row: Wait, wait: EngineWait) -> bool:
    """Whether what is awaited was fixed anew: another moment, another correlation."""
    if wait.kind == "message":
        return row.correlation != (wait.correlation or case.number)
    return wait.kind == "timer" and row.due_at != wait.due_at


def clear_wait(desk: Desk, row: Wait) -> None:
    """Stop waiting for something; its job is taken back."""
    if row.job_id is not None:
        cancel(desk.session, row.job_id)
    desk.session.delete(row)


def clear_all(desk: Desk, case_id: UUID, outliving: Iterable[str] = ()) -> None:
    """Stop waiting for anything: the case has ended. What outlives it is still looked at."""
    mine = (Wait.case_id == case_id, not_(and_(Wait.kind == REMINDER, Wait.step.in_(list(outliving)))))
    gone = desk.session.scalars(delete(Wait).where(*mine).returning(Wait.job_id)).all()
    for job_id in gone:
        if job_id is not None:
            cancel(desk.session, job_id)


def ask_for_parked(desk: Desk, case: Case) -> None:
    """Let the messages in quarantine that a case waits for be tried again."""
    query = OF_CASE.where(Wait.kind == "message")
    for correlation in sorted({row.correlation or "" for row in desk.session.scalars(query, {"case": case.id})} - {""}):
        defer(desk.session, RETRY, organisation_id=str(case.organisation_id), correlation=correlation)


def _told_apart(waits: Iterable[EngineWait]) -> dict[tuple[UUID, str], EngineWait]:
    """Waits by id and message; of several timers at one gateway, the later ones go by their step."""
    found: dict[tuple[UUID, str], EngineWait] = {}
    for wait in waits:
        key = (wait.id, wait.name or "")
        found[key if key not in found else (wait.id, wait.step)] = wait
    return found


def _row(desk: Desk, case: Case, wait: EngineWait, name: str) -> Wait:
    return Wait(
        case_id=case.id,
        id=wait.id,
        name=name,
        kind=wait.kind,
        step=wait.step,
        correlation=(wait.correlation or case.number) if wait.kind == "message" else None,
        due_at=wait.due_at,
        attached_to=wait.attached_to,
        since=desk.now,
    )


def _defer(desk: Desk, case: Case, fresh: list[Wait]) -> None:
    """Jobs for the new waits: a timer fires by the wall clock; in simulation moving the clock fires it instead."""
    timers = [row for row in fresh if row.kind == "timer"]
    if timers and not is_simulated(desk.session):
        for row in timers:
            _put_in_queue(desk, row, row.due_at)
    for correlation in sorted({row.correlation for row in fresh if row.kind == "message" and row.correlation}):
        defer(desk.session, RETRY, organisation_id=str(case.organisation_id), correlation=correlation)


def put_off(desk: Desk, row: Wait) -> None:
    """A timer's job came early (two machines never agree on the time): let it come again.

    It comes as much later as it came early, a minute at most; ``recall_timers`` sees to the rest.
    """
    if row.due_at is not None and not is_simulated(desk.session):
        _put_in_queue(desk, row, row.due_at + min(row.due_at - desk.now, SOON))


def recall_timers(desk: Desk) -> int:
    """Put back in the queue the timers whose moment has come and whose job was lost; how many there were."""
    stopped = select(Case.id).where(Case.state == CaseState.FAILED)
    query = select(Wait).where(Wait.kind == "timer", Wait.due_at <= desk.now, NO_JOB, Wait.case_id.not_in(stopped))
    lost = desk.session.scalars(query.with_for_update(skip_locked=True)).all()
    for row in lost:
        _put_in_queue(desk, row, None)
    return len(lost)


def _put_in_queue(desk: Desk, row: Wait, at: datetime | None) -> None:
    row.job_id = defer(desk.session, FIRE, at=at, case_id=str(row.case_id), wait_id=str(row.id))
