"""The door of machines: signed messages of integration accounts."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, Flask, g, request
from standardwebhooks import Webhook
from standardwebhooks.webhooks import WebhookVerificationError
from werkzeug import Response

from webapp.desk import open_desk
from webapp.extensions import db
from webapp.hooks.event import read_event, receipt_answer
from webapp.identity import public
from workflows.errors import Unauthenticated
from workflows.messages.receive import receive_message
from workflows.people.accounts import Integration
from workflows.people.directory import integration_actor

hooks = Blueprint("hooks", __name__)
NOBODY = "whsec_bm9ib2R5LWhhcy10aGlzLXNlY3JldC1pbi10aGUtaG91c2U="


@hooks.post("/hooks/<integration>")
@public
def receive(integration: str) -> Response:
    """Take a CloudEvent signed with the account's secret (Standard Webhooks)."""
    g.actor = integration_actor(db.session(), _signed_by(integration))
    event = read_event()
    with open_desk() as desk:
        return receipt_answer(receive_message(desk, event))


def init_hooks(app: Flask) -> None:
    """Open the door."""
    app.register_blueprint(hooks)


def _signed_by(integration: str) -> Integration:
    """The account whose signature is on the request; an unknown one is refused as a bad signature is."""
    account = _account(integration)
    body = request.get_data(cache=True)
    try:
        Webhook(account.secret if account else NOBODY).verify(body, dict(request.headers), json_parse=False)
    except (WebhookVerificationError, ValueError):
        raise Unauthenticated("webhook.refused") from None
    if account is None:
        raise Unauthenticated("webhook.refused")
    return account


def _account(integration: str) -> Integration | None:
    try:
        found = db.session().get(Integration, UUID(integration))
    except ValueError:
        return None
    return found if found is not None and found.active else None
