"""The small body of the cases' tests, with an outside system that sends it messages."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy.orm import Session

from tests.workflows.cases.conftest import World
from workflows.desk import Desk
from workflows.people.accounts import Integration
from workflows.people.directory import integration_actor
from workflows.people.integrations import create_integration


class Sender:
    """An outside system's account, and the events that it sends."""

    def __init__(self, world: World, types: list[str] | None = None, contract: str | None = None) -> None:
        self.world = world
        self.account: Integration = create_integration(
            world.session, world.organisation, f"sys-{types}-{contract}", types, contract
        )
        self.id = self.account.id
        world.session.commit()

    def desk(self, session: Session | None = None) -> Desk:
        """A desk for the account, now."""
        session = session or self.world.session
        account = session.get_one(Integration, self.id)
        return Desk(session, integration_actor(session, account), self.world.now)


def an_event(correlation: str | None, number: str = "1", **more: Any) -> dict[str, Any]:
    """A provider's new price, as a CloudEvent."""
    return {
        "specversion": "1.0",
        "id": f"evt-{number}",
        "source": "urn:test",
        "type": "prestataire.prix.modifie.v1",
        "organisme": "OP-TEST",
        "correlationid": correlation,
        "data": {"no_commande": "N1", "ancien_prix_cents": 100, "nouveau_prix_cents": 200, "motif": "RUPTURE"},
        **more,
    }


@pytest.fixture
def world(session: Session) -> World:
    """A small body where the « essai » process runs."""
    return World(session)


@pytest.fixture
def sender(world: World) -> Sender:
    """An account that may send every type."""
    return Sender(world)
