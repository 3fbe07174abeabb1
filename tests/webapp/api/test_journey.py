"""A request for a device, from the first call to the sealed evidence, through nothing but the API."""

from __future__ import annotations

import io
import threading
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from tests.webapp.conftest import Caller

REQUEST = {
    "beneficiaire": "U01",
    "unite_budgetaire": "SOE",
    "nature": "REMPLACEMENT",
    "quantite": 1,
    "equivalent_cout_nul": "NON",
    "motif": ["BESOIN_SPECIALISE"],
    "justification": "L'appareil actuel ne tient plus la charge pendant une journée de travail.",
}
ANALYSIS = {
    "decision": "ANALYSER",
    "prestataire": "TELUS",
    "au_catalogue": True,
    "modele": "Modèle A",
    "prix_appareil_cents": 64900,
    "credit_cents": 0,
}


@pytest.fixture
def url(demo_url: str) -> str:
    """OP-DEMO."""
    return demo_url


class Following:
    """A case, and whoever completes its tasks."""

    def __init__(self, as_person: Callable[[str], Caller], starter: str) -> None:
        self.as_person = as_person
        started = as_person(starter).post("/cases", {"process": "derogation_cellulaire"})
        assert started.status_code == 201, started.text
        self.case = started.json

    def task(self, step: str, watcher: str = "P05") -> str:
        shown = self.as_person(watcher).get(f"/cases/{self.case['id']}").json
        return next(task["id"] for task in shown["open_tasks"] if task["step"] == step)

    def do(self, code: str, step: str, answers: dict[str, Any], **more: Any) -> Any:
        caller = self.as_person(code)
        done = caller.post(f"/tasks/{self.task(step, code)}/completion", {"answers": answers, **more})
        assert done.status_code == 200, done.text
        return done.json


@pytest.fixture
def to_sign(as_person: Callable[[str], Caller]) -> Following:
    """A case that waits for P09's signature."""
    case = Following(as_person, "U01")
    case.do("U01", "R05", REQUEST)
    case.do("P08", "R07", {"decision": "CONFIRMER", "imputation": "123-45"})
    case.do("P03", "R08", ANALYSIS)
    return case


def test_from_the_request_to_the_sealed_evidence(to_sign: Following, as_person: Callable[[str], Caller]) -> None:
    director = as_person("P09")
    task = to_sign.task("R23", "P09")
    shown = director.get(f"/tasks/{task}").json
    assert shown["shown"]["acte"]
    assert "plan de délégation" in shown["shown"]["declaration"]
    unproven = director.post(f"/tasks/{task}/completion", {"answers": {"decision": "SIGNER"}})
    assert (unproven.status_code, unproven.json["code"]) == (403, "guard.G4")
    proof = director.post("/me/reauthentication", {"password": "parcours-demo"}).json["token"]
    to_sign.do("P09", "R23", {"decision": "SIGNER"}, reauthentication=proof)
    history = director.get(f"/cases/{to_sign.case['id']}/history?limit=200").json["items"]
    (signed,) = [fact for fact in history if fact["kind"] == "signature.given"]
    assert {"decision", "quality", "titulaire", "entry", "plan"} <= set(signed["data"])
    pack = director.get(f"/cases/{to_sign.case['id']}/evidence")
    assert pack.mimetype == "application/zip"
    assert {"acte.json", "preuves.json"} <= set(zipfile.ZipFile(io.BytesIO(pack.data)).namelist())


def test_the_requester_may_not_sign_for_himself(to_sign: Following, as_person: Callable[[str], Caller]) -> None:
    task = to_sign.task("R23")
    answer = as_person("P08").post(f"/tasks/{task}/completion", {"answers": {"decision": "SIGNER"}})
    assert answer.status_code == 403
    assert answer.json["code"] in {"sod.SOD-03", "task.not_yours"}


def test_a_delegation_that_ended_overnight_is_told_with_its_date(as_person: Callable[[str], Caller]) -> None:
    case = Following(as_person, "U01")
    case.do("U01", "R05", {**REQUEST, "unite_budgetaire": "DTI"})
    case.do("P08", "R07", {"decision": "CONFIRMER", "imputation": "123-45"})
    case.do("P03", "R08", ANALYSIS)
    task = case.task("R23")
    assert as_person("P28").get("/tasks?box=queue").json["items"][0]["id"] == task
    as_person("U01").put("/simulation/clock", {"now": "2026-12-15T09:00:00-05:00"})
    late = as_person("P28")
    assert late.get("/tasks?box=queue").json["items"] == []
    answer = late.post(f"/tasks/{task}/completion", {"answers": {"decision": "SIGNER"}})
    assert (answer.status_code, answer.json["code"]) == (403, "guard.G2")
    assert answer.json["detail"].startswith("Votre délégation a pris fin le 2026-12-15")


