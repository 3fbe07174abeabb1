"""Signatories: who may sign such an act now."""

from __future__ import annotations

from typing import Any

from webapp.api.door import Room, persons_only
from webapp.api.schemas.people import SignatoriesIn, SignatoriesOut
from webapp.signatories import signatories
from workflows.desk import Desk

room = Room("signatories", "Who may bind the body, now, and for what.")


@room.route("/signatories")
@persons_only
@room.arguments(SignatoriesIn, location="query")
@room.reads(SignatoriesOut)
def list_signatories(desk: Desk, asked: dict[str, Any]) -> Any:
    """Who may sign such an act now, and why, and why not the others."""
    return signatories(desk, asked, desk.actor.language)
