"""Messages in quarantine: tried again when a case starts to wait for them, dropped after thirty days."""

from __future__ import annotations

from sqlalchemy import delete, select

from workflows.cases.deliver import awaited_by, deliver_message
from workflows.cases.models import Case
from workflows.desk import Desk
from workflows.messages.models import InboundMessage
from workflows.messages.scope import speaks_of
from workflows.people.accounts import Integration


def retry_parked(desk: Desk, correlation: str) -> int:
    """Deliver the parked messages of a correlation that are now waited for, the oldest first; how many were."""
    query = select(InboundMessage).where(
        InboundMessage.organisation_id == desk.actor.organisation_id,
        InboundMessage.status == "parked",
        InboundMessage.correlation == correlation,
        InboundMessage.expires_at > desk.now,
    )
    delivered = 0
    for message in desk.session.scalars(query.order_by(InboundMessage.id).with_for_update(skip_locked=True)).all():
        data = message.body.get("data") or {}
        wait = awaited_by(desk, message.type.removesuffix(".v1"), correlation, data)
        if wait is None or _is_older(message, wait.case) or not speaks_of(_contract(desk, message), wait.case):
            continue
        deliver_message(desk, wait, data, source=message.source, id=message.event_id)
        message.status, message.case_id = "delivered", wait.case.id
        delivered += 1
    return delivered


def _is_older(message: InboundMessage, case: Case) -> bool:
    """Whether an outside message was told before the case was opened: then it speaks of an earlier one."""
    return message.integration_id is not None and message.received_at < case.created_at


def _contract(desk: Desk, message: InboundMessage) -> str | None:
    """The only contract that the sender may speak of, None when there is no such bound."""
    account = desk.session.get(Integration, message.integration_id) if message.integration_id is not None else None
    return account.contract if account is not None else None


def drop_expired(desk: Desk) -> int:
    """Remove messages that nobody waited for within their thirty days."""
    old = delete(InboundMessage).where(InboundMessage.status == "parked", InboundMessage.expires_at <= desk.now)
    return len(desk.session.scalars(old.returning(InboundMessage.id)).all())
