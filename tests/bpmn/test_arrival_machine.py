"""Arrivals driven at random by legal events: nothing works before its time, and nobody is ever waited for in vain."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from itertools import count
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as some
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from tests.bpmn.arriving import FILE, INVOICES, NEEDS, accesses, hired, tell
from tests.bpmn.living import OPEN, Life, Request
from tests.bpmn.taking import takers
from workflows.cases.act import ActOnCase, act_on_case
from workflows.cases.details import CaseStep, Wait
from workflows.cases.models import Case, CaseState, Task
from workflows.clock import business_now
from workflows.errors import Refusal
from workflows.worker.run import do_jobs

NUMBERS = count(210_001)
"""Each life is someone else's: the database is shared."""
MEASURE = "Revue mensuelle des écritures."
FIRST = {"mot_de_passe_change": True, "amf_activee": True}
AGREED = ("politique_securite_lue", "appareils_mobiles_lue", "discretion_reconnue")
WHO = {
    "A04": "P13",
    "A12": "P08",
    "A13": "P19",
    "A15": "P29",
    "A20.1": "P14",
    "A20.2": "P14",
    "A21": "P15",
    "A22": "P16",
}
WHO |= {"A23": "P17", "A24": "P18", "A30": "P19", "A34M": "P17", "D21": "P14", "D22": "P16", "D23": "P17", "D24": "P18"}
ANSWERS: Mapping[str, list[dict[str, Any]]] = {
    "A12": [{"decision": "RETIRER", "responsabilite_retiree": "SAISIE_DE_FACTURES"}],
    "A13": [
        {"decision_csec": "REFUSER"},
        {"decision_csec": "AUTORISER", "mesure_compensatoire": MEASURE},
    ],
    "A15": [{"decision": "APPROUVER"}, {"decision": "REFUSER"}, {"decision": "RETOURNER"}],
    "A21": [{"conforme": True}],
    "A22": [{"poste_superieur": "X", "limite_approbation_cents": 0, "date_effet": "2027-12-01"}],
    "A24": [{"no_carte": "C-1"}],
    "A30": [
        {"decision": choice, "motif": "Selon le dossier."} for choice in ("AUTORISER_LIMITE", "ATTENDRE", "REFUSER")
    ],
    "A31": [{"decision": "PRESENT", "identite_verifiee": True}, {"decision": "DESISTEMENT"}, {"decision": "REPORTE"}],
    "A32": [dict.fromkeys(AGREED, True)],
    "A34": [
        {"mot_de_passe_change": True, "amf_activee": True},
        {"mot_de_passe_change": True, "amf_activee": True, "ecart": "Rien"},
    ],
}


