"""One attempt at a delivery, in two moments with the sending between them: take it in hand, then write what came."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from uuid import UUID

import orjson
from sqlalchemy import Select, bindparam, exists, or_, select, update
from sqlalchemy.orm import Session, aliased

from workflows.clock import is_simulated, wall_now
from workflows.deliveries.models import PENDING, Delivery, DeliveryState, Lane, Subscription
from workflows.deliveries.publish import SEND
from workflows.deliveries.send import GONE, Letter, Outcome
from workflows.desk import Desk
from workflows.journal.write import note
from workflows.notices.tell import tell
from workflows.people.authority import OPERATOR
from workflows.people.models import Organisation
from workflows.people.roles import holders_of
from workflows.people.settings import setting
from workflows.queue import defer

DELAYS = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=2), timedelta(hours=12))
"""After which time a delivery that failed is tried again; after the last it is given up."""
CLAIMED = timedelta(seconds=60)
"""Wall time after which whoever took a delivery in hand is taken for dead: longer than any look-up and sending."""
PRIVATE = "livraison_adresses_privees"
ENDED = "ended"


@dataclass(frozen=True, slots=True)
class InHand:
    """A delivery about to be sent, when, and by whose hand."""

    delivery_id: UUID
    lane: Lane
    at: datetime
    hand: datetime
    letter: Letter


def next_head(session: Session, until: datetime) -> tuple[datetime, Lane] | None:
    """The delivery that is to be tried first, up to an instant: the first of its lane, in nobody's hand."""
    found = session.scalar(_heads(), {"until": until, "wall": wall_now()})
    if found is None or found.next_at is None:
        return None
    return found.next_at, found.lane


@cache
def _heads() -> Select[Delivery]:
    """The first delivery of each lane, in nobody's hand; built once: the clock asks it at each moment."""
    earlier = aliased(Delivery)
    mine = (earlier.case_id == Delivery.case_id, earlier.subscription_id == Delivery.subscription_id)
    before = exists().where(*mine, earlier.sequence < Delivery.sequence, earlier.state.in_(PENDING))
    due = (Delivery.state.in_(PENDING), Delivery.next_at <= bindparam("until"))
    free = or_(Delivery.claimed_until.is_(None), Delivery.claimed_until <= bindparam("wall"))
    return select(Delivery).where(*due, free, ~before).order_by(Delivery.next_at, Delivery.id).limit(1)


def take(desk: Desk, lane: Lane) -> InHand | None:
    """Take the first delivery of a lane in hand; None when it is not due, or someone is sending it."""
    mine = (Delivery.case_id == lane.case_id, Delivery.subscription_id == lane.subscription_id)
    query = select(Delivery).where(*mine, Delivery.state.in_(PENDING)).order_by(Delivery.sequence).limit(1)
    row = desk.session.scalar(query.with_for_update().execution_options(populate_existing=True))
    if row is None or row.next_at is None or row.next_at > desk.now:
        return None
    if row.claimed_until is not None and row.claimed_until > wall_now():
        return None
    subscription = desk.session.get_one(Subscription, row.subscription_id)
    if not subscription.active:
        drop_pending(desk.session, subscription.id, desk.now)
        return None
    row.claimed_until = wall_now() + CLAIMED
    row.attempts += 1
    private = bool(setting(desk.session.get_one(Organisation, row.organisation_id), PRIVATE))
    body = orjson.dumps(row.body).decode()
    letter = Letter(subscription.url, row.message_id, body, subscription.secret, private)
    return InHand(row.id, row.lane, desk.now, row.claimed_until, letter)


def record(desk: Desk, held: InHand, outcome: Outcome) -> Delivery | None:
    """Write what came of a sending; None when someone else took it over meanwhile.

    A subscription that ends is held before its deliveries, as by whoever takes it back: neither waits for the other.
    """
    if outcome.status == GONE:
        desk.session.get_one(Subscription, held.lane.subscription_id, with_for_update=True, populate_existing=True)
    row = desk.session.get(Delivery, held.delivery_id, with_for_update=True, populate_existing=True)
    if row is None or row.claimed_until != held.hand:
        return None
    row.claimed_until, row.last_at = None, held.at
    row.last_status, row.last_error = outcome.status, outcome.error
    if outcome.error is None:
        _close(row, DeliveryState.DELIVERED, held.at, None)
    elif outcome.status == GONE:
        _end(desk, row)
    elif row.attempts > len(DELAYS):
        _give_up(desk, row)
    else:
        row.state, row.next_at = DeliveryState.FAILING, held.at + DELAYS[row.attempts - 1]
        if not is_simulated(desk.session):
            defer(desk.session, SEND, at=row.next_at, **row.lane.told())
    return row


def drop_pending(session: Session, subscription_id: UUID, now: datetime) -> None:
    """Nothing more is sent to a subscription that has ended."""
    of_it = (Delivery.subscription_id == subscription_id, Delivery.state.in_(PENDING))
    dead = {"state": DeliveryState.DEAD, "next_at": None, "claimed_until": None}
    session.execute(
        update(Delivery)
        .where(*of_it)
        .values(**dead, last_error=ENDED, ended_at=now)
        .execution_options(synchronize_session="fetch")
    )


def _end(desk: Desk, row: Delivery) -> None:
    """The receiver says that it is gone for good: its subscription ends, and operators are told."""
    subscription = desk.session.get_one(Subscription, row.subscription_id)
    subscription.active = False
    note(desk, "subscription.ended", subscription=subscription.id, status=GONE)
    _give_up(desk, row)
    drop_pending(desk.session, subscription.id, desk.now)


def _give_up(desk: Desk, row: Delivery) -> None:
    """Put a delivery among the dead letters: the case's journal says so, and those who look after the house know."""
    _close(row, DeliveryState.DEAD, desk.now, row.last_error)
    why = {"status": row.last_status, "error": row.last_error, "attempts": row.attempts}
    note(desk, "delivery.failed", case=row.case, delivery=row.id, type=row.type, why=why)
    tell(desk, "delivery.dead", holders_of(desk.session, row.organisation_id, OPERATOR, desk.now), row.case)


def _close(row: Delivery, state: DeliveryState, at: datetime, error: str | None) -> None:
    row.state, row.next_at, row.claimed_until = state, None, None
    row.ended_at, row.last_error = at, error
