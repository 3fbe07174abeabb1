"""What stopped a case: one open row a case in error, kept when it is repaired."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, select, text
from sqlalchemy.orm import Mapped, Session, mapped_column

from workflows.database import Base, new_id


class Incident(Base):
    """Why a case stands in error: where, by which move, how often it was tried, and when it is tried again by itself.

    ``code`` and ``params`` say what the model did, never the data of the case; ``reference`` is also in the log.
    """

    __tablename__ = "incidents"
    __table_args__ = (
        Index("ix_incidents_open", "case_id", unique=True, postgresql_where=text("closed_at is null")),
        Index("ix_incidents_next", "next_at", postgresql_where=text("next_at is not null")),
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("cases.id"))
    reference: Mapped[str]
    move: Mapped[str]
    step: Mapped[str | None]
    code: Mapped[str]
    params: Mapped[dict[str, Any]] = mapped_column(default=dict)
    attempts: Mapped[int] = mapped_column(default=1)
    at: Mapped[datetime]
    last_at: Mapped[datetime]
    next_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]


def open_incident(session: Session, case_id: UUID) -> Incident | None:
    """What stops a case now, if anything does."""
    return session.scalar(select(Incident).where(Incident.case_id == case_id, Incident.closed_at.is_(None)))
