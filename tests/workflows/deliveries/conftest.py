"""A public body that lets messages go to this machine, a case of it, and an outside system that listens."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from tests.builders import NOON, a_person, a_system_desk, an_organisation, desk_of
from tests.workflows.cases.conftest import ESSAI
from tests.workflows.deliveries.receiver import Receiver, receiving
from workflows.cases.models import Case
from workflows.catalog.publish import publish_folder
from workflows.clock import business_now, start_simulation
from workflows.deliveries.models import Delivery, Subscription
from workflows.deliveries.publish import publish
from workflows.deliveries.subscribe import subscribe
from workflows.desk import Desk, system_actor
from workflows.engine import Thrown
from workflows.worker.clock import move_clock


@dataclass
class Outside:
    """A body whose cases speak to the outside."""

    engine: Engine
    session: Session

    def __post_init__(self) -> None:
        self.organisation = an_organisation(self.session, livraison_adresses_privees=True)
        self.operator = a_person(self.session, self.organisation, "EXPL", code="T01")
        self.version = publish_folder(a_system_desk(self.session), ESSAI)
        start_simulation(self.session, NOON)
        self.session.commit()

    @property
    def desk(self) -> Desk:
        """The operator's desk, now."""
        return desk_of(self.session, self.operator, business_now(self.session))

    def case(self, number: str = "DER-2026-000001", **more: Any) -> Case:
        """A case under way."""
        given = {"process": "derogation_essai", "created_at": NOON, "engine_state": b"", **more}
        case = Case(organisation_id=self.organisation.id, number=number, version_id=self.version.id, **given)
        self.session.add(case)
        self.session.commit()
        return case

    def subscribe(self, url: str, types: list[str] | None = None) -> Subscription:
        """A subscription in force."""
        row = subscribe(self.desk, url, types)
        self.session.commit()
        return row

    def say(self, case: Case, *names: str, **payload: Any) -> None:
        """A case says something to the outside, for good."""
        self.tell(case, *names, **payload)
        self.session.commit()

    def tell(self, case: Case, *names: str, **payload: Any) -> None:
        """A case says something to the outside, in a transaction that is still open."""
        house = Desk(self.session, system_actor(self.organisation.id), business_now(self.session))
        publish(house, case, [Thrown(name, payload, "R01") for name in names])

    def move(self, **later: float) -> None:
        """Time goes by, from noon on."""
        move_clock(self.engine, NOON + timedelta(**later))

    def delivered(self) -> list[Delivery]:
        """Every delivery as it stands, in the order in which it was said."""
        self.session.expire_all()
        return list(self.session.scalars(select(Delivery).order_by(Delivery.id)))

    def states(self) -> list[tuple[str, int]]:
        """Where each delivery stands, and how often it was tried."""
        return [(row.state, row.attempts) for row in self.delivered()]


@pytest.fixture
def outside(engine: Engine, session: Session) -> Outside:
    """A body whose cases speak to the outside."""
    return Outside(engine, session)


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    """An outside system that takes everything."""
    with receiving() as listening:
        yield listening


def minutes(since: datetime, then: datetime | None) -> float:
    """How many minutes later something is."""
    assert then is not None
    return (then - since) / timedelta(minutes=1)
