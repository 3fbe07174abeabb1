"""Messages and signals from one case to others of its organisation: taken once, and parked while nobody waits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from workflows.cases.deliver import Awaited, deliver_message
from workflows.cases.details import Wait
from workflows.cases.models import Case
from workflows.cases.start import start_by_message
from workflows.database import new_id
from workflows.desk import Desk
from workflows.errors import Missing
from workflows.messages.models import InboundMessage
from workflows.messages.receive import KEPT


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

    Where the process is not published yet the message stays in quarantine.
    """
    mine = (InboundMessage.source == said.source, InboundMessage.event_id == said.id)
    parked = select(InboundMessage).where(*mine, InboundMessage.status == "parked").with_for_update()
    message = desk.session.scalar(parked.where(InboundMessage.organisation_id == desk.actor.organisation_id))
    if message is None:
        return None
    try:
        case = start_by_message(desk, said.name, said.data, desk.session.get(Case, origin_id))
    except Missing:
        return None
    message.status, message.case_id = "started", case.id
    return case


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
