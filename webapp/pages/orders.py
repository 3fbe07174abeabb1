"""« Commandes »: what the cellular representative has to place, decide and chase, and what waits for the provider."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, and_, func, or_, select
from werkzeug import Response

from webapp.desk import open_desk
from webapp.pages.door import page
from workflows.cases.details import Wait
from workflows.cases.inbox import task_columns, task_row
from workflows.cases.models import Case, CaseAnswers, Task, TaskState
from workflows.cases.views import TaskRow
from workflows.desk import Desk
from workflows.errors import Forbidden
from workflows.people.discretion import unhidden
from workflows.people.models import Organisation
from workflows.people.queues import queue_of

ROLE = "RCELL"
ANALYSIS, PLACE, DECIDE, CHASE = "R08", "R30", "R33D", "R36"
PROVIDER, SILENCE = "prestataire.", "R35"
MOST = 200
"""As many of each kind as one page shows."""


@dataclass(frozen=True, slots=True)
class Ordered:
    """An order that was placed and that the provider has not answered yet, or a task about an order."""

    number: str
    subject: str
    order: str
    provider: str
    since: datetime
    chased_at: datetime | None
    task: TaskRow | None = None


def show_orders() -> Response:
    """The desk of orders, for whoever holds the role now."""
    with open_desk() as desk:
        if ROLE not in desk.actor.roles:
            raise Forbidden("orders.not_yours")
        tasks = _tasks(desk)
        late = [one for one in tasks if one.task and (one.task.late or one.task.step == CHASE)]
        other = [one for one in tasks if one not in late]
        parts: Mapping[str, list[Ordered]] = {
            "late": late,
            "place": [one for one in other if one.task and one.task.step == PLACE],
            "rejected": [one for one in other if one.task and one.task.step == DECIDE],
            "waiting": _waiting(desk),
        }
    return page("orders.html", parts=parts, most=MOST)


def _tasks(desk: Desk) -> list[Ordered]:
    """The open tasks about orders of the cases in reach, whoever has them by now, the first due first."""
    live = Task.state.in_((TaskState.OPEN, TaskState.CLAIMED))
    about = (_in_reach(desk), Task.step.in_((PLACE, DECIDE, CHASE)), live)
    query = task_columns().add_columns(*_named()).where(*about).order_by(Task.due_at, Task.id).limit(MOST)
    return [_of_task(row, task_row(row, desk.now)) for row in desk.session.execute(query)]


def _of_task(row: Any, task: TaskRow) -> Ordered:
    return Ordered(row.number, row.subject, row.order or "", row.provider or "", task.created_at, None, task)


def _waiting(desk: Desk) -> list[Ordered]:
    """The cases in reach that wait for a word of their provider, the longest first, and when it will be chased."""
    query = (
        select(Case.number, Case.subject, *_named(), func.min(Wait.since).label("since"))
        .add_columns(func.min(Wait.due_at).filter(Wait.step == SILENCE).label("chased_at"))
        .join(Wait, Wait.case_id == Case.id)
        .where(_in_reach(desk), or_(Wait.step == SILENCE, _awaits_provider()))
        .group_by(Case.id)
        .having(func.bool_or(_awaits_provider()))
        .order_by(func.min(Wait.since), Case.id)
        .limit(MOST)
    )
    return [
        Ordered(row.number, row.subject, row.order or "", row.provider or "", row.since, row.chased_at)
        for row in desk.session.execute(query)
    ]


def _named() -> tuple[Any, Any]:
    """The number of the order as it was placed, and the provider as it was chosen."""
    return _answer(PLACE, "no_commande").label("order"), _answer(ANALYSIS, "prestataire").label("provider")


def _answer(step: str, key: str) -> ScalarSelect[Any]:
    same = (CaseAnswers.case_id == Case.id, CaseAnswers.step == step)
    return select(CaseAnswers.answers[key].astext).where(*same).correlate(Case).scalar_subquery()


def _awaits_provider() -> ColumnElement[bool]:
    return and_(Wait.kind == "message", Wait.name.startswith(PROVIDER))


def _in_reach(desk: Desk) -> ColumnElement[bool]:
    """Cases of the body whose tasks would come to the reader: of no subdivision, or of one in the role's scope."""
    organisation = desk.session.get_one(Organisation, desk.actor.organisation_id)
    start = queue_of(ROLE, organisation.code, subdivision="")
    scopes = [queue.removeprefix(start) for queue in desk.actor.queues if queue.startswith(start)]
    return and_(
        Case.organisation_id == organisation.id,
        Case.ended_at.is_(None),
        unhidden(desk.actor, Case.id),
        or_(Case.subdivision.is_(None), Case.subdivision.in_(scopes)),
    )
