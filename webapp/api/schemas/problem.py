"""What an error looks like (RFC 9457)."""

from __future__ import annotations

from marshmallow import fields

from webapp.api.schemas.shapes import Out


class ProblemOut(Out):
    """What went wrong: a code for machines, a sentence for people."""

    type = fields.String(required=True, metadata={"description": "`urn:parcours:problem:` and the code."})
    title = fields.String(required=True)
    status = fields.Integer(required=True)
    detail = fields.String(required=True, metadata={"description": "What, why, what to do; `Accept-Language`."})
    code = fields.String(required=True, metadata={"example": "task.claimed"})
    params = fields.Dict(required=True)
    errors = fields.Dict(
        keys=fields.String(),
        values=fields.List(fields.String()),
        metadata={"description": "By field, for a refused form."},
    )
