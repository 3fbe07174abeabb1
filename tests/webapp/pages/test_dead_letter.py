"""A message that could not be delivered, as an operator comes to know of it: a notice, the case, a task of its own."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import Engine

from tests.bpmn.living import Life
from tests.webapp.pages.visitor import Visitor
from workflows.cases.commands import InboxAsked
from workflows.cases.inbox import inbox
from workflows.cases.store import look_at_case
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


def test_an_operator_answers_the_task_of_a_dead_letter(demo_engine: Engine, visitor: Callable[[str], Visitor]) -> None:
    life = Life(demo_engine)
    with life.desk("P25") as desk:
        set_setting(organisation_by_code(desk.session, "OP-DEMO"), "livraison_adresses_privees", True)
        subscribe(desk, "http://127.0.0.1:9/", ["derogation.signature_requise"])
    request = life.analysed(64_900)
    life.move("2026-12-09T09:00-05:00")
    operator = visitor("P25")
    listed = operator.get("/corbeille").text
    assert "Message non livré à un autre système" in listed
    with life.desk("P25") as desk:
        (row,) = inbox(desk, InboxAsked()).items
    shown = operator.get(f"/taches/{row.id}").text
    for words in ("derogation.signature_requise.v1", "Système inaccessible", "Suite à donner", "Abandonner"):
        assert words in shown
    with life.desk("P05") as desk:
        subject = look_at_case(desk, request.number).subject
    assert subject
    assert subject not in shown + listed
    refused = operator.send(f"/taches/{row.id}", decision="ABANDONNER")
    assert refused.status_code == 422
    done = operator.send(f"/taches/{row.id}", decision="ABANDONNER", motif="Système retiré")
    assert done.status_code == 303
    assert "Abandonné" in operator.get(f"/taches/{row.id}").text
