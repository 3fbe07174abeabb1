"""Lists page by page: cursors that nobody wrote are refused, filters left blank ask for nothing."""

from __future__ import annotations

import base64
import json
from typing import Any
from uuid import uuid4

import pytest

from tests.webapp.api.conftest import Body
from tests.webapp.conftest import Caller

SOME = str(uuid4())


def _cursor(*keys: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps(keys).encode()).decode().rstrip("=")


@pytest.mark.parametrize(
    ("path", "keys"),
    [
        ("/tasks?order=due_at", ("due_at", None, None)),
        ("/tasks?order=priority", ("priority", True, None, SOME)),
        ("/tasks?order=priority", ("priority", 2**63, None, SOME)),
        ("/cases?limit=5", ("cases", None)),
        ("/cases/ESS-2026-000001/history?limit=5", ("history", None)),
        ("/cases/ESS-2026-000001/history?limit=5", ("history", 2**63)),
        ("/cases/ESS-2026-000001/history?limit=5", ("history", True)),
        ("/cases/ESS-2026-000001/steps?limit=5", ("steps", None)),
        ("/processes?limit=5", ("processes", None)),
        ("/me/notices?limit=5", ("notices", None)),
        ("/cases?limit=5", ("due_at", "2026-12-07T17:00:00Z", SOME)),
    ],
)
def test_a_cursor_that_no_list_wrote_is_refused(analyst: Caller, body: Body, path: str, keys: tuple[Any, ...]) -> None:
    answer = analyst.get(f"{path}&cursor={_cursor(*keys)}")
    assert (answer.status_code, answer.json["code"]) == (422, "cursor.invalid")


@pytest.mark.parametrize(
    "path",
    [
        "/cases?process=&state=&number=&q=&involving=",
        "/tasks?box=&role=&process=&unit=&case=&q=&due_before=&order=&cursor=",
    ],
)
def test_a_filter_left_blank_asks_for_nothing(analyst: Caller, body: Body, path: str) -> None:
    answer = analyst.get(path)
    assert (answer.status_code, len(answer.json["items"])) == (200, 1)


def test_a_blank_limit_is_no_number(analyst: Caller) -> None:
    assert analyst.get("/cases?limit=").status_code == 422


def test_an_unknown_person_is_named_in_the_refusal(analyst: Caller, body: Body) -> None:
    answer = analyst.post(f"/tasks/{body.task.id}/assignment", {"person": "P99"})
    assert answer.json["errors"] == {"person": ["La personne « P99 » n'existe pas. Vérifiez son code."]}
