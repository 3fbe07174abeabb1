"""Deadlines counted again: what is asked, and what moves."""

from __future__ import annotations

from marshmallow import fields

from webapp.api.schemas.shapes import In, Instant, Out, text


class DeadlinesIn(In):
    """Which case, by number or id; none for every case of the body."""

    case = text(metadata={"example": "DER-2026-000001"})


class MoveDeadlinesIn(In):
    """What was seen in the preview, and for which case."""

    seen = text(required=True, metadata={"description": "The `fingerprint` of the preview."})
    case = text(metadata={"example": "DER-2026-000001"})


class MoveOut(Out):
    """A task whose deadline is counted elsewhere than it stands."""

    task = fields.UUID(required=True, attribute="task_id")
    case = fields.String(required=True, attribute="number")
    step = fields.String(required=True)
    due_at = Instant(required=True, attribute="before")
    new_due_at = Instant(required=True, attribute="after")


class RecountOut(Out):
    """What counting again moves, of how many open tasks."""

    looked_at = fields.Integer(required=True)
    fingerprint = fields.String(required=True)
    items = fields.List(fields.Nested(MoveOut), required=True, attribute="moves")
