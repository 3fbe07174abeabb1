"""Replay a scenario: the same verbs as every door, on a fresh demonstration database, with the clock moved by hand."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from sqlalchemy import Engine, select, text
from sqlalchemy.orm import Session

from workflows.cases.attach import attach_file
from workflows.cases.claim import claim_task
from workflows.cases.commands import AttachFile, ClaimTask, CompleteTask, StartCase
from workflows.cases.complete import complete_task
from workflows.cases.models import Case, Task, TaskState
from workflows.cases.start import start_case
from workflows.clock import business_now
from workflows.desk import Actor, ActorKind, Desk, at_desk
from workflows.errors import Refusal
from workflows.messages.receive import receive_message
from workflows.people.directory import actor_of, person_by_code
from workflows.scenarios import judge
from workflows.scenarios.script import Gesture, Script
from workflows.scenarios.shape import instant
from workflows.scenarios.stage import set_stage
from workflows.worker.clock import move_clock
from workflows.worker.run import do_jobs

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
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
        self.events = 0
        self.differences: list[str] = []

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
        people = judge.takers(self.engine, self.case_id)
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


def _task(walk: Walk, said: Mapping[str, Any]) -> None:
    with walk.desk(said["par"], reauthenticated="password" if said.get("signer") else None) as desk:
        task = walk.task(desk.session, said["tache"], said["par"])
        if "echeance" in said and task.due_at != instant(said["echeance"]):
            walk.differs(f"{said['tache']} due", said["echeance"], task.due_at and task.due_at.isoformat())
        answers = walk.answers(said.get("reponses", {}))
        complete_task(desk, CompleteTask(task.id, answers, None, desk.reauthenticated))


def _take(walk: Walk, said: Mapping[str, Any]) -> None:
    with walk.desk(said["par"]) as desk:
        claim_task(desk, ClaimTask(walk.task(desk.session, said["prendre"], said["par"]).id))


def _refusal(walk: Walk, said: Mapping[str, Any]) -> None:
    asked = said["refus"]
    try:
        _task(walk, {"signer": True, **{key: value for key, value in asked.items() if key != "code"}})
    except Refusal as refusal:
        if refusal.code != asked["code"]:
            walk.differs(f"refusal of {asked['tache']} to {asked['par']}", asked["code"], refusal.code)
        return
    walk.differs(f"refusal of {asked['tache']} to {asked['par']}", asked["code"], "accepted")


def _file(walk: Walk, said: Mapping[str, Any]) -> None:
    with walk.desk(said["par"]) as desk:
        attached = attach_file(desk, AttachFile(walk.number, said.get("nom", f"{said['fichier']}.pdf"), PDF))
        walk.files[said["fichier"]] = str(attached.id)


def _message(walk: Walk, said: Mapping[str, Any]) -> None:
    walk.events += 1
    kind = said["message"]
    with Session(walk.engine) as session:
        now = business_now(session)
        case = session.get_one(Case, walk.case_id)
        actor = Actor(ActorKind.INTEGRATION, case.organisation_id, None, "scenario", "scenario", demo=True)
        event = {
            "specversion": "1.0",
            "id": f"{walk.script.id}-{walk.events}",
            "source": "urn:scenario",
            "type": kind if kind.endswith(".v1") else f"{kind}.v1",
            "time": now.isoformat(),
            "correlationid": case.number,
            "data": said.get("data", {}),
        }
        with at_desk(Desk(session, actor, now)) as desk:
            receipt = receive_message(desk, event)
    wanted = said.get("statut", "delivered")
    if receipt.status != wanted:
        walk.differs(f"message {kind}", wanted, receipt.status)


def _clock(walk: Walk, said: Mapping[str, Any]) -> None:
    walk.move(instant(said["horloge"]))


def _open(walk: Walk, said: Mapping[str, Any]) -> None:
    judge.open_tasks(walk, said["ouvertes"])


GESTURES: Mapping[str, Callable[[Walk, Mapping[str, Any]], None]] = {
    "tache": _task,
    "prendre": _take,
    "refus": _refusal,
    "fichier": _file,
    "message": _message,
    "horloge": _clock,
    "ouvertes": _open,
}


def _start(walk: Walk) -> None:
    set_stage(walk.engine, walk.script)
    walk.move(walk.script.clock)
    with walk.desk(walk.script.starter) as desk:
        case = start_case(desk, StartCase(walk.script.process, walk.script.data))
        walk.case_id, walk.number = case.id, case.number


def _do(walk: Walk, gesture: Gesture) -> None:
    if gesture.at is not None:
        walk.move(gesture.at)
    GESTURES[gesture.kind](walk, gesture.said)
    walk.work()


def play(engine: Engine, script: Script) -> tuple[str, ...]:
    """Walk a scenario from a fresh demonstration database to its end; returns what differed, nothing when all held."""
    walk = Walk(engine, script)
    place = "start"
    try:
        _start(walk)
        for number, gesture in enumerate(script.gestures, 1):
            place = f"gesture {number} ({gesture.kind} {gesture.said.get(gesture.kind)!r})"
            _do(walk, gesture)
        place = "end"
        judge.end(walk)
    except (Refusal, LookupError) as error:
        words = getattr(error, "params", "") or ""
        flaws = {key: [flaw.code for flaw in found] for key, found in getattr(error, "fields", {}).items()}
        walk.differences.append(f"{place}: {getattr(error, 'code', error)} {words} {flaws or ''}".strip())
    return tuple(walk.differences)
