"""The calendars of an organisation, ready to count with."""

from __future__ import annotations

from datetime import date, time
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from workflows.calendars.hours import BusinessCalendar, DatedWindow
from workflows.calendars.models import Calendar, CalendarException, CalendarWindow
from workflows.errors import Missing

CACHE = "calendars"


def calendar_of(session: Session, organisation: Any, code: str = "CAL_ORG") -> BusinessCalendar:
    """An organisation's calendar by its code; raises ``Missing("calendar.unknown")``. Read once a session."""
    cache: dict[tuple[UUID, str], BusinessCalendar] = session.info.setdefault(CACHE, {})
    key = (organisation.id, code)
    if key not in cache:
        cache[key] = _read(session, key[0], organisation.timezone, code)
    return cache[key]


def _read(session: Session, organisation_id: UUID, timezone: str, code: str) -> BusinessCalendar:
    query = select(Calendar).where(Calendar.organisation_id == organisation_id, Calendar.code == code)
    calendar = session.scalar(query)
    if calendar is None:
        raise Missing("calendar.unknown", calendar=code)
    windows = session.scalars(select(CalendarWindow).where(CalendarWindow.calendar_id == calendar.id))
    return BusinessCalendar(
        zone=ZoneInfo(timezone),
        windows=tuple(DatedWindow(w.weekday, w.opens, w.closes, w.valid_from, w.valid_until) for w in windows),
        exceptions=_exceptions(session, organisation_id, code),
        always=calendar.always,
    )


def _exceptions(session: Session, organisation_id: UUID, code: str) -> dict[date, list[tuple[time, time]]]:
    query = select(CalendarException).where(
        CalendarException.organisation_id == organisation_id,
        or_(CalendarException.calendar_code.is_(None), CalendarException.calendar_code == code),
    )
    found: dict[date, list[tuple[time, time]]] = {}
    for row in session.scalars(query):
        hours = found.setdefault(row.on, [])
        if row.opens is not None and row.closes is not None:
            hours.append((row.opens, row.closes))
    return found
