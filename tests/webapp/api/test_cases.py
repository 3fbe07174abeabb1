"""Cases, processes and files through the API, as far as no engine is needed."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from sqlalchemy.orm import Session

from tests.webapp.api.conftest import Body, path_of
from tests.webapp.conftest import Caller

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def _file(content: bytes = PDF, name: str = "preuve.pdf", part: str = "file") -> dict[str, Any]:
    return {"data": {part: (BytesIO(content), name)}, "content_type": "multipart/form-data"}


def test_one_s_own_cases_are_listed(requester: Caller, body: Body) -> None:
    (row,) = requester.get("/cases").json["items"]
    assert (row["number"], row["state"], row["end"], row["requester"]) == ("ESS-2026-000001", "EN_COURS", None, "P01")
    assert row["open_tasks"][0]["step"] == "E07"


def test_a_case_of_another_body_does_not_exist(requester: Caller, elsewhere: Body, session: Session) -> None:
    session.commit()
    for part in ("", "/steps", "/history", "/evidence"):
        answer = requester.get(f"/cases/{elsewhere.case.id}{part}")
        assert (part, answer.status_code, answer.json["code"]) == (part, 404, "case.unknown")
    sent = requester.post(f"/cases/{elsewhere.case.id}/attachments", **_file())
    assert sent.status_code == 404


def test_the_history_is_the_journal_page_by_page(analyst: Caller, body: Body) -> None:
    analyst.post(path_of(body, "/claim"))
    analyst.post(path_of(body, "/release"))
    page = analyst.get("/cases/ESS-2026-000001/history?limit=1").json
    rest = analyst.get(f"/cases/ESS-2026-000001/history?cursor={page['next']}").json
    facts = page["items"] + rest["items"]
    assert [(fact["kind"], fact["by"], fact["step"]) for fact in facts] == [
        ("task.claimed", "P03", "E07"),
        ("task.released", "P03", "E07"),
    ]


def test_a_file_is_joined_and_read_back(requester: Caller, body: Body) -> None:
    sent = requester.post(f"/cases/{body.case.id}/attachments", **_file())
    assert sent.status_code == 201
    assert (sent.json["media_type"], sent.json["size"]) == ("application/pdf", len(PDF))
    read = requester.get(f"/attachments/{sent.json['id']}")
    assert (read.data, read.mimetype) == (PDF, "application/pdf")
    assert read.headers["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        (_file(b"plain text"), "file.type"),
        (_file(b""), "file.empty"),
        (_file(part="other"), "file.one_part"),
    ],
)
def test_a_file_of_another_kind_is_refused(requester: Caller, body: Body, sent: dict[str, Any], code: str) -> None:
    answer = requester.post(f"/cases/{body.case.id}/attachments", **sent)
    assert (answer.status_code, answer.json["code"]) == (422, code)


def test_a_file_of_exactly_10_mo_passes_and_one_over_does_not(requester: Caller, body: Body) -> None:
    address = f"/cases/{body.case.id}/attachments"
    largest = PDF + b" " * (10 * 1024 * 1024 - len(PDF))
    assert requester.post(address, **_file(largest)).status_code == 201
    assert requester.post(address, **_file(largest + b" ")).json["code"] == "file.too_large"
    assert requester.post(address, **_file(largest + b" " * 1024 * 1024)).status_code == 413


def test_processes_say_whether_i_may_start_them(requester: Caller, body: Body) -> None:
    (row,) = requester.get("/processes").json["items"]
    assert row == {"key": "essai", "titles": {"fr": "Essai", "en": "Trial"}, "version": 1, "may_start": True}


def test_a_version_shows_what_it_is_made_of(requester: Caller, body: Body) -> None:
    shown = requester.get("/processes/essai/versions/1").json
    assert (shown["forms"], shown["published_at"]) == (["F-E1", "F-E2", "F-E3"], "2026-12-07T17:00:00Z")
    assert requester.get("/processes/essai/versions/1/diagram").text.startswith("<?xml")


def test_a_form_comes_in_the_language_asked_for(requester: Caller, body: Body) -> None:
    address = "/processes/essai/versions/1/forms/F-E1"
    assert requester.get(address).json["components"][0]["label"] == "Besoin"
    assert requester.get(address, headers={"Accept-Language": "en"}).json["components"][0]["label"] == "Need"


@pytest.mark.parametrize("rest", ["2", "1/forms/F-9", "99999999999", "9/diagram"])
def test_a_version_that_is_not_there(requester: Caller, body: Body, rest: str) -> None:
    assert requester.get(f"/processes/essai/versions/{rest}").status_code == 404


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ({}, 422),
        ({"process": "essai", "data": []}, 422),
        ({"process": "essai", "by": "P01"}, 422),
        ({"process": "nothing"}, 404),
    ],
)
def test_a_start_of_the_wrong_shape_is_refused(requester: Caller, body: Body, sent: Any, status: int) -> None:
    assert requester.post("/cases", sent).status_code == status


def test_the_clock_does_not_exist_outside_a_simulation(requester: Caller, body: Body) -> None:
    assert requester.get("/simulation/clock").status_code == 404
    assert requester.put("/simulation/clock", {"now": "2026-12-08T09:00-05:00"}).status_code == 404
