"""What a person has in a system."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.dialects.postgresql import ARRAY, TEXT
from sqlalchemy.orm import Mapped, mapped_column

from workflows.database import Base, new_id, one_of


class AccessState(StrEnum):
    """Whether an access works; one is never deleted."""

    DISABLED = "DESACTIVE"
    ENABLED = "ACTIF"


class Access(Base):
    """One person's account in one system, with what is granted in it and what of that works now.

    ``system``: ``SAGIR``, ``RESEAU``, ``BADGE``. ``granted``: codes of what was approved. ``live``: those of them that
    work while the account is enabled. ``case_id``: the case that granted it last. ``ends_at``: until when it was
    granted, when an end is planned; the departure revokes it then.
    """

    __tablename__ = "accesses"
    __table_args__ = (
        UniqueConstraint("person_id", "system"),
        CheckConstraint(one_of("state", AccessState), name="state"),
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisations.id"))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("persons.id"))
    system: Mapped[str]
    account: Mapped[str]
    granted: Mapped[list[str]] = mapped_column(ARRAY(TEXT), default=list)
    live: Mapped[list[str]] = mapped_column(ARRAY(TEXT), default=list)
    state: Mapped[str] = mapped_column(default=AccessState.DISABLED)
    case_id: Mapped[UUID | None]
    ends_at: Mapped[datetime | None]
    changed_at: Mapped[datetime]
