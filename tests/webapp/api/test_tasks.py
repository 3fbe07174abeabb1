"""Tasks through the API: the inbox, hands, drafts, comments; what is not mine stays out of reach."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from tests.builders import NOON, a_person
from tests.webapp.api.conftest import Body, path_of
from tests.webapp.conftest import Caller
from workflows.cases.models import Task


def test_the_inbox_shows_what_the_contract_says(analyst: Caller, body: Body) -> None:
    page = analyst.get("/tasks?box=queue").json
    assert page["next"] is None
    (row,) = page["items"]
    told = {key: row[key] for key in ("step", "title", "role", "state", "assignee", "due_at", "created_at", "revision")}
    assert told == {
        "step": "E07",
        "title": "Essayer",
        "role": "RCELL",
        "state": "DISPONIBLE",
        "assignee": None,
        "due_at": "2026-12-07T17:00:00Z",
        "created_at": "2026-12-07T17:00:00Z",
        "revision": 1,
    }
    assert row["case"] == {
        "id": str(body.case.id),
        "number": "ESS-2026-000001",
        "process": "essai",
        "subject": "Un essai",
    }


def test_titles_come_in_the_language_asked_for(analyst: Caller, body: Body) -> None:
    shown = analyst.get("/tasks", headers={"Accept-Language": "en"}).json
    assert shown["items"][0]["title"] == "Try"


def test_pages_follow_each_other_without_loss(analyst: Caller, body: Body, session: Session) -> None:
    for hour in range(1, 5):
        task = Task(case_id=body.case.id, organisation_id=body.organisation.id, step="E02", title="", title_en="")
        task.role, task.queue, task.created_at = "RCELL", "OP-TEST/RCELL", NOON
        task.due_at = NOON + timedelta(hours=hour)
        session.add(task)
    session.commit()
    seen, cursor = [], ""
    while True:
        page = analyst.get(f"/tasks?limit=2{cursor}").json
        seen += [row["id"] for row in page["items"]]
        if page["next"] is None:
            break
        cursor = f"&cursor={page['next']}"
    assert len(seen) == len(set(seen)) == 5


def test_a_number_for_each_box(analyst: Caller, body: Body) -> None:
    assert set(analyst.get("/tasks/counts").json) == {"queue", "mine", "late", "returned", "done"}
    assert analyst.get("/tasks/counts").json["queue"] == 1


@pytest.mark.parametrize(
    "query", ["box=all", "order=title", "due_before=2026-12-07T09:00", "due_before=soon", "unknown=1", "limit=1000"]
)
def test_a_filter_that_does_not_exist_is_refused(analyst: Caller, query: str) -> None:
    assert analyst.get(f"/tasks?{query}").status_code == 422


def test_claiming_then_releasing(analyst: Caller, body: Body) -> None:
    claimed = analyst.post(path_of(body, "/claim"))
    assert (claimed.status_code, claimed.json["assignee"], claimed.json["state"]) == (200, "P03", "PRISE_EN_CHARGE")
    released = analyst.post(path_of(body, "/release"))
    assert (released.json["assignee"], released.json["state"]) == (None, "DISPONIBLE")


def test_a_task_in_other_hands_is_a_conflict(analyst: Caller, body: Body, session: Session, calling) -> None:
    other = calling(session, a_person(session, body.organisation, "RCELL"))
    assert other.post(path_of(body, "/claim")).status_code == 200
    answer = analyst.post(path_of(body, "/claim"))
    assert (answer.status_code, answer.json["code"]) == (409, "task.claimed")


def test_a_person_without_the_role_is_refused(requester: Caller, body: Body) -> None:
    for verb in ("/claim", "/completion"):
        answer = requester.post(path_of(body, verb), {} if verb == "/completion" else None)
        assert (answer.status_code, answer.json["code"]) == (403, "task.not_yours")


def test_another_body_s_task_does_not_exist(analyst: Caller, elsewhere: Body, session: Session) -> None:
    session.commit()
    for verb, body in (("/claim", None), ("/release", None), ("/assignment", {"person": "P03"}), ("/completion", {})):
        answer = analyst.post(path_of(elsewhere, verb), body)
        assert (verb, answer.status_code, answer.json["code"]) == (verb, 404, "task.unknown")
    assert analyst.get(path_of(elsewhere)).status_code == 404


@pytest.mark.parametrize("name", ["nothing", "1", "019a0000-0000-7000-8000-000000000000", "%2e%2e"])
def test_a_task_that_is_not_there(analyst: Caller, name: str) -> None:
    assert analyst.get(f"/tasks/{name}").status_code == 404


def test_a_draft_is_kept_with_its_revision(analyst: Caller, body: Body) -> None:
    kept = analyst.put(path_of(body, "/draft"), {"answers": {"a": "b"}, "revision": 1})
    assert (kept.status_code, kept.json["draft"], kept.json["revision"]) == (200, {"a": "b"}, 2)
    late = analyst.put(path_of(body, "/draft"), {"answers": {}, "revision": 1})
    assert (late.status_code, late.json["code"]) == (409, "task.revision")


@pytest.mark.parametrize(
    ("verb", "sent"),
    [
        ("/draft", {"answers": []}),
        ("/draft", {}),
        ("/completion", {"answers": "x"}),
        ("/completion", {"answers": {}, "person": "P03"}),
        ("/completion", {"answers": {}, "revision": "1"}),
        ("/assignment", {"person": 3}),
        ("/assignment", {}),
        ("/comments", {"text": ""}),
    ],
)
def test_a_body_of_the_wrong_shape_changes_nothing(analyst: Caller, body: Body, verb: str, sent: object) -> None:
    send = analyst.put if verb == "/draft" else analyst.post
    answer = send(path_of(body, verb), sent)
    assert (answer.status_code, answer.json["code"]) == (422, "request.invalid")
    assert analyst.get("/tasks?box=queue").json["items"][0]["revision"] == 1


def test_a_comment_is_kept(analyst: Caller, body: Body) -> None:
    written = analyst.post(path_of(body, "/comments"), {"text": "À voir."})
    assert (written.status_code, written.json["by"], written.json["text"]) == (201, "P03", "À voir.")


def test_the_same_claim_twice_with_a_key_answers_the_same(analyst: Caller, body: Body) -> None:
    key = {"Idempotency-Key": "k1"}
    first = analyst.post(path_of(body, "/claim"), headers=key)
    analyst.post(path_of(body, "/release"))
    again = analyst.post(path_of(body, "/claim"), headers=key)
    assert again.json == first.json
    assert analyst.get("/tasks?box=mine").json["items"] == []


def test_a_key_keeps_nothing_of_a_refusal(analyst: Caller, body: Body) -> None:
    key = {"Idempotency-Key": "k2"}
    refused = analyst.put(path_of(body, "/draft"), {"answers": {}, "revision": 9}, headers=key)
    assert refused.status_code == 409
    assert analyst.put(path_of(body, "/draft"), {"answers": {}, "revision": 9}, headers=key).status_code == 409
