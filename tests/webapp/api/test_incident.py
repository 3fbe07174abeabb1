"""A case in error through the API: said with its reason, its answers kept, taken up again by an operator alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import text

from tests.webapp.api.test_journey import REQUEST, Following
from tests.webapp.conftest import Caller
from webapp.extensions import db

CONFIRMED = {"decision": "CONFIRMER", "imputation": "123-45"}


@pytest.fixture
def url(demo_url: str) -> str:
    """OP-DEMO."""
    return demo_url


def state_of(app: Flask, case: str, state: bytes | None = None) -> bytes:
    """The stored state of a case, replaced when another is given."""
    with app.app_context(), db.engine.begin() as connection:
        now = connection.scalar(text("SELECT engine_state FROM cases WHERE id = :id"), {"id": case})
        if state is not None:
            replaced = text("UPDATE cases SET engine_state = :state WHERE id = :id")
            connection.execute(replaced, {"id": case, "state": state})
    return bytes(now or b"")


@pytest.fixture
def stopped(app: Flask, as_person: Callable[[str], Caller]) -> tuple[Following, bytes]:
    """A case that stopped when its need was confirmed, and the state that would have been good."""
    case = Following(as_person, "U01")
    case.do("U01", "R05", REQUEST)
    good = state_of(app, case.case["id"], b"spoiled")
    answer = as_person("P08").post(f"/tasks/{case.task('R07', 'P08')}/completion", {"answers": CONFIRMED})
    assert (answer.status_code, answer.json["code"]) == (409, "case.stopped")
    assert "spoiled" not in answer.text
    return case, good


def test_the_case_and_its_tasks_say_that_it_stands_in_error(
    stopped: tuple[Following, bytes], as_person: Callable[[str], Caller]
) -> None:
    number = stopped[0].case["number"]
    shown = as_person("P08").get(f"/cases/{number}").json
    assert (shown["state"], shown["actions"]) == ("EN_ERREUR", ["ANNULER"])
    incident = shown["incident"]
    assert (incident["step"], incident["attempts"], incident["contact"]) == ("R07", 1, ["P25"])
    (item,) = as_person("P08").get(f"/tasks?box=mine&case={number}").json["items"]
    assert (item["in_error"], item["step"]) == (True, "R07")
    assert as_person("P08").get(f"/tasks/{item['id']}").json["draft"] == CONFIRMED


def test_an_operator_finds_it_and_takes_it_up(
    app: Flask, stopped: tuple[Following, bytes], as_person: Callable[[str], Caller]
) -> None:
    case, good = stopped
    operator = as_person("P25")
    (row,) = operator.get("/cases?state=EN_ERREUR").json["items"]
    assert operator.get(f"/cases/{row['id']}").json["actions"] == ["REPRENDRE"]
    again = operator.post(f"/cases/{row['id']}/actions/REPRENDRE", {"data": {}})
    assert (again.status_code, again.json["code"]) == (409, "case.stopped")
    state_of(app, case.case["id"], good)
    done = operator.post(f"/cases/{row['id']}/actions/REPRENDRE", {"data": {}})
    assert done.status_code == 200, done.text
    case.do("P08", "R07", CONFIRMED)
    shown = as_person("P03").get(f"/cases/{row['id']}").json
    assert (shown["state"], shown["incident"], shown["open_tasks"][0]["step"]) == ("EN_COURS", None, "R08")


@pytest.mark.parametrize(
    ("person", "status", "code"), [("P08", 403, "case.retry_not_yours"), ("U03", 404, "case.unknown")]
)
def test_nobody_else_takes_it_up(
    stopped: tuple[Following, bytes], as_person: Callable[[str], Caller], person: str, status: int, code: str
) -> None:
    answer = as_person(person).post(f"/cases/{stopped[0].case['id']}/actions/REPRENDRE", {"data": {}})
    assert (answer.status_code, answer.json["code"]) == (status, code)


def test_a_case_that_goes_well_is_not_taken_up(as_person: Callable[[str], Caller]) -> None:
    case = Following(as_person, "U01")
    answer = as_person("P25").post(f"/cases/{case.case['id']}/actions/REPRENDRE", {"data": {}})
    assert (answer.status_code, answer.json["code"]) == (404, "case.unknown")
