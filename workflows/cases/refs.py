"""Small views that others hold: a case and a person by name, and why a case stands in error."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class CaseRef:
    """Enough of a case to name it; ``failed`` for one that stands in error."""

    id: UUID
    number: str
    process: str
    subject: str
    failed: bool = False


@dataclass(frozen=True, slots=True)
class PersonRef:
    """A person by code, with the name for pages."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class IncidentRow:
    """Why a case stands in error: since when, where, how often it was tried, when again, and whom to ask."""

    reference: str
    at: datetime
    step: str | None
    code: str
    reason: str
    reason_en: str
    attempts: int
    next_at: datetime | None
    contact: tuple[PersonRef, ...]
