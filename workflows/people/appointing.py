"""Who may propose someone for a role, who approves it, and within which scopes it may be given. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping

HEAD, LEAD = "DIR", "INTRL"
OWN = frozenset({"RCELL", "MANDA", "MANDA_S", "GAPCO", "FACTU"})
"""The roles that the contact lead assigns (« responsable de l'attribution des divers rôles »)."""
HEADS_OWN = frozenset({"INTRL", "DERO", "PILOT", "PILFM", "PROP", "CSEC", "RPRP"})
"""The roles that only the head of the body proposes."""
NAMED = OWN | HEADS_OWN
"""The roles that a nomination gives; the others follow from the post, or are given by the platform."""
APPROVED_BY_HEAD = HEADS_OWN | {"MANDA"}
"""The roles whose nomination the head approves; the others, the manager of the person named."""
SCOPES: Mapping[str, tuple[str, ...]] = {
    "INTRL": ("ORG", "SUB"),
    "RCELL": ("ORG", "SUB", "SEC"),
    "MANDA": ("ORG",),
    "MANDA_S": ("ORG",),
    "GAPCO": ("SEC",),
    "FACTU": ("ORG", "SUB"),
    "DERO": ("ORG", "SEC"),
    "PILOT": ("ORG",),
    "PILFM": ("ORG",),
    "PROP": ("MODULE",),
    "CSEC": ("ORG",),
    "RPRP": ("ORG",),
}
MODULES = ("RF", "RM", "RH")


def may_propose(roles: Collection[str], role: str) -> bool:
    """Whether someone who holds these roles may propose a nomination for a role; silence means no."""
    return (role in NAMED and HEAD in roles) or (role in OWN and LEAD in roles)


def proposer_of(role: str) -> str:
    """The role whose inbox a proposal lies in when no person began it."""
    return LEAD if role in OWN else HEAD


def approved_by_head(role: str) -> bool:
    """Whether the head approves the nomination; if not, the manager of the person named does."""
    return role in APPROVED_BY_HEAD
