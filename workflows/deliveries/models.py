"""Subscriptions of outside systems, and what each was sent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import ARRAY, TEXT
from sqlalchemy.orm import Mapped, mapped_column

from workflows.database import Base, new_id, one_of


class DeliveryState(StrEnum):
    """Where a delivery stands: about to be tried, failed and to be tried again, delivered, or given up."""

    WAITING = "EN_ATTENTE"
    FAILING = "ECHEC"
    DELIVERED = "LIVREE"
    DEAD = "MORTE"


PENDING = (DeliveryState.WAITING, DeliveryState.FAILING)


@dataclass(frozen=True, slots=True)
class Lane:
    """The messages of one case for one subscription: they go one after the other."""

    organisation_id: UUID
    case_id: UUID
    subscription_id: UUID

    def told(self) -> dict[str, Any]:
        """The same as a job carries it."""
        return {
            "organisation_id": str(self.organisation_id),
            "case_id": str(self.case_id),
            "subscription_id": str(self.subscription_id),
        }


@dataclass(slots=True)
class OfCase:
    """The case of a delivery, as the journal names it."""

    id: UUID
    organisation_id: UUID


class Subscription(Base):
    """Where an outside system wants messages sent: the listed types (None: every outbound type), signed.

    ``integration_id`` is the account that opened it; None when persons of the organisation look after it.
    ``active`` ends when the receiver answers that it is gone, ``ended_at`` is when someone took it back.
    """

    __tablename__ = "subscriptions"
    __table_args__ = (Index(None, "organisation_id"),)
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisations.id"))
    integration_id: Mapped[UUID | None] = mapped_column(ForeignKey("integrations.id"))
    url: Mapped[str]
    types: Mapped[list[str] | None] = mapped_column(ARRAY(TEXT))
    secret: Mapped[str]
    active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class Delivery(Base):
    """One message for one subscription, in the order that its case said them (``sequence``).

    ``message_id`` and ``body`` never change, however often it is sent. ``next_at`` is business time; ``claimed_until``
    is wall time: until then whoever is sending it has it in hand.
    """

    __tablename__ = "deliveries"
    __table_args__ = (
        UniqueConstraint("case_id", "subscription_id", "sequence"),
        CheckConstraint(one_of("state", DeliveryState), name="state"),
        Index(None, "organisation_id", "id"),
        Index("ix_deliveries_given_up", "case_id", postgresql_where=text("state = 'MORTE'")),
        Index("ix_deliveries_next", "next_at", "id", postgresql_where=text("state in ('EN_ATTENTE', 'ECHEC')")),
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisations.id"))
    subscription_id: Mapped[UUID] = mapped_column(ForeignKey("subscriptions.id"))
    case_id: Mapped[UUID] = mapped_column(ForeignKey("cases.id"))
    number: Mapped[str]
    message_id: Mapped[str]
    type: Mapped[str]
    body: Mapped[dict[str, Any]]
    sequence: Mapped[int]
    state: Mapped[str] = mapped_column(default=DeliveryState.WAITING)
    attempts: Mapped[int] = mapped_column(default=0)
    next_at: Mapped[datetime | None]
    claimed_until: Mapped[datetime | None]
    last_at: Mapped[datetime | None]
    last_status: Mapped[int | None]
    last_error: Mapped[str | None]
    task_id: Mapped[UUID | None] = mapped_column(ForeignKey("tasks.id"))
    """The operator's task that was asked when it was given up last; None while it never was."""
    created_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]

    @property
    def lane(self) -> Lane:
        """The messages among which it has its place."""
        return Lane(self.organisation_id, self.case_id, self.subscription_id)

    @property
    def case(self) -> OfCase:
        """The case that said it."""
        return OfCase(self.case_id, self.organisation_id)


GIVEN_UP = Delivery.state == DeliveryState.DEAD
"""What makes a delivery a dead letter."""
