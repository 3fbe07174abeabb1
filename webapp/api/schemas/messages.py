"""Messages from outside: CloudEvents 1.0, and what became of each."""

from __future__ import annotations

from marshmallow import INCLUDE, fields

from webapp.api.schemas.shapes import Out


class EventIn(Out):
    """A CloudEvent; the house checks each attribute and says which is wrong."""

    class Meta:
        unknown = INCLUDE

    specversion = fields.Raw(metadata={"type": "string", "example": "1.0"})
    id = fields.Raw(metadata={"type": "string"})
    source = fields.Raw(metadata={"type": "string", "example": "urn:op:demo:prestataire"})
    type = fields.Raw(metadata={"type": "string", "example": "prestataire.commande.confirmee.v1"})
    organisme = fields.Raw(metadata={"type": "string", "example": "OP-DEMO"})
    correlationid = fields.Raw(metadata={"type": "string", "example": "DER-2026-000001"})
    data = fields.Raw(metadata={"type": "object"})


class ReceiptOut(Out):
    """What became of a message."""

    status = fields.String(required=True, metadata={"enum": ["started", "delivered", "duplicate", "parked"]})
    case = fields.String(metadata={"description": "The case it started or reached."})
