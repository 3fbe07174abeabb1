"""One confidentiality incident, as the register keeps it."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.dialects.postgresql import ARRAY, TEXT
from sqlalchemy.orm import Mapped, mapped_column

from workflows.database import Base, new_id, one_of


class IncidentState(StrEnum):
    """Whether the privacy officer has assessed it."""

    OPEN = "OUVERT"
    ASSESSED = "EVALUE"


class ConfidentialityIncident(Base):
    """An entry of the register: which goods were lost in which case, when it was known, what the officer concluded.

    ``kept_until``: five years at least after the body knew of it (Regulation respecting confidentiality incidents,
    section 8).
    """

    __tablename__ = "confidentiality_incidents"
    __table_args__ = (
        Index(None, "organisation_id", "known_at"),
        CheckConstraint(one_of("state", IncidentState), name="state"),
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisations.id"))
    case_id: Mapped[UUID]
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("persons.id"))
    goods: Mapped[list[str]] = mapped_column(ARRAY(TEXT), default=list)
    state: Mapped[str] = mapped_column(default=IncidentState.OPEN)
    known_at: Mapped[datetime]
    kept_until: Mapped[datetime]
    assessment: Mapped[str | None]
    serious: Mapped[bool | None]
    assessed_at: Mapped[datetime | None]
    assessed_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("persons.id"))
