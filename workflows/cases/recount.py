"""« Recalculer les échéances » : open tasks' deadlines counted again after a calendar changed, seen before it is done.

A deadline is fixed when its task is created; only this moves it. It is counted again from where its first count
began, with the same hours on the same calendar. What is closed stays as it was; what was returned keeps its remainder.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select

from workflows.calendars.count import read_count
from workflows.calendars.hours import CalendarExhausted
from workflows.calendars.queries import calendar_of
from workflows.cases.details import Wait
from workflows.cases.marks import Mark, marks, span_of
from workflows.cases.models import Case, Task, TaskState
from workflows.cases.reminders import KIND, POLICIES
from workflows.cases.store import look_at_case
from workflows.desk import Desk
from workflows.errors import Conflict, Missing
from workflows.journal.write import note
from workflows.people.authority import may_move_deadlines
from workflows.people.discretion import unhidden
from workflows.people.models import Organisation
from workflows.people.settings import setting

LIVE = (TaskState.OPEN, TaskState.CLAIMED)
Looked = tuple[Task, "Move | None"]


@dataclass(frozen=True, slots=True)
class MoveDeadlines:
    """Move the deadlines as a preview showed; ``seen`` is its fingerprint, ``case`` a number or an id when only one."""

    seen: str
    case: str | None = None


@dataclass(frozen=True, slots=True)
class Move:
    """A deadline that is counted elsewhere than it stands: which task of which case, from when to when."""

    task_id: UUID
    case_id: UUID
    number: str
    step: str
    title: str
    title_en: str
    role: str
    before: datetime
    after: datetime


@dataclass(frozen=True, slots=True)
class Recount:
    """What counting again would move, of how many open tasks with a counted deadline."""

    looked_at: int
    moves: tuple[Move, ...]

    @property
    def fingerprint(self) -> str:
        """A short text that changes when any of the moves does."""
        said = [(str(one.task_id), one.before.isoformat(), one.after.isoformat()) for one in self.moves]
        return hashlib.sha256(repr(said).encode()).hexdigest()[:16]


def preview_deadlines(desk: Desk, case: str | None = None) -> Recount:
    """Which deadlines would move, for every case of the body or only one; nothing is changed."""
    may_move_deadlines(desk.actor, refuse=True)
    return _told(_looked_at(desk, look_at_case(desk, case).id if case is not None else None))


def move_deadlines(desk: Desk, command: MoveDeadlines) -> Recount:
    """Move what the preview showed, each task journalled; refused when anything has changed since."""
    may_move_deadlines(desk.actor, refuse=True)
    only = look_at_case(desk, command.case).id if command.case is not None else None
    cases = _locked(desk, {task.case_id for task, move in _looked_at(desk, only) if move is not None})
    looked_at = _looked_at(desk, only)
    found = _told(looked_at)
    if found.fingerprint != command.seen or any(move.case_id not in cases for move in found.moves):
        raise Conflict("deadlines.changed")
    rows = _reminders(desk, cases)
    with desk.session.no_autoflush:
        for task, move in looked_at:
            if move is not None:
                _move(desk, cases[task.case_id], task, move, rows.get(task.id))
    desk.session.flush()
    return found


def _move(desk: Desk, case: Case, task: Task, move: Move, row: Wait | None) -> None:
    task.due_at = move.after
    task.counted = {**(task.counted or {}), "at": move.after.isoformat()}
    _remind(desk, task, move.after, row)
    note(desk, "task.due_moved", case=case, step=move.step, before=move.before, due_at=move.after)


def _told(looked_at: Sequence[Looked]) -> Recount:
    return Recount(len(looked_at), tuple(move for _task, move in looked_at if move is not None))


def _locked(desk: Desk, ids: set[UUID]) -> dict[UUID, Case]:
    """The cases, always locked in the same order: nobody else writes to them meanwhile."""
    query = select(Case).where(Case.id.in_(ids)).order_by(Case.id).with_for_update()
    return {case.id: case for case in desk.session.scalars(query.execution_options(populate_existing=True))}


def _reminders(desk: Desk, case_ids: Iterable[UUID]) -> dict[UUID, Wait]:
    """The rows by which tasks of some cases are looked at, by task."""
    query = select(Wait).where(Wait.case_id.in_(list(case_ids)), Wait.kind == KIND)
    return {row.id: row for row in desk.session.scalars(query.execution_options(populate_existing=True))}


def _looked_at(desk: Desk, case_id: UUID | None) -> list[Looked]:
    """The open tasks whose deadline was counted, each with its move if it has one."""
    organisation = desk.session.get_one(Organisation, desk.actor.organisation_id)
    query = select(Task, Case.number).join(Case, Case.id == Task.case_id)
    query = query.where(Task.organisation_id == organisation.id, Task.state.in_(LIVE), Case.ended_at.is_(None))
    query = query.where(Task.counted.is_not(None), Task.due_at.is_not(None), unhidden(desk.actor, Task.case_id))
    if case_id is not None:
        query = query.where(Task.case_id == case_id)
    rows = desk.session.execute(query.order_by(Task.id).execution_options(populate_existing=True)).all()
    return [(task, _told_move(task, number, _again(desk, organisation, task))) for task, number in rows]


def _told_move(task: Task, number: str, after: datetime | None) -> Move | None:
    if task.due_at is None or after is None or after == task.due_at:
        return None
    return Move(
        task_id=task.id,
        case_id=task.case_id,
        number=number,
        step=task.step,
        title=task.title,
        title_en=task.title_en,
        role=task.role,
        before=task.due_at,
        after=after,
    )


def _again(desk: Desk, organisation: Organisation, task: Task) -> datetime | None:
    """Where a task's deadline is counted now; None where nothing can tell, or where something else moved it since."""
    if task.counted is None:
        return None
    count, at = read_count(task.counted)
    if at != task.due_at:
        return None
    try:
        return count.again(lambda code: calendar_of(desk.session, organisation, code))
    except (Missing, CalendarExhausted):
        return None


def _remind(desk: Desk, task: Task, due: datetime, row: Wait | None) -> None:
    """Look at a task at the moments that its new deadline gives, from what was not yet done."""
    if task.policy not in POLICIES:
        return
    organisation = desk.session.get_one(Organisation, task.organisation_id)
    calendar = calendar_of(desk.session, organisation)
    span = timedelta(seconds=int(row.correlation or 0)) if row else span_of(calendar, task.created_at, due)
    found = marks(task.policy, calendar, due, span, setting(organisation, "delai_signature_ho"))
    following = _following(found, row.attached_to if row else None, desk.now)
    if following is None:
        return
    if row is None:
        row = Wait(case_id=task.case_id, id=task.id, name="", kind=KIND, step=task.step, since=desk.now)
        row.correlation = str(int(span.total_seconds()))
        desk.session.add(row)
    row.due_at, row.attached_to = following.at, following.what


def _following(found: Sequence[Mark], awaited: str | None, now: datetime) -> Mark | None:
    """The mark to wait for: the last one not done whose moment has passed, which is told at once, else the next."""
    rest = [mark.what for mark in found].index(awaited) if awaited is not None else len(found)
    passed = [mark for mark in found[rest:] if mark.at <= now]
    return passed[-1] if passed else next((mark for mark in found if mark.at > now), None)
