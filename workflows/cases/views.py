"""What readers are shown of cases and tasks: frozen values, made by the queries, worded at the edge."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Generic, TypeVar
from uuid import UUID

from workflows.cases.refs import CaseRef as CaseRef
from workflows.cases.refs import IncidentRow as IncidentRow
from workflows.cases.refs import PersonRef as PersonRef

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """One page of a list and the cursor of the next, or None when there is no more."""

    items: tuple[T, ...]
    next: str | None


@dataclass(frozen=True, slots=True)
class TaskRow:
    """A task as a list shows it. ``late`` is a flag, computed from the due date at the reader's moment."""

    id: UUID
    case: CaseRef
    step: str
    title: str
    title_en: str
    role: str
    state: str
    assignee: PersonRef | None
    due_at: datetime | None
    created_at: datetime
    late: bool
    priority: int
    revision: int
    closed_at: datetime | None = None
    outcome: str | None = None


@dataclass(frozen=True, slots=True)
class FileRow:
    """A file joined to a case."""

    id: UUID
    filename: str
    media_type: str
    size: int
    at: datetime
    by: PersonRef


@dataclass(frozen=True, slots=True)
class CommentRow:
    """Something a person wrote on a case."""

    id: UUID
    at: datetime
    by: PersonRef
    text: str


@dataclass(frozen=True, slots=True)
class SignatureView:
    """What a signatory sees before signing: the act, its hash, and the statement that signing confirms."""

    act: Mapping[str, Any]
    sha256: str
    statement: str | None
    quality: str | None
    titulaire: str | None
    entry: str | None
    alert: str | None = None
    """The rule that speaks against the reader's signing, who must then say why (``SOD-14``)."""


@dataclass(frozen=True, slots=True)
class TaskView:
    """One task, open on the desk: its form, what was answered before, and what the reader may do with it.

    ``form`` is a form-js schema in the reader's language, None for a task without a form. ``shown`` holds
    read-only values by key, ``draft`` unfinished answers. ``may`` lists ``claim``, ``release``, ``assign``,
    ``draft``, ``complete``, ``comment``, ``attach``.
    """

    row: TaskRow
    form: Mapping[str, Any] | None
    draft: Mapping[str, Any] | None
    shown: Mapping[str, Any]
    signature: SignatureView | None
    may: frozenset[str]
    before: tuple[StepRow, ...] = ()
    files: tuple[FileRow, ...] = ()
    comments: tuple[CommentRow, ...] = ()
    candidates: tuple[PersonRef, ...] = ()
    stead: PersonRef | None = None
    """In whose place the reader is asked (SOD-09)."""


@dataclass(frozen=True, slots=True)
class OpenTaskRow:
    """A task that a case has open now."""

    id: UUID
    step: str
    title: str
    title_en: str
    role: str
    state: str
    assignee: PersonRef | None
    due_at: datetime | None
    created_at: datetime
    candidates: tuple[PersonRef, ...] = ()


@dataclass(frozen=True, slots=True)
class WaitRow:
    """A timer or a message that a case waits for; ``kind`` is ``timer`` or ``message``.

    A timer that would interrupt a step bears that step's number.
    """

    step: str
    kind: str
    name: str
    due_at: datetime | None
    aside: bool = False
    """Whether it only watches over something else, so that the case does not stand still for it."""


@dataclass(frozen=True, slots=True)
class LinkRow:
    """A case that belongs with another, and how."""

    case: CaseRef
    kind: str


@dataclass(frozen=True, slots=True)
class CaseRow:
    """A case as a list shows it."""

    id: UUID
    number: str
    process: str
    version: int
    state: str
    end: str | None
    subject: str
    requester: PersonRef | None
    beneficiary: PersonRef | None
    created_at: datetime
    ended_at: datetime | None
    open_tasks: tuple[OpenTaskRow, ...] = ()


@dataclass(frozen=True, slots=True)
class CaseView:
    """One case: where it stands, who has what, what it waits for, and the data that this reader may see."""

    row: CaseRow
    waiting: tuple[WaitRow, ...]
    data: Mapping[str, Any]
    links: tuple[LinkRow, ...]
    actions: tuple[str, ...]
    may_attach: bool = False
    files: tuple[FileRow, ...] = ()
    comments: tuple[CommentRow, ...] = ()
    reduced: bool = False
    incident: IncidentRow | None = None


@dataclass(frozen=True, slots=True)
class StepRow:
    """One element of the model that a case passed; ``by`` is a person's code, ``SYS`` for the house."""

    step: str
    state: str
    at: datetime
    by: str
    title: str = ""
    title_en: str = ""
    outcome: str | None = None


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """One fact of a case's journal."""

    at: datetime
    by: str
    kind: str
    step: str | None
    data: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ProcessRow:
    """A process as it may be started: key, titles, its current version."""

    key: str
    title: str
    title_en: str
    version: int
    may_start: bool
    about: Mapping[str, Any] = field(default_factory=dict)
