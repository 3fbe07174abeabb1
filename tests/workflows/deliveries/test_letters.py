"""A message that was given up asks an operator what to do, until it is delivered or abandoned (B.0.6)."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from sqlalchemy import select

from tests.builders import a_person, desk_of
from tests.workflows.deliveries.conftest import Outside
from tests.workflows.deliveries.receiver import Receiver, status
from workflows.cases.commands import CompleteTask, InboxAsked
from workflows.cases.complete import complete_task
from workflows.cases.inbox import inbox
from workflows.cases.letters import end_subscription
from workflows.cases.models import Case, Task
from workflows.cases.open_tasks import open_tasks_of
from workflows.cases.read_task import task_view
from workflows.cases.record import end_case
from workflows.cases.sight import sees_whole
from workflows.clock import business_now
from workflows.deliveries.read import redeliver
from workflows.desk import Desk, system_actor
from workflows.errors import Conflict, Forbidden, Invalid, Missing
from workflows.journal.models import JournalEntry
from workflows.journal.verify import verify
from workflows.worker.run import do_jobs

SIGNED, DONE = "derogation.signee", "derogation.realisee"
SECRET = "Départ de Camille Untel"


@pytest.fixture
def dead(outside: Outside, receiver: Receiver) -> Case:
    """A case whose message was tried six times in vain, a day ago."""
    receiver.answers = [status(503)] * 6
    outside.subscribe(receiver.url)
    case = outside.case(subject=SECRET)
    outside.say(case, SIGNED)
    outside.move(days=1)
    return case


def letters(outside: Outside) -> list[Task]:
    """Every operator's task, as it stands."""
    outside.session.expire_all()
    return list(outside.session.scalars(select(Task).where(Task.step == "X03").order_by(Task.id)))


def decide(outside: Outside, task: Task, **answers: Any) -> None:
    """The operator answers."""
    complete_task(outside.desk, CompleteTask(task.id, answers))
    outside.session.commit()


def facts(outside: Outside, case: Case, kind: str) -> list[dict[str, Any]]:
    """What the journal of a case says of one kind."""
    query = select(JournalEntry).where(JournalEntry.case_id == case.id, JournalEntry.kind == kind)
    return [entry.data for entry in outside.session.scalars(query.order_by(JournalEntry.id))]


def test_nothing_is_asked_before_the_fifth_retry_fails(outside: Outside, receiver: Receiver) -> None:
    receiver.otherwise = status(503)
    outside.subscribe(receiver.url)
    outside.say(outside.case(), SIGNED)
    outside.move(minutes=875)
    assert (outside.states(), letters(outside)) == ([("ECHEC", 5)], [])
    outside.move(minutes=876)
    assert outside.states() == [("MORTE", 6)]
    (task,) = letters(outside)
    assert (task.role, task.queue, task.state, task.engine_id) == ("EXPL", "OP-TEST/EXPL", "DISPONIBLE", None)


def test_it_stands_in_the_operators_inbox_and_tells_nothing_personal(outside: Outside, dead: Case) -> None:
    (row,) = inbox(outside.desk, InboxAsked()).items
    assert (row.step, row.title, row.case.number, row.case.subject) == (
        "X03",
        "Message non livré à un autre système",
        dead.number,
        "",
    )
    assert inbox(outside.desk, InboxAsked(q="Untel")).items == ()
    view = task_view(outside.desk, row.id)
    assert {key: value for key, value in view.shown.items() if key != "livraison"} == {
        "livraison_type": "derogation.signee.v1",
        "livraison_essais": 6,
        "livraison_statut": 503,
        "livraison_echec": "refused",
    }
    assert (view.before, view.files, view.comments) == ((), (), ())
    assert not sees_whole(outside.desk, dead)


def test_an_operator_who_holds_it_sees_no_more_of_the_case(outside: Outside, dead: Case) -> None:
    (task,) = letters(outside)
    outside.session.commit()
    decide(outside, task, decision="REMETTRE")
    assert not sees_whole(outside.desk, dead)


@pytest.mark.parametrize("role", ["ADMIN", "RCELL", "DIR"])
def test_nobody_else_may_see_to_it(outside: Outside, dead: Case, role: str) -> None:
    (task,) = letters(outside)
    other = a_person(outside.session, outside.organisation, role)
    desk = desk_of(outside.session, other, business_now(outside.session))
    assert open_tasks_of(desk, [dead.id]) == {}
    with pytest.raises((Forbidden, Missing)):
        complete_task(desk, CompleteTask(task.id, {"decision": "REMETTRE"}))


def test_sent_again_it_goes_as_it_was(outside: Outside, dead: Case, receiver: Receiver) -> None:
    (task,) = letters(outside)
    decide(outside, task, decision="REMETTRE")
    do_jobs(outside.engine)
    assert outside.states() == [("LIVREE", 1)]
    assert len({one.headers["webhook-id"] for one in receiver.received}) == 1
    assert [(one.state, one.outcome) for one in letters(outside)] == [("TERMINEE", "REMETTRE")]
    assert verify(outside.session) == []


