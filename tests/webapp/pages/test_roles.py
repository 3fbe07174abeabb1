"""« Rôles de mon organisme » : who reads the register, what it says, and where a nomination begins from it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import Engine, text

from tests.bpmn.living import Life
from tests.bpmn.naming import Register
from tests.webapp.conftest import Caller
from tests.webapp.pages.visitor import Visitor

People, Visitors = Callable[[str], Caller], Callable[[str], Visitor]
SEED = "Les représentants cellulaires sont les seuls à pouvoir communiquer avec le département du soutien technique"


def shown(caller: Caller, role: str) -> dict[str, object]:
    return next(one for one in caller.get("/roles").json["items"] if one["role"] == role)


@pytest.mark.parametrize("who", ["P02", "P01", "P13", "P26", "P19", "P08"])
def test_those_who_answer_for_roles_read_the_register(caller: People, who: str) -> None:
    found = shown(caller(who), "RCELL")
    assert [one["person"] for one in found["holders"]] == ["P03", "P04"]
    assert SEED in found["duties"]["fr"]
    assert found["may_propose"] is (who in ("P01", "P02"))


@pytest.mark.parametrize("who", ["U01", "P03", "P21"])
def test_others_do_not(caller: People, visitor: Visitors, who: str) -> None:
    answer = caller(who).get("/roles")
    assert (answer.status_code, answer.json["code"]) == (403, "roles.not_yours")
    assert visitor(who).get("/roles").status_code == 403


def test_a_vacancy_is_said_first(caller: People, visitor: Visitors, demo_engine: Engine) -> None:
    with demo_engine.begin() as connection:
        connection.execute(text("update role_assignments set state = 'TERMINEE' where role = 'MANDA'"))
    assert shown(caller("P02"), "MANDA")["vacant"] is True
    reader = visitor("P02")
    reader.get("/roles")
    assert "Mandataire" in reader.said("//div[contains(@class, 'pc-bad')]")


def test_a_signatory_whose_entry_has_ended_is_suspended(caller: People) -> None:
    caller("P01").put("/simulation/clock", {"now": "2026-12-15T00:00:00-05:00"})
    states = {one["person"]: one["state"] for one in shown(caller("P01"), "DERO")["holders"]}
    assert states["P28"] == "SUSPENDUE"
    assert states["P09"] == "ACTIVE"


def test_a_nomination_begins_from_the_register_with_what_is_known(visitor: Visitors, demo_engine: Engine) -> None:
    reader = visitor("P02")
    reader.get("/roles")
    row = Register(Life(demo_engine)).rows("MANDA")[0]
    told = {"action": "REVOQUER", "role": "MANDA", "personne": "P05", "attribution": str(row.id)}
    reader.send("/roles", follow=True, **told)
    values = reader.page.xpath("//input[@name='action' and @checked]/@value | //option[@selected]/@value")
    assert "REVOQUER" in values
    assert "MANDA" in values
    assert "P05" in values


def test_a_departure_kept_from_someone_shows_that_person_no_successor(caller: People, demo_engine: Engine) -> None:
    register = Register(Life(demo_engine))
    asked = {"action": "REVOQUER", "role": "INTRL", "personne": "P02", "du": "2026-12-07T14:00:00-05:00"}
    request = register.lance(**asked, successeur=True, mode_depart="IMMEDIAT", retour="DEP-1")
    request.do("N02", "P01", role="INTRL", personne="P16", du="2026-12-07", heure_du="14:00")
    assert [one["person"] for one in shown(caller("P01"), "INTRL")["holders"]] == ["P02", "P16"]
    assert [one["person"] for one in shown(caller("P02"), "INTRL")["holders"]] == ["P02"]
    assert caller("P02").get(f"/cases/{request.number}").status_code == 404
