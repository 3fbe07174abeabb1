"""Lists of cases: those that the reader may see, the newest first."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, exists, or_, select
from sqlalchemy.orm import aliased

from workflows.cases.commands import CasesAsked
from workflows.cases.cursor import page_size, read_cursor, write_cursor
from workflows.cases.inbox import text_in
from workflows.cases.models import Case, CaseState, Task, TaskPerson
from workflows.cases.open_tasks import open_tasks_of
from workflows.cases.sight import seen_by
from workflows.cases.views import CaseRow, OpenTaskRow, Page, PersonRef
from workflows.catalog.models import ProcessVersion
from workflows.desk import Desk
from workflows.errors import Flaw, Invalid
from workflows.people.models import Person

requester, beneficiary = aliased(Person), aliased(Person)


def case_list(desk: Desk, asked: CasesAsked) -> Page[CaseRow]:
    """One page of the cases that the actor may see, with what is open in each."""
    limit = page_size(asked.limit)
    query = case_columns().where(seen_by(desk), *_narrowed(desk, asked)).order_by(Case.id.desc()).limit(limit + 1)
    if asked.cursor is not None:
        query = query.where(Case.id < read_cursor(asked.cursor, "cases", (UUID,))[0])
    found = desk.session.execute(query).all()
    open_tasks = open_tasks_of(desk, [row.id for row in found[:limit]])
    rows = tuple(case_row(row, open_tasks.get(row.id, ())) for row in found[:limit])
    return Page(rows, write_cursor("cases", [rows[-1].id]) if len(found) > limit else None)


def case_columns() -> Select[Any]:
    """What a list shows of cases."""
    return (
        select(Case.id, Case.number, Case.process, Case.state, Case.end, Case.subject, Case.created_at, Case.ended_at)
        .add_columns(ProcessVersion.version)
        .add_columns(requester.code.label("r_code"), requester.name.label("r_name"))
        .add_columns(beneficiary.code.label("b_code"), beneficiary.name.label("b_name"))
        .join(ProcessVersion, ProcessVersion.id == Case.version_id)
        .outerjoin(requester, requester.id == Case.requester_id)
        .outerjoin(beneficiary, beneficiary.id == Case.beneficiary_id)
    )


def case_row(row: Any, open_tasks: tuple[OpenTaskRow, ...]) -> CaseRow:
    """One case as a list shows it, from a row of ``case_columns``."""
    return CaseRow(
        id=row.id,
        number=row.number,
        process=row.process,
        version=row.version,
        state=row.state,
        end=row.end,
        subject=row.subject,
        requester=PersonRef(row.r_code, row.r_name) if row.r_code else None,
        beneficiary=PersonRef(row.b_code, row.b_name) if row.b_code else None,
        created_at=row.created_at,
        ended_at=row.ended_at,
        open_tasks=open_tasks,
    )


def _narrowed(desk: Desk, asked: CasesAsked) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if asked.process:
        found.append(Case.process == asked.process)
    if asked.state:
        if asked.state not in list(CaseState):
            raise Invalid("state.unknown", {"state": (Flaw("state.unknown"),)})
        found.append(Case.state == asked.state)
    if asked.number:
        found.append(Case.number == asked.number.upper())
    if asked.q:
        found.append(or_(text_in(Case.number, asked.q), text_in(Case.subject, asked.q)))
    if asked.involving:
        found.append(_involving(desk, asked.involving))
    return found


def _involving(desk: Desk, code: str) -> ColumnElement[bool]:
    """Cases that a person asked for, benefits from, holds, did or may do a task of."""
    same = Person.organisation_id == desk.actor.organisation_id
    person = select(Person.id).where(Person.code == code, same).scalar_subquery()
    worked = or_(Task.assignee_id == person, Task.closed_by_id == person, Task.returned_by_id == person)
    named = exists().where(TaskPerson.task_id == Task.id, TaskPerson.person_id == person, TaskPerson.kind == "CANDIDAT")
    part = exists().where(Task.case_id == Case.id, or_(worked, named))
    return or_(Case.requester_id == person, Case.beneficiary_id == person, part)
