"""Which processes exist, in which immutable versions, and each organisation's own decision tables."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from workflows.database import Base, new_id


class ProcessVersion(Base):
    """One published version of a process: its files as text, its parsed form, its forms and decision tables.

    ``sources`` maps a file name of the process's folder to its text (``process.bpmn``, ``forms/F-R1.json`` …);
    ``blueprint`` is the engine's parsed form, ``about`` the content of ``process.toml``.
    """

    __tablename__ = "process_versions"
    __table_args__ = (UniqueConstraint("key", "version"),)
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    key: Mapped[str]
    version: Mapped[int]
    checksum: Mapped[str]
    sources: Mapped[dict[str, Any]]
    about: Mapped[dict[str, Any]]
    blueprint: Mapped[bytes]
    published_at: Mapped[datetime]
    retired_at: Mapped[datetime | None]


class OrganisationDecision(Base):
    """An organisation's own version of a decision table, in force over ``[valid_from, valid_until)``."""

    __tablename__ = "organisation_decisions"
    __table_args__ = (UniqueConstraint("organisation_id", "key", "version"),)
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisations.id"))
    key: Mapped[str]
    version: Mapped[str]
    valid_from: Mapped[datetime]
    valid_until: Mapped[datetime | None]
    dmn: Mapped[str]
