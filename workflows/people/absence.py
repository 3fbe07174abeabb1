"""Who is away at a moment, as the personnel system told it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows.people.models import Absence


def away(session: Session, persons: Iterable[UUID], moment: datetime) -> frozenset[UUID]:
    """Which of these persons are away at a moment."""
    query = select(Absence.person_id).where(
        Absence.person_id.in_(list(persons)), Absence.valid_from <= moment, Absence.valid_until > moment
    )
    return frozenset(session.scalars(query))
