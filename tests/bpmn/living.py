"""Several requests lived side by side through the product's own verbs, on a database with OP-DEMO in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from workflows.cases.commands import CompleteTask, StartCase
from workflows.cases.complete import complete_task
from workflows.cases.models import Case, PersonKind, Task, TaskPerson, TaskState
from workflows.cases.read_task import task_view
from workflows.cases.start import start_case
from workflows.cases.views import TaskView
from workflows.clock import business_now
from workflows.desk import Desk, at_desk
from workflows.journal.models import JournalEntry
from workflows.people.directory import actor_of, person_by_code
from workflows.people.models import Person
from workflows.worker.clock import move_clock
from workflows.worker.run import do_jobs

OPEN = (TaskState.OPEN, TaskState.CLAIMED)
ASKED: Mapping[str, Any] = {
    "beneficiaire": "U01",
    "unite_budgetaire": "SOE",
    "nature": "NOUVELLE_LIGNE",
    "quantite": 1,
    "equivalent_cout_nul": "NON",
    "motif": ["BESOIN_SPECIALISE"],
    "justification": "Inspections sur le terrain, sans poste fixe dans la région.",
}
ANALYSED: Mapping[str, Any] = {
    "prestataire": "TELUS",
    "au_catalogue": True,
    "modele": "Modèle A",
    "prix_appareil_cents": 45_000,
}


class Life:
    """OP-DEMO, and what its people do there."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    @contextmanager
    def desk(self, code: str, *, proof: str | None = None) -> Iterator[Desk]:
        """Someone's desk for one thing done, committed at the end."""
        with Session(self.engine) as session:
            now, person = business_now(session), person_by_code(session, code)
            assert person is not None
            with at_desk(Desk(session, actor_of(session, person, now, "life"), now, proof)) as desk:
                yield desk

    def person_id(self, code: str) -> UUID:
        """The id of someone."""
        with Session(self.engine) as session:
            person = person_by_code(session, code)
            assert person is not None
            return person.id

    def move(self, to: str) -> None:
        """Move the clock, and let a worker do its jobs."""
        move_clock(self.engine, datetime.fromisoformat(to))
        do_jobs(self.engine)

    def ask(self, who: str = "U01", manager: str | None = "P08", **changes: Any) -> Request:
        """Someone asks, the manager confirms the need."""
        with self.desk(who) as desk:
            request = Request(self, start_case(desk, StartCase("derogation_cellulaire")).number)
        request.do("R05", who, **{**ASKED, **changes})
        if manager is not None:
            request.do("R07", manager, decision="CONFIRMER", imputation="123-45")
        return request

    def analysed(self, cents: int = 45_000, **changes: Any) -> Request:
        """A request whose analysis P03 has done."""
        request = self.ask(**changes)
        request.analyse(prix_appareil_cents=cents)
        return request


class Request:
    """One request on its way."""

    def __init__(self, life: Life, number: str) -> None:
        self.life, self.number = life, number

    def do(self, step: str, who: str, *, proof: str | None = None, place: int = 0, **answers: Any) -> None:
        """Someone completes the open task of a step; ``place`` tells two of one step apart."""
        task_id = self.task(step, place).id
        with self.life.desk(who, proof=proof) as desk:
            complete_task(desk, CompleteTask(task_id, answers, None, proof))

    def analyse(self, who: str = "P03", **changes: Any) -> None:
        """The analysis, as usual but for what changes."""
        self.do("R08", who, **{**ANALYSED, **changes})

    def sign(self, who: str, place: int = 0) -> None:
        """Someone signs, having signed in again just now."""
        self.do("R23", who, proof="password", place=place, decision="SIGNER")

    def task(self, step: str, place: int = 0) -> Task:
        """The open task of a step."""
        with Session(self.life.engine, expire_on_commit=False) as session:
            query = select(Task).join(Case, Case.id == Task.case_id).where(Case.number == self.number)
            rows = session.scalars(query.where(Task.step == step, Task.state.in_(OPEN)).order_by(Task.item, Task.id))
            return list(rows)[place]

    def seen_by(self, who: str, step: str, place: int = 0) -> TaskView:
        """A task as someone sees it."""
        task_id = self.task(step, place).id
        with self.life.desk(who) as desk:
            return task_view(desk, task_id)

    @property
    def open(self) -> list[tuple[str, ...]]:
        """The open tasks: the step, then whom each names."""
        with Session(self.life.engine) as session:
            tasks = select(Task).join(Case, Case.id == Task.case_id)
            rows = session.scalars(tasks.where(Case.number == self.number, Task.state.in_(OPEN)).order_by(Task.item))
            return [(row.step, *_named(session, row)) for row in rows]

    @property
    def facts(self) -> Mapping[str, Any]:
        """What the case knows."""
        with Session(self.life.engine) as session:
            return dict(session.scalars(select(Case.facts).where(Case.number == self.number)).one())

    @property
    def end(self) -> str | None:
        """How the case ended."""
        with Session(self.life.engine) as session:
            return session.scalars(select(Case.end).where(Case.number == self.number)).one()

    def journal(self, kind: str) -> list[JournalEntry]:
        """The facts of a kind in the case's journal."""
        with Session(self.life.engine, expire_on_commit=False) as session:
            query = select(JournalEntry).join(Case, Case.id == JournalEntry.case_id)
            rows = query.where(Case.number == self.number, JournalEntry.kind == kind)
            return list(session.scalars(rows.order_by(JournalEntry.position)))


def _named(session: Session, task: Task) -> list[str]:
    query = select(Person.code).join(TaskPerson, TaskPerson.person_id == Person.id)
    live = (TaskPerson.kind == PersonKind.CANDIDATE, TaskPerson.removed_at.is_(None))
    return sorted(session.scalars(query.where(TaskPerson.task_id == task.id, *live)))
