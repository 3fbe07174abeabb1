"""Who waits for what until day 1 of an arrival, its checklist, and what the newcomer sees of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import Engine

from tests.bpmn.arriving import FILE, NEEDS, hired, prepared
from tests.bpmn.living import Life, Request
from tests.webapp.pages.visitor import Visitor
from workflows.cases.commands import AddComment
from workflows.cases.comment import add_comment
from workflows.worker.run import do_jobs

Visitors = Callable[[str], Visitor]
EMMA = {"matricule": "204118", "prenom": "Emma", "nom": "Gauthier", "no_poste": "SOE-014"}
LEFT = "//section[@aria-labelledby='jusque']"
CHECKLIST = "//details[contains(@class, 'pc-checklist')]"
SECRET = "Le casier judiciaire est à suivre."


@pytest.fixture
def life(demo_engine: Engine) -> Life:
    """OP-DEMO on Monday 7 December, 9:00; who is hired begins on Monday 21 December, 8:30."""
    return Life(demo_engine)


def at_work(life: Life, **changes: Any) -> Request:
    """Emma's arrival, its works under way."""
    arrival = hired(life, **EMMA)
    arrival.do("A04", "P13", **{**FILE, **changes})
    arrival.do("A08", "P08", **NEEDS)
    do_jobs(life.engine)
    return arrival


def rows(reader: Visitor) -> dict[str, list[str]]:
    """The lines of « Jusqu'au jour 1 »: the work, then who, by when, how it stands."""
    found = {}
    for line in reader.page.xpath(f"{LEFT}//tbody/tr"):
        work, *rest = (" ".join(cell.text_content().split()) for cell in line.xpath("./th | ./td"))
        found[work] = rest
    return found


@pytest.mark.parametrize("code", ["P13", "P08"])
def test_human_resources_and_the_manager_see_who_waits_for_what(life: Life, visitor: Visitors, code: str) -> None:
    arrival, reader = at_work(life), visitor(code)
    reader.get(f"/dossiers/{arrival.number}")
    assert "Entrée en fonction : lundi 21 décembre, 8 h 30 dans 10 jours ouvrables" in reader.said(LEFT)
    found = rows(reader)
    sagir = ["Pilote sécurité SAGIR", "jeudi 17 décembre, 8 h 30", "À prendre en charge"]
    assert found["Créer ou réactiver l'usager SAGIR"] == sagir
    assert found["Identité vérifiée et présence confirmée"] == ["Gestionnaire", "lundi 21 décembre, 12 h", "à venir"]
    assert "Engagements signés" not in found


def test_what_is_late_is_said_and_counted(life: Life, visitor: Visitors) -> None:
    arrival = at_work(life)
    life.move("2026-12-18T16:00-05:00")
    reader = visitor("P13")
    reader.get(f"/dossiers/{arrival.number}")
    assert "3 travaux en retard" in reader.said(LEFT)
    assert "dans 1 jour ouvrable" in reader.said(LEFT)
    assert rows(reader)["Préparer la carte d'accès et les clés"][-1] == "En retard"


def test_the_day_itself_and_the_time_after_it_are_told(life: Life, visitor: Visitors) -> None:
    arrival, reader = prepared(life), visitor("P13")
    life.move("2026-12-21T09:00-05:00")
    reader.get(f"/dossiers/{arrival.number}")
    assert "c’est aujourd’hui" in reader.said(LEFT)
    life.move("2026-12-22T09:00-05:00")
    reader.get(f"/dossiers/{arrival.number}")
    assert "ce jour est passé" in reader.said(LEFT)
    arrival.do("A31", "P09", decision="PRESENT", identite_verifiee=True)
    do_jobs(life.engine)
    reader.get(f"/dossiers/{arrival.number}")
    assert reader.page.xpath(LEFT) == []
    assert "Signer les engagements" in reader.said("//section[@aria-labelledby='maintenant']")


