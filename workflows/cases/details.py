"""What surrounds a case: steps passed, waits, comments, files, links, numbers, explained decisions."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, Identity, Index, LargeBinary, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from workflows.database import Base, new_id


class CaseStep(Base):
    """One element of the model that the case passed, in order (helper elements are left out)."""

    __tablename__ = "case_steps"
    case_id: Mapped[UUID] = mapped_column(ForeignKey("cases.id"), primary_key=True)
    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    step: Mapped[str]
    state: Mapped[str]
    at: Mapped[datetime]
    by: Mapped[str]
    task_id: Mapped[UUID | None]


class Wait(Base):
    """A timer or a message that a case waits for; ``id`` is the engine's. ``job_id`` is its queued job (wall clock)."""

    __tablename__ = "waits"
    __table_args__ = (
        Index("ix_waits_due", "due_at", "id", postgresql_where=text("due_at is not null")),
        Index("ix_waits_message", "name", "correlation", postgresql_where=text("kind = 'message'")),
    )
    case_id: Mapped[UUID] = mapped_column(ForeignKey("cases.id"), primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(primary_key=True, default="")
    kind: Mapped[str]
    step: Mapped[str]
    correlation: Mapped[str | None]
    due_at: Mapped[datetime | None]
    attached_to: Mapped[str | None]
    since: Mapped[datetime]
    job_id: Mapped[int | None] = mapped_column(BigInteger)


class CaseNumber(Base):
    """The last number given for a process prefix and year in an organisation."""

    __tablename__ = "case_numbers"
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisations.id"), primary_key=True)
    prefix: Mapped[str] = mapped_column(primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True)
    last: Mapped[int]


class Comment(Base):
    """Something a person wrote on a case, from one of its tasks."""

    __tablename__ = "comments"
    __table_args__ = (Index(None, "case_id", "id"),)
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("cases.id"))
    task_id: Mapped[UUID | None] = mapped_column(ForeignKey("tasks.id"))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("persons.id"))
    at: Mapped[datetime]
    text: Mapped[str]


class Attachment(Base):
    """A file joined to a case: its bytes, their SHA-256, and the media type found in its content."""

    __tablename__ = "attachments"
    __table_args__ = (Index(None, "case_id", "id"),)
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("cases.id"))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("persons.id"))
    at: Mapped[datetime]
    filename: Mapped[str]
    media_type: Mapped[str]
    size: Mapped[int]
    sha256: Mapped[str]
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)


class CaseLink(Base):
    """Two cases that belong together, and how (``SUITE``, ``DOUBLON`` …)."""

    __tablename__ = "case_links"
    case_id: Mapped[UUID] = mapped_column(ForeignKey("cases.id"), primary_key=True)
    other_id: Mapped[UUID] = mapped_column(ForeignKey("cases.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime]


class CaseDecision(Base):
    """A decision table as it was evaluated in a case: version, inputs, outputs, the rules that matched."""

    __tablename__ = "case_decisions"
    __table_args__ = (Index(None, "case_id", "id"),)
    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("cases.id"))
    step: Mapped[str]
    decision: Mapped[str]
    version: Mapped[str]
    at: Mapped[datetime]
    inputs: Mapped[dict[str, Any]]
    outputs: Mapped[dict[str, Any]]
    rules: Mapped[list[Any]]


class IdempotencyKey(Base):
    """A write that came with an ``Idempotency-Key``: the same key and body answer the first result again."""

    __tablename__ = "idempotency_keys"
    __table_args__ = (UniqueConstraint("actor", "key"),)
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    actor: Mapped[str]
    key: Mapped[str]
    fingerprint: Mapped[str]
    status: Mapped[int | None]
    body: Mapped[str | None]
    at: Mapped[datetime]
