"""Who sees a case, and how much of it: one's own, by role and scope, or not at all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from workflows.desk import Actor, ActorKind


class Sight(StrEnum):
    """How much of a case someone sees: all, a reduced view (no reason, no sensitive field), or nothing."""

    FULL = "V"
    REDUCED = "V*"
    NONE = ""


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """What sight depends on.

    ``seen_by``: role code to ``V`` or ``V*``, as the process says. ``units``: those that the case concerns.
    ``taking_part``: persons who completed a task of the case or may take one that is open. ``hidden``: whether the case
    is kept from the actor (``people.discretion``), which no role and no part in it outweighs.
    """

    organisation_id: UUID
    requester_id: UUID | None
    beneficiary_id: UUID | None
    seen_by: Mapping[str, str]
    units: frozenset[UUID] = frozenset()
    taking_part: frozenset[UUID] = frozenset()
    hidden: bool = False


SCOPED = frozenset({"GEST"})
"""Roles that see the cases of their own units and of those below only."""


def sight_of(actor: Actor, facts: CaseFacts) -> Sight:
    """How much of a case an actor sees; silence means nothing."""
    if actor.kind is ActorKind.SYSTEM:
        return Sight.FULL
    if facts.hidden:
        return Sight.NONE
    if actor.kind is not ActorKind.PERSON or actor.organisation_id != facts.organisation_id:
        return Sight.NONE
    if actor.id is not None and actor.id in (facts.requester_id, facts.beneficiary_id):
        return Sight.FULL
    found = {facts.seen_by[role] for role in actor.roles if role in facts.seen_by and _in_scope(actor, role, facts)}
    if Sight.FULL in found or facts.taking_part & set(actor.hands):
        return Sight.FULL if Sight.FULL in found or not found else Sight.REDUCED
    return Sight.REDUCED if Sight.REDUCED in found else Sight.NONE


def _in_scope(actor: Actor, role: str, facts: CaseFacts) -> bool:
    return role not in SCOPED or bool(actor.units & facts.units)
