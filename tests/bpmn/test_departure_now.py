"""« Exécuter maintenant »: the instant comes at once, whether it was settled, armed, or already programmed (D14)."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.bpmn.leaving import accesses_of, act, announced, declared
from tests.bpmn.living import Life
from workflows.errors import Conflict, Invalid
from workflows.notices.models import Notice
from workflows.people.models import Person
from workflows.worker.run import do_jobs

WORKS = {"D21", "D23", "D24"}


def opened(steps: list[tuple[str, ...]]) -> set[str]:
    return {step for step, *_ in steps}


@pytest.mark.parametrize("who", ["P13", "P19"])
def test_an_instant_to_come_comes_at_once(life: Life, who: str) -> None:
    leaving = announced(life, type_depart="CONGEDIEMENT", employe_informe=False)
    assert not opened(leaving.open) & WORKS
    act(life, who, leaving, "EXECUTER_MAINTENANT")
    assert opened(leaving.open) >= WORKS
    with pytest.raises(Conflict, match=r"departure\.access_gone"):
        act(life, who, leaving, "EXECUTER_MAINTENANT")


def test_what_was_programmed_takes_effect_at_once(life: Life) -> None:
    leaving = announced(life)
    leaving.do("D05", "P13")
    life.move("2026-12-18T09:00-05:00")
    leaving.do("D21", "P14")
    do_jobs(life.engine)
    assert accesses_of(life, "201950")["SAGIR"][0] == "ACTIF"
    act(life, "P13", leaving, "EXECUTER_MAINTENANT")
    assert accesses_of(life, "201950")["SAGIR"][0] == "DESACTIVE"


def test_it_does_not_wait_for_the_file(life: Life) -> None:
    leaving = announced(life)
    act(life, "P13", leaving, "EXECUTER_MAINTENANT")
    assert opened(leaving.open) >= {*WORKS, "D05"}


@pytest.mark.parametrize(
    ("key", "value"), [("t_effet", "2026-11-01T16:30:00-05:00"), ("dernier_jour", "2028-12-18")], ids=["past", "far"]
)
def test_a_person_tells_no_impossible_day(life: Life, key: str, value: str) -> None:
    with pytest.raises(Invalid) as refused:
        declared(life, "P13", matricule="201950", type_depart="DEMISSION", **{key: value})
    assert list(refused.value.fields) == [f"data.{key}"]


def test_a_manager_declares_for_nobody_above(life: Life) -> None:
    with pytest.raises(Invalid):
        declared(life, "P10", matricule="100211", t_effet="2026-12-07T10:00:00-05:00")
    assert declared(life, "P10", matricule="201950", t_effet="2026-12-07T10:00:00-05:00").number


def test_billing_is_told_of_a_penalty(life: Life) -> None:
    leaving = announced(life, matricule="201733", type_depart="CONGEDIEMENT", t_effet="2026-12-07T09:00:00-05:00")
    leaving.do("D25", "P03", no_ligne="+14185550101", action="RESILIER", penalite_cents=12_000)
    with Session(life.engine) as session:
        told = select(Person.code).join(Notice, Notice.person_id == Person.id).where(Notice.step == "D25")
        assert list(session.scalars(told)) == ["P07"]
