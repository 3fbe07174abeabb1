"""Deadlines counted again after a calendar changed: the preview, then the move."""

from __future__ import annotations

from typing import Any

from webapp.api.door import Room, persons_only
from webapp.api.schemas.deadlines import DeadlinesIn, MoveDeadlinesIn, RecountOut
from workflows.cases.recount import MoveDeadlines, move_deadlines, preview_deadlines
from workflows.desk import Desk

ABOUT = (
    "A deadline is fixed when its task is created. After a calendar changed, an operator (EXPL) looks at what would "
    "move, then moves it: the deadline and its reminders, nothing else, each task journalled."
)
room = Room("deadlines", ABOUT)


@room.route("/deadlines/recount")
@persons_only
@room.arguments(DeadlinesIn, location="query")
@room.reads(RecountOut)
def preview_recount(desk: Desk, asked: dict[str, Any]) -> Any:
    """What counting again would move; nothing is changed."""
    return preview_deadlines(desk, asked.get("case"))


@room.route("/deadlines/recount", methods=["POST"])
@persons_only
@room.arguments(MoveDeadlinesIn)
@room.writes(RecountOut)
def recount(desk: Desk, asked: dict[str, Any]) -> Any:
    """Move what the preview showed; refused when anything has changed since."""
    return move_deadlines(desk, MoveDeadlines(asked["seen"], asked.get("case")))
