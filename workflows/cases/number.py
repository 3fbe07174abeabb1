"""Case numbers: ``DER-2026-000001``, one count per organisation, process and local year, never given twice."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from workflows.cases.details import CaseNumber
from workflows.people.models import Organisation


def next_number(session: Session, organisation: Organisation, prefix: str, now: datetime) -> str:
    """The next number of a process in an organisation, for the year it is there."""
    year = now.astimezone(ZoneInfo(organisation.timezone)).year
    first = insert(CaseNumber).values(organisation_id=organisation.id, prefix=prefix, year=year, last=1)
    counted = first.on_conflict_do_update(
        index_elements=["organisation_id", "prefix", "year"], set_={"last": CaseNumber.last + 1}
    )
    last = session.scalar(counted.returning(CaseNumber.last))
    return f"{prefix}-{year}-{last:06d}"
