"""Which tasks reach a person: one select per way, each in the order of an index, none scanning what others hold.

Each arm gives ``id, due_at, created_at, priority, closed_at`` of at most as many tasks as a page shows; the inbox
puts the arms together. What a person is kept from is kept out here, in the query (never filtered afterwards).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Select,
    exists,
    func,
    literal,
    literal_column,
    or_,
    select,
    true,
    union_all,
)
from sqlalchemy.dialects.postgresql import ARRAY, TEXT
from sqlalchemy.dialects.postgresql import UUID as PG_UUID
from sqlalchemy.orm import aliased

from workflows.cases.models import PersonKind, Task, TaskPerson, TaskState
from workflows.desk import Actor
from workflows.people.discretion import unhidden

Arm = Any  # a select of COLUMNS
KEPT = timedelta(days=30)
"""How long a finished task stays in the inbox's last tab."""
COLUMNS = (Task.id, Task.due_at, Task.created_at, Task.priority, Task.closed_at)


class Window:
    """What every arm is narrowed by: filters, the rows after the cursor, an order, a number of rows."""

    def __init__(self, rows: int, order: tuple[Any, ...], *narrowed: ColumnElement[bool]) -> None:
        self.rows = rows
        self.order = order
        self.narrowed = narrowed

    def over(self, *more: ColumnElement[bool]) -> Arm:
        """The first rows of the window that also meet some conditions."""
        return select(*COLUMNS).where(*more, *self.narrowed).order_by(*self.order).limit(self.rows)


def arms_of(box: str, actor: Actor, now: datetime, window: Window) -> list[Arm]:
    """The ways a task may reach a person for one box of the inbox; none of a case that is kept from that person."""
    window = Window(window.rows, window.order, unhidden(actor, Task.case_id), *window.narrowed)
    if box == "queue":
        return [_by_queue(actor, window), _by_name(actor, now, window)]
    if box == "mine":
        return [_by_hand(actor, window)]
    if box == "late":
        late = Window(window.rows, window.order, Task.due_at <= now, *window.narrowed)
        return [_by_queue(actor, late), _by_name(actor, now, late), _by_hand(actor, late)]
    if box == "returned":
        return [window.over(Task.state == written(TaskState.RETURNED), Task.returned_by_id.in_(actor.hands))]
    done = (Task.state == written(TaskState.DONE), Task.closed_by_id == actor.id, Task.closed_at > now - KEPT)
    return [window.over(*done)]


def together(arms: Sequence[Arm], rows: int | None = None) -> FromClause:
    """All the arms as one table, cut after some rows."""
    whole = select(arms[0].subquery() if len(arms) == 1 else union_all(*arms).subquery())
    return whole.limit(rows).subquery()


def written(code: StrEnum) -> ColumnElement[str]:
    """A code written into the statement itself, so that every plan of it may use the index made for that code."""
    return literal_column(f"'{code.value}'")


def _by_queue(actor: Actor, window: Window) -> Arm:
    """Open tasks of each inbox that reaches the person, one index walk an inbox."""
    names = func.unnest(literal(list(actor.queues), ARRAY(TEXT))).table_valued("name").render_derived()
    open_here = (Task.queue == names.c.name, Task.state == written(TaskState.OPEN), ~_excluded(actor.id))
    inner = window.over(*open_here).correlate(names).lateral()
    return select(inner).select_from(names).join(inner, true())


def _by_hand(actor: Actor, window: Window) -> Arm:
    """Tasks in the person's hands, or in those of someone they stand in for."""
    hands = func.unnest(literal(list(actor.hands), ARRAY(PG_UUID))).table_valued("person").render_derived()
    held = [Task.assignee_id == hands.c.person, Task.state == written(TaskState.CLAIMED)]
    if len(actor.hands) > 1:
        held.append(~_excluded(actor.id))
    inner = window.over(*held).correlate(hands).lateral()
    return select(inner).select_from(hands).join(inner, true())


def _by_name(actor: Actor, now: datetime, window: Window) -> Arm:
    """Open tasks that name the person, not seen in an inbox already; a signature names its signatory alone."""
    elsewhere = or_(Task.queue.is_(None), Task.queue.not_in(actor.queues))
    found = [elsewhere, Task.state == written(TaskState.OPEN), Task.id.in_(_naming(actor.hands, now))]
    if len(actor.hands) > 1:
        found += [or_(Task.item.is_(None), Task.id.in_(_naming(actor.hands[:1], now))), ~_excluded(actor.id)]
    return select(window.over(*found).subquery())


def _naming(hands: Sequence[UUID], now: datetime) -> Select[Any]:
    return select(TaskPerson.task_id).where(
        TaskPerson.kind == written(PersonKind.CANDIDATE),
        TaskPerson.removed_at.is_(None),
        TaskPerson.person_id.in_(hands),
        or_(TaskPerson.valid_until.is_(None), TaskPerson.valid_until > now),
    )


def _excluded(person_id: UUID | None) -> ColumnElement[bool]:
    kept_from = aliased(TaskPerson)
    return exists().where(
        kept_from.task_id == Task.id, kept_from.person_id == person_id, kept_from.kind == written(PersonKind.EXCLUDED)
    )
