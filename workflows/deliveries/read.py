"""What was sent and what was not: the list of deliveries, and sending one again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, Select, select

from workflows.deliveries.catalogue import VERSION, name_of
from workflows.deliveries.models import Delivery, DeliveryState, Subscription
from workflows.deliveries.publish import SEND
from workflows.desk import Desk
from workflows.errors import Conflict, Missing
from workflows.journal.write import note
from workflows.people.discretion import unhidden
from workflows.people.outbound import may_keep, may_read
from workflows.queue import defer


@dataclass(frozen=True, slots=True)
class DeliveriesAsked:
    """Which deliveries are asked for; ``case`` is an id or a number."""

    state: str | None = None
    type: str | None = None
    case: str | None = None
    subscription: str | None = None
    before: UUID | None = None
    limit: int = 50


def deliveries(desk: Desk, asked: DeliveriesAsked) -> Sequence[Delivery]:
    """The deliveries that the actor may know of, the latest first."""
    query = _reach(desk, may_read(desk.actor)).where(*_narrowed(asked))
    if asked.before is not None:
        query = query.where(Delivery.id < asked.before)
    return desk.session.scalars(query.order_by(Delivery.id.desc()).limit(asked.limit)).all()


def redeliver(desk: Desk, delivery_id: UUID) -> Delivery:
    """Send a delivery again, the same body under the same id, as if for the first time; its lane waits for it."""
    row = _held(desk, delivery_id)
    if not desk.session.get_one(Subscription, row.subscription_id).active:
        raise Conflict("subscription.ended")
    row.state, row.attempts, row.next_at = DeliveryState.WAITING, 0, desk.now
    row.ended_at, row.claimed_until = None, None
    note(desk, "delivery.again", case=row.case, delivery=row.id, type=row.type)
    defer(desk.session, SEND, **row.lane.told())
    return row


def abandon(desk: Desk, delivery_id: UUID, reason: str) -> Delivery:
    """Give a delivery up for good, with a reason; the next of its lane goes."""
    row = _held(desk, delivery_id)
    if row.state == DeliveryState.DELIVERED:
        raise Conflict("delivery.done")
    row.state, row.next_at, row.claimed_until = DeliveryState.DEAD, None, None
    row.ended_at = row.ended_at or desk.now
    note(desk, "delivery.abandoned", case=row.case, delivery=row.id, type=row.type, reason=reason)
    defer(desk.session, SEND, **row.lane.told())
    return row


def _held(desk: Desk, delivery_id: UUID) -> Delivery:
    """A delivery that is the actor's to look after, locked."""
    query = _reach(desk, may_keep(desk.actor)).where(Delivery.id == delivery_id)
    row = desk.session.scalar(query.with_for_update(of=Delivery).execution_options(populate_existing=True))
    if row is None:
        raise Missing("delivery.unknown")
    return row


def _reach(desk: Desk, owner: UUID | None) -> Select[Delivery]:
    own = (Delivery.organisation_id == desk.actor.organisation_id, unhidden(desk.actor, Delivery.case_id))
    query = select(Delivery).where(*own)
    if owner is None:
        return query
    mine = select(Subscription.id).where(Subscription.integration_id == owner)
    return query.where(Delivery.subscription_id.in_(mine))


def _narrowed(asked: DeliveriesAsked) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if asked.state is not None:
        found.append(Delivery.state == asked.state)
    if asked.type is not None:
        found.append(Delivery.type == name_of(asked.type) + VERSION)
    if asked.case is not None:
        case_id = _id(asked.case)
        found.append(Delivery.case_id == case_id if case_id else Delivery.number == asked.case.upper())
    if asked.subscription is not None:
        found.append(Delivery.subscription_id == (_id(asked.subscription) or UUID(int=0)))
    return found


def _id(written: str) -> UUID | None:
    try:
        return UUID(written)
    except ValueError:
        return None
