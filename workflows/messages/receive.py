"""Receiving a message: taken once, then delivered to the case that waits for it, or starting one, or parked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from workflows.cases.deliver import awaited_by, deliver_message
from workflows.cases.models import Case
from workflows.cases.start import start_by_message, started_by
from workflows.cases.told import check_known, check_near
from workflows.database import new_id
from workflows.desk import ActorKind, Desk
from workflows.errors import Forbidden, Missing
from workflows.journal.write import note
from workflows.messages.absences import ABSENCE, record_absence
from workflows.messages.envelope import Event, open_event
from workflows.messages.kinds import check_data, name_of, storable
from workflows.messages.models import InboundMessage
from workflows.messages.orders import ORDER, case_of_order, check_order
from workflows.messages.scope import speaks_of
from workflows.people.models import Organisation

CHANGED = "arrivee.modifiee"
PROVIDER = "prestataire."
"""What the account of a provider, tied to a contract, may speak of."""
KEPT = timedelta(days=30)
"""How long a message that nobody waits for stays in quarantine."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of a message: ``started``, ``delivered``, ``parked`` or ``duplicate``, and the case it concerns."""

    status: str
    case_id: UUID | None
    number: str | None = None


def receive_message(desk: Desk, body: Mapping[str, Any]) -> Receipt:
    """Take a CloudEvent from an integration account; a repeat of ``source`` and ``id`` answers the first result."""
    event = open_event(body)
    name = _allowed(desk, event)
    check_data(name, event.data)
    check_near(event.data, desk.now)
    if name == CHANGED:
        check_known(desk, event.data)
    message = _taken_once(desk, event, name)
    if message is None:
        return _repeated(desk, event)
    receipt = _handed_over(desk, event, name)
    message.status, message.case_id = receipt.status, receipt.case_id
    if receipt.status == "parked":
        message.expires_at = desk.now + KEPT
        note(desk, "message.parked", name=name, source=event.source, id=event.id, correlation=event.correlation)
    return receipt


def _allowed(desk: Desk, event: Event) -> str:
    """The message's name, if this account may send it to this organisation."""
    actor = desk.actor
    name = name_of(event.type)
    if actor.kind is not ActorKind.INTEGRATION or name is None or (actor.types is not None and name not in actor.types):
        raise Forbidden("message.type_not_allowed", type=event.type)
    if actor.contract is not None and not name.startswith(PROVIDER):
        raise Forbidden("message.type_not_allowed", type=event.type)
    organisation = desk.session.get(Organisation, actor.organisation_id)
    if organisation is None or event.organisation not in (None, organisation.code):
        raise Forbidden("message.organisation_not_allowed", organisation=event.organisation)
    return name


def _taken_once(desk: Desk, event: Event, name: str) -> InboundMessage | None:
    """The message's row, or None when it was taken before; two at once stand in line and the second is a repeat."""
    row = {
        "id": new_id(),
        "organisation_id": desk.actor.organisation_id,
        "integration_id": desk.actor.id,
        "source": event.source,
        "event_id": event.id,
        "type": event.type,
        "correlation": event.correlation,
        "body": storable(name, event.body),
        "status": "parked",
        "received_at": desk.now,
    }
    first = insert(InboundMessage).values(row).on_conflict_do_nothing().returning(InboundMessage)
    return desk.session.scalars(first).one_or_none()


def _repeated(desk: Desk, event: Event) -> Receipt:
    first = desk.session.scalars(
        select(InboundMessage).where(
            InboundMessage.organisation_id == desk.actor.organisation_id,
            InboundMessage.source == event.source,
            InboundMessage.event_id == event.id,
        )
    ).one()
    note(desk, "message.repeated", source=event.source, id=event.id)
    return Receipt("duplicate", first.case_id)


def _handed_over(desk: Desk, event: Event, name: str) -> Receipt:
    wait = awaited_by(desk, name, event.correlation, event.data)
    if wait is not None:
        _within_contract(desk, wait.case)
        deliver_message(desk, wait, event.data, source=event.source, id=event.id)
        return Receipt("delivered", wait.case.id, wait.case.number)
    if name == ORDER:
        return _order(desk, event)
    if name == ABSENCE:
        record_absence(desk, event.data)
        return Receipt("delivered", None)
    try:
        case = start_by_message(desk, name, event.data)
    except Missing:
        return Receipt("parked", None)
    return Receipt("started", case.id, case.number)


def _order(desk: Desk, event: Event) -> Receipt:
    """An order from a provider's portal opens a case, unless it belongs to one."""
    known = case_of_order(desk, event.correlation, event.data)
    if known is not None:
        _within_contract(desk, known)
        note(desk, "message.received", case=known, name=ORDER, source=event.source, id=event.id)
        return Receipt("delivered", known.id, known.number)
    check_order(desk, started_by(desk, ORDER), event.data)
    case = start_by_message(desk, ORDER, event.data)
    _within_contract(desk, case)
    return Receipt("started", case.id, case.number)


def _within_contract(desk: Desk, case: Case) -> None:
    """A provider's account speaks only of cases under its own contract."""
    if not speaks_of(desk.actor.contract, case):
        raise Forbidden("message.contract_not_allowed", contract=desk.actor.contract)
