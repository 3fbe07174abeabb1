"""Whom a signature comes to: everyone who may give the one that its task is for, now."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import select

from workflows.cases.context import context_of
from workflows.cases.given import Given
from workflows.cases.models import Case, PersonKind, Task, TaskPerson, TaskState
from workflows.cases.reaching import Named, Reach
from workflows.cases.services import CaseServices
from workflows.cases.store import persons_of
from workflows.catalog.edition import edition_of
from workflows.desk import Desk
from workflows.engine import OpenTask
from workflows.journal.write import note
from workflows.notices.tell import tell
from workflows.operations.context import OperationContext
from workflows.operations.signatories import (
    Candidate,
    Candidates,
    candidates_for,
    next_level,
    open_positions,
    still_candidates,
)
from workflows.people.models import Person


def reach_of_signature(services: CaseServices, opened: OpenTask) -> Reach:
    """The persons who may sign now, each with the ground to do so, and those that a rule keeps from it."""
    context = context_of(services.desk, services.edition, services.given, opened.step, services.case.facts)
    positions, item = open_positions(context), opened.item or 0
    position = positions[item] if item < len(positions) else item + 1
    found = candidates_for(context, position)
    named = tuple(_named(candidate) for candidate in found.named)
    return Reach(opened.lane or "DERO", item=position, named=named, excluded=dict(found.excluded))


def refresh_signature(desk: Desk, case: Case, task: Task) -> None:
    """Bring an open signature's list up to date: authority that began adds, authority that ended takes off."""
    rows = persons_of(desk.session, task.id)
    present = _present(rows)
    found = still_candidates(_context(desk, case, task), task.item or 1, present)
    _add(desk, case, task, rows, found)
    staying = {candidate.person_id for candidate in found.named}
    for row in rows:
        if row.person_id in present and row.person_id not in staying:
            take_off(desk, case, task, row, found.excluded.get(row.person_id))


def refresh_others(desk: Desk, case: Case, signed: Task) -> None:
    """Once a joint signature is given, take whoever gave it off the lists of the others (SOD-02)."""
    others = (Task.case_id == case.id, Task.id != signed.id, Task.step == signed.step, Task.item.is_not(None))
    live = Task.state.in_((TaskState.OPEN, TaskState.CLAIMED))
    for task in desk.session.scalars(select(Task).where(*others, live).order_by(Task.id)).all():
        refresh_signature(desk, case, task)


def widen_signature(desk: Desk, case: Case, task: Task) -> None:
    """Add the next delegation level to a signature that waits too long; the first to sign ends it (ESC-D)."""
    rows = persons_of(desk.session, task.id)
    _add(desk, case, task, rows, next_level(_context(desk, case, task), task.item or 1, _present(rows)))


def _context(desk: Desk, case: Case, task: Task) -> OperationContext:
    edition = edition_of(desk.session, case.version_id)
    return context_of(desk, edition, Given(desk, case), task.step, case.facts)


def _present(rows: Iterable[TaskPerson]) -> frozenset[UUID]:
    return frozenset(row.person_id for row in rows if row.kind == PersonKind.CANDIDATE and row.removed_at is None)


def _add(desk: Desk, case: Case, task: Task, rows: Iterable[TaskPerson], found: Candidates) -> None:
    """Add those who are not on the list yet; a claim ends, so that the first to sign ends the task."""
    known = {row.person_id: row for row in rows}
    added = []
    for candidate in found.named:
        row = known.get(candidate.person_id)
        if row is None:
            row = TaskPerson(task_id=task.id, person_id=candidate.person_id, kind=PersonKind.CANDIDATE)
            desk.session.add(row)
        elif row.kind == PersonKind.CANDIDATE and row.removed_at is None:
            row.ground, row.valid_until = dict(candidate.ground), candidate.valid_until
            continue
        row.kind, row.rule, row.removed_at = PersonKind.CANDIDATE, None, None
        row.ground, row.valid_until = dict(candidate.ground), candidate.valid_until
        added.append(candidate)
    if added:
        _announce(desk, case, task, added)


def _announce(desk: Desk, case: Case, task: Task, added: list[Candidate]) -> None:
    if task.state == TaskState.CLAIMED:
        task.state, task.assignee_id = TaskState.OPEN, None
    task.revision += 1
    codes = [candidate.code for candidate in added]
    note(desk, "task.candidate_added", case=case, step=task.step, persons=codes)
    persons = [desk.session.get_one(Person, candidate.person_id) for candidate in added]
    tell(desk, "task.candidate", persons, case, task.step)


def take_off(desk: Desk, case: Case, task: Task, row: TaskPerson, rule: str | None) -> None:
    """Take a person off the list, keeping the rule that did it; a claim of his ends."""
    row.removed_at, row.rule = desk.now, rule
    if task.assignee_id == row.person_id:
        task.state, task.assignee_id = TaskState.OPEN, None
    task.revision += 1
    person = desk.session.get_one(Person, row.person_id)
    note(desk, "task.candidate_removed", case=case, step=task.step, persons=[person.code], rule=rule)


def _named(candidate: Candidate) -> Named:
    return Named(candidate.person_id, candidate.code, dict(candidate.ground), candidate.valid_until)
