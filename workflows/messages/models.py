"""Messages from outside: taken once, started or delivered, or parked until someone waits for them."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from workflows.database import Base, new_id


class InboundMessage(Base):
    """A CloudEvent that was accepted. ``status``: ``started``, ``delivered`` or ``parked``."""

    __tablename__ = "inbound_messages"
    __table_args__ = (
        UniqueConstraint("organisation_id", "source", "event_id"),
        Index("ix_inbound_parked", "type", "correlation", postgresql_where=text("status = 'parked'")),
        Index("ix_inbound_opening", "opens_at", postgresql_where=text("status = 'parked' and opens_at is not null")),
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisations.id"))
    integration_id: Mapped[UUID | None] = mapped_column(ForeignKey("integrations.id"))
    source: Mapped[str]
    event_id: Mapped[str]
    type: Mapped[str]
    correlation: Mapped[str | None]
    body: Mapped[dict[str, Any]]
    status: Mapped[str]
    case_id: Mapped[UUID | None] = mapped_column(ForeignKey("cases.id"))
    received_at: Mapped[datetime]
    expires_at: Mapped[datetime | None]
    opens_at: Mapped[datetime | None]
    """When a message from a case opens another one, at the earliest; None when it only is delivered."""
    origin_id: Mapped[UUID | None]