def test_given_up_it_is_never_sent_again_and_the_reason_is_kept(
    outside: Outside, dead: Case, receiver: Receiver
) -> None:
    (task,) = letters(outside)
    with pytest.raises(Invalid):
        decide(outside, task, decision="ABANDONNER")
    outside.session.rollback()
    decide(outside, task, decision="ABANDONNER", motif="L'autre système est fermé.")
    outside.move(days=30)
    assert (outside.states(), len(receiver.received)) == ([("MORTE", 6)], 6)
    assert [one.state for one in letters(outside)] == ["TERMINEE"]
    (fact,) = facts(outside, dead, "delivery.abandoned")
    assert fact["reason"] == "L'autre système est fermé."


def test_redelivered_with_success_by_the_api_it_closes_by_itself(outside: Outside, dead: Case) -> None:
    redeliver(outside.desk, outside.delivered()[0].id)
    outside.session.commit()
    assert [one.state for one in letters(outside)] == ["DISPONIBLE"]
    do_jobs(outside.engine)
    assert outside.states() == [("LIVREE", 1)]
    assert [one.state for one in letters(outside)] == ["ANNULEE"]


def test_one_that_dies_again_has_one_task_and_after_an_answer_a_new_one(
    outside: Outside, dead: Case, receiver: Receiver
) -> None:
    receiver.otherwise = status(503)
    redeliver(outside.desk, outside.delivered()[0].id)
    outside.session.commit()
    outside.move(days=3)
    assert [one.state for one in letters(outside)] == ["DISPONIBLE"]
    decide(outside, letters(outside)[0], decision="REMETTRE")
    outside.move(days=6)
    assert [one.state for one in letters(outside)] == ["TERMINEE", "DISPONIBLE"]


def test_each_dead_letter_of_a_case_has_its_own(outside: Outside, receiver: Receiver) -> None:
    receiver.otherwise = status(503)
    outside.subscribe(receiver.url)
    outside.say(outside.case(), SIGNED, DONE)
    outside.move(days=3)
    first, second = letters(outside)
    decide(outside, first, decision="ABANDONNER", motif="Inutile")
    assert [one.state for one in letters(outside)] == ["TERMINEE", "DISPONIBLE"]
    assert task_view(outside.desk, second.id).shown["livraison_type"] == "derogation.realisee.v1"


def test_it_outlives_the_case(outside: Outside, dead: Case) -> None:
    house = Desk(outside.session, system_actor(outside.organisation.id), business_now(outside.session))
    end_case(house, dead, "")
    outside.session.commit()
    (task,) = letters(outside)
    assert task.state == "DISPONIBLE"
    decide(outside, task, decision="REMETTRE")
    do_jobs(outside.engine)
    assert outside.states() == [("LIVREE", 1)]


def test_the_end_of_its_subscription_closes_it(outside: Outside, dead: Case) -> None:
    end_subscription(outside.desk, outside.delivered()[0].subscription_id)
    outside.session.commit()
    assert [one.state for one in letters(outside)] == ["ANNULEE"]


def test_a_receiver_that_is_gone_leaves_an_operator_to_abandon(outside: Outside, receiver: Receiver) -> None:
    receiver.answers = [status(410)]
    outside.subscribe(receiver.url)
    outside.say(outside.case(), SIGNED)
    do_jobs(outside.engine)
    (task,) = letters(outside)
    with pytest.raises(Conflict, match=r"subscription\.ended"):
        decide(outside, task, decision="REMETTRE")
    outside.session.rollback()
    decide(outside, task, decision="ABANDONNER", motif="Système retiré")
    assert [one.state for one in letters(outside)] == ["TERMINEE"]


def test_what_is_abandoned_while_it_is_being_sent_stays_abandoned(
    outside: Outside, dead: Case, receiver: Receiver
) -> None:
    (task,) = letters(outside)
    redeliver(outside.desk, outside.delivered()[0].id)
    outside.session.commit()
    arrived, goes_on = threading.Event(), threading.Event()

    def slow(hearing: object) -> None:
        arrived.set()
        goes_on.wait(10)
        status(204)(hearing)  # type: ignore[arg-type]

    receiver.answers = [slow]
    sending = threading.Thread(target=do_jobs, args=[outside.engine])
    sending.start()
    assert arrived.wait(10)
    complete_task(outside.desk, CompleteTask(task.id, {"decision": "ABANDONNER", "motif": "Trop tard"}))
    goes_on.set()
    outside.session.commit()
    sending.join(20)
    assert not sending.is_alive()
    assert outside.states() == [("MORTE", 1)]
    assert [one.state for one in letters(outside)] == ["TERMINEE"]