class Arrival(RuleBasedStateMachine):
    """One arrival, and everything that may happen to it."""

    engine: Engine

    def __init__(self) -> None:
        super().__init__()
        self.life = Life(self.engine)

    @initialize(days=some.integers(1, 120), checked=some.sampled_from(["FAVORABLE", "EN_COURS", "NON_REQUIS"]))
    def hire(self, days: int, checked: str) -> None:
        self.number, self.checked = str(next(NUMBERS)), checked
        day = (self.now.date() + timedelta(days=days)).isoformat()
        names = {"matricule": self.number, "prenom": "Noa", "nom": "Hasard", "no_poste": f"X-{self.number}"}
        self.case = hired(self.life, date_entree=day, **names)

    @property
    def now(self) -> datetime:
        with Session(self.engine) as session:
            return business_now(session)

    @property
    def reference(self) -> str:
        return f"E-{self.number}"

    @rule(which=some.integers(0, 9), choice=some.integers(0, 3), special=some.booleans())
    def answer(self, which: int, choice: int, special: bool) -> None:
        """Someone answers one of the open tasks, of the arrival or of its undoing."""
        tasks = self.open_tasks()
        if not tasks:
            return
        number, step = tasks[which % len(tasks)]
        try:
            Request(self.life, number).do(step, *self.who(number, step), **self.said(step, choice, special))
        except Refusal as refusal:
            if refusal.code not in ("form.invalid", "sod.SOD-07", "task.not_yours", "task.claimed"):
                raise
        do_jobs(self.engine)

    def who(self, number: str, step: str) -> tuple[str]:
        named = [codes for opened, *codes in Request(self.life, number).open if opened == step]
        return (named[0][0],) if named and named[0] else (WHO.get(step, "P19"),)

    def said(self, step: str, choice: int, special: bool) -> dict[str, Any]:
        if step == "A04":
            return {**FILE, "antecedents": self.checked, "motif_retroactif": "Le dossier est arrivé tard au service."}
        if step == "A08":
            return {**NEEDS, **({"responsabilites": [INVOICES]} if special else {})}
        if step == "A20.1":
            return {"code_usager": f"H{self.number}", "compte_desactive": True}
        if step == "A20.2":
            return {"responsabilites_attribuees": list(self.case.facts.get("responsabilites_approuvees") or ())}
        if step == "A23":
            return {"compte_reseau": self.number, "courriel": f"{self.number}@op-demo.example", "amf_exigee": True}
        found = ANSWERS.get(step, [{}])
        said = dict(found[choice % len(found)])
        if said.get("decision") == "REPORTE":
            said["nouvelle_date"] = (self.now.date() + timedelta(days=7)).isoformat()
        return {**said, **({"proof": "password"} if step == "A32" else {})}

    @rule(hours=some.sampled_from([1, 5, 30, 100, 400]))
    def wait(self, hours: int) -> None:
        self.life.move((self.now + timedelta(hours=hours)).isoformat())

    @rule(days=some.integers(0, 30))
    def change_day(self, days: int) -> None:
        day: date = self.now.date() + timedelta(days=days)
        self.told("arrivee.modifiee", {"date_entree": day.isoformat()})

    @rule(unit=some.sampled_from([("SOO", "100227"), ("SOE", "100208")]))
    def move_elsewhere(self, unit: tuple[str, str]) -> None:
        self.told("arrivee.modifiee", {"unite": unit[0], "superieur_matricule": unit[1]})

    @precondition(lambda self: self.case.end is None)
    @rule(who=some.sampled_from(["100208", "100227"]))
    def be_away(self, who: str) -> None:
        until = (self.now + timedelta(days=3)).date().isoformat()
        told = {"matricule": who, "du": self.now.date().isoformat(), "au": until}
        tell(self.life, "absence.enregistree", told, f"E-{who}")

    @rule()
    def check_turns_favourable(self) -> None:
        try:
            with self.life.desk("P13") as desk:
                data = {"antecedents": "FAVORABLE"}
                act_on_case(desk, ActOnCase(self.case.number, "METTRE_A_JOUR_DOSSIER", data))
        except Refusal:
            return
        do_jobs(self.engine)

    @rule(chance=some.integers(0, 5))
    def cancel(self, chance: int) -> None:
        if chance == 0:
            self.told("arrivee.annulee", {})

    def told(self, kind: str, data: dict[str, Any]) -> None:
        try:
            tell(self.life, kind, data, self.reference)
        except Refusal as refusal:
            if refusal.code != "message.too_late":
                raise

    def open_tasks(self) -> list[tuple[str, str]]:
        with Session(self.engine) as session:
            query = select(Case.number, Task.step).join(Task, Task.case_id == Case.id)
            mine = select(Case.beneficiary_id).where(Case.number == self.case.number).scalar_subquery()
            rows = session.execute(query.where(Case.beneficiary_id == mine, Task.state.in_(OPEN)).order_by(Task.id))
            return [(row.number, row.step) for row in rows]

    @invariant()
    def nothing_works_before_presence_is_confirmed(self) -> None:
        if not hasattr(self, "case"):
            return
        working = [system for system, (state, _) in accesses(self.life, self.number).items() if state == "ACTIF"]
        assert not working or self.passed("A31"), working

    @invariant()
    def the_case_ends_or_waits_for_something_named(self) -> None:
        if not hasattr(self, "case"):
            return
        with Session(self.engine) as session:
            case = session.scalars(select(Case).where(Case.number == self.case.number)).one()
            assert case.state != CaseState.FAILED
            waits = session.scalars(select(Wait.step).where(Wait.case_id == case.id, Wait.attached_to.is_(None))).all()
            tasks = session.scalars(select(Task).where(Task.case_id == case.id, Task.state.in_(OPEN))).all()
            assert case.ended_at is not None or waits or tasks
            for task in tasks:
                assert takers(session, task, case), task.step

    def passed(self, step: str) -> bool:
        with Session(self.engine) as session:
            query = select(CaseStep.id).join(Case, Case.id == CaseStep.case_id)
            return session.scalar(query.where(Case.number == self.case.number, CaseStep.step == step)) is not None


def test_whatever_happens_the_rules_of_an_arrival_hold(demo_engine: Engine) -> None:
    class Here(Arrival):
        engine = demo_engine

    quiet = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
    run_state_machine_as_test(
        Here, settings=settings(max_examples=8, stateful_step_count=40, deadline=None, suppress_health_check=quiet)
    )
