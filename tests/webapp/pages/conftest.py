"""The pages on OP-DEMO: visitors by code, and cases brought to where a page is to be read."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from tests.webapp.conftest import Caller
from tests.webapp.pages.visitor import Visitor
from workflows.clock import wall_now
from workflows.people.directory import person_by_code
from workflows.people.tokens import issue_token

REQUEST: dict[str, Any] = {
    "beneficiaire": "U01",
    "unite_budgetaire": "SOE",
    "nature": "REMPLACEMENT",
    "quantite": 1,
    "equivalent_cout_nul": "NON",
    "motif": ["BESOIN_SPECIALISE"],
    "justification": "L’appareil actuel ne tient plus la charge pendant une journée de travail.",
}


@pytest.fixture
def url(demo_url: str) -> str:
    """OP-DEMO."""
    return demo_url


@pytest.fixture
def anyone(app: Flask) -> Visitor:
    """A visitor whom nobody knows."""
    return Visitor(app.test_client())


@pytest.fixture
def visitor(app: Flask) -> Callable[[str], Visitor]:
    """Someone who just signed in, in a session of their own."""

    def signed_in(code: str) -> Visitor:
        made = Visitor(app.test_client())
        assert made.sign_in(code).status_code == 303
        return made

    return signed_in


@pytest.fixture
def caller(app: Flask, demo: Session) -> Callable[[str], Caller]:
    """Someone who calls the API."""

    def of(code: str) -> Caller:
        person = person_by_code(demo, code)
        assert person is not None
        token = issue_token(demo, person, wall_now())
        demo.commit()
        return Caller(app.test_client(), token)

    return of


@pytest.fixture
def draft_case(caller: Callable[[str], Caller]) -> tuple[str, str]:
    """A request that U01 just started: its number, and the path of its task."""
    case = caller("U01").post("/cases", {"process": "derogation_cellulaire"}).json
    return case["number"], f"/taches/{case['open_tasks'][0]['id']}"


@pytest.fixture
def analysis(caller: Callable[[str], Caller], draft_case: tuple[str, str]) -> tuple[str, str]:
    """A request that waits in the inbox of the cellular representatives (P03, P04): its number, its task's path."""
    number, path = draft_case
    asked = caller("U01").post(f"/tasks/{path.rpartition('/')[2]}/completion", {"answers": REQUEST})
    assert asked.status_code == 200, asked.text
    manager = caller("P08")
    (task,) = manager.get(f"/cases/{number}").json["open_tasks"]
    confirmed = {"decision": "CONFIRMER", "imputation": "123-45"}
    manager.post(f"/tasks/{task['id']}/completion", {"answers": confirmed})
    (task,) = caller("P03").get(f"/cases/{number}").json["open_tasks"]
    return number, f"/taches/{task['id']}"
