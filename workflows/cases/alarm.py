"""A security deadline that is broken: the head of the body is told, and security gets a task of its own (ESC-S)."""

from __future__ import annotations

from workflows.cases.models import Case, Task
from workflows.cases.unnumbered import BREACH, ask_beside
from workflows.desk import Desk
from workflows.journal.write import note
from workflows.notices.tell import tell
from workflows.notices.whom import holders
from workflows.people.hierarchy import superior_of
from workflows.people.models import Person


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
    ask_beside(desk, case, BREACH)
