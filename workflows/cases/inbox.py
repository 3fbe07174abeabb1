"""The inbox: what a person may take, holds, is late on, has returned, has finished (« Ma corbeille »)."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func, literal_column, or_, select, tuple_
from sqlalchemy.orm import aliased

from workflows.cases.beside import LETTER
from workflows.cases.commands import InboxAsked
from workflows.cases.cursor import page_size, read_cursor, write_cursor
from workflows.cases.models import Case, CaseState, Task
from workflows.cases.reach import Arm, Window, arms_of, together
from workflows.cases.views import CaseRef, Page, PersonRef, TaskRow
from workflows.desk import Desk
from workflows.errors import Flaw, Invalid
from workflows.people.models import Person, Unit

BOXES = ("queue", "mine", "late", "returned", "done")
CAP = 100
"""Counts stop here: « 100 et plus »."""
NEVER: ColumnElement[datetime] = literal_column("'infinity'::timestamptz")
ORDERS: dict[str, tuple[tuple[Any, ...], tuple[type, ...]]] = {
    "due_at": ((Task.due_at, Task.id), (datetime, UUID)),
    "created_at": ((Task.created_at, Task.id), (datetime, UUID)),
    "priority": ((-Task.priority, func.coalesce(Task.due_at, NEVER), Task.id), (int, datetime, UUID)),
    "closed_at": ((Task.closed_at.desc(), Task.id.desc()), (datetime, UUID)),
}


def inbox(desk: Desk, asked: InboxAsked) -> Page[TaskRow]:
    """One page of one box of the actor's inbox: late first, then by due date, unless asked otherwise."""
    order = _order(asked)
    limit = page_size(asked.limit)
    narrowed = _narrowed(desk, asked)
    windows = [Window(limit + 1, ORDERS[order][0], *narrowed, *part) for part in _parts(asked, order)]
    arms = [arm for window in windows for arm in arms_of(asked.box, desk.actor, desk.now, window)]
    found = _rows(desk, arms, order, limit + 1)
    rows = tuple(task_row(row, desk.now) for row in found)
    more = len(rows) > limit
    return Page(rows[:limit], write_cursor(order, _keys(rows[limit - 1], order)) if more else None)


def counts(desk: Desk) -> dict[str, int]:
    """How many tasks each box of the actor's inbox holds, counted to a hundred at most."""
    columns = []
    for box in BOXES:
        capped = together(arms_of(box, desk.actor, desk.now, Window(CAP, ())), CAP)
        columns.append(select(func.count()).select_from(capped).scalar_subquery().label(box))
    return dict(desk.session.execute(select(*columns)).one()._mapping)


@cache
def task_columns() -> Select[Any]:
    """What a list shows of tasks, with their case and who holds them."""
    holder = aliased(Person)
    return (
        select(Task.id, Task.step, Task.title, Task.title_en, Task.role, Task.state, Task.due_at, Task.created_at)
        .add_columns(Task.priority, Task.revision, Task.closed_at, Task.outcome)
        .add_columns(Case.id.label("case_id"), Case.number, Case.process, Case.subject, Case.state.label("case_state"))
        .add_columns(holder.code, holder.name.label("holder"))
        .join(Case, Case.id == Task.case_id)
        .outerjoin(holder, holder.id == Task.assignee_id)
    )


def task_row(row: Any, now: datetime) -> TaskRow:
    """One task as a list shows it, from a row of ``task_columns``."""
    holder = PersonRef(row.code, row.holder) if row.code else None
    late = row.due_at is not None and row.due_at <= now and row.state in ("DISPONIBLE", "PRISE_EN_CHARGE")
    subject = "" if row.step == LETTER else row.subject
    return TaskRow(
        id=row.id,
        case=CaseRef(row.case_id, row.number, row.process, subject, row.case_state == CaseState.FAILED),
        step=row.step,
        title=row.title,
        title_en=row.title_en,
        role=row.role,
        state=row.state,
        assignee=holder,
        due_at=row.due_at,
        created_at=row.created_at,
        late=late,
        priority=row.priority,
        revision=row.revision,
        closed_at=row.closed_at,
        outcome=row.outcome,
    )


