"""The holidays and special hours of a body, by year: what was published, and the one verb that publishes a year."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, time
from itertools import pairwise
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from workflows.calendars.models import Calendar, CalendarException
from workflows.calendars.queries import forget_calendars
from workflows.desk import Desk
from workflows.errors import Conflict, Flaw, Invalid
from workflows.journal.write import note
from workflows.people.authority import may_keep_calendars
from workflows.people.models import Organisation

Opening = tuple[time, time]
LONGEST_NAME = 120
MOST_OPENINGS = 4
MOST_DAYS = 366


@dataclass(frozen=True, slots=True)
class SpecialDay:
    """A date that does not follow its weekday: closed without ``openings``, on every calendar without ``calendar``."""

    on: date
    name: str
    name_en: str | None = None
    calendar: str | None = None
    openings: tuple[Opening, ...] = ()


@dataclass(frozen=True, slots=True)
class PublishHolidays:
    """Make these the holidays and special hours of a year.

    ``seen`` is the fingerprint of what stood when they were drawn up, if the caller cares that nobody was faster.
    """

    year: int
    days: Sequence[SpecialDay]
    seen: str | None = None


def special_days(session: Session, organisation_id: UUID, year: int) -> tuple[SpecialDay, ...]:
    """What is published for a year, in order."""
    query = select(CalendarException).where(
        CalendarException.organisation_id == organisation_id,
        CalendarException.on.between(date(year, 1, 1), date(year, 12, 31)),
    )
    found: dict[tuple[date, str], list[CalendarException]] = {}
    for row in session.scalars(query.order_by(CalendarException.on, CalendarException.opens, CalendarException.id)):
        found.setdefault((row.on, row.calendar_code or ""), []).append(row)
    return tuple(_read(found[key]) for key in sorted(found))


def closing_calendars(session: Session, organisation_id: UUID) -> tuple[str, ...]:
    """The codes of the calendars that ever close: the others have no holidays."""
    query = select(Calendar.code).where(Calendar.organisation_id == organisation_id, Calendar.always.is_(False))
    return tuple(session.scalars(query.order_by(Calendar.code)))


def fingerprint(days: Iterable[SpecialDay]) -> str:
    """A short text that changes when any of these days does."""
    return hashlib.sha256(repr(sorted(map(repr, days))).encode()).hexdigest()[:16]


def check_day(day: SpecialDay, year: int, calendars: Iterable[str]) -> dict[str, Flaw]:
    """What is wrong with a day, by the part of it that is."""
    found = {}
    if day.on.year != year:
        found["on"] = Flaw("holidays.other_year", year=year)
    if not 1 <= len(day.name.strip()) <= LONGEST_NAME or len(day.name_en or "") > LONGEST_NAME:
        found["name"] = Flaw("holidays.name", limit=LONGEST_NAME)
    if day.calendar is not None and day.calendar not in calendars:
        found["calendar"] = Flaw("holidays.calendar")
    backwards = any(opens >= closes for opens, closes in day.openings)
    crossed = any(before[1] > after[0] for before, after in pairwise(day.openings))
    if backwards or crossed or len(day.openings) > MOST_OPENINGS:
        found["openings"] = Flaw("holidays.hours")
    return found


def check_together(days: Sequence[SpecialDay]) -> dict[int, Flaw]:
    """The days that another one speaks of already: the same date for the same calendar, or for all of them."""
    found = {}
    known: dict[date, set[str | None]] = {}
    for rank, day in enumerate(days):
        there = known.setdefault(day.on, set())
        if day.calendar in there or (there and None in (day.calendar, *there)):
            found[rank] = Flaw("holidays.twice")
        there.add(day.calendar)
    return found


def publish_holidays(desk: Desk, command: PublishHolidays) -> tuple[SpecialDay, ...]:
    """Publish the holidays of a year in the place of those that stood; deadlines already given do not move."""
    may_keep_calendars(desk.actor, refuse=True)
    organisation = desk.session.get_one(Organisation, desk.actor.organisation_id, with_for_update=True)
    before = special_days(desk.session, organisation.id, command.year)
    if command.seen is not None and command.seen != fingerprint(before):
        raise Conflict("holidays.changed", year=command.year)
    _must_be_sound(desk, organisation, command)
    gone = delete(CalendarException).where(
        CalendarException.organisation_id == organisation.id,
        CalendarException.on.between(date(command.year, 1, 1), date(command.year, 12, 31)),
    )
    desk.session.execute(gone)
    desk.session.add_all(row for day in command.days for row in _rows(organisation.id, day))
    desk.session.flush()
    forget_calendars(desk.session)
    after = special_days(desk.session, organisation.id, command.year)
    added, removed = _said(set(after) - set(before)), _said(set(before) - set(after))
    note(desk, "holidays.published", year=command.year, days=len(after), added=added, removed=removed)
    return after


def _must_be_sound(desk: Desk, organisation: Organisation, command: PublishHolidays) -> None:
    calendars = closing_calendars(desk.session, organisation.id)
    fields: dict[str, tuple[Flaw, ...]] = {}
    for rank, day in enumerate(command.days):
        fields.update({f"{rank}.{key}": (flaw,) for key, flaw in check_day(day, command.year, calendars).items()})
    for rank, flaw in check_together(command.days).items():
        fields[f"{rank}.on"] = (flaw,)
    if fields or len(command.days) > MOST_DAYS:
        raise Invalid("holidays.invalid", fields)


def _rows(organisation_id: UUID, day: SpecialDay) -> list[CalendarException]:
    hours: Sequence[tuple[time | None, time | None]] = day.openings or ((None, None),)
    return [
        CalendarException(
            organisation_id=organisation_id,
            calendar_code=day.calendar,
            on=day.on,
            opens=opens,
            closes=closes,
            name=day.name.strip(),
            name_en=(day.name_en or "").strip() or None,
        )
        for opens, closes in hours
    ]


def _read(rows: Sequence[CalendarException]) -> SpecialDay:
    openings = tuple((row.opens, row.closes) for row in rows if row.opens is not None and row.closes is not None)
    first = rows[0]
    return SpecialDay(first.on, first.name, first.name_en, first.calendar_code, openings)


def _said(days: Iterable[SpecialDay]) -> list[str]:
    """Days as the journal keeps them: the date, the calendar when it is only one, the hours when it is open."""
    return sorted(" ".join((day.on.isoformat(), *_precisely(day), day.name)) for day in days)


def _precisely(day: SpecialDay) -> list[str]:
    hours = [f"{opens:%H:%M}-{closes:%H:%M}" for opens, closes in day.openings]
    return [*([day.calendar] if day.calendar is not None else []), *hours]
