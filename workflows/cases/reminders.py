"""The next moment at which each waiting task is looked at: one row a task, moved on as moments pass."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

from sqlalchemy import delete

from workflows.calendars.hours import BusinessCalendar
from workflows.cases.details import Wait
from workflows.cases.marks import ADMINISTRATIVE, SECURITY, SIGNATURE, Mark, clock_of, marks, span_of
from workflows.cases.models import Task
from workflows.desk import Desk
from workflows.people.models import Organisation
from workflows.people.settings import setting

KIND = "reminder"
POLICIES = (ADMINISTRATIVE, SIGNATURE, SECURITY)


def arm(desk: Desk, calendar: BusinessCalendar, task: Task) -> None:
    """Look at a task that has just opened when its policy says so."""
    if task.policy not in POLICIES or task.due_at is None:
        return
    span = span_of(clock_of(task.policy, calendar), task.created_at, task.due_at)
    first = _first(desk, calendar, task, span)
    if first is None:
        return
    row = Wait(case_id=task.case_id, id=task.id, name="", kind=KIND, step=task.step, since=desk.now)
    row.correlation = str(int(span.total_seconds()))
    row.due_at, row.attached_to = first.at, first.what
    desk.session.add(row)


def arm_again(desk: Desk, calendar: BusinessCalendar, task: Task) -> None:
    """Look again at a task whose clock had stopped, from what was left of it."""
    row = desk.session.get(Wait, (task.case_id, task.id, ""))
    if row is not None:
        move_on(desk, calendar, task, row)


def move_on(desk: Desk, calendar: BusinessCalendar, task: Task, row: Wait) -> None:
    """Wait for the policy's next moment, if there is one left."""
    following = _first(desk, calendar, task, timedelta(seconds=int(row.correlation or 0)))
    if following is None:
        desk.session.delete(row)
        return
    row.due_at, row.attached_to = following.at, following.what


def pause(desk: Desk, task: Task) -> None:
    """Stop looking at a task while it waits for details."""
    row = desk.session.get(Wait, (task.case_id, task.id, ""))
    if row is not None:
        row.due_at = None


def disarm(desk: Desk, case_id: UUID, task_ids: Iterable[UUID]) -> None:
    """Stop looking at tasks that are closed."""
    ids = list(task_ids)
    if ids:
        gone = delete(Wait).where(Wait.case_id == case_id, Wait.id.in_(ids), Wait.kind == KIND)
        desk.session.execute(gone)


def _first(desk: Desk, calendar: BusinessCalendar, task: Task, span: timedelta) -> Mark | None:
    """The policy's first moment that has not come yet."""
    if task.due_at is None or task.policy is None:
        return None
    organisation = desk.session.get_one(Organisation, task.organisation_id)
    hours = setting(organisation, "delai_signature_ho")
    found = marks(task.policy, clock_of(task.policy, calendar), task.due_at, span, hours)
    return next((mark for mark in found if mark.at > desk.now), None)
