"""An arrival: who may do what, who reads what, and what is never enabled before its time."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.bpmn.arriving import FILE, HIRED, INVOICES, NEEDS, accesses, at_work, hired, prepared, tell
from tests.bpmn.living import Life, Request
from workflows.cases.act import ActOnCase, act_on_case
from workflows.cases.cancel import cancel_case
from workflows.cases.commands import CancelCase, StartCase
from workflows.cases.details import CaseLink
from workflows.cases.models import Case
from workflows.cases.read_case import case_view
from workflows.cases.start import start_case
from workflows.errors import Conflict, Forbidden, Invalid, Missing
from workflows.messages.models import InboundMessage
from workflows.worker.run import do_jobs


def act(life: Life, who: str, arrival: Request, code: str, **data: Any) -> None:
    with life.desk(who) as desk:
        act_on_case(desk, ActOnCase(arrival.number, code, data))
    do_jobs(life.engine)


def seen(life: Life, who: str, arrival: Request) -> dict[str, Any]:
    with life.desk(who) as desk:
        return dict(case_view(desk, arrival.number).data)


def state(life: Life, arrival: Request) -> str:
    with Session(life.engine) as session:
        return session.scalars(select(Case.state).where(Case.number == arrival.number)).one()


def test_nothing_is_enabled_before_presence_is_confirmed(life: Life) -> None:
    prepared(life)
    life.move("2026-12-21T08:30-05:00")
    assert accesses(life) == {"SAGIR": ("DESACTIVE", []), "RESEAU": ("DESACTIVE", []), "BADGE": ("DESACTIVE", [])}


def test_presence_enables_every_access(life: Life) -> None:
    arrival = prepared(life)
    life.move("2026-12-21T08:30-05:00")
    arrival.do("A31", "P08", decision="PRESENT", identite_verifiee=True)
    assert accesses(life)["SAGIR"] == ("ACTIF", ["LSCD", "LSH"])


def test_presence_without_identity_enables_nothing(life: Life) -> None:
    arrival = prepared(life)
    life.move("2026-12-21T08:30-05:00")
    with pytest.raises(Invalid):
        arrival.do("A31", "P08", decision="PRESENT", identite_verifiee=False)
    assert accesses(life)["SAGIR"][0] == "DESACTIVE"


@pytest.mark.parametrize(("who", "reads"), [("P13", True), ("P19", True), ("P08", False), ("P26", False)])
def test_the_background_check_is_read_by_human_resources_and_security_only(life: Life, who: str, reads: bool) -> None:
    arrival = at_work(life)
    assert ("antecedents" in seen(life, who, arrival)) is reads


def test_each_reading_of_it_is_a_line_of_the_journal(life: Life) -> None:
    arrival = at_work(life)
    before = len(arrival.journal("sensitive.viewed"))
    seen(life, "P19", arrival)
    assert [entry.by for entry in arrival.journal("sensitive.viewed")[before:]] == ["P19"]


def test_the_background_check_never_enters_facts_nor_messages(life: Life) -> None:
    arrival = at_work(life)
    with Session(life.engine) as session:
        told = [str(body) for body in session.scalars(select(InboundMessage.body))]
    assert "FAVORABLE" not in str(arrival.facts) + "".join(told)


def test_the_owner_who_approved_does_not_verify(life: Life) -> None:
    arrival = at_work(life, responsabilites=[INVOICES])
    with pytest.raises(Forbidden):
        arrival.do("A15", "P30", decision="APPROUVER")
    arrival.do("A15", "P29", decision="APPROUVER")
    arrival.do("A20.1", "P14", code_usager="EXEMPN", compte_desactive=True)
    arrival.do("A20.2", "P14", responsabilites_attribuees=["SAISIE_DE_FACTURES"])
    with pytest.raises(Forbidden) as refusal:
        arrival.do("A21", "P14", conforme=True)
    assert refusal.value.code == "sod.SOD-07"


def test_a_refused_module_is_taken_away_and_the_manager_is_told(life: Life) -> None:
    arrival = at_work(life, responsabilites=[INVOICES])
    arrival.do("A15", "P29", decision="REFUSER")
    assert arrival.facts["responsabilites_approuvees"] == []


def test_what_is_granted_must_be_what_was_approved(life: Life) -> None:
    arrival = at_work(life)
    arrival.do("A20.1", "P14", code_usager="EXEMPN", compte_desactive=True)
    with pytest.raises(Invalid) as refusal:
        arrival.do("A20.2", "P14", responsabilites_attribuees=["SAISIE_DE_FACTURES"])
    assert list(refusal.value.fields) == ["responsabilites_attribuees"]


def test_an_account_is_created_disabled_or_not_at_all(life: Life) -> None:
    arrival = at_work(life)
    with pytest.raises(Invalid):
        arrival.do("A20.1", "P14", code_usager="EXEMPN", compte_desactive=False)


def test_commitments_need_identity_proved_again(life: Life) -> None:
    arrival = prepared(life)
    life.move("2026-12-21T08:30-05:00")
    arrival.do("A31", "P08", decision="PRESENT", identite_verifiee=True)
    agreed = dict.fromkeys(("politique_securite_lue", "appareils_mobiles_lue", "discretion_reconnue"), True)
    with pytest.raises(Forbidden) as refusal:
        arrival.do("A32", "E-204555", **agreed)
    assert refusal.value.code == "guard.G4"


def test_a_change_after_access_is_enabled_is_refused(life: Life) -> None:
    arrival = prepared(life)
    life.move("2026-12-21T08:30-05:00")
    arrival.do("A31", "P08", decision="PRESENT", identite_verifiee=True)
    with pytest.raises(Conflict) as refusal:
        tell(life, "arrivee.modifiee", {"date_entree": "2026-12-22"})
    assert refusal.value.code == "message.too_late"


def test_human_resources_may_move_the_day(life: Life) -> None:
    arrival = at_work(life)
    act(life, "P13", arrival, "MODIFIER_DATE", date_entree="2026-12-22")
    due = arrival.task("A24").due_at
    assert due is not None
    assert due.isoformat() == "2026-12-21T18:00:00+00:00"


@pytest.mark.parametrize("who", ["P17", "P12", "U01"])
def test_nobody_else_may_cancel(life: Life, who: str) -> None:
    arrival = at_work(life)
    with pytest.raises((Forbidden, Missing)):
        act(life, who, arrival, "ANNULER_ARRIVEE", motif="Non")
    assert state(life, arrival) == "EN_COURS"


def test_the_manager_cancels_and_nothing_was_made(life: Life) -> None:
    arrival = hired(life)
    with life.desk("P08") as desk:
        cancel_case(desk, CancelCase(arrival.number, "Le poste est aboli."))
    do_jobs(life.engine)
    assert (arrival.end, state(life, arrival)) == ("ARRIVEE_ANNULEE", "ANNULEE")


def test_a_cancelled_arrival_waits_for_what_exists_to_be_undone(life: Life) -> None:
    arrival = prepared(life)
    act(life, "P13", arrival, "ANNULER_ARRIVEE", motif="Désistement")
    with Session(life.engine) as session:
        number = session.scalars(
            select(Case.number).join(CaseLink, CaseLink.other_id == Case.id).where(Case.process == "depart_employe")
        ).one()
    departure = Request(life, number)
    assert (arrival.end, sorted(step for step, *_ in departure.open)) == (None, ["D21", "D23", "D24"])
    for step, who in (("D21", "P14"), ("D23", "P17"), ("D24", "P18")):
        departure.do(step, who)
    do_jobs(life.engine)
    assert (departure.end, arrival.end) == ("ANNULATION_TRAITEE", "ARRIVEE_ANNULEE")


def test_a_broken_security_deadline_gives_security_a_task_that_moves_nothing(life: Life) -> None:
    arrival = prepared(life)
    act(life, "P13", arrival, "ANNULER_ARRIVEE", motif="Désistement")
    with Session(life.engine) as session:
        departure = Request(life, session.scalars(select(Case.number).where(Case.process == "depart_employe")).one())
    life.move("2026-12-07T17:00-05:00")
    assert "X01" in [step for step, *_ in departure.open]
    departure.do("X01", "P19")
    assert departure.end is None


def test_who_returns_gets_only_what_is_approved_now(life: Life) -> None:
    arrival = prepared(life)
    life.move("2026-12-21T08:30-05:00")
    arrival.do("A31", "P08", decision="DESISTEMENT")
    do_jobs(life.engine)
    with Session(life.engine) as session:
        departure = Request(life, session.scalars(select(Case.number).where(Case.process == "depart_employe")).one())
    for step, who in (("D21", "P14"), ("D23", "P17"), ("D24", "P18")):
        departure.do(step, who)
    do_jobs(life.engine)
    again = hired(life, date_entree="2027-01-18")
    assert again.facts["cas_identite"] == "REEMBAUCHE"


def test_a_namesake_under_another_number_is_flagged(life: Life) -> None:
    assert hired(life, matricule="204556", prenom="Émma", nom="Gauthier").facts["homonyme"] is True


def test_a_position_that_someone_has_is_refused_unless_shared(life: Life) -> None:
    first = hired(life)
    first.do("A04", "P13", **FILE)
    life.move("2026-12-21T08:30-05:00")
    other = hired(life, matricule="204600", prenom="Line", nom="Autre", date_entree="2027-01-18")
    with pytest.raises(Invalid) as refusal:
        other.do("A04", "P13", **FILE)
    assert list(refusal.value.fields) == ["no_poste"]
    other.do("A04", "P13", poste_partage=True, **FILE)


def test_a_person_may_tell_what_the_message_tells(life: Life) -> None:
    with life.desk("P13") as desk:
        case = start_case(desk, StartCase("arrivee_employe", HIRED))
        known = (case.facts["cas_identite"], case.subject)
    assert known == ("NOUVEAU", "Arrivée de Noa Exemple, SOE")


@pytest.mark.parametrize("key", ["prenom", "date_entree", "type_lien", "surprise"])
def test_what_is_told_badly_starts_nothing(life: Life, key: str) -> None:
    with pytest.raises(Invalid) as refusal, life.desk("P13") as desk:
        start_case(desk, StartCase("arrivee_employe", {**HIRED, key: 12}))
    assert list(refusal.value.fields) == [f"data.{key}"]


def test_the_second_announcement_of_an_open_arrival_is_a_duplicate(life: Life) -> None:
    hired(life)
    assert hired(life, heure_entree="09:00").end == "DOUBLON"


def test_what_another_process_will_open_is_kept_until_it_is_published(life: Life) -> None:
    at_work(life)
    life.move("2027-02-15T09:00-05:00")
    with Session(life.engine) as session:
        kept = session.scalars(select(InboundMessage).where(InboundMessage.type == "formation.lancee.v1")).one()
    assert (kept.status, kept.expires_at) == ("parked", None)


def test_the_newcomer_sees_the_case_without_the_background_check(life: Life) -> None:
    arrival = prepared(life)
    life.move("2026-12-21T08:30-05:00")
    assert "antecedents" not in seen(life, "E-204555", arrival)


def test_the_needs_of_an_external_contractor_ask_for_a_sponsor(life: Life) -> None:
    arrival = hired(life, type_lien="CONTRACTUEL_EXTERNE", date_fin_prevue="2027-06-30")
    arrival.do("A04", "P13", **FILE)
    with pytest.raises(Invalid) as refusal:
        arrival.do("A08", "P08", **{**NEEDS, "libre_service": []})
    assert list(refusal.value.fields) == ["parrain"]
