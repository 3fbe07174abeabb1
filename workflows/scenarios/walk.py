"""A scenario under way: its case, its clock moved by hand, and what differed from what was told."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from sqlalchemy import Engine, select, text
from sqlalchemy.orm import Session

from workflows.cases.models import Task, TaskState
from workflows.clock import business_now
from workflows.desk import Desk, at_desk
from workflows.people.directory import actor_of, person_by_code
from workflows.scenarios.script import Script
from workflows.scenarios.takers import takers
from workflows.worker.clock import move_clock
from workflows.worker.run import do_jobs

WAITING = text("select exists (select from procrastinate_jobs where status = 'todo' and scheduled_at is null)")
OPEN = (TaskState.OPEN, TaskState.CLAIMED)


class Walk:
    """One scenario under way: where it plays, the case it started, and what differed from what was told."""

    def __init__(self, engine: Engine, script: Script) -> None:
        self.engine = engine
        self.script = script
        self.case_id: Any = None
        self.number = ""
        self.files: dict[str, str] = {}
        """What answers call by ``@name``: files by id, other cases by number."""
        self.cases: dict[str, tuple[Any, str]] = {}
        self.events = 0
        self.differences: list[str] = []

    def turn_to(self, case_id: Any, number: str, name: str = "") -> None:
        """Let the gestures that follow, and the end, be about a case."""
        self.case_id, self.number = case_id, number
        if name:
            self.cases[name], self.files[name] = (case_id, number), number

    def differs(self, where: str, expected: object, found: object) -> None:
        """Note a difference between what the scenario tells and what happened."""
        self.differences.append(f"{where}: expected {expected!r}, found {found!r}")

    @contextmanager
    def desk(self, code: str, *, reauthenticated: str | None = None) -> Iterator[Desk]:
        """A desk of its own for one gesture, committed at the end."""
        with Session(self.engine) as session:
            now = business_now(session)
            person = person_by_code(session, code)
            if person is None:
                raise LookupError(f"no person {code}")
            actor = actor_of(session, person, now, "scenario")
            with at_desk(Desk(session, actor, now, reauthenticated)) as desk:
                yield desk

    def move(self, target: datetime) -> None:
        """Move the clock, firing what falls due on the way, then do the jobs that wait; it never goes back."""
        with Session(self.engine) as session:
            now = business_now(session)
        if target < now:
            self.differs("clock", target.isoformat(), f"already {now.isoformat()}")
        elif target > now:
            move_clock(self.engine, target)
        self.work()

    def work(self) -> None:
        """Let a worker do the jobs of the queue."""
        with self.engine.connect() as connection:
            waiting = connection.scalar(WAITING)
        if waiting:
            do_jobs(self.engine)

    def task(self, session: Session, step: str, person: str) -> Task:
        """The open task of a step; with several, the one that the person holds or may take."""
        query = select(Task).where(Task.case_id == self.case_id, Task.step == step, Task.state.in_(OPEN))
        rows = session.scalars(query.order_by(Task.id)).all()
        if not rows:
            raise LookupError(f"no open task {step}")
        if len(rows) == 1:
            return rows[0]
        people = takers(self.engine, self.case_id)
        return next((row for row in rows if person in people.get(row.id, ())), rows[0])

    def answers(self, said: Any) -> Any:
        """Answers with ``@name`` replaced by the id of the file of that name."""
        if isinstance(said, str) and said.startswith("@"):
            return self.files[said[1:]]
        if isinstance(said, list):
            return [self.answers(one) for one in said]
        if isinstance(said, dict):
            return {key: self.answers(value) for key, value in said.items()}
        return said
