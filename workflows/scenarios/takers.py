"""Who has each open task of a case in the inbox: everyone asks, and what they see is what counts."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy import Engine, exists, select
from sqlalchemy.orm import Session

from workflows.cases.commands import InboxAsked
from workflows.cases.inbox import inbox
from workflows.cases.models import Case, Task, TaskState
from workflows.clock import business_now
from workflows.desk import Desk
from workflows.people.directory import actor_of
from workflows.people.models import Person


def takers(engine: Engine, case_id: UUID) -> Mapping[UUID, frozenset[str]]:
    """For each open task of a case, the codes of everyone in whose inbox it lies, to take or in hand."""
    found: dict[UUID, set[str]] = {}
    with Session(engine) as session:
        now = business_now(session)
        case = session.get_one(Case, case_id)
        claimed = session.scalar(select(exists().where(Task.case_id == case_id, Task.state == TaskState.CLAIMED)))
        for person in session.scalars(select(Person).where(Person.organisation_id == case.organisation_id)):
            desk = Desk(session, actor_of(session, person, now, "scenario"), now)
            for box in ("queue", "mine") if claimed else ("queue",):
                for row in inbox(desk, InboxAsked(box=box, case=str(case_id))).items:
                    found.setdefault(row.id, set()).add(person.code)
    return {task: frozenset(people) for task, people in found.items()}
