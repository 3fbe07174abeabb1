"""A message that could not be delivered, as an operator comes to know of it: a notice, then the case."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import Engine

from tests.bpmn.living import Life
from tests.webapp.pages.visitor import Visitor
from workflows.deliveries.subscribe import subscribe
from workflows.people.directory import organisation_by_code
from workflows.people.settings import set_setting


def test_an_operator_is_told_and_opens_the_case(demo_engine: Engine, visitor: Callable[[str], Visitor]) -> None:
    life = Life(demo_engine)
    with life.desk("P25") as desk:
        set_setting(organisation_by_code(desk.session, "OP-DEMO"), "livraison_adresses_privees", True)
        subscribe(desk, "http://127.0.0.1:9/")
    request = life.analysed(64_900)
    operator = visitor("P25")
    assert operator.get(f"/dossiers/{request.number}").status_code == 404
    life.move("2026-12-09T09:00-05:00")
    notices = operator.get("/avis").text
    assert "pas pu être livré à un autre système" in notices
    assert request.number in notices
    shown = operator.get(f"/dossiers/{request.number}")
    assert shown.status_code == 200
    assert "vue réduite" in shown.text
    assert "Message non livré, abandonné" in visitor("P05").get(f"/dossiers/{request.number}/journal").text
