"""A sensitive motive reaches those who have a part in the request, each view written down, and no one else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.webapp.api.test_journey import REQUEST, Following
from tests.webapp.conftest import Caller

As = Callable[[str], Caller]


@pytest.fixture
def url(demo_url: str) -> str:
    """OP-DEMO."""
    return demo_url


@pytest.fixture
def asked(as_person: As) -> tuple[str, str]:
    """A request made for reasons of accessibility: its case, and the task that asked for them."""
    following = Following(as_person, "U01")
    task = following.task("R05", "U01")
    following.do("U01", "R05", {**REQUEST, "motif": ["ACCESSIBILITE"]})
    return following.case["id"], task


def _views(as_person: As, case: str) -> list[Any]:
    facts = as_person("P26").get(f"/cases/{case}/history?limit=200").json["items"]
    return [(fact["by"], fact["data"]["keys"]) for fact in facts if fact["kind"] == "sensitive.viewed"]


@pytest.mark.parametrize("code", ["P03", "P05", "P26", "P01"])
def test_who_sees_the_case_without_a_part_in_it_is_told_of_another_motive(
    as_person: As, asked: tuple[str, str], code: str
) -> None:
    case, task = asked
    assert as_person(code).get(f"/cases/{case}").json["data"]["motif"] == ["AUTRE"]
    assert as_person(code).get(f"/tasks/{task}").json["shown"]["motif"] == ["AUTRE"]
    assert _views(as_person, case) == []


def test_whoever_confirms_the_need_sees_it_and_each_view_is_written_down(as_person: As, asked: tuple[str, str]) -> None:
    case, task = asked
    superior = as_person("P08")
    assert superior.get(f"/cases/{case}").json["data"]["motif"] == ["ACCESSIBILITE"]
    assert superior.get(f"/tasks/{task}").json["shown"]["motif"] == ["ACCESSIBILITE"]
    assert _views(as_person, case) == [("P08", ["motif"]), ("P08", ["motif"])]


def test_the_requester_s_own_views_are_not_written_down(as_person: As, asked: tuple[str, str]) -> None:
    case, task = asked
    assert as_person("U01").get(f"/tasks/{task}").json["shown"]["motif"] == ["ACCESSIBILITE"]
    assert _views(as_person, case) == []
