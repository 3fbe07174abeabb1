"""Who waits for what until the day that a process prepares (day 1 of an arrival): open work, coming work, days left."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from webapp.pages.checklist import DONE, Item
from workflows.calendars.hours import BusinessCalendar
from workflows.calendars.queries import calendar_of
from workflows.cases.given import Given
from workflows.cases.models import Case
from workflows.cases.views import OpenTaskRow, StepRow
from workflows.desk import Desk
from workflows.people.models import Organisation


@dataclass(frozen=True, slots=True)
class Standing:
    """One case as it stands for a reader: what its process tells, what it passed, what is open."""

    desk: Desk
    case: Case
    about: Mapping[str, Any]
    passed: Sequence[StepRow]
    open_tasks: Sequence[OpenTaskRow]
    language: str

    @property
    def calendar(self) -> BusinessCalendar:
        """The business hours of the body whose case it is."""
        return calendar_of(self.desk.session, self.desk.session.get_one(Organisation, self.case.organisation_id))


@dataclass(frozen=True, slots=True)
class Work:
    """One piece of work: the task when it is open, else the line of the checklist that is to come."""

    task: OpenTaskRow | None
    item: Item | None
    due_at: datetime | None
    late: bool


@dataclass(frozen=True, slots=True)
class Countdown:
    """What is left to do until a day, how many business days that is, whether it is today or past."""

    title: str
    called: str
    at: datetime
    days: int
    today: bool
    past: bool
    instant: bool
    """Whether it is an instant that is counted to, and not a day as a whole."""
    works: tuple[Work, ...]

    @property
    def late(self) -> int:
        """How many pieces of work are late."""
        return sum(work.late for work in self.works)


def day_of(now: Standing) -> datetime | None:
    """The day that a case prepares: a fact of the case once it is worked out, before that what was announced."""
    told: Mapping[str, Any] = now.about.get("countdown") or {}
    known = now.case.facts.get(str(told.get("fact")))
    if known:
        return datetime.fromisoformat(str(known))
    said = Given(now.desk, now.case).answers(str(told.get("step"))) or {}
    try:
        text = str(said.get(str(told.get("date"))))
        if "T" in text:
            at = datetime.fromisoformat(text)
            return at if at.tzinfo is not None else at.replace(tzinfo=now.calendar.zone)
        on = date.fromisoformat(text)
        hour = time.fromisoformat(str(said.get(str(told.get("hour"))) or told.get("usual_hour")))
    except ValueError:
        return None
    return datetime.combine(on, hour, now.calendar.zone)


def dated(now: Standing, items: Sequence[Item], day: datetime | None) -> tuple[Item, ...]:
    """The checklist with the instant by which each line to come should be done."""
    if day is None:
        return tuple(items)
    calendar = now.calendar

    def due(hours: float) -> datetime:
        span = timedelta(hours=abs(hours))
        return calendar.subtract(day, span) if hours < 0 else calendar.add(day, span) if hours > 0 else day

    return tuple(
        replace(item, due_at=due(item.hours)) if item.state == "coming" and item.hours is not None else item
        for item in items
    )


def countdown(now: Standing, items: Sequence[Item], day: datetime | None) -> Countdown | None:
    """What is left until the day of a case; None for a process without one, or once the step that ends it is done."""
    told: Mapping[str, Any] = now.about.get("countdown") or {}
    until = str(told.get("until"))
    over = now.case.ended_at is not None or any(row.step == until and row.state == DONE for row in now.passed)
    if not told or day is None or over:
        return None
    last = _last(now.about, until)
    coming = [item for item in items[: last + 1] if item.state == "coming"]
    works = [Work(task, None, task.due_at, _late(now, task.due_at)) for task in now.open_tasks]
    works.sort(key=lambda work: (work.due_at is None, work.due_at))
    works += [Work(None, item, item.due_at, _late(now, item.due_at)) for item in coming]
    calendar, instant = now.calendar, told.get("instant") is True
    today, on = (moment.astimezone(calendar.zone).date() for moment in (now.desk.now, day))
    return Countdown(
        title=str(told.get(now.language) or told["fr"]),
        called=str(told.get(f"day_{now.language}") or told["day_fr"]),
        at=day,
        days=calendar.business_days_between(today, on),
        today=on == today and not (instant and day <= now.desk.now),
        past=day <= now.desk.now if instant else on < today,
        instant=instant,
        works=tuple(works),
    )


def _last(about: Mapping[str, Any], until: str) -> int:
    """The place of the last line of the checklist that comes before the end: its own step's, or one that it closes."""
    lines: Sequence[Mapping[str, Any]] = about.get("checklist") or ()
    ends = [place for place, one in enumerate(lines) if until in (one["step"], one.get("closed_by"))]
    return max(ends, default=len(lines) - 1)


def _late(now: Standing, due_at: datetime | None) -> bool:
    return due_at is not None and due_at < now.desk.now
