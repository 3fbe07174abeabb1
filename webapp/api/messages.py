"""Messages from a bearer token of an integration account: the same event as on ``/hooks``."""

from __future__ import annotations

from typing import Any

from apispec import APISpec
from werkzeug import Response
from werkzeug.routing import Map, Rule

from webapp.api.door import KEY_PARAMETER, Room
from webapp.api.once import once
from webapp.api.schemas.messages import EventIn, ReceiptOut
from webapp.desk import open_desk
from webapp.hooks.event import read_event, receipt_shown
from webapp.identity import current_actor
from workflows.desk import ActorKind
from workflows.errors import Forbidden
from workflows.messages.receive import receive_message

room = Room("messages", "Messages from outside systems.")
BODY: dict[str, Any] = {"required": True, "content": {"application/cloudevents+json": {"schema": EventIn}}}


@room.route("/messages", methods=["POST"])
@room.doc(requestBody=BODY, parameters=[KEY_PARAMETER])
@room.alt_response(202, schema=ReceiptOut, success=True, description="Nobody waits for it: parked for 30 days")
@room.alt_response(200, schema=ReceiptOut, success=True, description="Started a case, reached one, or a repeat")
def receive() -> Response:
    """Take a CloudEvent; a repeat of `source` and `id` answers the first result."""
    if current_actor().kind is not ActorKind.INTEGRATION:
        raise Forbidden("actor.not_integration")
    event = read_event()
    with open_desk() as desk:
        return once(desk, lambda: receipt_shown(receive_message(desk, event)))


def tell_of_hooks(spec: APISpec) -> None:
    """Describe the signed door too: it stands outside the version's prefix and asks for no token."""
    headers = ("webhook-id", "webhook-timestamp", "webhook-signature")
    receipt = {"application/json": {"schema": ReceiptOut}}
    rule = next(Map([Rule("/hooks/<integration>", defaults={})]).iter_rules())
    spec.path(
        rule=rule,
        operations={
            "post": {
                "operationId": "receive_signed",
                "tags": ["messages"],
                "summary": "Take a CloudEvent signed with the account's secret (Standard Webhooks).",
                "security": [],
                "parameters": [*(_text(name, "header") for name in headers)],
                "requestBody": BODY,
                "responses": {
                    "200": {"description": "Started a case, reached one, or a repeat", "content": receipt},
                    "202": {"description": "Nobody waits for it: parked for 30 days", "content": receipt},
                    "401": "UNAUTHORIZED",
                    "default": "DEFAULT_ERROR",
                },
            }
        },
    )


def _text(name: str, place: str) -> dict[str, Any]:
    return {"name": name, "in": place, "required": True, "schema": {"type": "string"}}
