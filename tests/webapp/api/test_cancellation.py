"""Putting an end to a request through the API: by whom, until when, at what cost."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.webapp.api.test_journey import ANALYSIS, REQUEST, Following
from tests.webapp.conftest import Caller

People = Callable[[str], Caller]
WHY = {"reason": "Le besoin a disparu."}


@pytest.fixture
def url(demo_url: str) -> str:
    """OP-DEMO."""
    return demo_url


@pytest.fixture
def asked(as_person: People) -> Following:
    """A request that waits for its confirmation."""
    case = Following(as_person, "U01")
    case.do("U01", "R05", REQUEST)
    return case


@pytest.fixture
def ordered(as_person: People, asked: Following) -> Following:
    """A request that was signed and ordered."""
    asked.do("P08", "R07", {"decision": "CONFIRMER", "imputation": "123-45"})
    asked.do("P03", "R08", ANALYSIS)
    proof = as_person("P09").post("/me/reauthentication", {"password": "parcours-demo"}).json["token"]
    asked.do("P09", "R23", {"decision": "SIGNER"}, reauthentication=proof)
    order = {"no_commande": "TLS-1", "date_commande": "2026-12-07", "prix_confirme_cents": 64900}
    asked.do("P03", "R30", order)
    return asked


def cancel(caller: Caller, case: Following, **body: object) -> tuple[int, str]:
    answer = caller.post(f"/cases/{case.case['id']}/cancellation", {**WHY, **body})
    return answer.status_code, answer.json.get("code") or answer.json["end"]


def test_whoever_asked_cancels_and_nobody_is_asked_any_more(asked: Following, as_person: People) -> None:
    before = as_person("U01").get(f"/cases/{asked.case['id']}").json
    assert before["actions"] == ["ANNULER"]
    assert cancel(as_person("U01"), asked)[0] == 200
    after = as_person("U01").get(f"/cases/{asked.case['id']}").json
    assert (after["state"], after["end"], after["open_tasks"], after["actions"]) == ("ANNULEE", "ANNULEE", [], [])
    assert as_person("P08").get("/tasks?box=mine").json["items"] == []


def test_a_case_ends_once(asked: Following, as_person: People) -> None:
    cancel(as_person("U01"), asked)
    assert cancel(as_person("U01"), asked) == (409, "case.ended")


def test_nobody_else_cancels_and_a_stranger_does_not_even_learn_of_it(asked: Following, as_person: People) -> None:
    assert cancel(as_person("P03"), asked) == (403, "case.cancel_not_yours")
    assert cancel(as_person("U02"), asked)[0] == 404


def test_a_reason_is_needed(asked: Following, as_person: People) -> None:
    answer = as_person("U01").post(f"/cases/{asked.case['id']}/cancellation", {})
    assert (answer.status_code, "reason" in answer.text) == (422, True)


def test_nothing_ordered_costs_nothing(asked: Following, as_person: People) -> None:
    assert cancel(as_person("U01"), asked, fee_cents=100)[0] == 422
    assert as_person("U01").get(f"/cases/{asked.case['id']}").json["state"] == "EN_COURS"


def test_after_the_order_only_the_cellular_representative_cancels_with_its_fee(
    ordered: Following, as_person: People
) -> None:
    assert cancel(as_person("U01"), ordered) == (403, "case.cancel_not_yours")
    assert cancel(as_person("P08"), ordered) == (403, "case.cancel_not_yours")
    assert cancel(as_person("P03"), ordered, fee_cents=2500)[0] == 200
    told = as_person("P03").get(f"/cases/{ordered.case['id']}/history?limit=200").json["items"]
    (cancelled,) = [one for one in told if one["kind"] == "case.cancelled"]
    assert (cancelled["step"], cancelled["data"]["fee_cents"]) == ("R50", 2500)
