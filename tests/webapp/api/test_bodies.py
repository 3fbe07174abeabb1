"""What callers send besides good answers: nothing at all, too much, something else, something seen too long ago."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.webapp.api.conftest import Body, path_of
from tests.webapp.conftest import Caller

JSON = "application/json"


def test_the_word_bearer_is_read_in_any_case(analyst: Caller, client: FlaskClient) -> None:
    told = {"Authorization": analyst.headers["Authorization"].replace("Bearer", "bearer")}
    assert client.get("/api/v1/me", headers=told).status_code == 200


def test_a_version_beyond_all_numbers_does_not_exist(analyst: Caller) -> None:
    answer = analyst.get(f"/processes/essai/versions/{10**20}")
    assert (answer.status_code, answer.json["code"]) == (404, "process.unknown")


def test_a_key_that_a_start_does_not_know_is_named(requester: Caller, body: Body) -> None:
    answer = requester.post("/cases", {"process": "essai", "data": {"surplus": 1}})
    assert (answer.status_code, answer.json["errors"]) == (
        422,
        {"surplus": ["Cette clé n'existe pas ici. Retirez-la."]},
    )


@pytest.mark.parametrize("verb", ["/claim", "/release"])
@pytest.mark.parametrize(
    ("sent", "kind", "status"),
    [(b'{"person": "P03"}', JSON, 422), (b"{", JSON, 400), (b"a=1", "application/x-www-form-urlencoded", 415)],
)
def test_a_call_that_needs_nothing_said_refuses_what_it_does_not_know(
    analyst: Caller, body: Body, verb: str, sent: bytes, kind: str, status: int
) -> None:
    assert analyst.post(path_of(body, verb), data=sent, content_type=kind).status_code == status


def test_an_empty_body_called_json_is_nothing_said(analyst: Caller, body: Body) -> None:
    key = {"Idempotency-Key": "empty"}
    answer = analyst.post(path_of(body, "/claim"), data=b"", content_type=JSON, headers=key)
    assert answer.status_code == 200


@pytest.mark.parametrize(
    ("verb", "more"), [("/claim", {}), ("/release", {}), ("/assignment", {"person": "P03"}), ("/completion", {})]
)
def test_a_task_seen_too_long_ago_says_who_changed_it_and_when(
    analyst: Caller, body: Body, verb: str, more: dict[str, Any]
) -> None:
    analyst.post(path_of(body, "/claim"))
    answer = analyst.post(path_of(body, verb), {**more, "revision": 1})
    assert (answer.status_code, answer.json["code"]) == (409, "task.revision")
    told = answer.json["params"]
    sentence = f"Cette tâche a été modifiée par {body.analyst.name} à {told['time']}. Rechargez la page."
    assert (answer.json["detail"], told["by"], len(told["time"])) == (sentence, "P03", 5)


def test_a_draft_in_no_one_s_hands_is_not_for_those_who_only_see_the_case(
    analyst: Caller, requester: Caller, body: Body
) -> None:
    analyst.put(path_of(body, "/draft"), {"answers": {"avis": "brouillon"}})
    analyst.post(path_of(body, "/release"))
    assert requester.get(path_of(body)).json["draft"] is None
    assert analyst.get(path_of(body)).json["draft"] == {"avis": "brouillon"}


def test_a_comment_has_the_length_that_the_house_keeps(analyst: Caller, body: Body) -> None:
    answer = analyst.post(path_of(body, "/comments"), {"text": "x" * 2001})
    assert answer.json["errors"] == {"text": ["Le texte doit compter de 1 à 2000 caractères."]}


@pytest.mark.parametrize("size", [1_500_000, 12_000_000])
def test_what_is_too_large_is_heard_to_its_end_then_refused(analyst: Caller, body: Body, size: int) -> None:
    sent = BytesIO(b"[" * size)
    headers = {"Content-Length": str(size)}
    answer = analyst.post("/cases", input_stream=sent, content_type=JSON, headers=headers)
    assert (answer.status_code, sent.tell()) == (413, size)


def test_a_file_is_kept_by_no_cache(requester: Caller, body: Body) -> None:
    sent = requester.post(
        f"/cases/{body.case.id}/attachments",
        data={"file": (BytesIO(b"%PDF-1.4\n%%EOF\n"), "preuve.pdf")},
        content_type="multipart/form-data",
    )
    assert requester.get(f"/attachments/{sent.json['id']}").headers["Cache-Control"] == "no-store"


def test_the_description_tells_what_forms_and_files_are(client: FlaskClient) -> None:
    spec = client.get("/api/v1/openapi.json").json
    assert spec["components"]["schemas"]["Form"]["additionalProperties"] is not False
    file = spec["paths"]["/api/v1/attachments/{file_id}"]["get"]["responses"]["200"]
    assert set(file["content"]) == {"application/pdf", "image/png", "image/jpeg"}
