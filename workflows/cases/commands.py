"""What can be asked of a case or a task: one frozen command a verb."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID


@dataclass(frozen=True, slots=True)
class StartCase:
    """Start a process; ``data`` has the keys of the message that starts it, none when a person does."""

    process: str
    data: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CancelCase:
    """Put an end to a case, by id or number; ``fee_cents``: what the provider asks for it, before taxes."""

    ref: str
    reason: str
    fee_cents: int | None = None


@dataclass(frozen=True, slots=True)
class ClaimTask:
    """Take a task out of the inbox, into one's own hands."""

    task_id: UUID
    revision: int | None = None


@dataclass(frozen=True, slots=True)
class ReleaseTask:
    """Put a task back in the inbox it came from."""

    task_id: UUID
    revision: int | None = None


@dataclass(frozen=True, slots=True)
class AssignTask:
    """Put a task in someone's hands; ``person`` is a code."""

    task_id: UUID
    person: str
    revision: int | None = None


@dataclass(frozen=True, slots=True)
class SaveDraft:
    """Keep unfinished answers with the task; ``revision`` is the one that was seen, if the caller cares."""

    task_id: UUID
    answers: Mapping[str, Any]
    revision: int | None = None


@dataclass(frozen=True, slots=True)
class CompleteTask:
    """Answer a task's form. ``reauthentication`` is how the actor just proved identity again (``password``)."""

    task_id: UUID
    answers: Mapping[str, Any]
    revision: int | None = None
    reauthentication: str | None = None


@dataclass(frozen=True, slots=True)
class AddComment:
    """Write something on a case, from one of its tasks."""

    task_id: UUID
    text: str


@dataclass(frozen=True, slots=True)
class AttachFile:
    """Join a file to a case; ``case`` is its id or its number."""

    case: str
    filename: str
    content: bytes


@dataclass(frozen=True, slots=True)
class NextTask:
    """A task that a completion opened: ``who`` is the code of the person it waits for, or the role's code."""

    id: UUID
    step: str
    title: str
    title_en: str
    role: str
    who: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Completion:
    """What a completed task led to: the tasks that opened, or the end of the case."""

    task_id: UUID
    case_id: UUID
    number: str
    next: tuple[NextTask, ...]
    ended: bool
    end: str | None


@dataclass(frozen=True, slots=True)
class InboxAsked:
    """What part of the inbox is asked for: a box, filters, an order, and the cursor of the page before.

    ``box``: ``queue``, ``mine``, ``late``, ``returned`` or ``done``. ``order``: ``due_at``, ``created_at`` or
    ``priority``. ``case`` is an id or a number; ``unit`` a code.
    """

    box: str = "queue"
    role: str | None = None
    process: str | None = None
    unit: str | None = None
    case: str | None = None
    q: str | None = None
    due_before: datetime | None = None
    order: str = "due_at"
    limit: int = 50
    cursor: str | None = None


@dataclass(frozen=True, slots=True)
class CasesAsked:
    """Which cases are asked for; ``involving`` is the code of a person, ``q`` a text of the subject or number."""

    process: str | None = None
    state: str | None = None
    number: str | None = None
    q: str | None = None
    involving: str | None = None
    limit: int = 50
    cursor: str | None = None
