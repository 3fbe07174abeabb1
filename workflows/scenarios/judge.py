"""Judge a walk: the route passed, the state and end, open tasks and who has them, data, signatures, notices."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from workflows.cases.details import CaseStep, Wait
from workflows.cases.models import Case, Task, TaskState
from workflows.journal.models import JournalEntry
from workflows.journal.verify import verify
from workflows.notices.models import Notice
from workflows.people.models import Person
from workflows.scenarios.shape import instant
from workflows.scenarios.takers import takers
from workflows.scenarios.walk import Walk
from workflows.signatures.models import Evidence
from workflows.signatures.verify import verify_case

EVER = datetime.max.replace(tzinfo=UTC)
"""What stands for a due date that a scenario does not tell, or that a task does not have."""
FAILED = text("select task_name from procrastinate_jobs where status = 'failed'")


def open_tasks(walk: Walk, expected: Iterable[Mapping[str, Any]]) -> None:
    """Compare the open tasks, who has each in the inbox, and when each is due where that is told."""
    with Session(walk.engine) as session:
        query = select(Task).where(Task.case_id == walk.case_id, Task.state.in_((TaskState.OPEN, TaskState.CLAIMED)))
        rows = session.scalars(query).all()
    people = takers(walk.engine, walk.case_id) if rows else {}
    found = sorted(((row.step, sorted(people.get(row.id, ()))), row.due_at or EVER) for row in rows)
    told = sorted(
        ((one["tache"], sorted(one["par"])), instant(one["echeance"]) if "echeance" in one else EVER)
        for one in expected
    )
    if [task for task, _ in told] != [task for task, _ in found]:
        walk.differs("open tasks", [task for task, _ in told], [task for task, _ in found])
        return
    for (task, due), (_, found_due) in zip(told, found, strict=True):
        if due not in (EVER, found_due):
            walk.differs(f"{task[0]} due", due.isoformat(), found_due.isoformat())


def awaited(walk: Walk, expected: Iterable[Mapping[str, Any]]) -> None:
    """Compare what the case waits for: each step, and until when where that is told."""
    with Session(walk.engine) as session:
        query = select(Wait.step, Wait.due_at).where(Wait.case_id == walk.case_id, Wait.kind != "reminder")
        found = {row.step: row.due_at for row in session.execute(query)}
    told = {one["etape"]: one.get("echeance") for one in expected}
    if set(told) != set(found):
        walk.differs("awaited", sorted(told), sorted(found))
    for step, due in told.items():
        if due is not None and found.get(step) != instant(due):
            walk.differs(f"{step} awaited until", due, found.get(step))


def journalled(walk: Walk, expected: Iterable[Mapping[str, Any]]) -> None:
    """Look in the case's journal for facts, each at its own instant."""
    with Session(walk.engine) as session:
        query = select(JournalEntry.kind, JournalEntry.step, JournalEntry.at)
        found = session.execute(query.where(JournalEntry.case_id == walk.case_id)).all()
    for one in expected:
        at, step = instant(one["a"]), one.get("etape")
        if not any(row.kind == one["genre"] and row.at == at and step in (None, row.step) for row in found):
            walk.differs(f"fact {one['genre']}", dict(one), [str(row.at) for row in found if row.kind == one["genre"]])


def _route(walk: Walk, session: Session) -> None:
    """Every numbered element that the case passed, in order: no more and no less than what is told."""
    query = select(CaseStep.step).where(CaseStep.case_id == walk.case_id, CaseStep.state == "TERMINEE")
    passed = list(session.scalars(query.order_by(CaseStep.id)))
    if passed != walk.script.expected["route"]:
        walk.differs("route", walk.script.expected["route"], passed)


def _evidence(walk: Walk, session: Session) -> None:
    expected = walk.script.expected["preuves"]
    rows = session.scalars(select(Evidence).where(Evidence.case_id == walk.case_id).order_by(Evidence.position)).all()
    if len(rows) != len(expected):
        walk.differs("signatures", expected, [row.record for row in rows])
        return
    for one, row in zip(expected, rows, strict=True):
        shown = {key: row.record.get(key) for key in one}
        if shown != dict(one):
            walk.differs("signature", dict(one), shown)
    if rows and not verify_case(session, walk.case_id).intact:
        walk.differs("evidence", "intact", "altered")


def _notices(walk: Walk, session: Session) -> None:
    query = select(Person.code, Notice.step).join(Notice, Notice.person_id == Person.id)
    told = {(code, step) for code, step in session.execute(query.where(Notice.case_id == walk.case_id))}
    for one in walk.script.expected.get("avis", ()):
        if (one["personne"], one["etape"]) not in told:
            walk.differs("notice", dict(one), sorted(told))


def _house(walk: Walk, session: Session) -> None:
    """What must be true of any walk: the journal whole, no job of the queue failed."""
    breaks, failed = verify(session), list(session.scalars(FAILED))
    if breaks:
        walk.differs("journal", "whole", breaks)
    if failed:
        walk.differs("jobs failed", [], failed)


def end(walk: Walk) -> None:
    """Compare how the walk ended with what the scenario expects."""
    expected = walk.script.expected
    with Session(walk.engine) as session:
        case = session.get_one(Case, walk.case_id)
        for key, found in (("etat", case.state), ("fin", case.end)):
            if expected[key] != found:
                walk.differs(key, expected[key], found)
        for key, value in expected["donnees"].items():
            if case.facts.get(key) != value:
                walk.differs(f"data {key}", value, case.facts.get(key))
        for judged in (_route, _evidence, _notices, _house):
            judged(walk, session)
    open_tasks(walk, expected["ouvertes"])
