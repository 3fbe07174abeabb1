"""How someone proves who they are: bearer tokens, integration accounts, signing in again, failed attempts."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.dialects.postgresql import ARRAY, TEXT
from sqlalchemy.orm import Mapped, mapped_column

from workflows.database import Base, new_id


class Integration(Base):
    """An outside system's account: it may send the listed message types (None: every inbound type)."""

    __tablename__ = "integrations"
    __table_args__ = (UniqueConstraint("organisation_id", "name"),)
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisations.id"))
    name: Mapped[str]
    secret: Mapped[str]
    types: Mapped[list[str] | None] = mapped_column(ARRAY(TEXT))
    contract: Mapped[str | None]
    active: Mapped[bool] = mapped_column(default=True)


class ApiToken(Base):
    """A bearer token, kept only as its SHA-256; wall-clock times."""

    __tablename__ = "api_tokens"
    __table_args__ = (Index(None, "person_id"), Index(None, "integration_id"))
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    sha256: Mapped[str] = mapped_column(unique=True)
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("persons.id"))
    integration_id: Mapped[UUID | None] = mapped_column(ForeignKey("integrations.id"))
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]


class Reauthentication(Base):
    """Proof that a person just signed in again: good for five minutes of wall clock, for signatures (guard G4)."""

    __tablename__ = "reauthentications"
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    sha256: Mapped[str] = mapped_column(unique=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("persons.id"))
    method: Mapped[str]
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]


class EndedSession(Base):
    """A session on pages that its owner ended: its cookie is worth nothing from then on, whoever holds a copy."""

    __tablename__ = "ended_sessions"
    __table_args__ = (Index(None, "ended_at"),)
    id: Mapped[str] = mapped_column(primary_key=True)
    ended_at: Mapped[datetime]


class SignInAttempt(Base):
    """A failed sign-in, kept for the rate limit only."""

    __tablename__ = "sign_in_attempts"
    __table_args__ = (Index(None, "key", "at"),)
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    key: Mapped[str]
    at: Mapped[datetime]
