"""Notices: what a person is told without being asked to do anything."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from workflows.database import Base, new_id


class Notice(Base):
    """One thing told to one person; ``kind`` is a code with a sentence at the edge."""

    __tablename__ = "notices"
    __table_args__ = (Index(None, "person_id", "id"),)
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("persons.id"))
    kind: Mapped[str]
    case_id: Mapped[UUID | None] = mapped_column(ForeignKey("cases.id"))
    step: Mapped[str | None]
    at: Mapped[datetime]
    read_at: Mapped[datetime | None]
