"""Who looks after what leaves the house: a pure question, deny by default, asked by every door."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from workflows.desk import Actor, ActorKind
from workflows.errors import Forbidden
from workflows.people.authority import OPERATOR

KEEPERS = frozenset({"ADMIN", OPERATOR})
"""Roles that open, end and read every subscription of their organisation, and send again what was not delivered."""
READERS = KEEPERS | {"AUDIT"}


def may_keep(actor: Actor) -> UUID | None:
    """Let an actor look after subscriptions and deliveries: its own account's (named), or all those of its body."""
    return _of_whom(actor, KEEPERS)


def may_read(actor: Actor) -> UUID | None:
    """Let an actor read subscriptions and deliveries: its own account's (named), or all those of its body."""
    return _of_whom(actor, READERS)


def types_allowed(actor: Actor, known: Collection[str]) -> Collection[str]:
    """Which outbound types an actor may subscribe to.

    An account that was given a list of types hears those of the list only; one that is bound to a contract and was
    given no list hears nothing: it is a provider's.
    """
    if actor.kind is not ActorKind.INTEGRATION:
        return known
    if actor.types is not None:
        return [one for one in known if one in actor.types]
    return known if actor.contract is None else ()


def _of_whom(actor: Actor, roles: frozenset[str]) -> UUID | None:
    if actor.kind is ActorKind.INTEGRATION and actor.id is not None:
        return actor.id
    if actor.kind is ActorKind.PERSON and roles & actor.roles:
        return None
    raise Forbidden("subscription.not_yours")
