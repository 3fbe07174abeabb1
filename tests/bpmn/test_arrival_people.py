"""Who arrives, and what the register makes of it: the usual name, a namesake, a move, a return."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.bpmn.arriving import FILE, NEEDS, hired, prepared, tell
from tests.bpmn.living import Life, Request
from workflows.accesses.ledger import Grant, create_disabled, enable
from workflows.accesses.models import Access
from workflows.cases.commands import CasesAsked, InboxAsked
from workflows.cases.inbox import inbox
from workflows.cases.list_cases import case_list
from workflows.cases.models import Case
from workflows.cases.read_case import case_view
from workflows.errors import Invalid
from workflows.people.models import Organisation, Person, RoleAssignment, Unit
from workflows.worker.run import do_jobs

MOVING = {"matricule": "201733", "prenom": "Camille", "nom": "Deschênes", "unite": "SOO"}
MOVING |= {"superieur_matricule": "100227", "no_poste": "SOO-077"}


def of(life: Life, code: str) -> tuple[str | None, str | None, str | None]:
    """Someone's unit, superior and position."""
    with Session(life.engine) as session:
        person = session.scalars(select(Person).where(Person.code == code)).one()
        unit = session.get(Unit, person.unit_id) if person.unit_id else None
        above = session.get(Person, person.superior_id) if person.superior_id else None
        return unit.code if unit else None, above.code if above else None, person.position_no


def rows_of(life: Life, code: str) -> dict[str, tuple[str, list[str]]]:
    person = life.person_id(code)
    with Session(life.engine) as session:
        rows = session.scalars(select(Access).where(Access.person_id == person))
        return {row.system: (row.state, list(row.live)) for row in rows}


def works_already(life: Life, code: str) -> None:
    """Someone's accounts, which work."""
    with life.desk("P14") as desk:
        person = desk.session.get_one(Person, life.person_id(code))
        case = Case(organisation_id=person.organisation_id, id=UUID(int=1), number="ARR-2020-000001")
        for system, account in (("SAGIR", "DESCH"), ("RESEAU", "cdesch"), ("BADGE", "C-1")):
            row = create_disabled(desk, case, person, Grant(system, account, ("LSCD",) if system == "SAGIR" else ()))
            enable(desk, case, row, list(row.granted))


def moving(life: Life) -> Request:
    """U01 moves to another unit: the works are done."""
    arrival = hired(life, **MOVING)
    arrival.do("A04", "P13", **FILE)
    arrival.do("A08", "P27", **{**NEEDS, "libre_service": ["LSH"]})
    do_jobs(life.engine)
    arrival.do("A20.1", "P14", code_usager="DESCH", compte_desactive=True)
    arrival.do("A20.2", "P14", responsabilites_attribuees=[])
    arrival.do("A23", "P17", compte_reseau="cdesch", courriel="c@op-demo.example", amf_exigee=True)
    arrival.do("A24", "P18", no_carte="C-1")
    return arrival


def test_the_usual_name_is_shown_everywhere(life: Life) -> None:
    arrival = hired(life, nom_usuel="Nono Ex")
    arrival.do("A04", "P13", **FILE)
    with life.desk("P13") as desk:
        view = case_view(desk, arrival.number)
        listed = [row for row in case_list(desk, CasesAsked()).items if row.number == arrival.number]
    with life.desk("P08") as desk:
        subjects = [row.case.subject for row in inbox(desk, InboxAsked("queue")).items]
        subjects += [row.case.subject for row in inbox(desk, InboxAsked("mine")).items]
    assert view.row.subject == "Arrivée de Nono Ex, SOE"
    assert [row.beneficiary.name for row in listed if row.beneficiary is not None] == ["Nono Ex"]
    assert "Arrivée de Nono Ex, SOE" in subjects


def test_a_usual_name_that_is_erased_gives_the_full_name_back(life: Life) -> None:
    arrival = hired(life, nom_usuel="Nono Ex")
    arrival.do("A04", "P13", **FILE, nom_usuel="")
    with life.desk("P13") as desk:
        assert case_view(desk, arrival.number).row.subject == "Arrivée de Noa Exemple, SOE"


def test_a_namesake_is_named_and_must_be_ruled_out(life: Life) -> None:
    arrival = hired(life, matricule="204556", prenom="Émma", nom="Gauthier")
    assert arrival.seen_by("P13", "A04").shown["homonymes"] == "Emma Gauthier, 204118, SOE"
    for said in ({}, {"homonymie_verifiee": False}):
        with pytest.raises(Invalid) as refusal:
            arrival.do("A04", "P13", **FILE, **said)
        assert list(refusal.value.fields) == ["homonymie_verifiee"]
    arrival.do("A04", "P13", **FILE, homonymie_verifiee=True)


def test_nobody_is_asked_about_namesakes_when_there_is_none(life: Life) -> None:
    arrival = hired(life)
    assert not arrival.seen_by("P13", "A04").shown.get("homonymes")
    arrival.do("A04", "P13", **FILE)
    assert arrival.open == [("A08", "P08")]


