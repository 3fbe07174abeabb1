"""The calendars of an organisation, ready to count with."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, time
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import bindparam, func, or_, select
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Session

from workflows.calendars.hours import BusinessCalendar, DatedWindow
from workflows.calendars.models import Calendar, CalendarException, CalendarWindow
from workflows.errors import Missing

CACHE = "calendars"
WINDOWS = (
    select(
        func.jsonb_agg(
            func.jsonb_build_array(
                CalendarWindow.weekday,
                CalendarWindow.opens,
                CalendarWindow.closes,
                CalendarWindow.valid_from,
                CalendarWindow.valid_until,
            ),
            type_=JSONB,
        )
    )
    .where(CalendarWindow.calendar_id == Calendar.id)
    .scalar_subquery()
)
EXCEPTIONS = (
    select(
        func.jsonb_agg(
            func.jsonb_build_array(CalendarException.on, CalendarException.opens, CalendarException.closes),
            type_=JSONB,
        )
    )
    .where(
        CalendarException.organisation_id == Calendar.organisation_id,
        or_(CalendarException.calendar_code.is_(None), CalendarException.calendar_code == Calendar.code),
    )
    .scalar_subquery()
)

WHOLE = select(Calendar.always, WINDOWS.label("windows"), EXCEPTIONS.label("exceptions")).where(
    Calendar.organisation_id == bindparam("organisation"), Calendar.code == bindparam("calendar")
)


def calendar_of(session: Session, organisation: Any, code: str = "CAL_ORG") -> BusinessCalendar:
    """An organisation's calendar by its code; raises ``Missing("calendar.unknown")``. Read once a session."""
    cache: dict[tuple[UUID, str], BusinessCalendar] = session.info.setdefault(CACHE, {})
    key = (organisation.id, code)
    if key not in cache:
        cache[key] = _read(session, key[0], organisation.timezone, code)
    return cache[key]


def forget_calendars(session: Session) -> None:
    """Read calendars anew: they have just changed."""
    session.info.pop(CACHE, None)


def _read(session: Session, organisation_id: UUID, timezone: str, code: str) -> BusinessCalendar:
    """One statement for the calendar, its windows and its exceptions: every due date of a request asks for it."""
    row = session.execute(WHOLE, {"organisation": organisation_id, "calendar": code}).first()
    if row is None:
        raise Missing("calendar.unknown", calendar=code)
    return BusinessCalendar(
        zone=ZoneInfo(timezone),
        windows=tuple(_window(*told) for told in row.windows or ()),
        exceptions=_exceptions(row.exceptions or ()),
        always=row.always,
    )


def _window(weekday: int, opens: str, closes: str, since: str | None, until: str | None) -> DatedWindow:
    return DatedWindow(weekday, time.fromisoformat(opens), time.fromisoformat(closes), _date(since), _date(until))


def _exceptions(told: Iterable[tuple[str, str | None, str | None]]) -> dict[date, list[tuple[time, time]]]:
    found: dict[date, list[tuple[time, time]]] = {}
    for on, opens, closes in told:
        hours = found.setdefault(date.fromisoformat(on), [])
        if opens is not None and closes is not None:
            hours.append((time.fromisoformat(opens), time.fromisoformat(closes)))
    return found


def _date(told: str | None) -> date | None:
    return date.fromisoformat(told) if told is not None else None
