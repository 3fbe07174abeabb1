"""« Recalculer les échéances » : what a holiday would move is seen, then moved, on a page or by the API."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

import pytest
from sqlalchemy.orm import Session

from tests.builders import a_system_desk
from tests.webapp.conftest import Caller
from tests.webapp.pages.visitor import Visitor
from workflows.calendars.holidays import PublishHolidays, SpecialDay, publish_holidays, special_days
from workflows.people.directory import organisation_by_code

Visitors = Callable[[str], Visitor]
Callers = Callable[[str], Caller]
PAGE, API = "/echeances", "/deadlines/recount"
STANDS, MOVED = "2026-12-09T14:00:00Z", "2026-12-10T14:00:00Z"


@pytest.fixture
def changed(demo: Session, analysis: tuple[str, str]) -> tuple[str, str]:
    """A request that is analysed, and a holiday published before it is due: its number, its task's path."""
    body = organisation_by_code(demo, "OP-DEMO")
    assert body is not None
    days = [*special_days(demo, body.id, 2026), SpecialDay(date(2026, 12, 8), "Tempête")]
    publish_holidays(a_system_desk(demo, body), PublishHolidays(2026, days))
    demo.commit()
    return analysis


def test_the_page_says_from_when_to_when(visitor: Visitors, changed: tuple[str, str]) -> None:
    operator = visitor("P25")
    operator.get(PAGE)
    cells = [" ".join(cell.text_content().split()) for cell in operator.page.xpath("//tbody/tr/*")]
    assert cells[:3] == [changed[0], "R08 · Analyser la demande", "Représentant cellulaire"]
    instants = operator.page.xpath("//tbody//time/@datetime")
    assert [datetime.fromisoformat(one) for one in instants] == [datetime.fromisoformat(one) for one in (STANDS, MOVED)]


def test_moving_them_moves_them_once(visitor: Visitors, caller: Callers, changed: tuple[str, str]) -> None:
    operator = visitor("P25")
    operator.get(PAGE)
    (seen,) = operator.page.xpath("//input[@name='vu']/@value")
    operator.send(PAGE, follow=True, vu=seen)
    assert "1 échéance est déplacée." in operator.said()
    assert "Aucune échéance à déplacer" in operator.said()
    (task,) = caller("P03").get(f"/cases/{changed[0]}").json["open_tasks"]
    assert task["due_at"] == MOVED


def test_the_case_s_journal_says_from_when_to_when(
    visitor: Visitors, caller: Callers, changed: tuple[str, str]
) -> None:
    operator = caller("P25")
    operator.post(API, {"seen": operator.get(API).json["fingerprint"]})
    reader = visitor("P03")
    reader.get(f"/dossiers/{changed[0]}/journal")
    (line,) = [one for one in reader.page.xpath("//ol/li") if "Échéance recalculée" in one.text_content()]
    said = " ".join(line.text_content().split())
    assert "mercredi 9 décembre 2026, 9 h → jeudi 10 décembre 2026, 9 h" in said


def test_a_stale_preview_moves_nothing(visitor: Visitors, caller: Callers, changed: tuple[str, str]) -> None:
    operator = visitor("P25")
    operator.send(PAGE, follow=True, vu="0" * 16)
    assert "Rien n'est déplacé" in operator.said()
    assert caller("P03").get(f"/cases/{changed[0]}").json["open_tasks"][0]["due_at"] == STANDS


def test_one_case_is_asked_for_by_its_number(visitor: Visitors, changed: tuple[str, str]) -> None:
    operator = visitor("P25")
    operator.get(f"{PAGE}?dossier={changed[0]}")
    assert "1 échéance à déplacer" in operator.said()
    operator.get(f"{PAGE}?dossier=DER-2026-999999")
    assert operator.answer is not None
    assert operator.answer.status_code == 422
    assert operator.page.xpath("//input[@id='dossier']/@value") == ["DER-2026-999999"]


@pytest.mark.parametrize("code", ["U01", "P13", "P33", "P03"])
def test_nobody_but_an_operator_comes_here(visitor: Visitors, code: str, changed: tuple[str, str]) -> None:
    reader = visitor(code)
    assert reader.get(PAGE).status_code == 403
    assert reader.send(PAGE, vu="").status_code == 403


def test_the_operator_finds_it_from_the_calendars(visitor: Visitors) -> None:
    for code, found in (("P25", [PAGE]), ("U01", [])):
        reader = visitor(code)
        reader.get("/calendriers")
        assert reader.page.xpath(f"//main//a[@href='{PAGE}']/@href") == found


def test_the_api_previews_then_moves(caller: Callers, changed: tuple[str, str]) -> None:
    operator = caller("P25")
    preview = operator.get(API).json
    assert [(one["case"], one["step"], one["due_at"], one["new_due_at"]) for one in preview["items"]] == [
        (changed[0], "R08", STANDS, MOVED)
    ]
    assert operator.post(API, {"seen": "0" * 16}).json["code"] == "deadlines.changed"
    done = operator.post(API, {"seen": preview["fingerprint"]})
    assert (done.status_code, done.json["items"]) == (200, preview["items"])
    assert operator.get(API).json["items"] == []


def test_the_api_keeps_others_out(caller: Callers, changed: tuple[str, str]) -> None:
    other = caller("P13")
    assert (other.get(API).status_code, other.post(API, {"seen": "x"}).json["code"]) == (403, "deadlines.not_yours")
    assert caller("P25").get(f"{API}?case=DER-2026-999999").status_code == 404
