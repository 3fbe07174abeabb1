"""Subscriptions: opened with a secret that is shown once, listed without it, ended."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlsplit
from uuid import UUID

from sqlalchemy import Select, func, select

from workflows.deliveries.addresses import Resolve, addresses_of, read_url
from workflows.deliveries.attempt import PRIVATE, drop_pending
from workflows.deliveries.catalogue import OUTBOUND, leaves, name_of
from workflows.deliveries.models import Subscription
from workflows.deliveries.send import barred
from workflows.desk import Desk
from workflows.errors import Conflict, Flaw, Forbidden, Invalid, Missing
from workflows.journal.write import note
from workflows.people.integrations import new_secret
from workflows.people.models import Organisation
from workflows.people.outbound import may_keep, may_read, types_allowed
from workflows.people.settings import setting

MOST = 100
"""How many subscriptions an organisation may have in force."""


def subscribe(
    desk: Desk, url: str, types: Sequence[str] | None = None, *, resolve: Resolve = addresses_of
) -> Subscription:
    """Open a subscription; the secret that its messages will be signed with is shown this once."""
    owner = may_keep(desk.actor)
    organisation = desk.session.get_one(Organisation, desk.actor.organisation_id)
    wanted = _types(desk, types)
    _check_address(organisation, url, resolve)
    in_force = select(func.count(Subscription.id)).where(Subscription.organisation_id == organisation.id)
    if (desk.session.scalar(in_force.where(Subscription.active)) or 0) >= MOST:
        raise Conflict("subscription.too_many", most=MOST)
    row = Subscription(
        organisation_id=organisation.id,
        integration_id=owner,
        url=url,
        types=wanted,
        secret=new_secret(),
        active=True,
        created_at=desk.now,
    )
    desk.session.add(row)
    desk.session.flush()
    note(desk, "subscription.created", subscription=row.id, host=urlsplit(url).hostname, types=wanted)
    return row


def unsubscribe(desk: Desk, subscription_id: UUID) -> Subscription:
    """End a subscription: nothing more is sent to it, what still waited included."""
    query = _reach(desk, may_keep(desk.actor)).where(Subscription.id == subscription_id).with_for_update()
    row = desk.session.scalar(query)
    if row is None:
        raise Missing("subscription.unknown")
    row.active, row.ended_at = False, desk.now
    drop_pending(desk.session, row.id, desk.now)
    note(desk, "subscription.ended", subscription=row.id)
    return row


def subscriptions(desk: Desk, before: UUID | None, limit: int) -> Sequence[Subscription]:
    """The subscriptions that the actor may know of, the latest first; those taken back are left out."""
    query = _reach(desk, may_read(desk.actor))
    if before is not None:
        query = query.where(Subscription.id < before)
    return desk.session.scalars(query.order_by(Subscription.id.desc()).limit(limit)).all()


def _reach(desk: Desk, owner: UUID | None) -> Select[Subscription]:
    query = select(Subscription).where(Subscription.organisation_id == desk.actor.organisation_id)
    query = query.where(Subscription.ended_at.is_(None))
    return query if owner is None else query.where(Subscription.integration_id == owner)


def _types(desk: Desk, types: Sequence[str] | None) -> list[str] | None:
    """The types asked for, as they were written; refused when one is unknown, or not for this account."""
    allowed = types_allowed(desk.actor, OUTBOUND)
    if types is None:
        if not allowed:
            raise Forbidden("subscription.type_not_allowed")
        return None if len(allowed) == len(OUTBOUND) else list(allowed)
    unknown = [one for one in types if not leaves(one)]
    if unknown or not types:
        told = {"given": unknown, "known": list(OUTBOUND)}
        raise Invalid("subscription.type_unknown", {"types": (Flaw("subscription.type_unknown", **told),)}, **told)
    if any(name_of(one) not in allowed for one in types):
        raise Forbidden("subscription.type_not_allowed")
    return list(dict.fromkeys(types))


def _check_address(organisation: Organisation, url: str, resolve: Resolve) -> None:
    """Refuse an address that nothing would ever be sent to; a name that stands for nothing yet is taken."""
    target = read_url(url)
    if target is None:
        raise Invalid("subscription.url", {"url": (Flaw("subscription.url"),)})
    private = bool(setting(organisation, PRIVATE))
    why = barred(target, () if private else resolve(target.host, target.port), private)
    if why == "private":
        raise Invalid("subscription.private", {"url": (Flaw("subscription.private"),)})
    if why is not None:
        raise Invalid("subscription.insecure", {"url": (Flaw("subscription.insecure"),)})
