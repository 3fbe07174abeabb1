"""Subscriptions to what leaves the house, and what was sent."""

from __future__ import annotations

from marshmallow import fields

from webapp.api.schemas.shapes import In, Instant, Out, PageIn, choice, items_of, text
from workflows.deliveries.catalogue import OUTBOUND, VERSION
from workflows.deliveries.models import DeliveryState

STATES = [state.value for state in DeliveryState]
ERRORS = ["refused", "timeout", "unreachable", "unresolved", "tls", "private", "insecure", "address", "ended"]
KNOWN = ", ".join(f"`{one}{VERSION}`" for one in OUTBOUND)


class SubscriptionIn(In):
    """Where messages are to be sent, and which."""

    url = text(1, 2000, required=True, metadata={"example": "https://exemple.quebec/parcours"})
    types = fields.List(
        text(1, 100),
        load_default=None,
        allow_none=True,
        metadata={"description": f"With `.v1` or without; null or left out for all that one may hear. Known: {KNOWN}."},
    )


class SubscriptionOut(Out):
    """A subscription; its secret is never shown again."""

    id = fields.String(required=True)
    url = fields.String(required=True)
    types = fields.List(fields.String(), required=True, allow_none=True, metadata={"description": "Null: every type."})
    active = fields.Boolean(required=True, metadata={"description": "False once the receiver answered 410."})
    created_at = Instant(required=True)


class NewSubscriptionOut(SubscriptionOut):
    """A new subscription, with the secret that its messages are signed with: shown this once."""

    secret = fields.String(required=True, metadata={"example": "whsec_…"})


SubscriptionPage = items_of(SubscriptionOut)


class DeliveriesIn(PageIn):
    """Which deliveries."""

    state = choice(STATES, load_default=None)
    type = text(1, 100, load_default=None, metadata={"example": "derogation.signee.v1"})
    case = text(1, 60, load_default=None, metadata={"description": "The case's id or number."})
    subscription = text(1, 60, load_default=None)


class DeliveryOut(Out):
    """One message for one subscription; its body is not shown."""

    id = fields.String(required=True)
    subscription = fields.String(required=True, attribute="subscription_id")
    case = fields.String(required=True, attribute="case_id")
    number = fields.String(required=True, metadata={"description": "The case's number."})
    message_id = fields.String(required=True, metadata={"description": "`webhook-id`, the same at each attempt."})
    type = fields.String(required=True, metadata={"example": "derogation.signee.v1"})
    state = fields.String(required=True, metadata={"enum": STATES})
    attempts = fields.Integer(required=True)
    next_at = Instant(required=True, allow_none=True, metadata={"description": "When it is tried again."})
    last_at = Instant(required=True, allow_none=True)
    last_status = fields.Integer(required=True, allow_none=True, metadata={"description": "The receiver's answer."})
    last_error = fields.String(required=True, allow_none=True, metadata={"enum": [*ERRORS, None]})
    created_at = Instant(required=True)
    ended_at = Instant(required=True, allow_none=True)


DeliveryPage = items_of(DeliveryOut)
