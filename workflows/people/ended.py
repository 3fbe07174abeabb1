"""Since when someone may no longer bind the body: what a refusal tells a person whose delegation ran out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows.people.delegation import HOLDER
from workflows.people.models import DelegationEntry, DelegationPlan, Organisation, Substitution, Unit


def authority_ended(session: Session, organisation: Organisation, person_id: UUID, now: datetime) -> Mapping[str, str]:
    """The local date on which a person's last delegation (``date``) or replacement (``replaced``) ended, if one did."""
    entries = (
        select(DelegationEntry.valid_until, DelegationPlan.valid_until)
        .join(DelegationPlan, DelegationPlan.id == DelegationEntry.plan_id)
        .outerjoin(Unit, Unit.id == DelegationEntry.head_of_id)
        .where(DelegationPlan.organisation_id == organisation.id, HOLDER == person_id)
    )
    own = [end for row in session.execute(entries) for end in row if end is not None and end <= now]
    stood = select(Substitution.valid_until).where(Substitution.substitute_id == person_id)
    replaced = [end for end in session.scalars(stood) if end <= now]
    if not own and not replaced:
        return {}
    last = max(own + replaced)
    day = last.astimezone(ZoneInfo(organisation.timezone)).date().isoformat()
    return {"date": day} if last in own else {"replaced": day}
