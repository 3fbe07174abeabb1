"""Subscriptions: who is told of what leaves the house, and where."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from webapp.api.door import Room, identifier
from webapp.api.schemas.deliveries import NewSubscriptionOut, SubscriptionIn, SubscriptionOut, SubscriptionPage
from webapp.api.schemas.shapes import PageIn
from workflows.cases.cursor import page_size, read_cursor, write_cursor
from workflows.cases.letters import end_subscription
from workflows.deliveries.subscribe import subscribe, subscriptions
from workflows.desk import Desk

ABOUT = (
    "Messages that leave the house are sent to whoever subscribed: CloudEvents 1.0 (`application/cloudevents+json`), "
    "signed as Standard Webhooks says. Persons with the role ADMIN or EXPL look after all subscriptions of their "
    "organisation, AUDIT reads them; an integration account looks after its own, for the types that it was given "
    "(all when it was given none, nothing when it is bound to a contract)."
)
room = Room("subscriptions", ABOUT)
Asked = dict[str, Any]


@room.route("/subscriptions", methods=["POST"])
@room.arguments(SubscriptionIn)
@room.writes(NewSubscriptionOut, 201)
def open_subscription(desk: Desk, asked: Asked) -> Any:
    """Subscribe to messages. The address is a public one over https, unless the organisation allows others."""
    return subscribe(desk, asked["url"], asked["types"])


@room.route("/subscriptions")
@room.arguments(PageIn, location="query")
@room.reads(SubscriptionPage)
def list_subscriptions(desk: Desk, asked: Asked) -> Any:
    """The subscriptions in force, the latest first, and those whose receiver is gone."""
    before = read_cursor(asked["cursor"], "subscriptions", (UUID,))[0] if asked["cursor"] else None
    limit = page_size(asked["limit"])
    found = subscriptions(desk, before, limit + 1)
    following = write_cursor("subscriptions", (found[limit - 1].id,)) if len(found) > limit else None
    return {"items": found[:limit], "next": following}


@room.route("/subscriptions/<subscription_id>", methods=["DELETE"])
@room.writes(SubscriptionOut)
def unsubscribe(desk: Desk, subscription_id: str) -> Any:
    """End a subscription: nothing more is sent to it, what still waited included."""
    return end_subscription(desk, identifier(subscription_id, "subscription.unknown"))
