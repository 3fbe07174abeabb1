"""Cases, their tasks, and what they wait for."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from workflows.database import Base, new_id, one_of


class CaseState(StrEnum):
    """Where a case stands."""

    RUNNING = "EN_COURS"
    WAITING = "EN_ATTENTE"
    SUSPENDED = "SUSPENDUE"
    FAILED = "EN_ERREUR"
    ENDED = "TERMINEE"
    CANCELLED = "ANNULEE"


class TaskState(StrEnum):
    """Where a task stands; « en retard » is a flag computed from the due date, not a state."""

    OPEN = "DISPONIBLE"
    CLAIMED = "PRISE_EN_CHARGE"
    RETURNED = "RETOURNEE"
    DONE = "TERMINEE"
    CANCELLED = "ANNULEE"


class Case(Base):
    """One running or ended process: its number, its people, its engine state, its facts.

    ``facts`` holds computed values by key (amounts, classification, level …: what ``data`` shows); the answers of
    forms are in ``CaseAnswers``. ``engine_state`` is opaque bytes of the engine room, rewritten by each run.
    """

    __tablename__ = "cases"
    __table_args__ = (
        UniqueConstraint("organisation_id", "number"),
        CheckConstraint(one_of("state", CaseState), name="state"),
        Index(None, "requester_id"),
        Index(None, "beneficiary_id"),
        Index(None, "organisation_id", "process", "id"),
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisations.id"))
    number: Mapped[str]
    process: Mapped[str]
    version_id: Mapped[UUID] = mapped_column(ForeignKey("process_versions.id"))
    state: Mapped[str] = mapped_column(default=CaseState.RUNNING)
    end: Mapped[str | None]
    subject: Mapped[str] = mapped_column(default="")
    requester_id: Mapped[UUID | None] = mapped_column(ForeignKey("persons.id"))
    beneficiary_id: Mapped[UUID | None] = mapped_column(ForeignKey("persons.id"))
    unit_id: Mapped[UUID | None] = mapped_column(ForeignKey("units.id"))
    subdivision: Mapped[str | None]
    facts: Mapped[dict[str, Any]] = mapped_column(default=dict)
    counts: Mapped[list[Any]] = mapped_column(default=list, server_default=text("'[]'"))
    """How the instants that its data hold were counted on the calendars (see ``calendars.count``)."""
    engine_state: Mapped[bytes]
    revision: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class Task(Base):
    """One thing asked of someone. ``queue`` names the inbox it lies in (None: only named persons may take it).

    ``people`` of a task are rows of ``TaskPerson``: candidates when ``queue`` is None, exclusions otherwise.
    """

    __tablename__ = "tasks"
    __table_args__ = (
        Index("ix_tasks_queue_open", "queue", "due_at", "id", postgresql_where=text("state = 'DISPONIBLE'")),
        Index(
            "ix_tasks_assignee_open", "assignee_id", "due_at", "id", postgresql_where=text("state = 'PRISE_EN_CHARGE'")
        ),
        Index("ix_tasks_returned", "returned_by_id", "id", postgresql_where=text("state = 'RETOURNEE'")),
        Index("ix_tasks_done", "closed_by_id", "closed_at", "id", postgresql_where=text("state = 'TERMINEE'")),
        Index(None, "case_id", "id"),
        CheckConstraint(one_of("state", TaskState), name="state"),
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("cases.id"))
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisations.id"))
    engine_id: Mapped[UUID | None]
    """The engine's own id of the open task; None once it is closed."""
    step: Mapped[str]
    title: Mapped[str]
    title_en: Mapped[str]
    role: Mapped[str]
    queue: Mapped[str | None]
    form: Mapped[str | None]
    policy: Mapped[str | None]
    state: Mapped[str] = mapped_column(default=TaskState.OPEN)
    assignee_id: Mapped[UUID | None] = mapped_column(ForeignKey("persons.id"))
    item: Mapped[int | None]
    """Which of several signatures (position in ``SignatureDue``) this task is for."""
    priority: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime]
    due_at: Mapped[datetime | None]
    counted: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    """How the due date was counted on the calendars (see ``calendars.count``); None when it was not."""
    remaining_seconds: Mapped[int | None]
    """Business seconds left on the clock when the task was returned."""
    returned_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("persons.id"))
    draft: Mapped[dict[str, Any] | None]
    closed_at: Mapped[datetime | None]
    closed_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("persons.id"))
    outcome: Mapped[str | None]
    revision: Mapped[int] = mapped_column(default=1)


class PersonKind(StrEnum):
    """Why a person stands on a task's list."""

    CANDIDATE = "CANDIDAT"
    EXCLUDED = "EXCLU"


class TaskPerson(Base):
    """A person named for a task (candidate), or kept from it by a rule (excluded); never both.

    ``valid_until`` is when a candidate's authority ends. ``ground`` says why: for a signature the delegation entry,
    quality, titulaire, substitution; for an exclusion the rule (``SOD-03``).
    """

    __tablename__ = "task_persons"
    __table_args__ = (
        Index(
            "ix_task_persons_candidate",
            "person_id",
            "task_id",
            postgresql_where=text("kind = 'CANDIDAT' and removed_at is null"),
        ),
        CheckConstraint(one_of("kind", PersonKind), name="kind"),
    )
    task_id: Mapped[UUID] = mapped_column(ForeignKey("tasks.id"), primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("persons.id"), primary_key=True)
    kind: Mapped[str]
    rule: Mapped[str | None]
    ground: Mapped[dict[str, Any]] = mapped_column(default=dict)
    valid_until: Mapped[datetime | None]
    removed_at: Mapped[datetime | None]


class CaseAnswers(Base):
    """The latest answers given at a step of a case (earlier ones stay with their task in the journal)."""

    __tablename__ = "case_answers"
    __table_args__ = (
        Index(
            "ix_case_answers_order",
            text("(answers ->> 'no_commande')"),
            postgresql_where=text("(answers ->> 'no_commande') is not null"),
        ),
    )
    case_id: Mapped[UUID] = mapped_column(ForeignKey("cases.id"), primary_key=True)
    step: Mapped[str] = mapped_column(primary_key=True)
    answers: Mapped[dict[str, Any]]
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("persons.id"))
    at: Mapped[datetime]
