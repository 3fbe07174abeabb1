"""A departure in small on OP-DEMO: who leaves is told by whoever announces it, whatever the role."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from tests.bpmn.living import Life, Request
from workflows.cases.discretion import hide_from, show_again
from workflows.cases.models import Case
from workflows.cases.start import start_by_message
from workflows.catalog.publish import publish_folder
from workflows.clock import business_now
from workflows.database import new_id
from workflows.desk import Desk, at_desk, system_actor
from workflows.people.directory import person_by_code
from workflows.people.models import Person

LEAVING = Path(__file__).parent / "leaving"
DEATH = {"type_depart": "DECES", "risque_eleve": True, "motif_risque": "LITIGE", "dernier_jour": "2026-12-18"}


class Leaves(Life):
    """OP-DEMO with the small departure published."""

    def __init__(self, engine: Engine) -> None:
        super().__init__(engine)
        with self.house() as desk:
            self.version = publish_folder(desk, LEAVING).id

    def house(self) -> Any:
        """The house's own desk, for one thing done."""
        session = Session(self.engine, expire_on_commit=False)
        person = session.scalars(select(Person).order_by(Person.code)).first()
        assert person is not None
        return at_desk(Desk(session, system_actor(person.organisation_id), business_now(session)))

    def leave(self, who: str, *, hidden: bool = False) -> Request:
        """Someone leaves: announced by another case about them, which stays known."""
        with self.house() as desk:
            person = person_by_code(desk.session, who)
            assert person is not None
            origin = self._known_before(desk, person)
            case = start_by_message(desk, "essai.depart.lance", {}, origin)
            if hidden:
                hide_from(desk, case, person.id)
            return Request(self, case.number)

    def keep(self, desk: Desk, case: Case, who: str) -> None:
        """Keep a case from someone."""
        person = person_by_code(desk.session, who)
        assert person is not None
        hide_from(desk, case, person.id)

    def tell_them(self, request: Request) -> None:
        """From then on the person concerned knows."""
        with self.house() as desk:
            show_again(desk, desk.session.scalars(select(Case).where(Case.number == request.number)).one())

    def _known_before(self, desk: Desk, person: Person) -> Case:
        """A case that the person has known of for long, linked to the departure since."""
        number = f"DES-2025-{person.code}"
        known = desk.session.scalar(select(Case).where(Case.number == number))
        if known is not None:
            return known
        case = Case(
            id=new_id(),
            organisation_id=person.organisation_id,
            number=number,
            process="depart_essai",
            version_id=self.version,
            subject=f"{person.name}, {person.code}",
            beneficiary_id=person.id,
            requester_id=person.id,
            unit_id=person.unit_id,
            facts={"suite": None},
            engine_state=b"",
            created_at=desk.now,
        )
        desk.session.add(case)
        desk.session.flush()
        return case
