"""What is told of an arrival: sensitive answers kept in the file alone, exceptions struck off, changes counted anew."""

from __future__ import annotations

import json

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from tests.bpmn.arriving import FILE, INVOICES, NEEDS, at_work, hired, prepared, present, tell, update
from tests.bpmn.connecting import connector
from tests.bpmn.living import Life, Request
from workflows.accesses.calls import ConnectorCall
from workflows.cases.cancel import cancel_case
from workflows.cases.commands import CancelCase
from workflows.cases.models import Case
from workflows.cases.read_case import case_view
from workflows.journal.models import JournalEntry
from workflows.messages.models import InboundMessage
from workflows.worker.run import do_jobs

PAYING = [
    {**INVOICES, "code": "CREATION_DE_FOURNISSEURS", "justification": "Le poste ouvre les dossiers de fournisseurs."},
    {**INVOICES, "code": "APPROBATION_DE_PAIEMENTS", "justification": "Le poste approuve les paiements du service."},
]
SENSITIVE = {"antecedents": "DEFAVORABLE", "adaptation_poste": True, "courriel_prearrivee": "noa@exemple.test"}


def stored(life: Life) -> str:
    """All that is stored of messages, of the journal and of the queue, and what the cases know and where they stand."""
    with Session(life.engine) as session:
        bodies = [json.dumps(body) for body in session.scalars(select(InboundMessage.body))]
        journal = [json.dumps(data) for data in session.scalars(select(JournalEntry.data))]
        jobs = [json.dumps(args) for args in session.scalars(text("select args from procrastinate_jobs"))]
        known = [json.dumps(facts) for facts in session.scalars(select(Case.facts))]
        engines = [str(state) for state in session.scalars(select(Case.engine_state))]
    return "\n".join([*bodies, *journal, *jobs, *known, *engines])


def test_what_a_message_tells_of_the_sensitive_is_in_the_file_alone(life: Life) -> None:
    arrival = hired(life, **SENSITIVE)
    with life.desk("P13") as desk:
        data = case_view(desk, arrival.number).data
    assert {key: data[key] for key in SENSITIVE} == SENSITIVE
    assert not [word for word in ("DEFAVORABLE", '"adaptation_poste": true', "noa@exemple") if word in stored(life)]


def test_an_updated_check_is_told_nowhere_else(life: Life) -> None:
    arrival = at_work(life)
    update(life, arrival, "DEFAVORABLE")
    assert "DEFAVORABLE" not in stored(life)


def test_an_exception_is_registered_with_its_end(life: Life) -> None:
    arrival = excepted(life)
    found = [{"cumul": "CREATION_DE_FOURNISSEURS + APPROBATION_DE_PAIEMENTS", "jusqu_au": "2027-03-31"}]
    assert arrival.facts["exceptions_sagir"] == found


def excepted(life: Life) -> Request:
    """An arrival whose incompatible responsibilities security allowed."""
    arrival = at_work(life, responsabilites=PAYING)
    why = "Une seule personne tient ce poste pendant l'intérim."
    arrival.do("A12", "P08", decision="MAINTENIR", justification=why, date_fin_exception="2027-03-31")
    control = "Le contrôleur relit chaque paiement du mois."
    arrival.do("A13", "P19", decision_csec="AUTORISER", mesure_compensatoire=control)
    return arrival


def test_an_exception_goes_with_what_an_owner_refuses(life: Life) -> None:
    arrival = excepted(life)
    arrival.do("A15", "P29", decision="REFUSER")
    assert arrival.facts["exceptions_sagir"] == []


def test_an_exception_goes_with_needs_that_no_longer_ask_for_it(life: Life) -> None:
    arrival = excepted(life)
    arrival.do("A15", "P29", decision="RETOURNER")
    arrival.do("A08", "P08", **{**NEEDS, "responsabilites": PAYING[:1]})
    assert (arrival.facts["exceptions_sagir"], [step for step, *_ in arrival.open]) == ([], ["A15"])


