"""Tasks: what is asked of whom, and what may be answered."""

from __future__ import annotations

from marshmallow import fields

from webapp.api.schemas.shapes import In, Instant, Out, PageIn, choice, instant, items_of, mapping, text, whole

BOXES = ("queue", "mine", "late", "returned", "done")
STATES = "`DISPONIBLE`, `PRISE_EN_CHARGE`, `RETOURNEE`, `TERMINEE` or `ANNULEE`."


class CaseRefOut(Out):
    """Enough of a case to name it."""

    id = fields.String(required=True)
    number = fields.String(required=True, metadata={"example": "DER-2026-000001"})
    process = fields.String(required=True)
    subject = fields.String(required=True)


class TaskOut(Out):
    """A task, as a list shows it."""

    id = fields.String(required=True)
    case = fields.Nested(CaseRefOut, required=True)
    in_error = fields.Boolean(required=True, metadata={"description": "The case stands in error."})
    step = fields.String(required=True, metadata={"example": "R08"})
    title = fields.String(required=True)
    role = fields.String(required=True)
    state = fields.String(required=True, metadata={"description": STATES})
    assignee = fields.String(required=True, allow_none=True, metadata={"description": "Code of the person."})
    due_at = Instant(required=True, allow_none=True)
    created_at = Instant(required=True)
    late = fields.Boolean(required=True)
    priority = fields.Integer(required=True)
    revision = fields.Integer(required=True)
    closed_at = Instant(required=True, allow_none=True)
    outcome = fields.String(required=True, allow_none=True)


class TaskDetailOut(TaskOut):
    """A task, opened: its form, what is shown, what was kept as a draft, and what the reader may do with it."""

    form = fields.Dict(required=True, allow_none=True, metadata={"description": "form-js schema, reader's language."})
    draft = fields.Dict(required=True, allow_none=True)
    shown = fields.Dict(required=True, metadata={"description": "Read-only values; the act to sign and its statement."})
    may = fields.List(fields.String(), required=True)
    candidates = fields.List(fields.String(), required=True, metadata={"description": "Codes of persons."})


class TaskStateOut(Out):
    """Where a task stands after what was just done with it."""

    id = fields.String(required=True)
    step = fields.String(required=True)
    role = fields.String(required=True)
    state = fields.String(required=True, metadata={"description": STATES})
    assignee = fields.String(required=True, allow_none=True)
    due_at = Instant(required=True, allow_none=True)
    draft = fields.Dict(required=True, allow_none=True)
    revision = fields.Integer(required=True)


class CountsOut(Out):
    """How many tasks each box holds, counted to a hundred at most."""

    queue = fields.Integer(required=True)
    mine = fields.Integer(required=True)
    late = fields.Integer(required=True)
    returned = fields.Integer(required=True)
    done = fields.Integer(required=True)


class NextTaskOut(Out):
    """A task that a completion opened, and whom it waits for."""

    id = fields.String(required=True)
    step = fields.String(required=True)
    title = fields.String(required=True)
    role = fields.String(required=True)
    who = fields.List(fields.String(), required=True)


class CompletionOut(Out):
    """What a completed task led to."""

    task = fields.String(required=True)
    case = fields.Nested(lambda: CaseNameOut(), required=True)
    next = fields.List(fields.Nested(NextTaskOut), required=True)
    ended = fields.Boolean(required=True)
    end = fields.String(required=True, allow_none=True)


class CaseNameOut(Out):
    """A case's id and number."""

    id = fields.String(required=True)
    number = fields.String(required=True)


class CommentOut(Out):
    """Something a person wrote on a case."""

    id = fields.String(required=True)
    at = Instant(required=True)
    by = fields.String(required=True)
    text = fields.String(required=True)


class InboxIn(PageIn):
    """What part of the inbox is asked for."""

    box = choice(BOXES, load_default="queue")
    role = text(most=40, load_default=None)
    process = text(most=80, load_default=None)
    unit = text(most=40, load_default=None)
    case = text(most=80, load_default=None, metadata={"description": "Id or number."})
    q = text(least=0, most=200, load_default=None)
    due_before = instant(load_default=None)
    order = choice(("due_at", "created_at", "priority"), load_default="due_at")


class SeenIn(In):
    """The revision that was seen, if the caller cares; another is 409."""

    revision = whole(1, load_default=None, allow_none=True)


class AssignmentIn(SeenIn):
    """Whose hands to put a task in."""

    person = text(most=80, required=True, metadata={"example": "P08"})


class DraftIn(In):
    """Unfinished answers."""

    answers = mapping(required=True)
    revision = whole(1, load_default=None, metadata={"description": "The one that was seen; another is 409."})


class CompletionIn(In):
    """A task's answers; ``reauthentication`` is the token of ``POST /me/reauthentication``, for a signature."""

    answers = mapping(load_default=dict)
    reauthentication = text(least=0, most=400, load_default=None, allow_none=True)
    revision = whole(1, load_default=None, allow_none=True)


class CommentIn(In):
    """What to write."""

    text = text(1, 2000, required=True)


TaskPage = items_of(TaskOut)