def test_a_case_says_by_name_who_has_it(to_sign: Following, as_person: Callable[[str], Caller]) -> None:
    requester = as_person("U01")
    shown = requester.get(f"/cases/{to_sign.case['id']}").json["open_tasks"]
    listed = requester.get("/cases").json["items"][0]["open_tasks"]
    assert [(task["step"], task["candidates"]) for task in shown] == [("R23", ["P09"])]
    assert listed == shown


def test_a_deadline_that_interrupts_a_step_is_told_under_its_number(
    to_sign: Following, as_person: Callable[[str], Caller]
) -> None:
    (wait,) = as_person("U01").get(f"/cases/{to_sign.case['id']}").json["waiting"]
    assert (wait["step"], wait["kind"], wait["due_at"]) == ("R23", "timer", "2027-01-06T14:00:00Z")


def test_a_form_that_refuses_says_so_field_by_field(as_person: Callable[[str], Caller]) -> None:
    case = Following(as_person, "U01")
    answers = {**REQUEST, "justification": "trop court", "inconnu": 1}
    sent = {"answers": answers}
    answer = as_person("U01").post(f"/tasks/{case.task('R05', 'U01')}/completion", sent)
    assert (answer.status_code, answer.json["code"]) == (422, "form.invalid")
    assert {"justification", "inconnu"} <= set(answer.json["errors"])
    assert all(isinstance(one, str) and one for found in answer.json["errors"].values() for one in found)


def test_a_completion_sent_twice_with_its_key_happens_once(as_person: Callable[[str], Caller]) -> None:
    case = Following(as_person, "U01")
    caller, task = as_person("U01"), case.task("R05", "U01")
    key = {"Idempotency-Key": "complete-R05"}
    first = caller.post(f"/tasks/{task}/completion", {"answers": REQUEST}, headers=key)
    again = caller.post(f"/tasks/{task}/completion", {"answers": REQUEST}, headers=key)
    assert (again.status_code, again.json) == (first.status_code, first.json) == (200, first.json)
    bare = caller.post(f"/tasks/{task}/completion", {"answers": REQUEST})
    assert (bare.status_code, bare.json["code"]) == (409, "task.done")


def test_two_starts_at_once_with_one_key_open_one_case(app: Flask, as_person: Callable[[str], Caller]) -> None:
    caller = as_person("U01")
    headers = {**caller.headers, "Idempotency-Key": "start-once"}
    found: list[Any] = []

    def start() -> None:
        answer = app.test_client().post("/api/v1/cases", json={"process": "derogation_cellulaire"}, headers=headers)
        found.append((answer.status_code, answer.json["number"]))

    threads = [threading.Thread(target=start) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(found)) == 1
    assert found[0][0] == 201
    assert len(caller.get("/cases").json["items"]) == 1


def test_moving_the_clock_fires_what_falls_due_and_never_goes_back(as_person: Callable[[str], Caller]) -> None:
    case = Following(as_person, "U01")
    caller = as_person("U01")
    assert caller.get("/simulation/clock").json == {"now": "2026-12-07T14:00:00Z"}
    moved = caller.put("/simulation/clock", {"now": "2026-12-21T09:00-05:00"})
    assert (moved.status_code, moved.json) == (200, {"now": "2026-12-21T14:00:00Z"})
    shown = caller.get(f"/cases/{case.case['number']}").json
    assert (shown["state"], shown["end"]) == ("TERMINEE", "ABANDONNEE")
    back = caller.put("/simulation/clock", {"now": "2026-12-20T09:00-05:00"})
    assert (back.status_code, back.json["code"]) == (409, "clock.backwards")


def test_steps_come_in_order(to_sign: Following, as_person: Callable[[str], Caller]) -> None:
    address = f"/cases/{to_sign.case['id']}/steps"
    whole = as_person("U01").get(address).json
    steps = [row["step"] for row in whole["items"]]
    assert steps[:2] == ["R01", "R02"]
    assert steps.index("R05") < steps.index("R07") < steps.index("R08")
    first = as_person("U01").get(f"{address}?limit=2").json
    rest = as_person("U01").get(f"{address}?cursor={first['next']}").json
    assert [row["step"] for row in first["items"] + rest["items"]] == steps


def test_who_may_sign_and_why_not_the_others(as_person: Callable[[str], Caller]) -> None:
    asked = "type=APPAREIL&unite=SOE&montant_cents=64900&beneficiaire=U01"
    told = as_person("P03").get(f"/signatories?{asked}").json
    assert (told["niveau"], told["plan"]) == ("N2", "PD-2026-04")
    assert [one["person"] for one in told["items"] if one["may_sign"]] == ["P09"]
    assert all(one["sentence"] for one in told["items"] if not one["may_sign"])
