"""Declaring a departure from « Commencer », and what its actions ask: who, when, on the organisation's clocks."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from tests.bpmn.leaving import announced
from tests.bpmn.living import Life
from tests.webapp.pages.visitor import Visitor
from webapp.pages.forms.conditions import due_when, shown_when
from workflows.cases.models import Case
from workflows.worker.run import do_jobs

Visitors = Callable[[str], Visitor]
PAGE = "/commencer/depart_employe"
RESIGNS = {
    "matricule": "U01",
    "type_depart": "DEMISSION",
    "t_effet": "2026-12-18T16:30",
    "dernier_jour": "2026-12-18",
    "risque_eleve": "false",
    "employe_informe": "true",
}


@pytest.fixture
def life(demo_engine: Engine) -> Life:
    """OP-DEMO on Monday 7 December, 9:00."""
    return Life(demo_engine)


def departures(life: Life) -> list[Case]:
    """The departures so far."""
    with Session(life.engine) as session:
        return list(session.scalars(select(Case).where(Case.process == "depart_employe")))


def test_human_resources_declare_a_departure_and_land_in_their_task(life: Life, visitor: Visitors) -> None:
    officer = visitor("P13")
    officer.get("/commencer")
    assert officer.page.xpath(f"//a[@href='{PAGE}']/text()") == ["Déclarer un départ"]
    officer.get(PAGE)
    officer.send(PAGE, follow=True, **RESIGNS)
    assert officer.said("//h1") == "Préciser le départ"
    assert officer.value("t_effet") == "2026-12-18T16:30"
    (case,) = departures(life)
    assert case.facts["instant_annonce"] == "2026-12-18T21:30:00Z"


def test_without_saying_who_nothing_begins_and_nothing_typed_is_lost(life: Life, visitor: Visitors) -> None:
    officer = visitor("P13")
    answer = officer.send(PAGE, **{**RESIGNS, "matricule": ""})
    assert answer.status_code == 422
    assert "Employé" in officer.said("//*[@id='erreurs']")
    assert officer.value("t_effet") == "2026-12-18T16:30"
    assert departures(life) == []


def test_what_cannot_be_read_is_said_beside_its_question(life: Life, visitor: Visitors) -> None:
    officer = visitor("P13")
    assert officer.send(PAGE, **{**RESIGNS, "t_effet": "demain"}).status_code == 422
    assert officer.page.xpath("//*[@name='t_effet']/@aria-invalid") == ["true"]
    assert departures(life) == []


def test_a_manager_chooses_among_the_own_people_only(life: Life, visitor: Visitors) -> None:
    manager = visitor("P08")
    manager.get(PAGE)
    offered = manager.page.xpath("//select[@name='matricule']/option/@value")
    assert "U01" in offered
    assert "U02" not in offered
    assert manager.send(PAGE, **{**RESIGNS, "matricule": "U02"}).status_code == 422
    assert departures(life) == []


def test_security_declares_an_emergency_with_who_and_when(life: Life, visitor: Visitors) -> None:
    security = visitor("P19")
    security.send(PAGE, follow=True, matricule="U02", t_effet="2026-12-07T10:00")
    do_jobs(life.engine)
    (case,) = departures(life)
    assert (case.facts["mode"], case.facts["t_revocation"]) == ("IMMEDIAT", "2026-12-07T15:00:00Z")


def test_whoever_may_not_start_it_is_not_asked(visitor: Visitors) -> None:
    assert visitor("U01").get(PAGE).status_code == 403
    assert visitor("P13").get("/commencer/arrivee_employe").status_code == 404


def test_another_day_is_taken_on_the_organisation_s_clocks(life: Life, visitor: Visitors) -> None:
    leaving, officer = announced(life), visitor("P13")
    leaving.do("D05", "P13", risque_eleve=False)
    officer.get(f"/dossiers/{leaving.number}/actions/MODIFIER_DATE")
    assert officer.value("t_effet") == "2026-12-18T16:30"
    answer = officer.send(f"/dossiers/{leaving.number}/actions/MODIFIER_DATE", t_effet="2026-12-21T12:00")
    assert answer.status_code == 303
    do_jobs(life.engine)
    (case,) = departures(life)
    assert case.facts["t_revocation"] == "2026-12-21T17:00:00Z"


def test_an_instant_that_was_announced_in_utc_is_shown_on_the_organisation_s_clocks(
    life: Life, visitor: Visitors
) -> None:
    leaving, officer = announced(life, t_effet="2026-12-18T21:30:00Z"), visitor("P13")
    officer.get(f"/taches/{leaving.task('D05').id}")
    assert officer.value("t_effet") == "2026-12-18T16:30"


def test_a_page_watches_the_conditions_that_turn_on_what_it_asks() -> None:
    keys = {"type_depart", "risque_eleve"}
    assert shown_when("=risque_eleve != true", keys) == "risque_eleve=true"
    assert shown_when('=not(list contains(["A", "B"], type_depart))', keys) == "type_depart=A|B"
    assert due_when('not(list contains(["A", "B"], type_depart))', keys) == "type_depart!=A|B"
    assert shown_when("=temporaire != true", keys) == ""
    assert shown_when('=D05.type_depart != "RETRAITE"', keys) == ""
