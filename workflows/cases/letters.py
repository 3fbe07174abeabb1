"""Dead letters: an operator's task for each message that was given up, until it is delivered or abandoned (B.0.6).

Whoever writes here holds the case first, then the delivery, then the journal: two at once stand in line, none waits for
the other.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import select

from workflows.cases.answers import check_answers
from workflows.cases.beside import ABANDON, LETTER, LETTER_FORM, REASON, TITLE, TITLE_EN
from workflows.cases.commands import CompleteTask
from workflows.cases.given import Given
from workflows.cases.models import Case, Task, TaskState
from workflows.cases.record import withdraw
from workflows.cases.store import Held
from workflows.catalog.edition import edition_of
from workflows.database import new_id
from workflows.deliveries.attempt import InHand, record
from workflows.deliveries.models import Delivery, DeliveryState, Subscription
from workflows.deliveries.read import abandon, redeliver
from workflows.deliveries.send import Outcome
from workflows.deliveries.subscribe import unsubscribe
from workflows.desk import Desk
from workflows.errors import Conflict
from workflows.journal.write import note
from workflows.people.authority import OPERATOR
from workflows.people.models import Organisation
from workflows.people.queues import queue_of

LIVE = (TaskState.OPEN, TaskState.CLAIMED)


def write_outcome(desk: Desk, held: InHand, outcome: Outcome) -> None:
    """Write what came of a sending: a message that is given up asks an operator, one that arrived no longer does."""
    case = desk.session.get_one(Case, held.lane.case_id, with_for_update=True, populate_existing=True)
    row = record(desk, held, outcome)
    if row is None:
        return
    task = _standing(desk, row)
    if row.state == DeliveryState.DEAD and task is None:
        _open(desk, case, row)
    elif row.state == DeliveryState.DELIVERED and task is not None:
        withdraw(desk, case, task)


def answer_letter(desk: Desk, held: Held, command: CompleteTask) -> str:
    """Do what the operator decides: send the message again, or abandon it with a reason; says which."""
    edition = edition_of(desk.session, held.case.version_id)
    answers, _ = check_answers(desk, held.task, edition, Given(desk, held.case), command.answers)
    delivery_id = desk.session.scalar(select(Delivery.id).where(*_of(held.task)))
    if delivery_id is None:
        raise Conflict("task.done")
    if answers["decision"] == ABANDON:
        abandon(desk, delivery_id, answers[REASON])
    else:
        redeliver(desk, delivery_id)
    return str(answers["decision"])


def told_of(desk: Desk, task: Task) -> dict[str, Any]:
    """What an operator needs to know of a message that was given up; nothing of what it says, nobody's name."""
    row = desk.session.scalar(select(Delivery).where(*_of(task)))
    if row is None:
        return {}
    return {
        "livraison": str(row.id),
        "livraison_type": row.type,
        "livraison_essais": row.attempts,
        "livraison_statut": row.last_status,
        "livraison_echec": row.last_error,
    }


def end_subscription(desk: Desk, subscription_id: UUID) -> Subscription:
    """End a subscription: nothing more is sent to it, and what was given up for it is no operator's business now."""
    of_it = select(Delivery.case_id).where(Delivery.subscription_id == subscription_id, Delivery.task_id.is_not(None))
    held = select(Case).where(Case.id.in_(of_it), Case.organisation_id == desk.actor.organisation_id)
    cases = {case.id: case for case in desk.session.scalars(held.order_by(Case.id).with_for_update())}
    row = unsubscribe(desk, subscription_id)
    waiting = select(Task).join(Delivery, Delivery.task_id == Task.id)
    waiting = waiting.where(Delivery.subscription_id == row.id, Task.state.in_(LIVE), Task.case_id.in_(cases))
    for task in desk.session.scalars(waiting.order_by(Task.id).execution_options(populate_existing=True)).all():
        withdraw(desk, cases[task.case_id], task)
    return row


def _of(task: Task) -> tuple[Any, ...]:
    return (Delivery.case_id == task.case_id, Delivery.task_id == task.id)


def _standing(desk: Desk, row: Delivery) -> Task | None:
    """The task that waits for an operator to see to a delivery, if one does."""
    task = desk.session.get(Task, row.task_id, populate_existing=True) if row.task_id is not None else None
    return task if task is not None and task.state in LIVE else None


def _open(desk: Desk, case: Case, row: Delivery) -> None:
    organisation = desk.session.get_one(Organisation, case.organisation_id)
    task = Task(
        id=new_id(),
        case_id=case.id,
        organisation_id=case.organisation_id,
        engine_id=None,
        step=LETTER,
        title=TITLE,
        title_en=TITLE_EN,
        role=OPERATOR,
        queue=queue_of(OPERATOR, organisation.code),
        form=LETTER_FORM,
        state=TaskState.OPEN,
        created_at=desk.now,
    )
    desk.session.add(task)
    desk.session.flush()
    row.task_id = task.id
    note(desk, "task.opened", case=case, step=LETTER, role=OPERATOR, due_at=None, who=[OPERATOR])
