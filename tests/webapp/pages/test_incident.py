"""A case in error on its pages: why, whom to ask, and the button that only an operator has."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask

from tests.webapp.api.test_incident import state_of
from tests.webapp.conftest import Caller
from tests.webapp.pages.visitor import Visitor

ANALYSIS = {"prestataire": "TELUS", "au_catalogue": True, "modele": "Modèle A", "prix_appareil_cents": 64900}


@pytest.fixture
def stopped(app: Flask, caller: Callable[[str], Caller], analysis: tuple[str, str]) -> tuple[str, str, bytes]:
    """A case that stopped when it was analysed: its number, its id, and the state that would have been good."""
    number, path = analysis
    case = caller("P03").get(f"/cases/{number}").json["id"]
    good = state_of(app, case, b"spoiled")
    done = caller("P03").post(f"/tasks/{path.rpartition('/')[2]}/completion", {"answers": ANALYSIS})
    assert done.json["code"] == "case.stopped"
    return number, case, good


def test_whoever_works_on_it_reads_why_and_whom_to_ask(
    stopped: tuple[str, str, bytes], visitor: Callable[[str], Visitor]
) -> None:
    reader = visitor("P03")
    reader.get(f"/dossiers/{stopped[0]}")
    said = reader.said()
    assert "l'état conservé ne se relit pas" in said
    assert "Antoine Bilodeau" in said
    assert "INC-" in said
    assert "Reprendre le dossier" not in said
    reader.get("/corbeille?boite=mine")
    assert "En erreur" in reader.said()


def test_an_operator_takes_it_up_from_its_page(
    app: Flask, stopped: tuple[str, str, bytes], visitor: Callable[[str], Visitor]
) -> None:
    number, case, good = stopped
    operator = visitor("P25")
    operator.get(f"/dossiers/{number}")
    assert "Reprendre le dossier" in operator.said()
    operator.send(f"/dossiers/{number}/reprise", follow=True)
    assert "n'a pas pu continuer" in operator.said()
    state_of(app, case, good)
    assert operator.send(f"/dossiers/{number}/reprise", follow=True).status_code == 200
    assert "Le dossier est remis en marche." in operator.said()
    assert "Reprendre le dossier" not in operator.said()


def test_nobody_else_can_send_what_the_button_sends(
    stopped: tuple[str, str, bytes], visitor: Callable[[str], Visitor]
) -> None:
    reader = visitor("P03")
    reader.send(f"/dossiers/{stopped[0]}/reprise", follow=True)
    assert "Seul un exploitant reprend un dossier en erreur." in reader.said()