def test_who_moves_stays_in_the_old_unit_until_access_is_enabled(life: Life) -> None:
    before = of(life, "U01")
    arrival = moving(life)
    assert (of(life, "U01"), before[0]) == (before, "SOE")
    life.move("2026-12-21T08:30-05:00")
    assert arrival.open == [("A31", "P27")]
    arrival.do("A31", "P27", decision="PRESENT", identite_verifiee=True)
    assert of(life, "U01") == ("SOO", "P27", "SOO-077")


def test_a_move_that_goes_elsewhere_meanwhile_takes_effect_there(life: Life) -> None:
    arrival = moving(life)
    tell(life, "arrivee.modifiee", {"unite": "DSA", "superieur_matricule": "100212"}, "E-201733")
    assert (of(life, "U01")[0], arrival.open) == ("SOE", [("A08", "P12")])


def test_a_newcomer_is_in_the_unit_from_the_file_on(life: Life) -> None:
    hired(life).do("A04", "P13", **FILE)
    assert of(life, "E-204555") == ("SOE", "P08", "SOE-055")


def test_a_cancelled_move_leaves_the_access_of_before(life: Life) -> None:
    works_already(life, "U01")
    before = rows_of(life, "U01"), of(life, "U01")
    moving(life)
    assert rows_of(life, "U01") == before[0]
    tell(life, "arrivee.annulee", {"motif": "Le poste est aboli."}, "E-201733")
    do_jobs(life.engine)
    assert (rows_of(life, "U01"), of(life, "U01")) == before


def test_a_move_takes_the_place_of_the_access_of_before_on_the_first_day(life: Life) -> None:
    works_already(life, "U01")
    arrival = moving(life)
    life.move("2026-12-21T08:30-05:00")
    arrival.do("A31", "P27", decision="PRESENT", identite_verifiee=True)
    assert rows_of(life, "U01")["SAGIR"] == ("ACTIF", ["LSH"])


def test_roles_of_before_end_when_someone_returns(life: Life) -> None:
    with Session(life.engine) as session, session.begin():
        organisation = session.scalars(select(Organisation).where(Organisation.code == "OP-DEMO")).one()
        person = Person(organisation_id=organisation.id, code="E-204555", matricule="204555")
        person.first_name, person.last_name = "Noa", "Exemple"
        person.employed_from, person.employed_until = at("2024-01-08"), at("2025-06-30")
        session.add(person)
        session.flush()
        held = RoleAssignment(organisation_id=organisation.id, person_id=person.id, role="AVIS")
        held.valid_from = at("2024-01-08")
        session.add(held)
    arrival = hired(life)
    arrival.do("A04", "P13", **FILE)
    with Session(life.engine) as session:
        state = session.scalars(select(RoleAssignment.state).where(RoleAssignment.role == "AVIS")).all()
    assert (arrival.facts["cas_identite"], "TERMINEE" in state) == ("REEMBAUCHE", True)


def test_what_a_returning_person_had_is_not_restored(life: Life) -> None:
    """ARR-15: the SAGIR user disabled in 2025 is taken up again, with what is approved now and nothing else."""
    with Session(life.engine) as session, session.begin():
        organisation = session.scalars(select(Organisation).where(Organisation.code == "OP-DEMO")).one()
        person = Person(organisation_id=organisation.id, code="E-204555", matricule="204555")
        person.first_name, person.last_name = "Noa", "Exemple"
        person.employed_from, person.employed_until = at("2024-01-08"), at("2025-06-30")
        session.add(person)
        session.flush()
        old = Access(organisation_id=organisation.id, person_id=person.id, system="SAGIR", account="EXEMPN")
        old.granted, old.changed_at = ["LSA", "APPROBATION_DE_PAIEMENTS"], at("2025-06-30")
        session.add(old)
    arrival = prepared(life)
    life.move("2026-12-21T08:30-05:00")
    arrival.do("A31", "P08", decision="PRESENT", identite_verifiee=True)
    with Session(life.engine) as session:
        mine = (Access.system == "SAGIR", Person.matricule == "204555")
        (row,) = session.scalars(select(Access).join(Person, Person.id == Access.person_id).where(*mine)).all()
        assert (row.account, row.granted, row.live) == ("EXEMPN", ["LSCD", "LSH"], ["LSCD", "LSH"])
    assert arrival.facts["cas_identite"] == "REEMBAUCHE"


def test_a_cancelled_move_keeps_what_changed_in_the_register_meanwhile(life: Life) -> None:
    works_already(life, "U01")
    arrival = moving(life)
    with Session(life.engine) as session, session.begin():
        session.scalars(select(Person).where(Person.code == "U01")).one().position_no = "SOE-200"
    tell(life, "arrivee.annulee", {"motif": "Le poste est aboli."}, "E-201733")
    do_jobs(life.engine)
    assert (arrival.end, of(life, "U01")[2]) == ("ARRIVEE_ANNULEE", "SOE-200")


def at(day: str) -> datetime:
    return datetime.fromisoformat(f"{day}T13:30+00:00")
