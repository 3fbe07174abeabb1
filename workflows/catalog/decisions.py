"""Which decision table rules: the organisation's own where it has one in force, else the process's."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from workflows.catalog.models import OrganisationDecision


def table_in_force(session: Session, organisation_id: UUID, key: str, now: datetime) -> OrganisationDecision | None:
    """The organisation's own version of a table at an instant, or None when the process's own applies."""
    query = select(OrganisationDecision).where(
        OrganisationDecision.organisation_id == organisation_id,
        OrganisationDecision.key == key,
        OrganisationDecision.valid_from <= now,
        or_(OrganisationDecision.valid_until.is_(None), OrganisationDecision.valid_until > now),
    )
    return session.scalar(query.order_by(OrganisationDecision.valid_from.desc()).limit(1))
