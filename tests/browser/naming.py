"""Nominations brought to every form of theirs, and the register of roles as several people see it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.browser.cases import Cases

PROPOSED: dict[str, Any] = {
    "role": "RCELL",
    "personne": "P04",
    "portee": {"type": "SUB", "code": "SF-200"},
    "du": "2026-12-14",
}
NAMERS = {"N02": "P02", "N05": "P02", "N06": "P32", "N07": "P04", "N10": "P02"}
"""Who has the task of each form of a nomination."""


def nominations(made: Cases) -> None:
    """N02, N05, N06, N07, N10: a proposal being written, one that a rule blocks, and so on to the portals."""
    callers = made.callers
    made.open("N02", "P02", callers.start("P02", "nomination_role"), "N02")
    blocked = callers.start("P02", "nomination_role")
    callers.do("P02", blocked, "N02", {**PROPOSED, "role": "FACTU", "portee": {"type": "ORG"}})
    made.open("N05", "P02", blocked, "N05")
    approved = callers.start("P02", "nomination_role")
    callers.do("P02", approved, "N02", PROPOSED)
    made.open("N06", "P32", approved, "N06")
    accepted = callers.start("P02", "nomination_role")
    callers.do("P02", accepted, "N02", {**PROPOSED, "portee": {"type": "SEC", "code": "SRM"}})
    callers.do("P32", accepted, "N06", {"decision": "APPROUVER"})
    made.open("N07", "P04", accepted, "N07")
    ended = callers.start("P02", "nomination_role")
    gone = {"action": "REVOQUER", "role": "RCELL", "personne": "P04", "portee": {"type": "SUB", "code": "SF-100"}}
    callers.do("P02", ended, "N02", {**gone, "du": "2026-12-07", "motif": "P03 suffit."})
    callers.do("P32", ended, "N06", {"decision": "APPROUVER"})
    made.open("N10", "P02", ended, "N10")
