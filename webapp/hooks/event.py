"""A CloudEvent as it comes over HTTP, and what is answered to it."""

from __future__ import annotations

from typing import Any

from flask import current_app, json, request
from werkzeug import Response
from werkzeug.exceptions import UnsupportedMediaType

from workflows.errors import Flaw, Invalid
from workflows.messages.receive import Receipt

TAKEN = frozenset({"application/cloudevents+json", "application/json"})


def read_event() -> dict[str, Any]:
    """The event in the request's body (structured mode); anything else is refused."""
    if request.mimetype not in TAKEN:
        raise UnsupportedMediaType
    try:
        event = current_app.json.loads(request.get_data(cache=True))
    except ValueError:
        raise Invalid("body.not_json") from None
    if not isinstance(event, dict):
        raise Invalid("request.invalid", {"body": (Flaw("field.type", expected="object"),)})
    return event


def receipt_shown(receipt: Receipt) -> tuple[dict[str, Any], int]:
    """200 with the case that was started or reached, 202 when the message waits in quarantine."""
    body: dict[str, Any] = {"status": receipt.status}
    if receipt.case_id is not None:
        body["case"] = str(receipt.case_id)
    return body, 202 if receipt.status == "parked" else 200


def receipt_answer(receipt: Receipt) -> Response:
    """The same as an answer."""
    body, status = receipt_shown(receipt)
    return Response(json.dumps(body), status, mimetype="application/json")
