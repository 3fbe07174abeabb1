"""Notices: what I was told, and marking it as read."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from webapp.api.door import Room, identifier, persons_only
from webapp.api.schemas.people import NoticeOut, NoticePage
from webapp.api.schemas.shapes import NothingIn, PageIn
from workflows.cases.cursor import read_cursor, write_cursor
from workflows.desk import Desk
from workflows.notices.models import Notice
from workflows.notices.queries import my_notices
from workflows.notices.read import read_notice

room = Room("notices", "What I was told without being asked to do anything.")


@room.route("/me/notices")
@persons_only
@room.arguments(PageIn, location="query")
@room.reads(NoticePage)
def list_notices(desk: Desk, asked: dict[str, Any]) -> Any:
    """My notices, the latest first."""
    before = read_cursor(asked["cursor"], "notices", (UUID,))[0] if asked["cursor"] else None
    found = my_notices(desk, before=before, limit=asked["limit"] + 1)
    page = found[: asked["limit"]]
    following = write_cursor("notices", (page[-1].id,)) if len(found) > len(page) else None
    return {"items": [_shown(one) for one in page], "next": following}


@room.route("/me/notices/<notice_id>/read", methods=["POST"])
@persons_only
@room.arguments(NothingIn, required=False)
@room.writes(NoticeOut)
def mark_read(desk: Desk, asked: dict[str, Any], notice_id: str) -> Any:
    """Mark one of my notices as read."""
    return _shown(read_notice(desk, identifier(notice_id, "notice.unknown")))


def _shown(notice: Notice) -> dict[str, Any]:
    kept = {key: getattr(notice, key) for key in ("id", "kind", "step", "at")}
    return kept | {"case": str(notice.case_id) if notice.case_id else None, "read": notice.read_at is not None}
