"""A dismissal that the person must not know of yet (DEP-04): nothing is told to them, no reason to technicians."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from tests.webapp.conftest import Caller
from tests.webapp.pages.visitor import Visitor

TOLD = {
    "matricule": "201950",
    "type_depart": "CONGEDIEMENT",
    "dernier_jour": "2026-12-07",
    "t_effet": "2026-12-07T09:00:00-05:00",
    "risque_eleve": True,
    "motif_risque": "LITIGE",
    "employe_informe": False,
}
BETRAYS = re.compile(r"CONGEDIEMENT|Congédiement|LITIGE|Litige|IMMEDIAT|TD_MODE_DEPART_M3|employe_informe|risque_eleve")
PARTS = ("etapes", "formulaires", "journal", "lies")


@pytest.fixture
def dismissed(caller: Callable[[str], Caller]) -> dict[str, Any]:
    """RH declares the dismissal of U02."""
    answer = caller("P13").post("/cases", {"process": "depart_employe", "data": TOLD})
    assert answer.status_code == 201, answer.text
    return dict(answer.json)


def told(reader: Caller, pages: Visitor, case: dict[str, Any]) -> str:
    """All that someone reads of a case, but for the choices that a form offers to anyone."""
    number = case["number"]
    said = [reader.get(f"/cases/{number}{more}").text for more in ("", "/steps", "/history?limit=200")]
    said += [pages.get(f"/dossiers/{number}/{part}").text for part in PARTS]
    for task in case["open_tasks"]:
        seen = reader.get(f"/tasks/{task['id']}").json
        said.append(str({key: value for key, value in seen.items() if key != "form"}))
    return "\n".join(said)


@pytest.mark.parametrize("who", ["P14", "P16", "P17", "P18", "P03", "P07", "P19", "P01", "P26", "P20", "P02"])
def test_others_read_what_is_withdrawn_and_until_when_never_why(
    who: str, dismissed: dict[str, Any], caller: Callable[[str], Caller], visitor: Callable[[str], Visitor]
) -> None:
    reader = caller(who)
    seen = reader.get(f"/cases/{dismissed['number']}")
    assert (seen.status_code, seen.json["data"]["libelle_technique"]) == (200, "Retrait définitif")
    caller("P13").get(f"/cases/{dismissed['number']}")
    assert BETRAYS.findall(told(reader, visitor(who), dismissed)) == []


def test_human_resources_and_the_manager_read_why(dismissed: dict[str, Any], caller: Callable[[str], Caller]) -> None:
    data = [caller(who).get(f"/cases/{dismissed['number']}").json["data"] for who in ("P13", "P27")]
    assert [one["type_depart"] for one in data] == ["CONGEDIEMENT"] * 2


def test_the_person_finds_nothing(dismissed: dict[str, Any], caller: Callable[[str], Caller]) -> None:
    person = caller("U02")
    assert person.get(f"/cases/{dismissed['number']}").status_code == 404
    assert [person.get(path).json["items"] for path in ("/cases", "/tasks", "/me/notices")] == [[], [], []]
