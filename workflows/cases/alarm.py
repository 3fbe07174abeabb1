"""A security deadline that is broken: the head of the body is told, and security gets a task of its own (ESC-S)."""

from __future__ import annotations

from sqlalchemy import select

from workflows.cases.echoed import tell_created
from workflows.cases.models import Case, Task, TaskState
from workflows.database import new_id
from workflows.desk import Desk
from workflows.journal.write import note
from workflows.notices.tell import tell
from workflows.notices.whom import holders
from workflows.people.hierarchy import superior_of
from workflows.people.models import Organisation, Person
from workflows.people.queues import queue_of

BREACH = "X01"
TITLE, TITLE_EN = "Rupture de délai de sécurité", "Breach of a security deadline"


def security_of(desk: Desk, case: Case) -> list[Person]:
    """Whom a late security task is told to: security, and the superior of whom it is about."""
    found = list(holders(desk.session, case.organisation_id, "CSEC", desk.now))
    person = desk.session.get(Person, case.beneficiary_id) if case.beneficiary_id is not None else None
    above = superior_of(desk.session, person) if person is not None else None
    return [*found, *([above] if above is not None else [])]


def raise_alarm(desk: Desk, case: Case, task: Task) -> None:
    """Tell the head of the body, and put a task in security's inbox, once a case; the late task stays as it is."""
    head = holders(desk.session, case.organisation_id, "DIR", desk.now)
    tell(desk, "security.breach", head, case, task.step)
    note(desk, "task.escalated", case=case, step=task.step, to=["DIR", "CSEC"])
    live = (TaskState.OPEN, TaskState.CLAIMED)
    same = (Task.case_id == case.id, Task.step == BREACH, Task.state.in_(live))
    if desk.session.scalar(select(Task.id).where(*same)) is not None:
        return
    organisation = desk.session.get_one(Organisation, case.organisation_id)
    alarm = Task(
        id=new_id(),
        case_id=case.id,
        organisation_id=case.organisation_id,
        engine_id=None,
        step=BREACH,
        title=TITLE,
        title_en=TITLE_EN,
        role="CSEC",
        queue=queue_of("CSEC", organisation.code, subdivision=case.subdivision),
        state=TaskState.OPEN,
        created_at=desk.now,
    )
    desk.session.add(alarm)
    desk.session.flush()
    note(desk, "task.opened", case=case, step=BREACH, role="CSEC", due_at=None, who=["CSEC"])
    tell_created(desk, case, [alarm])
