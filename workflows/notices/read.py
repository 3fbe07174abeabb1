"""Reading a notice: it counts as read from then on."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select

from workflows.desk import Desk
from workflows.errors import Missing
from workflows.notices.models import Notice


def read_notice(desk: Desk, notice_id: UUID) -> Notice:
    """Mark one of the actor's own notices as read; a second time changes nothing."""
    query = select(Notice).where(Notice.id == notice_id, Notice.person_id == desk.actor.id).with_for_update()
    notice = desk.session.scalar(query)
    if notice is None:
        raise Missing("notice.unknown")
    if notice.read_at is None:
        notice.read_at = desk.now
    return notice
