"""Framework contracts, what the catalogue proposes, and the money bound to budget units."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from workflows.database import Base, new_id


class Contract(Base):
    """A framework contract, its period and its providers in rank order (``{"TELUS": 1, "ROGERS": 2}``)."""

    __tablename__ = "contracts"
    __table_args__ = (UniqueConstraint("organisation_id", "code"),)
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisations.id"))
    code: Mapped[str]
    title: Mapped[str]
    valid_from: Mapped[datetime]
    valid_until: Mapped[datetime | None]
    ranks: Mapped[dict[str, Any]]


class CatalogueItem(Base):
    """Something the catalogue proposes (devices, providers, sites …), with labels and an indicative price range."""

    __tablename__ = "catalogue_items"
    __table_args__ = (UniqueConstraint("organisation_id", "kind", "code"),)
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisations.id"))
    kind: Mapped[str]
    code: Mapped[str]
    label_fr: Mapped[str]
    label_en: Mapped[str]
    details: Mapped[dict[str, Any]] = mapped_column(default=dict)


class BudgetLine(Base):
    """The money of one case in one budget unit and fiscal year: a reservation, then an engagement, or neither.

    ``age`` is when the request was submitted (R05): reservations count in order of age. ``state`` is
    ``RESERVATION``, ``ENGAGEMENT``, ``LIBEREE`` or ``RENVERSEE``. Cents, before taxes.
    """

    __tablename__ = "budget_lines"
    __table_args__ = (
        UniqueConstraint("case_id"),
        Index(None, "unit_id", "fiscal_year"),
        CheckConstraint("state in ('RESERVATION','ENGAGEMENT','LIBEREE','RENVERSEE')", name="state"),
        CheckConstraint("cents >= 0", name="cents"),
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisations.id"))
    case_id: Mapped[UUID] = mapped_column(ForeignKey("cases.id"))
    number: Mapped[str]
    """The case's number, by which other requests name it."""
    unit_id: Mapped[UUID] = mapped_column(ForeignKey("units.id"))
    fiscal_year: Mapped[str]
    cents: Mapped[int] = mapped_column(BigInteger)
    state: Mapped[str]
    age: Mapped[datetime]
    signed_at: Mapped[datetime | None]


class OpeningBalance(Base):
    """What a budget unit had already engaged in a fiscal year before the product kept count (cents)."""

    __tablename__ = "opening_balances"
    __table_args__ = (UniqueConstraint("unit_id", "fiscal_year"),)
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisations.id"))
    unit_id: Mapped[UUID] = mapped_column(ForeignKey("units.id"))
    fiscal_year: Mapped[str]
    cents: Mapped[int] = mapped_column(BigInteger)
