"""Departures driven at random by legal events: no access survives its hour unseen, and nothing is done twice."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from itertools import count, pairwise
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as some
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from tests.bpmn.arriving import tell
from tests.bpmn.leaving import accesses_of, act, announced, employ
from tests.bpmn.living import OPEN, Life, Request
from tests.bpmn.taking import takers
from workflows.cases.details import Wait
from workflows.cases.models import Case, CaseState, Task
from workflows.clock import business_now
from workflows.errors import Refusal
from workflows.journal.models import JournalEntry
from workflows.people.models import Person, RoleAssignment
from workflows.people.roles import live
from workflows.worker.run import do_jobs

NUMBERS = count(310_001)
"""Each life is someone else's: the database is shared."""
KINDS = ["DEMISSION", "RETRAITE", "CONGEDIEMENT", "SUSPENSION", "CONGE_LONGUE_DUREE", "ABANDON_POSTE", "DECES"]
KINDS += ["MUTATION_EXTERNE", "MUTATION_INTERNE"]
WORKS = ("D21", "D22", "D23", "D24", "D25", "D28", "D30", "X01", "D05", "D04")
"""The tasks that say that an access is still to go."""
EVENTS = ["depart.modifie", "depart.annule", "connecteur.compte.etat", "EXECUTER_MAINTENANT", "sirh.depart.annonce"]
LEGAL = frozenset({"form.invalid", "sod.SOD-07", "sod.SOD-09", "task.not_yours", "task.claimed", "action.unavailable"})
LEGAL |= {"departure.access_gone", "departure.death_stays", "action.not_yours", "case.ended", "message.too_late"}
LEGAL |= {"message.invalid"}
DONE = {"comptes_depenses_regles": True, "avances_reglees": True, "entrevue_depart": "FAITE"}
NEEDS = {"libre_service": ["LSH"], "equipements": ["PORTABLE"], "besoin_cellulaire": False}
GONE = [{"biens": [{"bien": "PORTABLE", "etat": state}]} for state in ("RENDU", "MANQUANT")]
ANSWERS: Mapping[str, list[dict[str, Any]]] = {
    "D04": [{"choix": "CONSERVER"}, {"choix": "REMPLACER"}],
    "D10": [{"documents_transferes": True}],
    "D31": GONE,
    "D33": [{"action": "EFFACE_A_DISTANCE", "chiffre": True}, {"action": "RECLAME"}],
    "D34P": [{"evaluation": "Le risque est faible.", "risque_prejudice": False}],
    "D36": [DONE],
    "D40C": [{"erreur_confirmee": True}],
    "D52": [{"decision": "RETOUR", **NEEDS}, {"decision": "PROLONGER"}, {"decision": "DEFINITIF"}],
    "D53N": [NEEDS],
    "D60": [{"droits_retires": ["LSH"]}, {}],
}
PEOPLE = {"D04": "P13", "D05": "P13", "D36": "P13", "D21": "P14", "A20.1": "P14", "A20.2": "P14", "D22": "P16"}
PEOPLE |= {"D23": "P17", "D53T": "P17", "D24": "P18", "D30": "P19", "X01": "P19", "D40C": "P19", "D34P": "P20"}


