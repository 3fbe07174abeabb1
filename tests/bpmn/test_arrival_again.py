"""An arrival the second time round: returns, changes under way, and what is told by whom it is not to tell."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.bpmn.arriving import HIRED, INVOICES, NEEDS, accesses, at_work, prepared, tell
from tests.bpmn.living import Life
from workflows.cases.commands import StartCase
from workflows.cases.models import Case
from workflows.cases.start import start_case
from workflows.errors import Conflict, Invalid
from workflows.worker.run import do_jobs


def test_a_returned_approval_comes_back_to_its_own_module(life: Life) -> None:
    purchase = {**INVOICES, "module": "RM", "code": "RECEPTION"}
    arrival = at_work(life, responsabilites=[INVOICES, purchase])
    arrival.do("A15", "P30", place=1, decision="RETOURNER")
    arrival.do("A08", "P08", **{**NEEDS, "responsabilites": [INVOICES, purchase]})
    arrival.do("A15", "P29", place=1, decision="APPROUVER")
    arrival.do("A15", "P30", decision="APPROUVER")
    assert arrival.facts["responsabilites_approuvees"] == ["SAISIE_DE_FACTURES", "RECEPTION"]


def test_presence_is_not_confirmed_before_a_day_that_was_put_off(life: Life) -> None:
    arrival = prepared(life)
    life.move("2026-12-21T08:30-05:00")
    tell(life, "arrivee.modifiee", {"date_entree": "2027-01-18"})
    with pytest.raises(Conflict) as refusal:
        arrival.do("A31", "P08", decision="PRESENT", identite_verifiee=True)
    assert (refusal.value.code, accesses(life)["SAGIR"][0]) == ("arrival.not_yet", "DESACTIVE")


def test_another_unit_does_not_ask_for_a_second_device(life: Life) -> None:
    arrival = at_work(life, besoin_cellulaire=True)
    tell(life, "arrivee.modifiee", {"unite": "SOO", "superieur_matricule": "100227"})
    arrival.do("A08", "P27", **{**NEEDS, "besoin_cellulaire": True})
    do_jobs(life.engine)
    with Session(life.engine) as session:
        numbers = session.scalars(select(Case.number).where(Case.process == "derogation_cellulaire")).all()
    assert len(numbers) == 1


@pytest.mark.parametrize("told", [{"date_entree": "9999-12-31"}, {"unite": "NULLEPART"}, {"date_entree": "20261222"}])
def test_a_change_that_nobody_can_apply_is_refused_at_the_door(life: Life, told: dict[str, Any]) -> None:
    arrival = at_work(life)
    with pytest.raises(Invalid):
        tell(life, "arrivee.modifiee", told)
    assert [step for step, *_ in arrival.open if step == "A20.1"] == ["A20.1"]


def test_a_manager_does_not_tell_the_background_check(life: Life) -> None:
    with pytest.raises(Invalid) as refusal, life.desk("P08") as desk:
        start_case(desk, StartCase("arrivee_employe", {**HIRED, "antecedents": "FAVORABLE"}))
    assert list(refusal.value.fields) == ["data.antecedents"]


def test_a_manager_starts_for_his_own_units_only(life: Life) -> None:
    with pytest.raises(Invalid) as refusal, life.desk("P27") as desk:
        start_case(desk, StartCase("arrivee_employe", HIRED))
    assert list(refusal.value.fields) == ["data.unite"]
