"""The employee whom an arrival is about: the file, the first day, the person in the register."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select

from workflows.accesses.ledger import accesses_of
from workflows.accesses.models import Access
from workflows.calendars.hours import BusinessCalendar
from workflows.calendars.queries import calendar_of
from workflows.operations.asked import organisation_of
from workflows.operations.context import OperationContext
from workflows.people.directory import REFERENCE
from workflows.people.models import Person, Unit

FILE, NEEDS, WORK = "A04", "A08", "A16"
"""The steps whose answers are the file, the needs, and what is left of the needs once rules and owners have spoken."""
USUAL_HOUR = "08:30"
EARLY_DAYS = 20


def file_of(context: OperationContext) -> Mapping[str, Any]:
    """The arrival file, as announced or as completed."""
    return context.given(FILE)


def work_of(context: OperationContext) -> dict[str, Any]:
    """What is to be granted, as it stands."""
    return dict(context.given(WORK))


def employee_of(context: OperationContext) -> Person | None:
    """The person who arrives, None before anyone was named."""
    person_id = context.case.beneficiary_id
    return context.desk.session.get(Person, person_id) if person_id is not None else None


def reference_of(person: Person) -> str:
    """How messages name a person: ``E-`` and the employee number."""
    return f"{REFERENCE}{person.matricule}" if person.matricule else person.code


def calendar_for(context: OperationContext) -> BusinessCalendar:
    """The calendar of administrative deadlines."""
    return calendar_of(context.desk.session, organisation_of(context))


def first_day(context: OperationContext, day: str, hour: str | None) -> datetime:
    """The instant of the first day, on the organisation's clocks."""
    zone = ZoneInfo(organisation_of(context).timezone)
    return datetime.combine(date.fromisoformat(day), time.fromisoformat(hour or USUAL_HOUR), zone)


def days_before(context: OperationContext, day: str) -> int:
    """The business days strictly after today, up to and including the first day."""
    zone = ZoneInfo(organisation_of(context).timezone)
    today = context.desk.now.astimezone(zone).date()
    return calendar_for(context).business_days_between(today, date.fromisoformat(day))


def moments(context: OperationContext) -> dict[str, object]:
    """The first day, and when an arrival announced too early is taken up (20 business days before, at 08:30)."""
    told = file_of(context)
    entry = first_day(context, str(told["date_entree"]), told.get("heure_entree"))
    waiting = calendar_for(context).move_days(entry.date(), -EARLY_DAYS)
    opening = datetime.combine(waiting, time.fromisoformat(USUAL_HOUR), entry.tzinfo)
    return {"entree": entry.isoformat(), "attente": opening.isoformat()}


def unit_of(context: OperationContext, code: object) -> Unit | None:
    """The unit of a code."""
    same = (Unit.organisation_id == context.case.organisation_id, Unit.code == str(code))
    return context.desk.session.scalar(select(Unit).where(*same))


def place(context: OperationContext, person: Person, unit: Unit | None = None) -> None:
    """Put the case on the person and the unit: the person's own, unless another is announced."""
    case = context.case
    if unit is None and person.unit_id is not None:
        unit = context.desk.session.get(Unit, person.unit_id)
    case.beneficiary_id, case.unit_id = person.id, unit.id if unit is not None else None
    case.subject = f"Arrivée de {person.name}" + (f", {unit.code}" if unit is not None else "")


def end_of(context: OperationContext, day: object) -> datetime | None:
    """The instant at which an employment planned to end on a day is over: that day's midnight."""
    if not day:
        return None
    zone = ZoneInfo(organisation_of(context).timezone)
    return datetime.combine(date.fromisoformat(str(day)) + timedelta(days=1), time(), zone)


def own_accesses(context: OperationContext) -> list[Access]:
    """What this case granted."""
    person_id = context.case.beneficiary_id
    if person_id is None:
        return []
    return [row for row in accesses_of(context.desk.session, person_id) if row.case_id == context.case.id]