def test_an_exception_that_has_ended_is_struck_off_when_access_is_enabled(life: Life) -> None:
    arrival = excepted(life)
    arrival.do("A15", "P29", decision="APPROUVER")
    do_jobs(life.engine)
    arrival.do("A20.1", "P14", code_usager="EXEMPN", compte_desactive=True)
    codes = [one["code"] for one in PAYING]
    arrival.do("A20.2", "P14", responsabilites_attribuees=codes)
    arrival.do("A21", "P15", conforme=True)
    after = {"poste_superieur": "SOE-001", "limite_approbation_cents": 0, "date_effet": "2026-12-21"}
    arrival.do("A22", "P16", **after)
    arrival.do("A23", "P17", compte_reseau="nexemple", courriel="n@op-demo.example", amf_exigee=True)
    arrival.do("A24", "P18", no_carte="C-9")
    tell(life, "arrivee.modifiee", {"date_entree": "2027-04-06"})
    life.move("2027-04-06T08:30-04:00")
    assert len(arrival.facts["exceptions_sagir"]) == 1
    arrival.do("A31", "P08", decision="PRESENT", identite_verifiee=True)
    assert arrival.facts["exceptions_sagir"] == []


def test_the_mode_is_worked_out_anew_when_the_day_moves(life: Life) -> None:
    arrival = hired(life)
    arrival.do("A04", "P13", **FILE)
    assert (arrival.facts["mode"], arrival.facts["jo_avant"]) == ("NORMAL", 10)
    tell(life, "arrivee.modifiee", {"date_entree": "2026-12-09"})
    assert (arrival.facts["mode"], arrival.facts["mode_arrivee"], arrival.facts["jo_avant"]) == ("EXPRESS",) * 2 + (2,)


def test_what_was_told_of_an_earlier_arrival_is_not_taken_by_a_later_one(life: Life) -> None:
    first = hired(life)
    with life.desk("P13") as desk:
        cancel_case(desk, CancelCase(first.number, "Le poste est aboli."))
    do_jobs(life.engine)
    assert first.end == "ARRIVEE_ANNULEE"
    assert tell(life, "arrivee.annulee", {"motif": "Trop tard."}).status == "parked"
    life.move("2026-12-08T09:00-05:00")
    again = hired(life, date_entree="2027-01-18")
    do_jobs(life.engine)
    assert (again.end, [step for step, *_ in again.open]) == (None, ["A04"])


def test_the_hour_of_silence_is_counted_once_for_all_connectors(life: Life) -> None:
    with connector(life, "reseau"), connector(life, "badge"):
        arrival = prepared(life)
        present(life, arrival)
        life.move("2026-12-21T09:20-05:00")
        with Session(life.engine) as session:
            one = session.scalars(select(ConnectorCall.id).order_by(ConnectorCall.id)).first()
        told = {"operation_id": str(one), "systeme": "BADGE", "etat": "ACTIF", "a": "2026-12-21T14:20:00Z"}
        assert tell(life, "connecteur.compte.etat", told).status == "delivered"
        assert arrival.open == []
        life.move("2026-12-21T09:30-05:00")
        assert {step for step, *_ in arrival.open} == {"A33M"}


def test_a_link_is_hidden_from_who_may_not_see_the_other_case(life: Life) -> None:
    arrival = at_work(life, besoin_cellulaire=True)
    with Session(life.engine) as session:
        other = session.scalars(select(Case.number).where(Case.process == "derogation_cellulaire")).one()

    def linked(who: str) -> list[str]:
        with life.desk(who) as desk:
            return [link.case.number for link in case_view(desk, arrival.number).links]

    assert (linked("P08"), linked("P18")) == ([other], [])


def test_an_error_of_the_database_tells_no_value(life: Life) -> None:
    with pytest.raises(DBAPIError) as failure, life.engine.connect() as connection:
        connection.execute(text("select cast(:name as integer)"), {"name": "Noa Exemple"}).all()
    assert "[SQL parameters hidden" in str(failure.value)
