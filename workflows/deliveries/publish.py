"""What a case says to the outside goes to whoever subscribed, in the transaction in which it is said."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Protocol
from uuid import UUID

from sqlalchemy import func, or_, select

from workflows.database import new_id
from workflows.deliveries.catalogue import OF_ANY_CASE, VERSION, name_of
from workflows.deliveries.models import Delivery, Lane, Subscription
from workflows.desk import Desk
from workflows.engine import Thrown
from workflows.journal.seal import plain
from workflows.people.accounts import Integration
from workflows.people.models import Organisation, Person
from workflows.queue import defer

SEND = "send_deliveries"
OF_AN_EMPLOYEE = frozenset({"arrivee", "depart"})
"""The families of processes whose messages go by the employee, not by the number of the case."""
EMPLOYEE = "employe_ref"


class Saying(Protocol):
    """What must be known of the case that says something."""

    id: Any
    organisation_id: Any
    number: Any
    process: Any
    beneficiary_id: Any


def publish(desk: Desk, case: Saying, said: Iterable[Thrown]) -> None:
    """Write a delivery for every message and every subscription that asks for its type, and put them in the queue.

    Whoever calls holds the case: nobody else numbers its messages meanwhile.
    """
    subscriptions = _subscriptions(desk, case)
    if not subscriptions:
        return
    told = [(one, [each for each in subscriptions if wants(each, one.name)]) for one in said]
    if not any(wanting for _, wanting in told):
        return
    counts, lanes = _counts(desk, case), set[UUID]()
    for one, wanting in told:
        body = event_of(desk, case, one)
        for subscription in wanting:
            counts[subscription.id] = counts.get(subscription.id, 0) + 1
            desk.session.add(_delivery(desk, case, subscription, body, counts[subscription.id]))
            lanes.add(subscription.id)
    desk.session.flush()
    for subscription_id in sorted(lanes):
        defer(desk.session, SEND, **Lane(case.organisation_id, case.id, subscription_id).told())


def wants(subscription: Subscription, name: str) -> bool:
    """Whether a subscription asks for a type."""
    return subscription.types is None or name in {name_of(one) for one in subscription.types}


def event_of(desk: Desk, case: Saying, said: Thrown) -> dict[str, Any]:
    """A message as it leaves the house: a CloudEvent that names the case, and nobody."""
    organisation = desk.session.get_one(Organisation, case.organisation_id)
    family = str(case.process).partition("_")[0]
    general = said.name in OF_ANY_CASE
    correlation = str(case.number) if general else _correlation(desk, case, family, said.payload)
    employee = {EMPLOYEE: correlation} if family in OF_AN_EMPLOYEE and correlation != case.number else {}
    return {
        "specversion": "1.0",
        "id": str(new_id()),
        "source": f"urn:parcours:{organisation.code.lower()}",
        "type": said.name + VERSION,
        "subject": f"{family}/{correlation}",
        "time": plain(desk.now),
        "datacontenttype": "application/json",
        "organisme": organisation.code,
        "correlationid": correlation,
        "data": {"dossier": case.number, **employee, **plain(said.payload)},
    }


def _correlation(desk: Desk, case: Saying, family: str, payload: Mapping[str, object]) -> str:
    """How the receiver ties messages together: the employee's reference, or the number of the case."""
    if family in OF_AN_EMPLOYEE:
        known = payload.get(EMPLOYEE)
        if isinstance(known, str) and known:
            return known
        person = desk.session.get(Person, case.beneficiary_id) if case.beneficiary_id is not None else None
        if person is not None and person.matricule:
            return f"E-{person.matricule}"
    return str(case.number)


def _subscriptions(desk: Desk, case: Saying) -> list[Subscription]:
    """Those of the organisation that are in force; the account of an outside system must be too."""
    query = select(Subscription).outerjoin(Integration, Integration.id == Subscription.integration_id)
    query = query.where(Subscription.organisation_id == case.organisation_id, Subscription.active)
    open_account = or_(Subscription.integration_id.is_(None), Integration.active)
    return list(desk.session.scalars(query.where(open_account).order_by(Subscription.id)))


def _counts(desk: Desk, case: Saying) -> dict[UUID, int]:
    """How many messages of the case each subscription was given so far."""
    query = select(Delivery.subscription_id, func.max(Delivery.sequence)).where(Delivery.case_id == case.id)
    return {row[0]: row[1] for row in desk.session.execute(query.group_by(Delivery.subscription_id))}


def _delivery(desk: Desk, case: Saying, subscription: Subscription, body: dict[str, Any], sequence: int) -> Delivery:
    return Delivery(
        organisation_id=case.organisation_id,
        subscription_id=subscription.id,
        case_id=case.id,
        number=case.number,
        message_id=body["id"],
        type=body["type"],
        body=body,
        sequence=sequence,
        next_at=desk.now,
        created_at=desk.now,
    )