def test_an_entry_put_off_is_not_shown_as_confirmed(life: Life, visitor: Visitors) -> None:
    arrival, reader = prepared(life), visitor("P13")
    life.move("2026-12-21T09:00-05:00")
    arrival.do("A31", "P08", decision="REPORTE", nouvelle_date="2027-01-11")
    reader.get(f"/dossiers/{arrival.number}")
    assert "lundi 11 janvier 2027, 8 h 30" in reader.said(LEFT)
    assert rows(reader)["Identité vérifiée et présence confirmée"][-1] == "à venir"
    assert "Reporté" in reader.said("//table[caption='Étapes du processus']")


def test_what_this_arrival_never_needed_is_not_to_come(life: Life, visitor: Visitors) -> None:
    arrival, reader = at_work(life), visitor("P13")
    reader.get(f"/dossiers/{arrival.number}")
    (line,) = (one for one in reader.page.xpath(f"{CHECKLIST}//li") if "Hiérarchie des postes" in one.text_content())
    assert line.get("data-state") == "skipped"
    assert "Hiérarchie des postes et chaîne d'approbation à jour" not in rows(reader)


def test_whoever_sees_the_case_reduced_is_told_no_date(life: Life, visitor: Visitors) -> None:
    arrival, reader = at_work(life), visitor("P18")
    reader.get(f"/dossiers/{arrival.number}")
    assert reader.page.xpath(LEFT) == []
    assert "21 décembre" not in reader.said(CHECKLIST)


def test_the_newcomer_sees_when_where_with_whom_and_what_is_theirs(life: Life, visitor: Visitors) -> None:
    arrival, reader = at_work(life), visitor("U03")
    reader.get(f"/dossiers/{arrival.number}")
    told = reader.said("//section[@aria-labelledby='pour-vous']")
    for one in ("lundi 21 décembre", "8 h 30", "Siège", "Hugo Ibarra", "Portable"):
        assert one in told
    steps = reader.said("//section[@aria-labelledby='vos-etapes']")
    assert "Engagements signés" in steps
    assert "Rien ne vous est demandé pour l'instant." in steps


def test_the_newcomer_sees_nothing_of_what_others_do(life: Life, visitor: Visitors) -> None:
    arrival = at_work(life, antecedents="DEFAVORABLE", adaptation_poste=True)
    task = arrival.task("A23").id
    with life.desk("P18") as desk:
        add_comment(desk, AddComment(arrival.task("A24").id, SECRET))
    reader = visitor("U03")
    for path in (f"/dossiers/{arrival.number}", "/demandes", f"/recherche?q={arrival.number}"):
        reader.get(path, follow_redirects=True)
        for other in ("antécédents", "Défavorable", "Adaptation", "compte réseau", "Technicien", "Manon", SECRET):
            assert other not in reader.said(), (path, other)
    for closed in ("formulaires", "journal", "diagramme", "fichiers", "lies"):
        assert reader.get(f"/dossiers/{arrival.number}/{closed}").status_code == 404, closed
    assert reader.get(f"/taches/{task}").status_code == 404


def test_the_newcomer_s_own_task_shows_no_words_or_deeds_of_others(life: Life, visitor: Visitors) -> None:
    arrival = prepared(life, EMMA)
    life.move("2026-12-21T09:00-05:00")
    with life.desk("P08") as desk:
        add_comment(desk, AddComment(arrival.task("A31").id, SECRET))
    arrival.do("A31", "P08", decision="PRESENT", identite_verifiee=True)
    do_jobs(life.engine)
    reader = visitor("U03")
    reader.get(f"/taches/{arrival.task('A32').id}")
    assert "Signer mes engagements" in reader.said()
    for other in (SECRET, "Ce qui a été fait", "Numéro de poste", "Voir l’historique"):
        assert other not in reader.said(), other
    colleague = visitor("P08")
    colleague.get(f"/taches/{arrival.task('A32').id}")
    assert SECRET in colleague.said()
