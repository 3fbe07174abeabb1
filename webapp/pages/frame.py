"""The frame around every page: who is signed in, what waits, what time it is, for whom one acts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import cast
from uuid import UUID
from zoneinfo import ZoneInfo

from flask import g, request
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from webapp.extensions import db
from webapp.identity import maybe_actor
from webapp.words import reader_language
from workflows.calendars.hours import BusinessCalendar
from workflows.calendars.queries import calendar_of
from workflows.cases.inbox import counts
from workflows.cases.register import READERS
from workflows.clock import business_now, is_simulated, wall_now
from workflows.desk import Actor, Desk
from workflows.errors import Missing
from workflows.notices.queries import unread
from workflows.people.models import Organisation, Person
from workflows.people.substitution import stood_for

ZONE = ZoneInfo("America/Toronto")
THEMES = ("auto", "light", "dark")
CAP = 100


@dataclass(frozen=True, slots=True)
class Standing:
    """Someone for whom the reader acts now, and until when."""

    name: str
    until: datetime


@dataclass(frozen=True, slots=True)
class Frame:
    """Everything that a page shows around its own matter."""

    now: datetime
    zone: ZoneInfo
    language: str
    theme: str
    actor: Actor | None = None
    organisation: str = ""
    simulated: bool = False
    boxes: dict[str, int] | None = None
    unread: int = 0
    standing: tuple[Standing, ...] = ()
    calendar: BusinessCalendar | None = None

    @property
    def reads_roles(self) -> bool:
        """Whether the reader sees the register of roles."""
        return self.actor is not None and bool(READERS & self.actor.roles)

    @property
    def waiting(self) -> str:
        """How many tasks wait for the reader: to take, or in hand."""
        boxes = self.boxes or {}
        found = boxes.get("queue", 0) + boxes.get("mine", 0)
        return f"{CAP}+" if found >= CAP else str(found)


def frame() -> Frame:
    """The frame of this request, made once; a bare one when the database does not answer."""
    if "frame" not in g:
        try:
            g.frame = _made()
        except SQLAlchemyError:
            g.frame = Frame(wall_now(), ZONE, reader_language(), theme())
    return cast(Frame, g.frame)


def theme() -> str:
    """The theme that the reader chose, ``auto`` for the device's own."""
    chosen = request.cookies.get("theme", "auto")
    return chosen if chosen in THEMES else "auto"


def names_of(ids: Iterable[UUID]) -> dict[UUID, str]:
    """The names of some persons."""
    found = db.session.scalars(select(Person).where(Person.id.in_(list(ids))))
    return {person.id: person.name for person in found}


def _made() -> Frame:
    session = db.session()
    now, simulated = business_now(session), is_simulated(session)
    actor = maybe_actor()
    if actor is None or actor.id is None or actor.organisation_id is None:
        return Frame(now, ZONE, reader_language(), theme())
    organisation = session.get_one(Organisation, actor.organisation_id)
    desk = Desk(session, actor, now)
    return Frame(
        now=now,
        zone=ZoneInfo(organisation.timezone),
        language=reader_language(),
        theme=theme(),
        actor=actor,
        organisation=organisation.name,
        simulated=simulated and actor.demo,
        boxes=counts(desk),
        unread=unread(desk),
        standing=_standing(desk),
        calendar=_calendar(desk, organisation),
    )


def _standing(desk: Desk) -> tuple[Standing, ...]:
    if desk.actor.id is None or len(desk.actor.hands) < 2:
        return ()
    replaced = stood_for(desk.session, desk.actor.id, desk.now)
    names = names_of(one.titulaire_id for one in replaced)
    return tuple(Standing(names[one.titulaire_id], one.valid_until) for one in replaced)


def _calendar(desk: Desk, organisation: Organisation) -> BusinessCalendar | None:
    try:
        return calendar_of(desk.session, organisation)
    except Missing:
        return None
