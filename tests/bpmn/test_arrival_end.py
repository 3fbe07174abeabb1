"""An arrival whose end is planned: access granted until then, and the departure planned ahead of it."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.bpmn.arriving import FILE, NEEDS, hired
from tests.bpmn.living import Life, Request
from workflows.accesses.models import Access
from workflows.messages.models import InboundMessage
from workflows.people.models import Person
from workflows.worker.run import do_jobs


def present(life: Life, **told: Any) -> Request:
    """Someone whose presence was confirmed on the first day."""
    arrival = hired(life, **told)
    arrival.do("A04", "P13", **FILE)
    needs = {**NEEDS, "parrain": "P08"} if told.get("type_lien") == "CONTRACTUEL_EXTERNE" else NEEDS
    arrival.do("A08", "P08", **needs)
    do_jobs(life.engine)
    arrival.do("A20.1", "P14", code_usager="EXEMPN", compte_desactive=True)
    arrival.do("A20.2", "P14", responsabilites_attribuees=[])
    arrival.do("A23", "P17", compte_reseau="nexemple", courriel="n@op-demo.example", amf_exigee=True)
    arrival.do("A24", "P18", no_carte="C-9")
    life.move("2026-12-21T08:30-05:00")
    arrival.do("A31", "P08", decision="PRESENT", identite_verifiee=True)
    do_jobs(life.engine)
    return arrival


def planned(life: Life) -> list[InboundMessage]:
    with Session(life.engine, expire_on_commit=False) as session:
        return list(session.scalars(select(InboundMessage).where(InboundMessage.type == "depart_fin_prevue.lancee.v1")))


@pytest.mark.parametrize(
    ("link", "kind"),
    [("CONTRACTUEL_EXTERNE", "FIN_CONTRAT"), ("OCCASIONNEL", "FIN_CONTRAT"), ("STAGIAIRE", "FIN_STAGE")],
)
def test_the_departure_is_planned_twenty_business_days_ahead(life: Life, link: str, kind: str) -> None:
    present(life, type_lien=link, date_fin_prevue="2027-06-30")
    (message,) = planned(life)
    assert message.opens_at is not None
    assert (message.opens_at.isoformat(), message.status) == ("2027-06-01T12:30:00+00:00", "parked")
    assert message.body["data"] == {
        "employe_ref": "E-204555",
        "type_depart": kind,
        "t_effet": "2027-06-30T20:30:00Z",
        "declencheur": "FIN_PREVUE",
        "a_partir_du": "2027-06-01T08:30:00-04:00",
    }


def test_it_is_planned_before_the_newcomer_has_signed_anything(life: Life) -> None:
    arrival = present(life, type_lien="OCCASIONNEL", date_fin_prevue="2027-06-30")
    assert (arrival.end, len(planned(life))) == (None, 1)


def test_nothing_is_planned_without_an_end(life: Life) -> None:
    present(life)
    assert planned(life) == []


def test_the_ledger_says_until_when(life: Life) -> None:
    present(life, type_lien="OCCASIONNEL", date_fin_prevue="2027-06-30")
    with Session(life.engine) as session:
        mine = select(Access).join(Person, Person.id == Access.person_id).where(Person.matricule == "204555")
        ends = {row.system: row.ends_at.isoformat() if row.ends_at else None for row in session.scalars(mine)}
    assert ends == dict.fromkeys(("SAGIR", "RESEAU", "BADGE"), "2027-06-30T20:30:00+00:00")


def test_a_day_that_is_near_opens_it_at_once_or_keeps_it_until_it_can(life: Life) -> None:
    present(life, type_lien="OCCASIONNEL", date_fin_prevue="2026-12-31")
    (message,) = planned(life)
    assert message.opens_at is not None
    assert (message.opens_at.isoformat()[:10], message.expires_at) == ("2026-11-30", None)
