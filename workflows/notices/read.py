"""Reading a notice: it counts as read from then on."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select

from workflows.desk import Desk
from workflows.errors import Missing
from workflows.notices.models import Notice
from workflows.people.discretion import unhidden


def read_notice(desk: Desk, notice_id: UUID) -> Notice:
    """Mark one of the actor's own notices as read; a second time changes nothing."""
    mine = (Notice.id == notice_id, Notice.person_id == desk.actor.id, unhidden(desk.actor, Notice.case_id))
    notice = desk.session.scalar(select(Notice).where(*mine).with_for_update())
    if notice is None:
        raise Missing("notice.unknown")
    if notice.read_at is None:
        notice.read_at = desk.now
    return notice
