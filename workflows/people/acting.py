"""Who may act on a running case besides its tasks: by role, a manager within the units that the case concerns."""

from __future__ import annotations

from uuid import UUID

from workflows.desk import Actor
from workflows.people.visibility import SCOPED


def may_act(actor: Actor, roles: frozenset[str], units: frozenset[UUID]) -> bool:
    """Whether one of an actor's roles lets it do something on a case; silence means no."""
    held = roles & actor.roles
    return bool(held - SCOPED) or (bool(held & SCOPED) and bool(actor.units & units))