def _order(asked: InboxAsked) -> str:
    if asked.box not in BOXES:
        raise Invalid("box.unknown", {"box": (Flaw("box.unknown"),)})
    if asked.order not in ("due_at", "created_at", "priority"):
        raise Invalid("order.unknown", {"order": (Flaw("order.unknown"),)})
    return "closed_at" if asked.box == "done" else asked.order


def _rows(desk: Desk, arms: list[Arm], order: str, rows: int) -> list[Any]:
    """The first rows of all the arms together, then, for these alone, what the list shows."""
    reached = together(arms).c
    keys: tuple[Any, ...] = (-reached.priority, reached.due_at) if order == "priority" else (reached[order],)
    keys = (reached.closed_at.desc(), reached.id.desc()) if order == "closed_at" else (*keys, reached.id)
    page = select(reached.id).order_by(*keys).limit(rows).subquery()
    query = task_columns().join(page, page.c.id == Task.id).order_by(*ORDERS[order][0])
    return list(desk.session.execute(query))


def _narrowed(desk: Desk, asked: InboxAsked) -> list[ColumnElement[bool]]:
    """The reader's filters."""
    found: list[ColumnElement[bool]] = []
    if asked.role:
        found.append(Task.role == asked.role)
    if asked.due_before:
        found.append(Task.due_at < asked.due_before)
    if asked.case:
        found.append(Task.case_id == _case_id(desk, asked.case))
    about = _about_case(desk, asked)
    if about:
        found.append(Task.case_id.in_(select(Case.id).where(Case.id == Task.case_id, *about)))
    return found


def _about_case(desk: Desk, asked: InboxAsked) -> list[ColumnElement[bool]]:
    about: list[ColumnElement[bool]] = []
    if asked.process:
        about.append(Case.process == asked.process)
    if asked.unit:
        unit = select(Unit.id).where(Unit.organisation_id == desk.actor.organisation_id, Unit.code == asked.unit)
        about.append(Case.unit_id == unit.scalar_subquery())
    if asked.q:
        about.append(
            or_(
                text_in(Case.number, asked.q),
                and_(Task.step != LETTER, text_in(Case.subject, asked.q)),
                text_in(Task.title, asked.q),
            )
        )
    return about


def text_in(column: Any, words: str) -> ColumnElement[bool]:
    """Whether a column holds a text, whatever the case of letters; the reader's ``%`` means itself."""
    return column.icontains(words, autoescape=True)  # type: ignore[no-any-return]


def _case_id(desk: Desk, case: str) -> Any:
    try:
        return UUID(case)
    except ValueError:
        owner = Case.organisation_id == desk.actor.organisation_id
        return select(Case.id).where(owner, Case.number == case.upper()).scalar_subquery()


def _parts(asked: InboxAsked, order: str) -> list[list[ColumnElement[bool]]]:
    """The rows after the cursor, each part one walk of an index: tasks without a due date come last."""
    if asked.cursor is None:
        return [[]]
    columns, shape = ORDERS[order]
    keys = read_cursor(asked.cursor, order, shape)
    if order == "closed_at":
        return [[tuple_(Task.closed_at, Task.id) < tuple_(*keys)]]
    if order == "priority":
        keys[1] = keys[1] or NEVER
    elif keys[0] is None:
        return [[Task.due_at.is_(None), Task.id > keys[1]]]
    after: list[ColumnElement[bool]] = [tuple_(*columns) > tuple_(*keys)]
    return [after, [Task.due_at.is_(None)]] if order == "due_at" else [after]


def _keys(row: TaskRow, order: str) -> tuple[Any, ...]:
    if order == "priority":
        return (-row.priority, row.due_at, row.id)
    return (getattr(row, order), row.id)
