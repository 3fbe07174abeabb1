"""Cases: where each stands, what it waits for, what happened in it."""

from __future__ import annotations

from marshmallow import fields

from webapp.api.schemas.shapes import In, Instant, Out, PageIn, choice, items_of, mapping, text, whole

STATES = ("EN_COURS", "EN_ATTENTE", "SUSPENDUE", "EN_ERREUR", "TERMINEE", "ANNULEE")


class OpenTaskOut(Out):
    """A task that a case has open now."""

    id = fields.String(required=True)
    step = fields.String(required=True)
    title = fields.String(required=True)
    role = fields.String(required=True)
    state = fields.String(required=True)
    assignee = fields.String(required=True, allow_none=True)
    due_at = Instant(required=True, allow_none=True)
    candidates = fields.List(fields.String(), required=True)


class CaseOut(Out):
    """A case, as a list shows it."""

    id = fields.String(required=True)
    number = fields.String(required=True, metadata={"example": "DER-2026-000001"})
    process = fields.String(required=True)
    version = fields.Integer(required=True)
    state = fields.String(required=True, metadata={"enum": list(STATES)})
    end = fields.String(required=True, allow_none=True, metadata={"description": "Code of the end state."})
    subject = fields.String(required=True)
    requester = fields.String(required=True, allow_none=True)
    beneficiary = fields.String(required=True, allow_none=True)
    created_at = Instant(required=True)
    ended_at = Instant(required=True, allow_none=True)
    open_tasks = fields.List(fields.Nested(OpenTaskOut), required=True)


class WaitOut(Out):
    """What a case waits for."""

    step = fields.String(required=True)
    kind = fields.String(required=True, metadata={"enum": ["timer", "message"]})
    name = fields.String(required=True)
    due_at = Instant(required=True, allow_none=True)


class LinkOut(Out):
    """A case that belongs with this one, and how."""

    id = fields.String(required=True)
    number = fields.String(required=True)
    process = fields.String(required=True)
    kind = fields.String(required=True)


class FileOut(Out):
    """A file joined to a case."""

    id = fields.String(required=True)
    filename = fields.String(required=True)
    media_type = fields.String(required=True)
    size = fields.Integer(required=True)
    at = Instant(required=True)
    by = fields.String(required=True)


class IncidentOut(Out):
    """Why a case stands in error: since when, what was tried, whom to ask."""

    reference = fields.String(required=True, metadata={"example": "INC-1A2B3C4D"})
    at = Instant(required=True)
    step = fields.String(required=True, allow_none=True)
    code = fields.String(required=True)
    reason = fields.String(required=True)
    attempts = fields.Integer(required=True)
    next_at = Instant(required=True, allow_none=True, metadata={"description": "When it is tried again by itself."})
    contact = fields.List(fields.String(), required=True, metadata={"description": "Codes of the operators."})


class CaseDetailOut(CaseOut):
    """A case, opened: its data as this reader may see it, what it waits for, its links and files."""

    waiting = fields.List(fields.Nested(WaitOut), required=True)
    data = fields.Dict(required=True)
    links = fields.List(fields.Nested(LinkOut), required=True)
    actions = fields.List(fields.String(), required=True)
    attachments = fields.List(fields.Nested(FileOut), required=True)
    incident = fields.Nested(IncidentOut, required=True, allow_none=True)


class StepOut(Out):
    """One numbered element that a case passed."""

    step = fields.String(required=True)
    state = fields.String(required=True)
    at = Instant(required=True)
    by = fields.String(required=True, metadata={"description": "Code of the person; `SYS` for the house."})


class FactOut(Out):
    """One fact of a case's journal."""

    at = Instant(required=True)
    by = fields.String(required=True)
    kind = fields.String(required=True, metadata={"example": "task.completed"})
    step = fields.String(required=True, allow_none=True)
    data = fields.Dict(required=True)


class CaseStartIn(In):
    """What to start; ``data`` has the keys of the message that starts the process, none for the others."""

    process = text(most=80, required=True, metadata={"example": "derogation_cellulaire"})
    data = mapping(load_default=dict)


class CasesIn(PageIn):
    """Which cases."""

    process = text(most=80, load_default=None)
    state = choice(STATES, load_default=None)
    number = text(most=80, load_default=None)
    q = text(least=0, most=200, load_default=None)
    involving = text(most=80, load_default=None, metadata={"description": "Code of a person."})


class CancellationIn(In):
    """Why the case is put an end to."""

    reason = text(1, 1000, required=True)
    fee_cents = whole(0, 10**12, load_default=None, allow_none=True)


class ActionIn(In):
    """What the action needs to know."""

    data = mapping(load_default=dict)


CasePage = items_of(CaseOut)
StepPage = items_of(StepOut)
HistoryPage = items_of(FactOut)
