"""What a signature leaves behind: the act, the signatures it needs, and the evidence of each."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from workflows.database import Base, new_id


class Act(Base):
    """What a signatory sees and signs: canonical JSON (RFC 8785), its SHA-256.

    Its text never changes: the database refuses it. ``expires_at`` is when the wait for its signatures ends;
    ``paused_at`` is since when that wait stands still, the act being returned for details.
    """

    __tablename__ = "acts"
    __table_args__ = (UniqueConstraint("case_id", "sequence"),)
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("cases.id"))
    sequence: Mapped[int]
    canonical: Mapped[str]
    sha256: Mapped[str]
    created_at: Mapped[datetime]
    voided_at: Mapped[datetime | None]
    sealed_at: Mapped[datetime | None]
    expires_at: Mapped[datetime | None]
    paused_at: Mapped[datetime | None]


class SignatureDue(Base):
    """One signature that an act needs: the lowest level that may give it, and the evidence once it is given.

    ``outcome`` is what came of it since it was last opened: ``SIGNEE``, ``REFUSEE``, ``RETOURNEE``, ``RECUSEE``,
    ``EXPIREE``, or the step that a failing guard leads to (``GARDE_R08`` …).
    """

    __tablename__ = "signatures_due"
    __table_args__ = (UniqueConstraint("act_id", "position"),)
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    act_id: Mapped[UUID] = mapped_column(ForeignKey("acts.id"))
    position: Mapped[int]
    level: Mapped[int]
    joint: Mapped[bool] = mapped_column(default=False)
    designated_id: Mapped[UUID | None] = mapped_column(ForeignKey("persons.id"))
    evidence_id: Mapped[UUID | None] = mapped_column(ForeignKey("evidence.id"))
    outcome: Mapped[str | None]


class Evidence(Base):
    """One signature given (or an authorisation outside the plan), chained per case to the one before it."""

    __tablename__ = "evidence"
    __table_args__ = (UniqueConstraint("case_id", "position"),)
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("cases.id"))
    act_id: Mapped[UUID] = mapped_column(ForeignKey("acts.id"))
    position: Mapped[int]
    kind: Mapped[str]
    """``SIGNATURE`` or ``AUTORISATION_HORS_SYSTEME``."""
    record: Mapped[dict[str, Any]]
    """Everything that the hash covers: act_sha256, personne, qualite, substitution, titulaire, entree, plan,
    declaration, decision, a, methode, session, fichiers, precedent."""
    person_id: Mapped[UUID] = mapped_column(ForeignKey("persons.id"))
    at: Mapped[datetime]
    previous_hash: Mapped[str]
    hash: Mapped[str]


class Recusal(Base):
    """A person who stepped aside from signing in a case (SOD-17)."""

    __tablename__ = "recusals"
    __table_args__ = (UniqueConstraint("case_id", "person_id"),)
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("cases.id"))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("persons.id"))
    at: Mapped[datetime]
    reason: Mapped[str | None]


class InstallationKey(Base):
    """The key pair (Ed25519, PEM) with which this installation seals the evidence packs that it hands out."""

    __tablename__ = "installation_keys"
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    private_pem: Mapped[str]
    public_pem: Mapped[str]
    fingerprint: Mapped[str] = mapped_column(unique=True)
    created_at: Mapped[datetime]
    retired_at: Mapped[datetime | None]
