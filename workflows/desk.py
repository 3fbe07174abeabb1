"""The desk: where every verb works. One session, one actor, one moment; nothing ambient."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy.orm import Session

from workflows.errors import Routed, Stopped


class ActorKind(StrEnum):
    """What acts: a person, an outside system through its account, or the house itself."""

    PERSON = "PERSON"
    INTEGRATION = "INTEGRATION"
    SYSTEM = "SYSTEM"


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts, with everything that authority needs to know, fixed at the desk's moment.

    ``roles``: role codes held now, own or by substitution. ``queues``: the inboxes that reach this person, as
    written on tasks (see ``workflows.people.queues``). ``hands``: own id first, then the ids of those stood for.
    ``blind``: the cases that are kept from this person (``people.discretion``): no door shows them, whatever the roles.
    ``session_id``: the web session or token that carries the identity, kept with signature evidence.
    """

    kind: ActorKind
    organisation_id: UUID | None
    id: UUID | None
    code: str
    name: str
    language: str = "fr"
    roles: frozenset[str] = frozenset()
    queues: tuple[str, ...] = ()
    hands: tuple[UUID, ...] = ()
    units: frozenset[UUID] = frozenset()
    blind: frozenset[UUID] = frozenset()
    session_id: str = ""
    demo: bool = False
    types: frozenset[str] | None = None
    contract: str | None = None


def system_actor(organisation_id: UUID | None = None) -> Actor:
    """The house itself, acting when time passes or a message arrives."""
    return Actor(ActorKind.SYSTEM, organisation_id, None, "SYS", "Parcours")


@dataclass(frozen=True, slots=True)
class Desk:
    """Where every verb works: one session, one actor, one moment. Leaving it well commits; an exception rolls back."""

    session: Session
    actor: Actor
    now: datetime
    reauthenticated: str | None = field(default=None)
    """How the actor just proved identity again (``password``), or None: what signatures ask for (guard G4)."""

    def acting_as(self, actor: Actor) -> Desk:
        """The same session and moment, for another actor (the house itself, mostly)."""
        return Desk(self.session, actor, self.now, None)


@contextmanager
def at_desk(desk: Desk) -> Iterator[Desk]:
    """Work at a desk, then close it: one commit when all went well, one rollback otherwise.

    A signature guard that refuses and routes (``Routed``) is the one refusal whose routing is kept. What stopped a
    case (``Stopped``) is written down once everything else is rolled back, in a transaction of its own.
    """
    try:
        yield desk
    except Routed:
        desk.session.commit()
        raise
    except Stopped as stopped:
        desk.session.rollback()
        stopped.write_down(desk)
        desk.session.commit()
        raise
    except BaseException:
        desk.session.rollback()
        raise
    desk.session.commit()
