"""An expert's opinion: asked with the request in view, and never with someone else's words in it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.webapp.conftest import Caller
from tests.webapp.pages.conftest import REQUEST
from tests.webapp.pages.visitor import Visitor

Someone = Callable[[str], Visitor]
ANALYSIS = {"prestataire": "TELUS", "au_catalogue": False, "modele": "Modèle Z", "prix_appareil_cents": 40000}


@pytest.fixture
def opinion(caller: Callable[[str], Caller], visitor: Someone, analysis: tuple[str, str]) -> Visitor:
    """The technician on the page of the technical opinion."""
    number, path = analysis
    done = caller("P03").post(f"/tasks/{path.rpartition('/')[2]}/completion", {"answers": ANALYSIS})
    assert done.status_code == 200, done.text
    (task,) = caller("P17").get(f"/tasks?box=queue&case={number}").json["items"]
    technician = visitor("P17")
    technician.get(f"/taches/{task['id']}")
    return technician


def test_the_reasons_of_the_requester_are_not_put_in_the_expert_s_mouth(opinion: Visitor) -> None:
    assert opinion.page.xpath("string(//textarea[@name='justification'])").strip() == ""


def test_the_reasons_of_the_requester_are_read_beside_the_question(opinion: Visitor) -> None:
    assert REQUEST["justification"] in opinion.said("//*[@aria-labelledby='faits']")
