"""The register of roles as the API shows it."""

from __future__ import annotations

from marshmallow import fields

from webapp.api.schemas.shapes import Instant, Out


class SubstituteOut(Out):
    """Who stands in for a holder now."""

    person = fields.String(required=True, attribute="person.code")
    until = Instant(required=True)


class RoleRowOut(Out):
    """Who holds a role, where, since and until when (`until` is not included)."""

    id = fields.UUID(required=True)
    person = fields.String(required=True, attribute="person.code")
    scope = fields.String(required=True)
    scope_code = fields.String(required=True, allow_none=True)
    since = Instant(required=True)
    until = Instant(required=True, allow_none=True)
    state = fields.String(
        required=True, metadata={"description": "`ACTIVE`, `A_VENIR`, `PROPOSEE`, `SUSPENDUE` or `TERMINEE`."}
    )
    interim = fields.Boolean(required=True)
    entries = fields.List(fields.String(), required=True)
    named_by = fields.String(required=True, allow_none=True, attribute="named_by.code", dump_default=None)
    instrument = fields.String(required=True, allow_none=True)
    case = fields.String(required=True, allow_none=True)
    ends_soon = fields.Boolean(required=True)
    substitutes = fields.List(fields.Nested(SubstituteOut), required=True)


class DutyOut(Out):
    """What a role does and may do, in full; `S0` is the document on the respondents of the bodies, word for word."""

    fr = fields.String(required=True)
    en = fields.String(required=True)
    source = fields.String(required=True)


class RegisteredRoleOut(Out):
    """One role of the register."""

    role = fields.String(required=True)
    duties = fields.Nested(DutyOut, required=True, attribute="duty")
    scopes = fields.List(fields.String(), required=True)
    vacant = fields.Boolean(required=True)
    may_propose = fields.Boolean(required=True)
    holders = fields.List(fields.Nested(RoleRowOut), required=True, attribute="rows")
    history = fields.List(fields.Nested(RoleRowOut), required=True)


class RegisterOut(Out):
    """Every role that a nomination gives."""

    items = fields.List(fields.Nested(RegisteredRoleOut), required=True)
    next = fields.String(required=True, allow_none=True)
