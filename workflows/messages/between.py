"""Messages and signals from one case to others of its organisation: taken once, and parked while nobody waits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from workflows.cases.deliver import Awaited, deliver_message
from workflows.cases.details import Wait
from workflows.cases.models import Case
from workflows.cases.start import start_by_message
from workflows.catalog.edition import edition_of
from workflows.catalog.queries import all_current
from workflows.database import new_id
from workflows.desk import Desk
from workflows.errors import Missing
from workflows.journal.write import note
from workflows.messages.models import InboundMessage
from workflows.messages.receive import KEPT

WHEN = "a_partir_du"
"""What a message says of the day before which it opens nothing."""


@dataclass(frozen=True, slots=True)
class Said:
    """Something that a case has said: its name, what it brings, and by which case and in which turn."""

    name: str
    data: Mapping[str, Any]
    source: str
    id: str


def take(desk: Desk, said: Said, correlation: str) -> bool:
    """Take a message from a case, once, to be delivered to the case that waits for it; False for a repeat."""
    row = {
        "id": new_id(),
        "organisation_id": desk.actor.organisation_id,
        "source": said.source,
        "event_id": said.id,
        "type": f"{said.name}.v1",
        "correlation": correlation,
        "body": {"data": dict(said.data)},
        "status": "parked",
        "received_at": desk.now,
        "expires_at": desk.now + KEPT,
    }
    first = insert(InboundMessage).values(row).on_conflict_do_nothing().returning(InboundMessage.id)
    return desk.session.scalar(first) is not None


def open_with(desk: Desk, said: Said, origin_id: UUID) -> Case | None:
    """Open the case that a message from another starts, linked to it; None when nobody is started or it was taken.

    Where the process is not published yet, or its day has not come (``a_partir_du``), the message is kept until then.
    """
    mine = (InboundMessage.source == said.source, InboundMessage.event_id == said.id)
    parked = select(InboundMessage).where(*mine, InboundMessage.status == "parked").with_for_update()
    message = desk.session.scalar(parked.where(InboundMessage.organisation_id == desk.actor.organisation_id))
    if message is None:
        return None
    _keep(desk, message, said, origin_id)
    if message.opens_at is not None and message.opens_at > desk.now:
        return None
    try:
        case = start_by_message(desk, said.name, said.data, desk.session.get(Case, origin_id))
    except Missing:
        return None
    message.status, message.case_id = "started", case.id
    return case


def _keep(desk: Desk, message: InboundMessage, said: Said, origin_id: UUID) -> None:
    """Keep what opens a case until it does: it does not expire."""
    origin = desk.session.get_one(Case, origin_id)
    opens = (edition_of(desk.session, origin.version_id).about.get("messages") or {}).get("opens") or ()
    if message.opens_at is not None or said.name not in opens:
        return
    told = said.data.get(WHEN)
    message.opens_at = datetime.fromisoformat(str(told)) if told else desk.now
    message.origin_id, message.expires_at = origin_id, None
    note(desk, "opening.planned", case=origin, message=said.name, opens_at=message.opens_at)


def next_planned(session: Session, until: datetime) -> InboundMessage | None:
    """The first message kept to open a case whose day has come and whose process is published."""
    waiting = (InboundMessage.status == "parked", InboundMessage.opens_at <= until)
    if session.scalar(select(InboundMessage.id).where(*waiting).limit(1)) is None:
        return None
    starting = {name for row in all_current(session) for name in (row.about.get("messages") or {}).get("start") or ()}
    query = select(InboundMessage).where(*waiting, InboundMessage.type.in_([f"{name}.v1" for name in starting]))
    return session.scalars(query.order_by(InboundMessage.opens_at, InboundMessage.id).limit(1)).first()


def open_due(desk: Desk, message_id: UUID) -> Case | None:
    """Open the case that a message planned, its day having come; None while its process is not published."""
    message = desk.session.get(InboundMessage, message_id, with_for_update=True)
    if message is None or message.status != "parked" or message.origin_id is None:
        return None
    said = Said(message.type.removesuffix(".v1"), message.body.get("data") or {}, message.source, message.event_id)
    return open_with(desk, said, message.origin_id)


def who_awaits(desk: Desk, signal: str, but: UUID) -> list[UUID]:
    """The cases of the organisation that await a signal, the one that sent it left out: there it was heard already."""
    waits = select(Wait.case_id).join(Case, Case.id == Wait.case_id)
    mine = (Case.organisation_id == desk.actor.organisation_id, Wait.kind == "signal", Wait.name == signal)
    return list(desk.session.scalars(waits.where(*mine, Wait.case_id != but).distinct().order_by(Wait.case_id)))


def tell(desk: Desk, case_id: UUID, said: Said) -> int:
    """Let everything in a case that awaits a signal have it; how many did. A repeat finds nobody waiting."""
    case = desk.session.get(Case, case_id, with_for_update=True, populate_existing=True)
    query = select(Wait).where(Wait.case_id == case_id, Wait.kind == "signal", Wait.name == said.name)
    told: set[UUID] = set()
    awaited = set(desk.session.scalars(query.with_only_columns(Wait.id)))
    while case is not None and (left := awaited - told):
        told.add(min(left))
        wait = desk.session.scalar(query.where(Wait.id == min(left)))
        if wait is not None:
            deliver_message(desk, Awaited(case, wait), said.data, source=said.source, id=said.id)
    return len(told)
