"""What a departure's pages show: who waits for what, what each system held, and the leaver's own part of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import Engine

from tests.bpmn.arriving import tell
from tests.bpmn.leaving import announced, employ
from tests.bpmn.living import Life, Request
from tests.webapp.pages.visitor import Visitor
from workflows.worker.run import do_jobs

Visitors = Callable[[str], Visitor]
LEFT = "//section[@aria-labelledby='jusque']"
SYSTEMS = "//section[@aria-labelledby='revocation']"
HELD = "//section[@aria-labelledby='a-retirer']"
INSTANT = "2026-12-18T16:30-05:00"
CAMILLE = "201733"


@pytest.fixture
def life(demo_engine: Engine) -> Life:
    """OP-DEMO on Monday 7 December, 9:00."""
    return Life(demo_engine)


def leaving(life: Life, **changes: Any) -> Request:
    """U02 resigns for Friday 18 December, 16:30; human resources and the manager have answered."""
    request = announced(life, **changes)
    request.do("D05", "P13", risque_eleve=False)
    do_jobs(life.engine)
    return request


def lines(reader: Visitor) -> dict[str, list[str]]:
    """The lines of « Révocation par système »: the system, then how it stands, when, how long it took."""
    found = {}
    for row in reader.page.xpath(f"{SYSTEMS}//tbody/tr"):
        system, *rest = (" ".join(cell.text_content().split()) for cell in row.xpath("./th | ./td"))
        found[system] = rest
    return found


def revoked_by(request: Request) -> None:
    """Everyone does their part, now."""
    for step, who in (("D21", "P14"), ("D23", "P17"), ("D24", "P18")):
        request.do(step, who)


def revoked(life: Life, request: Request) -> None:
    """The instant has come; seven minutes later everyone has done their part."""
    life.move(INSTANT)
    life.move("2026-12-18T16:37-05:00")
    revoked_by(request)
    do_jobs(life.engine)


def test_who_waits_for_what_is_told_until_the_revocation(life: Life, visitor: Visitors) -> None:
    request, reader = leaving(life), visitor("P13")
    reader.get(f"/dossiers/{request.number}")
    told = reader.said(LEFT)
    assert "Jusqu'à la révocation Fin des accès : vendredi 18 décembre, 16 h 30 dans 9 jours ouvrables" in told
    assert "Planifier la relève" in told
    assert "Groupes d'avis retirés" in told
    assert "Portable, jeton" not in told
    life.move("2026-12-18T16:40-05:00")
    reader.get(f"/dossiers/{request.number}")
    assert "l’instant est passé" in reader.said(LEFT)
    revoked_by(request)
    do_jobs(life.engine)
    reader.get(f"/dossiers/{request.number}")
    assert reader.page.xpath(LEFT) == []


def test_each_system_is_shown_with_its_measure(life: Life, visitor: Visitors) -> None:
    request, reader = leaving(life), visitor("P13")
    reader.get(f"/dossiers/{request.number}")
    assert lines(reader)["Usager SAGIR S-201950"] == ["À retirer", "—", "—", "—"]
    revoked(life, request)
    reader.get(f"/dossiers/{request.number}")
    rights = "LSCD, comptes de dépenses, LSH, ressources humaines"
    at = "aujourd'hui, 16 h 37"
    assert lines(reader)[f"Usager SAGIR S-201950 {rights}"] == ["Retiré et prouvé", at, at, "7 min"]
    assert "Accès désactivé : Usager SAGIR" in reader.said(SYSTEMS)


def test_what_was_programmed_before_the_instant_says_so(life: Life, visitor: Visitors) -> None:
    request, reader = leaving(life), visitor("P13")
    life.move("2026-12-18T09:00-05:00")
    request.do("D24", "P18")
    reader.get(f"/dossiers/{request.number}")
    assert lines(reader)["Carte d’accès B-201950"][0] == "Fin programmée"


def test_whoever_sees_the_case_reduced_has_no_list_of_accounts(life: Life, visitor: Visitors) -> None:
    request, reader = leaving(life), visitor("P18")
    life.move(INSTANT)
    reader.get(f"/dossiers/{request.number}")
    assert reader.page.xpath(SYSTEMS) == []


def test_a_technician_is_shown_what_there_is_to_take_away(life: Life, visitor: Visitors) -> None:
    request, pilot = leaving(life), visitor("P14")
    life.move(INSTANT)
    pilot.get(f"/taches/{request.task('D21').id}")
    assert pilot.said(HELD).startswith("Ce que la personne a Usager SAGIR S-201950, en service")
    assert "LSH, ressources humaines" in pilot.said(HELD)
    assert "B-201950" not in pilot.said(HELD)
    assert "Retrait définitif" in pilot.said("//section[@aria-labelledby='faits']")
    assert "Démission" not in pilot.said()


def test_gaps_are_named_rows_to_answer(life: Life, visitor: Visitors) -> None:
    employ(life, "203001")
    request, security = leaving(life, matricule="203001"), visitor("P19")
    life.move(INSTANT)
    alive = {"operation_id": "VPN-1", "systeme": "RESEAU", "etat": "ACTIF", "a": "2026-12-18T21:30:00Z"}
    tell(life, "connecteur.compte.etat", alive, "E-203001")
    revoked_by(request)
    do_jobs(life.engine)
    security.get(f"/taches/{request.task('D30').id}")
    assert security.said("//p[@class='pc-fixed']") == "Réseau, courriel et accès à distance"
    assert security.page.xpath("//input[@name='ecarts.0.systeme']/@value") == ["RESEAU"]
    assert security.page.xpath("//button[@name='_ajouter' or @name='_retirer']") == []
    answer = security.send(f"/taches/{request.task('D30').id}", **{"ecarts.0.systeme": "RESEAU"})
    assert answer.status_code == 422
    assert "Décision" in security.said("//*[@id='erreurs']")


def test_the_leaver_sees_their_own_part_and_no_other(life: Life, visitor: Visitors) -> None:
    request, leaver = leaving(life, matricule=CAMILLE), visitor("U01")
    request.do("D09", "P08", successeur_approbations="P09", biens_connus=["Portable"])
    leaver.get(f"/dossiers/{request.number}")
    told = leaver.said("//section[@aria-labelledby='pour-vous']")
    assert "Vos accès prennent fin vendredi 18 décembre, 16 h 30" in told
    assert "Biens attendus Portable À qui les remettre Hugo Ibarra" in told
    assert "Déclarer les biens" in leaver.said("//section[@aria-labelledby='vos-etapes']")
    for other in ("Planifier la relève", "Démission", "SAGIR", "Isabelle", "Nicolas"):
        assert other not in leaver.said(), other
    assert leaver.get(f"/dossiers/{request.number}/journal").status_code == 404


def test_goods_declared_and_goods_that_came_back_are_told_each_under_their_name(life: Life, visitor: Visitors) -> None:
    request, manager = leaving(life), visitor("P27")
    request.do("D09", "P27")
    request.do("D10", "U02", biens=["Clé du local 3.12"])
    revoked(life, request)
    manager.get(f"/taches/{request.task('D31').id}")
    assert "Biens à remettre Clé du local 3.12" in manager.said("//section[@aria-labelledby='faits']")
    request.do("D31", "P27", biens=[{"bien": "PORTABLE", "etat": "RENDU"}])
    officer = visitor("P13")
    officer.get(f"/taches/{request.task('D36').id}")
    assert "Biens Portable, Rendu" in officer.said("//section[@aria-labelledby='faits']")
    assert "{" not in officer.said()
