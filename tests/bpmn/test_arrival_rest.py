"""After the first day: whose task is what no connector did, what was held back, and what is overdue."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.bpmn.arriving import FILE, INVOICES, NEEDS, accesses, at_work, hired, prepared, present, tell, update
from tests.bpmn.connecting import connector
from tests.bpmn.living import Life, Request
from workflows.accesses.calls import ConnectorCall
from workflows.accesses.models import Access
from workflows.cases.models import Task
from workflows.clock import business_now
from workflows.deliveries.models import Delivery, Subscription
from workflows.errors import Forbidden
from workflows.notices.models import Notice
from workflows.people.models import Organisation, Person
from workflows.people.settings import set_setting
from workflows.worker.run import do_jobs

AGREED = dict.fromkeys(("politique_securite_lue", "appareils_mobiles_lue", "discretion_reconnue"), True)


@pytest.fixture
def connectors(life: Life) -> Iterator[None]:
    """A connector for each system."""
    with connector(life, "sagir"), connector(life, "reseau"), connector(life, "badge"):
        yield


def let(life: Life, key: str, value: object) -> None:
    with Session(life.engine) as session, session.begin():
        organisation = session.scalars(select(Organisation).where(Organisation.code == "OP-DEMO")).one()
        set_setting(organisation, key, value)


def replied(life: Life, **states: str) -> None:
    """The connectors answer, each for its system."""
    for system, state in states.items():
        with Session(life.engine) as session:
            calls = select(ConnectorCall.id).join(Access, Access.id == ConnectorCall.access_id)
            one = session.scalars(calls.where(Access.system == system).order_by(ConnectorCall.id.desc())).first()
        told = {"operation_id": str(one), "systeme": system, "etat": state, "a": "2026-12-21T13:31:00Z"}
        tell(life, "connecteur.compte.etat", told)


def roles(life: Life, step: str) -> list[str]:
    """Whose the open tasks of a step are."""
    with Session(life.engine) as session:
        rows = session.scalars(select(Task.role).where(Task.step == step, Task.closed_at.is_(None)))
        return sorted(rows)


def told(life: Life, kind: str) -> list[str]:
    """Who was told something."""
    with Session(life.engine) as session:
        rows = session.scalars(
            select(Person.code).join(Notice, Notice.person_id == Person.id).where(Notice.kind == kind)
        )
        return sorted(rows)


def place_of(arrival: Request, role: str) -> int:
    """Which of the open tasks A33M is a role's."""
    with Session(arrival.life.engine) as session:
        query = select(Task.role).where(Task.step == "A33M", Task.closed_at.is_(None)).order_by(Task.item, Task.id)
        return list(session.scalars(query)).index(role)


def held_back(life: Life) -> Request:
    """An arrival enabled for the base profile only: the check is under way."""
    arrival = hired(life)
    arrival.do("A04", "P13", **{**FILE, "antecedents": "EN_COURS"})
    arrival.do("A08", "P08", **{**NEEDS, "responsabilites": [INVOICES], "acces_ti": ["VPN"]})
    arrival.do("A15", "P29", decision="APPROUVER")
    do_jobs(life.engine)
    arrival.do("A20.1", "P14", code_usager="EXEMPN", compte_desactive=True)
    arrival.do("A20.2", "P14", responsabilites_attribuees=["SAISIE_DE_FACTURES"])
    arrival.do("A21", "P15", conforme=True)
    after = {"poste_superieur": "SOE-001", "limite_approbation_cents": 0, "date_effet": "2026-12-21"}
    arrival.do("A22", "P16", **after)
    arrival.do("A23", "P17", compte_reseau="nexemple", courriel="n@op-demo.example", amf_exigee=True)
    arrival.do("A24", "P18", no_carte="C-9")
    life.move("2026-12-21T08:30-05:00")
    arrival.do("A30", "P19", decision="AUTORISER_LIMITE", motif="La réponse est attendue cette semaine.")
    present(life, arrival)
    return arrival


def test_each_system_is_the_task_of_who_looks_after_it(life: Life, connectors: None) -> None:
    arrival = prepared(life)
    present(life, arrival)
    replied(life, RESEAU="ACTIF", SAGIR="ECHEC", BADGE="ECHEC")
    assert roles(life, "A33M") == ["PILOT", "SECPH"]
    with pytest.raises(Forbidden):
        arrival.do("A33M", "P17", place=place_of(arrival, "PILOT"))
    arrival.do("A33M", "P14", place=place_of(arrival, "PILOT"))
    assert (accesses(life)["SAGIR"][0], accesses(life)["BADGE"][0]) == ("ACTIF", "DESACTIVE")
    arrival.do("A33M", "P18")
    assert (accesses(life)["BADGE"][0], len(arrival.journal("access.enabled"))) == ("ACTIF", 3)
    assert sorted(step for step, *_ in arrival.open) == ["A32", "A34"]


@pytest.mark.parametrize(
    ("received", "whose"), [(["Portable"], ["RCELL"]), (["Cellulaire"], ["TI"]), ([], ["RCELL", "TI"])]
)
def test_what_is_missing_is_looked_for_by_who_gave_it(life: Life, received: list[str], whose: list[str]) -> None:
    arrival = at_work(life, equipements=["PORTABLE", "CELLULAIRE", "CARTE_D_ACCES"])
    arrival.do("A20.1", "P14", code_usager="EXEMPN", compte_desactive=True)
    arrival.do("A20.2", "P14", responsabilites_attribuees=[])
    arrival.do("A23", "P17", compte_reseau="nexemple", courriel="n@op-demo.example", amf_exigee=True)
    arrival.do("A24", "P18", no_carte="C-9")
    present(life, arrival)
    first = {"mot_de_passe_change": True, "amf_activee": True}
    arrival.do("A34", "E-204555", **first, biens_recus=received, ecart="Il manque quelque chose.")
    assert roles(life, "A34M") == whose


