"""A departure lived through the product's own verbs, from the personnel system's message or a person's word on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.bpmn.arriving import tell
from tests.bpmn.living import Life, Request
from workflows.accesses.models import Access, AccessState
from workflows.cases.act import ActOnCase, act_on_case
from workflows.cases.commands import StartCase
from workflows.cases.start import start_case
from workflows.clock import business_now
from workflows.people.models import Organisation, Person, Unit
from workflows.worker.run import do_jobs

RESIGNS: Mapping[str, Any] = {
    "matricule": "201950",
    "type_depart": "DEMISSION",
    "dernier_jour": "2026-12-18",
    "t_effet": "2026-12-18T16:30:00-05:00",
    "employe_informe": True,
}
CLOSED: Mapping[str, Any] = {
    "comptes_depenses_regles": True,
    "avances_reglees": True,
    "entrevue_depart": "FAITE",
}


def announced(life: Life, **changes: Any) -> Request:
    """The personnel system announces that someone leaves: the case that this opens."""
    said = {key: value for key, value in {**RESIGNS, **changes}.items() if value is not None}
    receipt = tell(life, "sirh.depart.annonce", said, f"E-{said['matricule']}")
    assert receipt.number is not None
    return Request(life, receipt.number)


def declared(life: Life, who: str, **data: Any) -> Request:
    """A person declares that someone leaves."""
    with life.desk(who) as desk:
        number = start_case(desk, StartCase("depart_employe", data)).number
    do_jobs(life.engine)
    return Request(life, number)


def act(life: Life, who: str, leaving: Request, code: str, **data: Any) -> None:
    """Someone does one of the case's actions."""
    with life.desk(who) as desk:
        act_on_case(desk, ActOnCase(leaving.number, code, data))
    do_jobs(life.engine)


def employ(life: Life, number: str, unit: str = "SOE") -> str:
    """Someone new who works in a unit, with a SAGIR user, a network account and a card; gives the person's code."""
    with Session(life.engine) as session, session.begin():
        organisation = session.scalars(select(Organisation).where(Organisation.code == "OP-DEMO")).one()
        place = session.scalars(select(Unit).where(Unit.organisation_id == organisation.id, Unit.code == unit)).one()
        person = Person(
            organisation_id=organisation.id,
            code=f"E-{number}",
            matricule=number,
            first_name="Noa",
            last_name="Partant",
            unit_id=place.id,
        )
        session.add(person)
        session.flush()
        for system in ("SAGIR", "RESEAU", "BADGE"):
            row = Access(
                organisation_id=organisation.id, person_id=person.id, system=system, account=f"{system}{number}"
            )
            row.granted, row.live = ["LSH"], ["LSH"]
            row.state, row.changed_at = AccessState.ENABLED, business_now(session)
            session.add(row)
        return person.code


def accesses_of(life: Life, number: str) -> dict[str, tuple[str, list[str]]]:
    """What a person has in each system: its state, and what it was granted."""
    with Session(life.engine) as session:
        rows = session.scalars(
            select(Access).join(Person, Person.id == Access.person_id).where(Person.matricule == number)
        )
        return {row.system: (row.state, list(row.granted)) for row in rows}
