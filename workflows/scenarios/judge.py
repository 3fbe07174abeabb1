"""Judge a walk: the route passed, the state and end, open tasks and who may take them, data, signatures, notices."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from workflows.cases.commands import InboxAsked
from workflows.cases.details import CaseStep
from workflows.cases.inbox import inbox
from workflows.cases.models import Case, Task, TaskState
from workflows.clock import business_now
from workflows.desk import Desk
from workflows.notices.models import Notice
from workflows.people.directory import actor_of
from workflows.people.models import Person
from workflows.signatures.models import Evidence

if TYPE_CHECKING:
    from workflows.scenarios.play import Walk


def takers(engine: Engine, task_id: UUID) -> frozenset[str]:
    """The codes of everyone in whose inbox a task lies, to take or in hand."""
    with Session(engine) as session:
        now = business_now(session)
        task = session.get_one(Task, task_id)
        found = set()
        for person in session.scalars(select(Person).where(Person.organisation_id == task.organisation_id)):
            desk = Desk(session, actor_of(session, person, now, "scenario"), now)
            for box in ("queue", "mine"):
                rows = inbox(desk, InboxAsked(box=box, case=str(task.case_id))).items
                if any(row.id == task_id for row in rows):
                    found.add(person.code)
    return frozenset(found)


def open_tasks(walk: Walk, expected: Iterable[Mapping[str, Any]]) -> None:
    """Compare the open tasks, and who may take each, with what is told (``par`` may be left out)."""
    with Session(walk.engine) as session:
        rows = session.scalars(
            select(Task)
            .where(Task.case_id == walk.case_id, Task.state.in_((TaskState.OPEN, TaskState.CLAIMED)))
            .order_by(Task.step, Task.id)
        ).all()
    expected = sorted(expected, key=lambda one: (one["tache"], sorted(one.get("par", []))))
    if [row.step for row in rows] != [one["tache"] for one in expected]:
        walk.differs("open tasks", [one["tache"] for one in expected], [row.step for row in rows])
        return
    found = sorted((row.step, sorted(takers(walk.engine, row.id))) for row in rows)
    for one, (step, people) in zip(expected, found, strict=True):
        if "par" in one and sorted(one["par"]) != people:
            walk.differs(f"who may take {step}", sorted(one["par"]), people)


def is_route(expected: list[str], passed: list[str]) -> bool:
    """Whether the expected steps were passed in that order; parallel and informational steps may be left out."""
    steps = iter(passed)
    return all(step in steps for step in expected)


def _route(walk: Walk, session: Session, expected: list[str]) -> None:
    passed = list(
        session.scalars(
            select(CaseStep.step)
            .where(CaseStep.case_id == walk.case_id, CaseStep.state == "TERMINEE")
            .order_by(CaseStep.id)
        )
    )
    if not is_route(expected, passed):
        walk.differs("route", expected, passed)


def _evidence(walk: Walk, session: Session, expected: list[Mapping[str, Any]]) -> None:
    rows = session.scalars(select(Evidence).where(Evidence.case_id == walk.case_id).order_by(Evidence.position)).all()
    if len(rows) != len(expected):
        walk.differs("signatures", expected, [row.record for row in rows])
        return
    for one, row in zip(expected, rows, strict=True):
        shown = {key: row.record.get(key) for key in one}
        if shown != dict(one):
            walk.differs("signature", dict(one), shown)


def _notices(walk: Walk, session: Session, expected: list[Mapping[str, Any]]) -> None:
    found = session.execute(
        select(Person.code, Notice.step)
        .join(Notice, Notice.person_id == Person.id)
        .where(Notice.case_id == walk.case_id)
    ).all()
    told = {(code, step) for code, step in found}
    for one in expected:
        if (one["personne"], one["etape"]) not in told:
            walk.differs("notice", dict(one), sorted(told))


def end(walk: Walk) -> None:
    """Compare how the walk ended with what the scenario expects."""
    expected = walk.script.expected
    with Session(walk.engine) as session:
        case = session.get_one(Case, walk.case_id)
        for key, found in (("etat", case.state), ("fin", case.end)):
            if key in expected and expected[key] != found:
                walk.differs(key, expected[key], found)
        for key, value in expected.get("donnees", {}).items():
            if case.facts.get(key) != value:
                walk.differs(f"data {key}", value, case.facts.get(key))
        if "route" in expected:
            _route(walk, session, expected["route"])
        if "preuves" in expected:
            _evidence(walk, session, expected["preuves"])
        if "avis" in expected:
            _notices(walk, session, expected["avis"])
    if "ouvertes" in expected:
        open_tasks(walk, expected["ouvertes"])
