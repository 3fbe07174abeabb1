"""Who is asking: their roles, whom they stand in for, what they were told."""

from __future__ import annotations

from marshmallow import fields

from webapp.api.schemas.shapes import In, Instant, Out, choice, items_of, text, whole


class RoleOut(Out):
    """A role held, within a scope, over a period."""

    role = fields.String(required=True, metadata={"example": "RCELL"})
    scope = fields.String(required=True, metadata={"enum": ["ORG", "SUB", "SEC", "MODULE", "SELF"]})
    scope_code = fields.String(required=True, allow_none=True)
    valid_from = Instant(required=True, allow_none=True, metadata={"description": "Null: since always."})
    valid_until = Instant(required=True, allow_none=True)


class StandInOut(Out):
    """Someone this person stands in for, for which roles and delegation entries, until when."""

    person = fields.String(required=True)
    name = fields.String(required=True)
    roles = fields.List(fields.String(), required=True)
    entries = fields.List(fields.String(), required=True)
    valid_from = Instant(required=True)
    valid_until = Instant(required=True)


class MeOut(Out):
    """The person behind the token."""

    code = fields.String(required=True, metadata={"example": "P08"})
    name = fields.String(required=True)
    kind = fields.String(required=True, metadata={"enum": ["PERSON", "INTEGRATION"]})
    organisation = fields.String(required=True, metadata={"example": "OP-DEMO"})
    language = fields.String(required=True, metadata={"enum": ["fr", "en"]})
    roles = fields.List(fields.Nested(RoleOut), required=True)
    stands_for = fields.List(fields.Nested(StandInOut), required=True)


class PasswordIn(In):
    """The password, asked again before signing."""

    password = text(1, 400, required=True)


class ReauthenticationOut(Out):
    """Proof that the person just signed in again, good for five minutes."""

    token = fields.String(required=True)
    expires_at = Instant(required=True)


class NoticeOut(Out):
    """One thing this person was told."""

    id = fields.String(required=True)
    kind = fields.String(required=True)
    case = fields.String(required=True, allow_none=True)
    step = fields.String(required=True, allow_none=True)
    at = Instant(required=True)
    read = fields.Boolean(required=True)


class SignatoriesIn(In):
    """Which act: its type, its budget unit, its amount, whom it is for."""

    type = choice(("APPAREIL", "RESEAU", "TECHNO"), load_default="APPAREIL")
    unite = text(most=40, required=True, metadata={"example": "SOE"})
    montant_cents = whole(0, loose=True, required=True)
    beneficiaire = text(most=80, load_default=None, metadata={"example": "P05"})


class SignatoryOut(Out):
    """Someone whom the plan knows, and whether they may give a signature: under which entry, or why not."""

    person = fields.String(required=True)
    name = fields.String(required=True)
    position = fields.Integer(required=True, metadata={"description": "Which of the signatures due."})
    may_sign = fields.Boolean(required=True)
    niveau = fields.String(required=True)
    entree = fields.String()
    fonction = fields.String()
    qualite = fields.String(metadata={"enum": ["TITULAIRE", "SUBSTITUT"]})
    titulaire = fields.String(allow_none=True)
    plafond_cents = fields.Integer()
    valid_until = Instant(allow_none=True)
    reason = fields.String(metadata={"description": "What keeps them from it: `SOD-01`, `PLAFOND`, `NIVEAU` …"})
    sentence = fields.String()


class SignatoriesOut(items_of(SignatoryOut)):  # type: ignore[misc]
    """The level that the plan asks for, and who may give it."""

    niveau = fields.String(required=True, allow_none=True)
    nb_signatures = fields.Integer(required=True, allow_none=True)
    regle = fields.String(required=True, allow_none=True)
    plan = fields.String(required=True, allow_none=True)


class ClockOut(Out):
    """Where the simulation's clock stands."""

    now = Instant(required=True)


NoticePage = items_of(NoticeOut)
