"""The alarm of security and the vacancy of a role: asked beside a drawing, and the case does not wait for them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from workflows.calendars.queries import calendar_of
from workflows.cases.echoed import tell_created
from workflows.cases.models import Case, Task, TaskState
from workflows.cases.place import list_persons
from workflows.cases.reaching import Reach
from workflows.cases.reminders import arm
from workflows.cases.stead import keep_off
from workflows.database import new_id
from workflows.desk import Desk
from workflows.journal.write import note
from workflows.people.models import Organisation
from workflows.people.queues import queue_of


@dataclass(frozen=True, slots=True)
class Beside:
    """What is asked beside a drawing, of which role, until when."""

    step: str
    title: str
    title_en: str
    role: str
    due_at: datetime | None = None
    policy: str | None = None
    form: str | None = None


BREACH = Beside("X01", "Rupture de délai de sécurité", "Breach of a security deadline", "CSEC")
VACANCY = Beside(
    "X02", "Désigner un successeur à l'interlocuteur", "Name a successor to the contact lead", "DIR", None, "ESC-A"
)
OUTLIVING = frozenset({VACANCY.step, "D34P"})
"""Tasks that stay when their case ends: what they ask is still to be done."""


def ask_beside(desk: Desk, case: Case, asked: Beside) -> Task | None:
    """Ask something beside the drawing, once a case; None when it is asked already."""
    live = (TaskState.OPEN, TaskState.CLAIMED)
    same = (Task.case_id == case.id, Task.step == asked.step, Task.state.in_(live))
    if desk.session.scalar(select(Task.id).where(*same)) is not None:
        return None
    organisation = desk.session.get_one(Organisation, case.organisation_id)
    task = Task(
        id=new_id(),
        case_id=case.id,
        organisation_id=case.organisation_id,
        engine_id=None,
        step=asked.step,
        title=asked.title,
        title_en=asked.title_en,
        role=asked.role,
        form=asked.form,
        queue=queue_of(asked.role, organisation.code, subdivision=case.subdivision),
        state=TaskState.OPEN,
        created_at=desk.now,
        due_at=asked.due_at,
        policy=asked.policy,
    )
    desk.session.add(task)
    desk.session.flush()
    list_persons(desk, task, keep_off(desk, case, Reach(asked.role, task.queue)))
    if task.policy is not None and task.due_at is not None:
        arm(desk, calendar_of(desk.session, organisation), task)
    note(desk, "task.opened", case=case, step=asked.step, role=asked.role, due_at=asked.due_at, who=[asked.role])
    tell_created(desk, case, [task])
    return task
