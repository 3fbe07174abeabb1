"""The register of roles: who holds what, where, since and until when, and what each role may do."""

from __future__ import annotations

from typing import Any

from webapp.api.door import Room, persons_only
from webapp.api.schemas.roles import RegisterOut
from workflows.cases.register import register
from workflows.desk import Desk

ABOUT = (
    "The respondents of the body and those who hold its other roles. For the contact lead, the head, managers, human "
    "resources, security and auditors. A role is given, lent, extended, suspended or ended by a case of "
    "`nomination_role`."
)
room = Room("roles", ABOUT)


@room.route("/roles")
@persons_only
@room.reads(RegisterOut)
def list_roles(desk: Desk) -> Any:
    """Every role, with its holders, its duties and what was; the longest history has fifty rows."""
    return {"items": register(desk), "next": None}
