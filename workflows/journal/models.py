"""The journal: every fact, append-only, hash-chained per case (or per organisation for facts outside a case)."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, Identity, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from workflows.database import Base, Digest


class JournalEntry(Base):
    """One fact: who did what, when, about which case and step. Never changed, never deleted one by one."""

    __tablename__ = "journal_entries"
    __table_args__ = (UniqueConstraint("chain", "position"),)
    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    organisation_id: Mapped[UUID | None] = mapped_column(ForeignKey("organisations.id"))
    chain: Mapped[str]
    position: Mapped[int]
    at: Mapped[datetime]
    by: Mapped[str]
    kind: Mapped[str]
    case_id: Mapped[UUID | None]
    step: Mapped[str | None]
    data: Mapped[dict[str, Any]]
    previous_hash: Mapped[str] = mapped_column(Digest())
    hash: Mapped[str] = mapped_column(Digest())


def chain_of(case_id: UUID) -> str:
    """The chain of a case's facts: they are found by it, in their order."""
    return f"case:{case_id}"


class JournalChain(Base):
    """The head of a chain: how many facts it holds and the hash of the last, so that a cut tail is seen."""

    __tablename__ = "journal_chains"
    chain: Mapped[str] = mapped_column(primary_key=True)
    length: Mapped[int]
    hash: Mapped[str] = mapped_column(Digest())
