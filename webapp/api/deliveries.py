"""Deliveries: what was sent outside, what is to be tried again, what was given up."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from webapp.api.door import Room, identifier
from webapp.api.schemas.deliveries import DeliveriesIn, DeliveryOut, DeliveryPage
from webapp.api.schemas.shapes import NothingIn
from workflows.cases.cursor import page_size, read_cursor, write_cursor
from workflows.deliveries.read import DeliveriesAsked, deliveries, redeliver
from workflows.desk import Desk

ABOUT = (
    "What was sent to subscriptions, in order for each case. A receiver that does not answer 2xx within 10 seconds is "
    "tried again after 1 min, 5 min, 30 min, 2 h and 12 h, then the delivery is given up (`MORTE`) and operators are "
    "told; one that answers 410 ends its subscription. The same persons and accounts as for subscriptions."
)
room = Room("deliveries", ABOUT)
Asked = dict[str, Any]


@room.route("/deliveries")
@room.arguments(DeliveriesIn, location="query")
@room.reads(DeliveryPage)
def list_deliveries(desk: Desk, asked: Asked) -> Any:
    """The deliveries, the latest first."""
    before = read_cursor(asked["cursor"], "deliveries", (UUID,))[0] if asked["cursor"] else None
    limit = page_size(asked["limit"])
    narrowed = {key: asked[key] for key in ("state", "type", "case", "subscription")}
    found = deliveries(desk, DeliveriesAsked(**narrowed, before=before, limit=limit + 1))
    following = write_cursor("deliveries", (found[limit - 1].id,)) if len(found) > limit else None
    return {"items": found[:limit], "next": following}


@room.route("/deliveries/<delivery_id>/redelivery", methods=["POST"])
@room.arguments(NothingIn, required=False)
@room.writes(DeliveryOut)
def ask_again(desk: Desk, asked: Asked, delivery_id: str) -> Any:
    """Send a delivery again: the same body under the same id."""
    return redeliver(desk, identifier(delivery_id, "delivery.unknown"))
