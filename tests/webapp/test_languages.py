"""Which language a page speaks: the one asked for, else the one kept, else one's own, else the browser's."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask.testing import FlaskClient
from lxml import etree

from webapp.pages.drawn import drawn_in

DRAWING = Path(__file__).parents[2] / "bpmn" / "derogation_cellulaire" / "process.bpmn"


def _words(client: FlaskClient, address: str = "/connexion", **headers: str) -> str:
    return client.get(address, headers={name.replace("_", "-"): said for name, said in headers.items()}).text


def test_a_page_is_in_french_unless_something_asks_otherwise(client: FlaskClient) -> None:
    said = _words(client)
    assert '<html lang="fr"' in said
    assert "Mot de passe" in said


def test_the_address_may_ask_for_english_and_the_next_page_keeps_it(client: FlaskClient) -> None:
    assert "Password" in _words(client, "/connexion?langue=en")
    assert "Password" in _words(client)


def test_the_browser_may_ask_for_english(client: FlaskClient) -> None:
    assert "Password" in _words(client, Accept_Language="en-CA,en;q=0.9")


def test_a_kept_choice_stands_over_the_browser(client: FlaskClient) -> None:
    _words(client, "/connexion?langue=fr")
    assert "Mot de passe" in _words(client, Accept_Language="en")


def test_a_language_that_is_not_spoken_changes_nothing(client: FlaskClient) -> None:
    assert "Mot de passe" in _words(client, "/connexion?langue=xx", Accept_Language="xx")


@pytest.mark.parametrize(("language", "french"), [("fr", True), ("en", False)])
def test_the_drawing_is_worded_in_the_language_of_the_page(language: str, french: bool) -> None:
    drawn = drawn_in(DRAWING.read_text(encoding="utf-8"), language)
    root = etree.fromstring(drawn.encode() if isinstance(drawn, str) else drawn)
    names = {str(one.get("id")): str(one.get("name")) for one in root.iter("{*}userTask", "{*}sequenceFlow")}
    assert (names["R05"] == "Saisir la demande", names["f_R03_R04"] == "Non") == (french, french)
    assert any("Annulation" in "".join(one.itertext()) for one in root.iter("{*}textAnnotation")) == french
