"""A person's own notices, the latest first, page by page; none about a case that is kept from that person."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import func, select

from workflows.desk import Desk
from workflows.notices.models import Notice
from workflows.people.discretion import unhidden


def my_notices(desk: Desk, *, before: UUID | None = None, limit: int = 50) -> Sequence[Notice]:
    """The actor's notices, the latest first, from the one after ``before``."""
    query = select(Notice).where(Notice.person_id == desk.actor.id, unhidden(desk.actor, Notice.case_id))
    if before is not None:
        query = query.where(Notice.id < before)
    return desk.session.scalars(query.order_by(Notice.id.desc()).limit(limit)).all()


def unread(desk: Desk) -> int:
    """How many of the actor's notices are not read yet."""
    mine = (Notice.person_id == desk.actor.id, unhidden(desk.actor, Notice.case_id))
    query = select(func.count()).where(*mine, Notice.read_at.is_(None))
    return desk.session.scalar(query) or 0
