"""Weighing a request against its budget unit's year and against its own kin.

A unit's money is read and written by one transaction at a time: whoever weighs holds the unit until the commit.
Reservations count in order of age; two of the very same instant, in the order of their cases. So of two requests
that cannot both pass under a ceiling, one always counts the other.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from workflows.contracts.fiscal import fiscal_year
from workflows.contracts.models import BudgetLine, OpeningBalance

RESERVED = "RESERVATION"
ENGAGED = "ENGAGEMENT"


@dataclass(frozen=True, slots=True)
class Request:
    """A request as its budget unit sees it; ``age`` is when it was submitted (R05)."""

    case_id: UUID
    number: str
    organisation_id: UUID
    unit_id: UUID
    age: datetime


@dataclass(frozen=True, slots=True)
class Terms:
    """How a request is weighed: at which instant, in which zone, related over how many days, without whom."""

    at: datetime
    zone: str
    window_days: int
    unlinked: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Related:
    """Another request of the same unit that counts with this one."""

    number: str
    cents: int
    submitted: datetime


@dataclass(frozen=True, slots=True)
class Weight:
    """What a request weighs: alone, with its related requests, and in the unit's year before and after it."""

    net_cents: int
    reference_cents: int
    before_cents: int
    after_cents: int
    fiscal_year: str
    related: tuple[Related, ...]


def hold_unit(session: Session, unit_id: UUID) -> None:
    """Take the unit's money in hand until the transaction ends; others wait."""
    key = int.from_bytes(hashlib.sha256(b"budget" + unit_id.bytes).digest()[:8], "big", signed=True)
    session.execute(select(func.pg_advisory_xact_lock(key)))


def weigh(session: Session, request: Request, net_cents: int, terms: Terms) -> Weight:
    """Weigh a request as its unit stands now, the unit held until the transaction ends."""
    hold_unit(session, request.unit_id)
    related = related_requests(session, request, terms)
    year = fiscal_year(terms.at, terms.zone)
    before = _before(session, request, year)
    reference = net_cents + sum(other.cents for other in related)
    return Weight(net_cents, reference, before, before + net_cents, year, related)


def related_requests(session: Session, request: Request, terms: Terms) -> tuple[Related, ...]:
    """Earlier requests of the same unit within the window, reserved or engaged, but for those unlinked."""
    live = BudgetLine.state.in_((RESERVED, ENGAGED))
    query = select(BudgetLine.number, BudgetLine.cents, BudgetLine.age).where(_others(request), live, _older(request))
    rows = session.execute(query.where(BudgetLine.age >= _window_opens(request, terms)).order_by(BudgetLine.age))
    return tuple(Related(*row) for row in rows if row.number not in terms.unlinked)


def _window_opens(request: Request, terms: Terms) -> datetime:
    """The first instant of the first day that counts, in local time."""
    zone = ZoneInfo(terms.zone)
    first = request.age.astimezone(zone).date() - timedelta(days=terms.window_days)
    return datetime(first.year, first.month, first.day, tzinfo=zone)


def _others(request: Request) -> ColumnElement[bool]:
    return and_(BudgetLine.unit_id == request.unit_id, BudgetLine.case_id != request.case_id)


def _older(request: Request) -> ColumnElement[bool]:
    same = and_(BudgetLine.age == request.age, BudgetLine.case_id < request.case_id)
    return or_(BudgetLine.age < request.age, same)


def _before(session: Session, request: Request, year: str) -> int:
    """What the unit's year holds before this request; a reservation counts in whatever year it is weighed."""
    engaged = and_(BudgetLine.state == ENGAGED, BudgetLine.fiscal_year == year)
    reserved = and_(BudgetLine.state == RESERVED, _older(request))
    bound = select(func.coalesce(func.sum(BudgetLine.cents), 0)).where(_others(request), or_(engaged, reserved))
    opening = select(func.coalesce(func.sum(OpeningBalance.cents), 0)).where(
        OpeningBalance.unit_id == request.unit_id, OpeningBalance.fiscal_year == year
    )
    return int(session.scalar(bound) or 0) + int(session.scalar(opening) or 0)
