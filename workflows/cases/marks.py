"""When a waiting task is looked at: a reminder, lateness, then what lateness leads to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from workflows.calendars.hours import BusinessCalendar

REMIND, LATE, ESCALATE = "RAPPEL", "RETARD", "ESCALADE"
ADMINISTRATIVE, SIGNATURE, SECURITY = "ESC-A", "ESC-D", "ESC-S"


@dataclass(frozen=True, slots=True)
class Mark:
    """A moment at which a task that still waits is looked at, and what for."""

    at: datetime
    what: str


def clock_of(policy: str | None, calendar: BusinessCalendar) -> BusinessCalendar:
    """The clock by which a policy counts: security never sleeps."""
    return BusinessCalendar(calendar.zone, always=True) if policy == SECURITY else calendar


def span_of(calendar: BusinessCalendar, opened: datetime, due: datetime) -> timedelta:
    """The business time that a task was given."""
    return calendar.between(opened, due)


def marks(
    policy: str, calendar: BusinessCalendar, due: datetime, span: timedelta, signature_hours: Sequence[int]
) -> tuple[Mark, ...]:
    """The moments of a policy, told from the due date so that a clock that stopped is counted with what was left."""
    if policy == SIGNATURE:
        first, late, last = (timedelta(hours=hours) for hours in signature_hours)
        before, after = late - first, last - late
    else:
        before, after = span / 2, span
    return (
        Mark(calendar.subtract(due, before), REMIND),
        Mark(due, LATE),
        Mark(calendar.add(due, after), ESCALATE),
    )
