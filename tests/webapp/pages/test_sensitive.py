"""Why someone leaves is read by human resources and the manager only: to everyone else two departures look alike."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from tests.bpmn.living import Request
from tests.webapp.conftest import Caller
from tests.webapp.pages.visitor import Visitor
from tests.workflows.cases.leaves import DEATH, Leaves
from workflows.cases.models import Case, Task
from workflows.cases.sensitive import outward

RESIGNED = {"type_depart": "DEMISSION", "risque_eleve": False, "dernier_jour": "2026-12-18"}
OTHERS = ("P14", "P17", "P03", "P19", "P01", "P26", "U01")
"""PILOT, TI, RCELL, who see it reduced; CSEC, DIR, AUDIT, who see it whole; and whom it is about."""
VARYING = re.compile(
    r"DES-2026-\d{6}|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
    r'|(?:csrf_token"[^>]*value=|nonce=|content=)"[^"]*"'
)


@pytest.fixture
def leaves(demo_engine: Engine) -> Leaves:
    """OP-DEMO with the small departure."""
    return Leaves(demo_engine)


def departure(leaves: Leaves, **answers: object) -> Request:
    """U01 leaves, human resources said how, and everyone has a task."""
    request = leaves.leave("U01")
    request.do("L05", "P13", **answers)
    return request


def paths(app: Flask, request: Request, engine: Engine) -> list[str]:
    """Every address about a case, its tasks and the lists narrowed to it."""
    with Session(engine) as session:
        case = session.scalars(select(Case).where(Case.number == request.number)).one()
        tasks = [
            str(one) for one in session.scalars(select(Task.id).where(Task.case_id == case.id).order_by(Task.step))
        ]
    found = []
    for rule in app.url_map.iter_rules():
        if "GET" not in (rule.methods or ()):
            continue
        wanted = {"ref": [request.number], "case_id": [request.number], "task_id": tasks}
        for value in [one for name in rule.arguments for one in wanted.get(name, ())]:
            for part in ("etapes", "diagramme", "formulaires", "journal", "lies"):
                named = {**dict.fromkeys(rule.arguments, part), **dict.fromkeys(rule.arguments & wanted.keys(), value)}
                built = rule.build(named, append_unknown=False)
                assert built is not None
                found.append(built[1])
    more = [f"/api/v1/cases?number={request.number}", f"/api/v1/tasks?box=queue&case={request.number}"]
    return [*dict.fromkeys(found), *more, f"/recherche?q={request.number}", "/api/v1/me/notices", "/avis"]


def read(
    who: str, addresses: list[str], as_caller: Callable[[str], Caller], site: Callable[[str], Visitor]
) -> list[str]:
    """What each address tells someone, but for what varies between any two cases."""
    caller, visitor = as_caller(who), site(who)
    told = []
    for address in addresses:
        machine = address.startswith("/api/v1")
        answer = caller.get(address.removeprefix("/api/v1")) if machine else visitor.get(address)
        told.append(f"{VARYING.sub('', address)} {answer.status_code} {VARYING.sub('', answer.text)}")
    return told


@pytest.mark.parametrize("who", OTHERS)
def test_to_others_a_death_and_a_resignation_look_alike(
    who: str, leaves: Leaves, app: Flask, caller: Callable[[str], Caller], visitor: Callable[[str], Visitor]
) -> None:
    death, resigned = departure(leaves, **DEATH), departure(leaves, **RESIGNED)
    for one in (death, resigned):
        caller("P13").get(f"/cases/{one.number}")
    one, other = (read(who, paths(app, request, leaves.engine), caller, visitor) for request in (death, resigned))
    assert one == other
    assert caller(who).get(f"/cases/{death.number}").json["data"]["libelle_technique"] == "Retrait définitif"


@pytest.mark.parametrize(("who", "code"), [("P13", "DECES"), ("P08", "DECES"), ("P27", None)])
def test_human_resources_and_the_unit_s_manager_read_it_and_each_view_is_written_down(
    who: str, code: str | None, leaves: Leaves, caller: Callable[[str], Caller]
) -> None:
    death = departure(leaves, **DEATH)
    data = (caller(who).get(f"/cases/{death.number}").json or {}).get("data") or {}
    assert data.get("type_depart") == code
    views = [(entry.by, entry.data["keys"]) for entry in death.journal("sensitive.viewed")]
    keys = ["mode_depart", "motif_risque", "risque_eleve", "type_depart"]
    assert views == ([(who, keys)] if code else [])


def test_the_rows_of_the_table_are_told_in_the_journal_to_those_who_read_the_type(
    leaves: Leaves, caller: Callable[[str], Caller]
) -> None:
    death = departure(leaves, **DEATH)

    def rules(who: str) -> list[object]:
        facts = caller(who).get(f"/cases/{death.number}/history?limit=200").json["items"]
        return [fact["data"].get("rules") for fact in facts if fact["kind"] == "decision.made"]

    assert (rules("P13"), rules("P26")) == ([["TD_ESSAI_DEPART_M2"]], [None])
    assert [entry.by for entry in death.journal("sensitive.viewed")] == ["P13"]


def test_whoever_has_the_task_that_asks_them_reads_them_there(leaves: Leaves, caller: Callable[[str], Caller]) -> None:
    death = departure(leaves, **DEATH)
    with Session(leaves.engine) as session:
        task = session.scalars(select(Task).join(Case).where(Case.number == death.number, Task.step == "L30")).one()
        case = session.get_one(Case, task.case_id)
        task.form, case.facts = "F-L5", {**case.facts, "motif_risque": "LITIGE"}
        session.commit()
        place = f"/tasks/{task.id}"
    assert caller("P19").get(place).json["shown"]["motif_risque"] == "LITIGE"
    assert "motif_risque" not in caller("P19").get(f"/cases/{death.number}").json["data"]
    assert "motif_risque" not in caller("P26").get(place).json["shown"]
    assert [entry.by for entry in death.journal("sensitive.viewed")] == ["P19"]


def test_no_message_that_leaves_bears_it(leaves: Leaves) -> None:
    death = departure(leaves, **DEATH)
    with leaves.house() as desk:
        case = desk.session.scalars(select(Case).where(Case.number == death.number)).one()
        said = {"nature": "RETRAIT_DEFINITIF", "type_depart": "DECES", "suite": [{"mode_depart": "DECES", "n": 1}]}
        assert outward(desk, case, said) == {"nature": "RETRAIT_DEFINITIF", "suite": [{"n": 1}]}
