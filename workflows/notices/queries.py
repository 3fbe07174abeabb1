"""A person's own notices, the latest first, page by page."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import func, select

from workflows.desk import Desk
from workflows.notices.models import Notice


def my_notices(desk: Desk, *, before: UUID | None = None, limit: int = 50) -> Sequence[Notice]:
    """The actor's notices, the latest first, from the one after ``before``."""
    query = select(Notice).where(Notice.person_id == desk.actor.id)
    if before is not None:
        query = query.where(Notice.id < before)
    return desk.session.scalars(query.order_by(Notice.id.desc()).limit(limit)).all()


def unread(desk: Desk) -> int:
    """How many of the actor's notices are not read yet."""
    query = select(func.count()).where(Notice.person_id == desk.actor.id, Notice.read_at.is_(None))
    return desk.session.scalar(query) or 0
