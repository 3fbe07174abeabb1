"""What an act already bears: the signatures given under it, by whom and under which entry."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows.signatures.models import Act, Evidence


def signed_by(session: Session, act: Act | None) -> tuple[tuple[UUID, str | None], ...]:
    """Who signed an act, each with the entry signed under (None for the head of the body)."""
    if act is None:
        return ()
    query = select(Evidence.person_id, Evidence.record).where(Evidence.act_id == act.id, Evidence.kind == "SIGNATURE")
    return tuple((person_id, record.get("entree")) for person_id, record in session.execute(query))


def last_signed(session: Session, act: Act) -> Evidence | None:
    """The last evidence that an act bears, an authorisation outside the plan included."""
    query = select(Evidence).where(Evidence.act_id == act.id)
    return session.scalars(query.order_by(Evidence.position.desc()).limit(1)).first()
