"""Notices: one's own, the latest first, page by page, read once."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from tests.builders import NOON, a_person, an_organisation
from tests.webapp.conftest import Caller
from workflows.notices.models import Notice


@pytest.fixture
def told(session: Session, calling) -> tuple[Caller, Caller]:
    """Someone who was told three things, and someone else who was told one."""
    organisation = an_organisation(session)
    someone, other = a_person(session, organisation), a_person(session, organisation)
    for person in (someone, someone, someone, other):
        session.add(Notice(person_id=person.id, kind="task.late", step="R07", at=NOON))
        session.flush()
    return calling(session, someone), calling(session, other)


def test_one_s_own_notices_come_page_by_page(told: tuple[Caller, Caller]) -> None:
    first = told[0].get("/me/notices?limit=2").json
    second = told[0].get(f"/me/notices?limit=2&cursor={first['next']}").json
    assert (len(first["items"]), len(second["items"]), second["next"]) == (2, 1, None)
    assert len({one["id"] for one in first["items"] + second["items"]}) == 3
    assert {key: first["items"][0][key] for key in ("kind", "case", "step", "at", "read")} == {
        "kind": "task.late",
        "case": None,
        "step": "R07",
        "at": "2026-12-07T17:00:00Z",
        "read": False,
    }


def test_reading_a_notice_marks_it(told: tuple[Caller, Caller]) -> None:
    notice = told[0].get("/me/notices").json["items"][0]
    assert told[0].post(f"/me/notices/{notice['id']}/read").json["read"] is True
    assert told[0].get("/me/notices").json["items"][0]["read"] is True


def test_someone_else_s_notice_does_not_exist(told: tuple[Caller, Caller]) -> None:
    notice = told[1].get("/me/notices").json["items"][0]
    answer = told[0].post(f"/me/notices/{notice['id']}/read")
    assert (answer.status_code, answer.json["code"]) == (404, "notice.unknown")


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("limit=0", "request.invalid"),
        ("limit=201", "request.invalid"),
        ("limit=many", "request.invalid"),
        ("cursor=nonsense", "cursor.invalid"),
        ("page=2", "request.invalid"),
    ],
)
def test_a_bad_page_is_refused(told: tuple[Caller, Caller], query: str, code: str) -> None:
    answer = told[0].get(f"/me/notices?{query}")
    assert (answer.status_code, answer.json["code"]) == (422, code)


def test_the_same_key_answers_the_first_result_again(told: tuple[Caller, Caller]) -> None:
    one, two = told[0].get("/me/notices").json["items"][:2]
    key = {"Idempotency-Key": "a-key"}
    first = told[0].post(f"/me/notices/{one['id']}/read", headers=key)
    again = told[0].post(f"/me/notices/{one['id']}/read", headers=key)
    other = told[0].post(f"/me/notices/{two['id']}/read", headers=key)
    assert (again.status_code, again.json) == (first.status_code, first.json)
    assert (other.status_code, other.json["code"]) == (422, "idempotency.reused")


def test_a_key_is_one_caller_s_own(told: tuple[Caller, Caller]) -> None:
    key = {"Idempotency-Key": "a-key"}
    for caller in told:
        notice = caller.get("/me/notices").json["items"][0]
        assert caller.post(f"/me/notices/{notice['id']}/read", headers=key).json["id"] == notice["id"]


def test_a_key_of_no_use_is_refused(told: tuple[Caller, Caller]) -> None:
    notice = told[0].get("/me/notices").json["items"][0]
    answer = told[0].post(f"/me/notices/{notice['id']}/read", headers={"Idempotency-Key": "x" * 256})
    assert (answer.status_code, answer.json["code"]) == (422, "idempotency.invalid")