class Departure(RuleBasedStateMachine):
    """One person who leaves, and everything that may happen to it."""

    engine: Engine

    def __init__(self) -> None:
        super().__init__()
        self.life = Life(self.engine)

    @initialize(kind=some.sampled_from(KINDS), hours=some.sampled_from([-2, 0, 5, 40, 300]), told=some.booleans())
    def leave(self, kind: str, hours: int, told: bool) -> None:
        self.number = str(next(NUMBERS))
        employ(self.life, self.number)
        self.had = set(accesses_of(self.life, self.number))
        self.announce(kind, hours, told)

    def announce(self, kind: str, hours: int, told: bool) -> None:
        at = self.now + timedelta(hours=hours)
        back = (at + timedelta(days=60)).date().isoformat() if kind in ("SUSPENSION", "CONGE_LONGUE_DUREE") else None
        said = {"t_effet": at.isoformat(), "dernier_jour": None, "date_retour_prevue": back, "employe_informe": told}
        self.case = announced(self.life, matricule=self.number, type_depart=kind, **said)
        do_jobs(self.engine)

    @property
    def now(self) -> datetime:
        with Session(self.engine) as session:
            return business_now(session)

    @rule(which=some.integers(0, 9), choice=some.integers(0, 2))
    def answer(self, which: int, choice: int) -> None:
        """Two of the open tasks are answered, one after the other."""
        for place in (which, which + 3):
            self.answer_one(place, choice)

    def answer_one(self, which: int, choice: int) -> None:
        tasks = self.open_tasks()
        if not tasks:
            return
        number, step = tasks[which % len(tasks)]
        named = [codes for opened, *codes in Request(self.life, number).open if opened == step]
        who = named[0][0] if named and named[0] else PEOPLE.get(step, "P19")
        try:
            Request(self.life, number).do(step, who, **self.said(step, choice))
        except Refusal as refusal:
            if refusal.code not in LEGAL:
                raise
        do_jobs(self.engine)

    def said(self, step: str, choice: int) -> dict[str, Any]:
        if step == "D05":
            day = self.now.date().isoformat()
            more = {"dernier_jour": day, "t_effet": self.now.isoformat(), "employe_informe": True}
            return {**more, "type_depart": "DEMISSION"} if choice == 0 else {"dernier_jour": day}
        if step == "A20.1":
            return {"code_usager": f"H{self.number}", "compte_desactive": True}
        if step == "A20.2":
            return {"responsabilites_attribuees": []}
        if step == "D53T":
            return {"compte_reseau": self.number, "courriel": f"{self.number}@op-demo.example", "amf_exigee": True}
        if step == "D30":
            gaps = self.case.facts.get("ecarts_systemes") or ()
            return {"ecarts": [{"systeme": one, "decision": "CORRIGE"} for one in gaps]}
        found = ANSWERS.get(step, [{}])
        said = dict(found[choice % len(found)])
        if said.get("decision") == "PROLONGER":
            said["nouvelle_date_retour"] = (self.now.date() + timedelta(days=40)).isoformat()
        return said

    @rule(hours=some.sampled_from([1, 5, 30, 100, 400]))
    def wait(self, hours: int) -> None:
        self.life.move((self.now + timedelta(hours=hours)).isoformat())

    @rule(what=some.sampled_from(EVENTS), days=some.integers(0, 30), kind=some.sampled_from(KINDS))
    def happen(self, what: str, days: int, kind: str) -> None:
        """Something legal happens to the departure besides its tasks."""
        if what == "depart.modifie":
            self.legally(what, {"t_effet": (self.now + timedelta(days=days)).isoformat()})
        elif what == "depart.annule" and days < 5:
            self.legally(what, {})
        elif what == "connecteur.compte.etat":
            state = "ACTIF" if days < 15 else "DESACTIVE"
            told = {"operation_id": "lu", "systeme": "RESEAU", "etat": state, "a": self.now.isoformat()}
            self.legally(what, told)
        elif what == "EXECUTER_MAINTENANT":
            self.execute_now()
        elif what == "sirh.depart.annonce" and len(self.open_cases()) == 1:
            self.announce_again(kind, days)

    def announce_again(self, kind: str, hours: int) -> None:
        """The personnel system says it twice, otherwise: one departure is left (CARD-11)."""
        first = self.case
        self.announce(kind, hours, True)
        self.case = first if Request(self.life, first.number).end is None else self.case

    def execute_now(self) -> None:
        try:
            act(self.life, "P13", self.case, "EXECUTER_MAINTENANT")
        except Refusal as refusal:
            if refusal.code not in LEGAL:
                raise

    def legally(self, kind: str, data: dict[str, Any]) -> None:
        try:
            tell(self.life, kind, data, f"E-{self.number}")
        except Refusal as refusal:
            if refusal.code not in LEGAL:
                raise

    def open_cases(self) -> list[str]:
        with Session(self.engine) as session:
            mine = select(Person.id).where(Person.matricule == self.number).scalar_subquery()
            query = select(Case.number).where(Case.beneficiary_id == mine, Case.process == "depart_employe")
            return list(session.scalars(query.where(Case.ended_at.is_(None)).order_by(Case.id)))

    def open_tasks(self) -> list[tuple[str, str]]:
        with Session(self.engine) as session:
            mine = select(Person.id).where(Person.matricule == self.number).scalar_subquery()
            query = select(Case.number, Task.step).join(Task, Task.case_id == Case.id)
            rows = session.execute(query.where(Case.beneficiary_id == mine, Task.state.in_(OPEN)).order_by(Task.id))
            return [(row.number, row.step) for row in rows]

    @invariant()
    def no_access_survives_its_hour_unseen(self) -> None:
        """Past the delay, what works is somebody's task, or the case is being undone or asked for anew."""
        for number in self.open_cases() if hasattr(self, "case") else ():
            facts = Request(self.life, number).facts
            told = facts.get("echeance")
            if not facts.get("instant_passe") or told is None or datetime.fromisoformat(told) >= self.now:
                continue
            alive = [one for one, (state, _) in accesses_of(self.life, self.number).items() if state == "ACTIF"]
            steps = [step for _, step in self.open_tasks()]
            known = facts.get("interne") or facts.get("retablir") or facts.get("decision_retour") == "RETOUR"
            assert not alive or known or set(steps) & set(WORKS), (alive, steps)

    @invariant()
    def no_access_is_deleted(self) -> None:
        if hasattr(self, "had"):
            assert self.had <= set(accesses_of(self.life, self.number))

    @invariant()
    def nothing_is_revoked_twice(self) -> None:
        """Between two times that an account is enabled it is disabled once, and one task at most says so."""
        if not hasattr(self, "case"):
            return
        steps = [step for _, step in self.open_tasks() if step in ("D21", "D23", "D24", "D30")]
        assert len(steps) == len(set(steps)), steps
        with Session(self.engine) as session:
            mine = select(Person.id).where(Person.matricule == self.number).scalar_subquery()
            query = select(JournalEntry.kind, JournalEntry.data["system"].astext)
            query = query.join(Case, Case.id == JournalEntry.case_id).where(Case.beneficiary_id == mine)
            rows = session.execute(query.order_by(JournalEntry.at, JournalEntry.position)).all()
        for system in self.had:
            kinds = [kind for kind, told in rows if told == system and kind in ("access.disabled", "access.enabled")]
            assert all(pair != ("access.disabled",) * 2 for pair in pairwise(kinds)), kinds

    @invariant()
    def somebody_leads_the_respondents(self) -> None:
        with Session(self.engine) as session:
            held = (RoleAssignment.role == "INTRL", live(business_now(session)))
            assert session.scalar(select(func.count()).select_from(RoleAssignment).where(*held))

    @invariant()
    def every_case_ends_or_waits_and_every_task_has_someone(self) -> None:
        if not hasattr(self, "case"):
            return
        with Session(self.engine) as session:
            leaver = session.scalars(select(Person).where(Person.matricule == self.number)).one()
            cases = session.scalars(select(Case).where(Case.beneficiary_id == leaver.id)).all()
            for case in cases:
                assert case.state != CaseState.FAILED, case.number
                waits = session.scalars(select(Wait.step).where(Wait.case_id == case.id, Wait.attached_to.is_(None)))
                tasks = session.scalars(select(Task).where(Task.case_id == case.id, Task.state.in_(OPEN))).all()
                assert case.ended_at is not None or tasks or waits.all()
                for task in tasks:
                    may = takers(session, task, case)
                    assert may, task.step
                    assert task.role == "EMPLO" or leaver.id not in may, task.step


def test_whatever_happens_the_rules_of_a_departure_hold(demo_engine: Engine) -> None:
    class Here(Departure):
        engine = demo_engine

    quiet = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
    run_state_machine_as_test(
        Here, settings=settings(max_examples=8, stateful_step_count=30, deadline=None, suppress_health_check=quiet)
    )