def test_what_is_held_back_works_once_the_check_is_favourable(life: Life) -> None:
    arrival = held_back(life)
    assert (accesses(life)["SAGIR"], accesses(life)["RESEAU"]) == (("ACTIF", ["LSCD", "LSH"]), ("ACTIF", []))
    update(life, arrival, "FAVORABLE")
    assert accesses(life)["SAGIR"] == ("ACTIF", ["LSCD", "LSH", "SAISIE_DE_FACTURES"])
    assert accesses(life)["RESEAU"] == ("ACTIF", ["VPN"])


def test_behind_connectors_the_rest_is_done_by_hand(life: Life, connectors: None) -> None:
    arrival = held_back(life)
    replied(life, SAGIR="ACTIF", RESEAU="ACTIF", BADGE="ACTIF")
    update(life, arrival, "FAVORABLE")
    assert roles(life, "A33N") == ["PILOT", "TI"]
    arrival.do("A33N", "P14", place=1)
    assert (accesses(life)["SAGIR"][1][-1], accesses(life)["RESEAU"][1]) == ("SAISIE_DE_FACTURES", [])
    arrival.do("A33N", "P17")
    assert (accesses(life)["RESEAU"][1], roles(life, "A33N")) == (["VPN"], [])


@pytest.mark.parametrize("by_hand", [False, True], ids=["at once", "by hand"])
def test_what_is_enabled_later_is_told_outside_again_and_alone(life: Life, by_hand: bool) -> None:
    subscribed(life)
    if by_hand:
        with connector(life, "sagir"):
            arrival = held_back(life)
            replied(life, SAGIR="ACTIF")
            update(life, arrival, "FAVORABLE")
            arrival.do("A33N", "P14")
    else:
        update(life, held_back(life), "FAVORABLE")
    everything = {"SAGIR": "ACTIF", "RESEAU": "ACTIF", "BADGE": "ACTIF"}
    assert told_active(life) == [everything, {"SAGIR": "ACTIF", "RESEAU": "ACTIF"}]


def subscribed(life: Life) -> None:
    with Session(life.engine) as session, session.begin():
        own = session.scalars(select(Organisation.id).where(Organisation.code == "OP-DEMO")).one()
        row = Subscription(organisation_id=own, url="https://127.0.0.1:9/", types=["acces.active.v1"], secret="whsec_")
        row.created_at = business_now(session)
        session.add(row)


def told_active(life: Life) -> list[dict[str, Any]]:
    """The systems that each ``acces.active`` named."""
    with Session(life.engine) as session:
        bodies = list(session.scalars(select(Delivery.body).order_by(Delivery.sequence)))
    return [{one["systeme"]: one["etat"] for one in body["data"]["systemes"]} for body in bodies]


def test_a_first_day_that_nobody_confirms_is_told_to_human_resources(life: Life) -> None:
    arrival = prepared(life)
    life.move("2026-12-21T16:29-05:00")
    assert told(life, "arrival.unconfirmed") == []
    life.move("2026-12-21T16:30-05:00")
    assert (told(life, "arrival.unconfirmed"), accesses(life)["SAGIR"][0]) == (["P13"], "DESACTIVE")
    assert [step for step, *_ in arrival.open] == ["A31"]


def test_unsigned_commitments_are_told_to_the_manager_and_suspend_nothing(life: Life) -> None:
    present(life, prepared(life))
    life.move("2026-12-29T16:29-05:00")
    assert told(life, "arrival.unsigned") == []
    life.move("2026-12-29T16:30-05:00")
    assert (told(life, "arrival.unsigned"), accesses(life)["SAGIR"][0]) == (["P08"], "ACTIF")


def test_where_the_body_says_so_access_waits_for_the_signature(life: Life) -> None:
    let(life, "suspendre_si_non_signe", True)
    arrival = prepared(life)
    present(life, arrival)
    life.move("2026-12-29T16:30-05:00")
    assert {state for state, _ in accesses(life).values()} == {"DESACTIVE"}
    assert told(life, "access.suspended") == ["P14", "P15", "P17", "P18"]
    arrival.do("A32", "E-204555", proof="password", **AGREED)
    assert accesses(life) == {"SAGIR": ("ACTIF", ["LSCD", "LSH"]), "RESEAU": ("ACTIF", []), "BADGE": ("ACTIF", [])}


def test_what_turns_favourable_meanwhile_works_with_the_signature_only(life: Life) -> None:
    let(life, "suspendre_si_non_signe", True)
    arrival = held_back(life)
    life.move("2026-12-29T16:30-05:00")
    update(life, arrival, "FAVORABLE")
    assert accesses(life)["SAGIR"] == ("DESACTIVE", [])
    arrival.do("A32", "E-204555", proof="password", **AGREED)
    assert accesses(life)["SAGIR"] == ("ACTIF", ["LSCD", "LSH", "SAISIE_DE_FACTURES"])
