"""What falls due next, from every room that waits for a moment."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows.cases.authority_moments import authority_changed, next_change
from workflows.cases.details import Wait
from workflows.cases.escalate import look_at_waiting
from workflows.cases.fire import fire_timer
from workflows.cases.incident_row import Incident
from workflows.cases.models import Case, CaseState
from workflows.cases.reminders import KIND
from workflows.cases.retry import retry_by_itself
from workflows.cases.role_moments import next_role_moment
from workflows.clock import business_now
from workflows.deliveries.attempt import next_head, take
from workflows.desk import Desk
from workflows.messages.between import next_planned, open_due
from workflows.worker.outbound import OpenDesk, finish


@dataclass(frozen=True, slots=True)
class Due:
    """Something that falls due at an instant, and how it happens.

    What keeps others waiting happens in ``after``, at desks of its own, once the first part is committed; it is given
    what the first part handed back, and left out when that is nothing.
    """

    at: datetime
    organisation_id: UUID | None
    happen: Callable[[Desk], object]
    after: Callable[[OpenDesk, Any], object] | None = None


def next_due(session: Session, until: datetime) -> Due | None:
    """What falls due first, up to an instant; None when nothing does."""
    found = [due for due in (source(session, until) for source in SOURCES) if due is not None]
    return min(found, key=lambda due: due.at, default=None)


def _timer(session: Session, until: datetime) -> Due | None:
    """The first timer of any case; of several at one instant, the oldest."""
    query = select(Wait.due_at, Wait.case_id, Wait.id, Case.organisation_id).join(Case, Case.id == Wait.case_id)
    query = query.where(Wait.kind == "timer", Wait.due_at <= until, Case.state != CaseState.FAILED)
    query = query.order_by(Wait.due_at, Wait.id).limit(1)
    row = session.execute(query).first()
    if row is None or row.due_at is None:
        return None
    case_id, wait_id = row.case_id, row.id
    return Due(row.due_at, row.organisation_id, lambda desk: fire_timer(desk, case_id, wait_id))


def next_reminder(session: Session, until: datetime) -> Due | None:
    """The first task that is to be looked at while it waits."""
    query = select(Wait.due_at, Wait.case_id, Wait.id, Case.organisation_id).join(Case, Case.id == Wait.case_id)
    query = query.where(Wait.kind == KIND, Wait.due_at <= until).order_by(Wait.due_at, Wait.id).limit(1)
    row = session.execute(query).first()
    if row is None or row.due_at is None:
        return None
    case_id, task_id = row.case_id, row.id
    return Due(row.due_at, row.organisation_id, lambda desk: look_at_waiting(desk, case_id, task_id))


def next_retry(session: Session, until: datetime) -> Due | None:
    """The first case in error that is to be tried again by itself."""
    query = select(Incident.next_at, Incident.id, Case.organisation_id).join(Case, Case.id == Incident.case_id)
    query = query.where(Incident.next_at <= until).order_by(Incident.next_at, Incident.id).limit(1)
    row = session.execute(query).first()
    if row is None or row.next_at is None:
        return None
    incident_id = row.id
    return Due(row.next_at, row.organisation_id, lambda desk: retry_by_itself(desk, incident_id))


def next_opening(session: Session, until: datetime) -> Due | None:
    """The first case that another has planned and whose process is published."""
    found = next_planned(session, until)
    if found is None or found.opens_at is None:
        return None
    message_id = found.id
    return Due(found.opens_at, found.organisation_id, lambda desk: open_due(desk, message_id))


def next_role(session: Session, until: datetime) -> Due | None:
    """The first role that comes to its end, or near it."""
    found = next_role_moment(session, until)
    return Due(found.at, found.organisation_id, found.happen) if found is not None else None


def next_of(session: Session, until: datetime) -> Due | None:
    """What falls due first besides timers and authority: they have jobs of their own on the wall clock."""
    asked = (next_role, next_retry, next_reminder, next_opening)
    return next((due for ask in asked if (due := ask(session, until)) is not None), None)


def _authority(session: Session, until: datetime) -> Due | None:
    """The next moment at which someone's authority starts or ends."""
    at = next_change(session, business_now(session), until)
    return Due(at, None, authority_changed) if at is not None else None


def _delivery(session: Session, until: datetime) -> Due | None:
    """The first message that is to be sent outside, for the first time or again."""
    found = next_head(session, until)
    if found is None:
        return None
    at, lane = found
    return Due(at, lane.organisation_id, lambda desk: take(desk, lane), lambda desks, held: finish(desks, lane, held))


Source = Callable[[Session, datetime], Due | None]
SOURCES: tuple[Source, ...] = (next_role, _authority, _timer, next_opening, next_retry, next_reminder, _delivery)
"""In order: at one instant, the first source goes first (who may act is settled before anything asks it)."""
