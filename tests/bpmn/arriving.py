"""An arrival lived through the product's own verbs, from the personnel system's message on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.bpmn.living import Life, Request
from workflows.accesses.models import Access
from workflows.cases.act import ActOnCase, act_on_case
from workflows.clock import business_now
from workflows.database import new_id
from workflows.desk import Desk, at_desk
from workflows.messages.receive import Receipt, receive_message
from workflows.people.accounts import Integration
from workflows.people.directory import integration_actor
from workflows.people.models import Organisation, Person
from workflows.worker.run import do_jobs

HIRED: Mapping[str, Any] = {
    "matricule": "204555",
    "prenom": "Noa",
    "nom": "Exemple",
    "type_lien": "REGULIER",
    "date_entree": "2026-12-21",
    "heure_entree": "08:30",
    "unite": "SOE",
    "superieur_matricule": "100208",
    "no_poste": "SOE-055",
    "est_gestionnaire": False,
}
FILE: Mapping[str, Any] = {"lieu": "SIEGE", "teletravail": "NON", "antecedents": "FAVORABLE"}
NEEDS: Mapping[str, Any] = {
    "libre_service": ["LSCD", "LSH"],
    "equipements": ["PORTABLE", "CARTE_D_ACCES"],
    "besoin_cellulaire": False,
}
INVOICES = {
    "module": "RF",
    "code": "SAISIE_DE_FACTURES",
    "justification": "Le poste traite les factures du service chaque jour.",
}
REFERENCE = "E-204555"


def tell(life: Life, kind: str, data: Mapping[str, Any], correlation: str | None = REFERENCE) -> Receipt:
    """An outside system tells something."""
    with Session(life.engine) as session:
        now = business_now(session)
        actor = integration_actor(session, account(session), "sirh")
        event: dict[str, Any] = {"specversion": "1.0", "id": str(new_id()), "data": data}
        event |= {"source": "urn:sirh", "type": f"{kind}.v1", "time": now.isoformat()}
        if correlation is not None:
            event["correlationid"] = correlation
        with at_desk(Desk(session, actor, now)) as desk:
            receipt = receive_message(desk, event)
    do_jobs(life.engine)
    return receipt


def account(session: Session) -> Integration:
    """The account of the personnel system."""
    own = session.scalars(select(Organisation.id).where(Organisation.code == "OP-DEMO")).one()
    found = session.scalar(select(Integration).where(Integration.organisation_id == own, Integration.name == "essai"))
    if found is None:
        found = Integration(organisation_id=own, name="essai", secret="whsec_" + "QUJD" * 8)
        session.add(found)
        session.flush()
    return found


def hired(life: Life, **changes: Any) -> Request:
    """Someone is hired: the case that this opens."""
    receipt = tell(life, "sirh.embauche.confirmee", {**HIRED, **changes}, None)
    assert receipt.number is not None
    return Request(life, receipt.number)


def at_work(life: Life, person: Mapping[str, Any] | None = None, **needs: Any) -> Request:
    """An arrival whose file and needs are told: the works are under way."""
    arrival = hired(life, **(person or {}))
    arrival.do("A04", "P13", **FILE)
    arrival.do("A08", "P08", **{**NEEDS, **needs})
    do_jobs(life.engine)
    return arrival


def prepared(life: Life, person: Mapping[str, Any] | None = None) -> Request:
    """An arrival whose works are done."""
    arrival = at_work(life, person)
    arrival.do("A20.1", "P14", code_usager="EXEMPN", compte_desactive=True)
    arrival.do("A20.2", "P14", responsabilites_attribuees=[])
    arrival.do("A23", "P17", compte_reseau="nexemple", courriel="n@op-demo.example", amf_exigee=True)
    arrival.do("A24", "P18", no_carte="C-9")
    return arrival


def accesses(life: Life, matricule: str = "204555") -> dict[str, tuple[str, list[str]]]:
    """What a person has in each system: its state, and what works."""
    with Session(life.engine) as session:
        rows = session.scalars(
            select(Access).join(Person, Person.id == Access.person_id).where(Person.matricule == matricule)
        )
        return {row.system: (row.state, list(row.live)) for row in rows}


def update(life: Life, arrival: Request, said: str) -> None:
    """RH brings the background check of a file up to date."""
    with life.desk("P13") as desk:
        act_on_case(desk, ActOnCase(arrival.number, "METTRE_A_JOUR_DOSSIER", {"antecedents": said}))
    do_jobs(life.engine)


def present(life: Life, arrival: Request) -> None:
    """The manager confirms the first day, on it."""
    life.move("2026-12-21T08:30-05:00")
    arrival.do("A31", "P08", decision="PRESENT", identite_verifiee=True)
    do_jobs(life.engine)
