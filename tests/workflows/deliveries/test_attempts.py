"""Attempts: one after the other, at the instants said, until it is delivered or given up."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from sqlalchemy import select, text

from tests.builders import NOON
from tests.workflows.deliveries.conftest import Outside, minutes
from tests.workflows.deliveries.receiver import Receiver, receiving, status
from workflows.cases.commands import CasesAsked
from workflows.cases.list_cases import case_list
from workflows.cases.sight import sees
from workflows.clock import SimulatedClock
from workflows.deliveries.attempt import record, take
from workflows.deliveries.models import Delivery
from workflows.deliveries.read import redeliver
from workflows.deliveries.send import Outcome
from workflows.deliveries.subscribe import unsubscribe
from workflows.desk import Desk, system_actor
from workflows.errors import Conflict
from workflows.journal.models import JournalEntry
from workflows.journal.verify import verify
from workflows.notices.models import Notice
from workflows.queue import defer
from workflows.worker.outbound import a_line
from workflows.worker.run import do_jobs

HELD = text(
    "select count(*) from pg_locks join pg_class on pg_class.oid = relation and relname in ('deliveries', 'cases') "
    "where pid <> pg_backend_pid()"
)
"""How many locks others hold on what is sent, and on the cases that said it; reading takes one too."""
SIGNED, DONE = "derogation.signee", "derogation.realisee"


def test_what_a_case_says_is_delivered_by_a_job(outside: Outside, receiver: Receiver) -> None:
    outside.subscribe(receiver.url)
    outside.say(outside.case(), SIGNED)
    do_jobs(outside.engine)
    assert outside.states() == [("LIVREE", 1)]
    assert receiver.types == ["derogation.signee.v1"]


def test_a_receiver_that_fails_twice_is_tried_a_third_time(outside: Outside, receiver: Receiver) -> None:
    receiver.answers = [status(500), status(500)]
    outside.subscribe(receiver.url)
    outside.say(outside.case(), SIGNED)
    do_jobs(outside.engine)
    assert outside.states() == [("ECHEC", 1)]
    outside.move(minutes=6)
    assert outside.states() == [("LIVREE", 3)]
    assert len({one.body for one in receiver.received}) == 1
    assert len({one.headers["webhook-id"] for one in receiver.received}) == 1


@pytest.mark.parametrize(
    ("after", "tries"),
    [(59, 1), (60, 2), (359, 2), (360, 3), (2159, 3), (2160, 4), (9359, 4), (9360, 5), (52559, 5), (52560, 6)],
)
def test_it_is_tried_again_at_the_instants_said_and_not_before(
    outside: Outside, receiver: Receiver, after: float, tries: int
) -> None:
    receiver.otherwise = status(503)
    outside.subscribe(receiver.url)
    outside.say(outside.case(), SIGNED)
    outside.move(seconds=after)
    assert outside.states()[0][1] == tries == len(receiver.received)


def test_after_the_sixth_time_it_is_given_up_and_operators_are_told(outside: Outside, receiver: Receiver) -> None:
    receiver.otherwise = status(503)
    outside.subscribe(receiver.url)
    case = outside.case()
    outside.say(case, SIGNED)
    outside.move(days=30)
    (row,) = outside.delivered()
    assert (row.state, row.attempts, row.last_status, row.last_error) == ("MORTE", 6, 503, "refused")
    assert (row.next_at, minutes(NOON, row.ended_at)) == (None, 1 + 5 + 30 + 120 + 720)
    (fact,) = outside.session.scalars(select(JournalEntry).where(JournalEntry.kind == "delivery.failed"))
    assert (fact.case_id, fact.data["delivery"]) == (case.id, str(row.id))
    (notice,) = outside.session.scalars(select(Notice))
    assert (notice.person_id, notice.kind, notice.case_id) == (outside.operator.id, "delivery.dead", case.id)
    assert verify(outside.session) == []


def test_a_message_waits_for_the_one_before_it(outside: Outside, receiver: Receiver) -> None:
    receiver.answers = [status(500)]
    outside.subscribe(receiver.url)
    outside.say(outside.case(), SIGNED, DONE)
    do_jobs(outside.engine)
    assert outside.states() == [("ECHEC", 1), ("EN_ATTENTE", 0)]
    outside.move(minutes=1)
    assert outside.states() == [("LIVREE", 2), ("LIVREE", 1)]
    assert receiver.types == ["derogation.signee.v1", "derogation.signee.v1", "derogation.realisee.v1"]


def test_a_message_that_is_given_up_lets_the_next_go(outside: Outside, receiver: Receiver) -> None:
    receiver.answers = [status(500)] * 6
    outside.subscribe(receiver.url)
    outside.say(outside.case(), SIGNED, DONE)
    outside.move(days=1)
    assert outside.states() == [("MORTE", 6), ("LIVREE", 1)]


def test_neither_another_case_nor_another_subscription_waits(outside: Outside, receiver: Receiver) -> None:
    receiver.answers = [status(500)]
    outside.subscribe(receiver.url)
    with receiving() as other:
        outside.subscribe(other.url)
        outside.say(outside.case(), SIGNED)
        outside.say(outside.case("DER-2026-000002"), SIGNED)
        do_jobs(outside.engine)
        assert (len(receiver.received), len(other.received)) == (2, 2)
    assert sorted(outside.states()) == [("ECHEC", 1), ("LIVREE", 1), ("LIVREE", 1), ("LIVREE", 1)]


def test_a_receiver_that_is_gone_ends_its_subscription(outside: Outside, receiver: Receiver) -> None:
    receiver.answers = [status(500), status(410)]
    subscription = outside.subscribe(receiver.url)
    case = outside.case()
    outside.say(outside.case("DER-2026-000002"), SIGNED)
    do_jobs(outside.engine)
    outside.say(case, SIGNED)
    do_jobs(outside.engine)
    rows = outside.delivered()
    assert [(row.state, row.last_error) for row in rows] == [("MORTE", "ended"), ("MORTE", "refused")]
    assert subscription.active is False
    outside.say(case, DONE)
    assert len(outside.delivered()) == 2
    with pytest.raises(Conflict, match=r"subscription\.ended"):
        redeliver(outside.desk, rows[0].id)


def test_nothing_more_goes_to_a_subscription_that_was_taken_back(outside: Outside, receiver: Receiver) -> None:
    subscription = outside.subscribe(receiver.url)
    outside.say(outside.case(), SIGNED)
    unsubscribe(outside.desk, subscription.id)
    outside.session.commit()
    do_jobs(outside.engine)
    assert (outside.states(), receiver.received) == ([("MORTE", 0)], [])


def test_what_was_on_its_way_when_the_subscription_ended_stays_ended(outside: Outside) -> None:
    subscription = outside.subscribe("http://127.0.0.1:9/hook")
    outside.say(outside.case(), SIGNED)
    house = Desk(outside.session, system_actor(outside.organisation.id), NOON)
    held = take(house, outside.delivered()[0].lane)
    assert held is not None
    unsubscribe(outside.desk, subscription.id)
    record(house, held, Outcome(500, "refused"))
    outside.session.commit()
    assert [(row.state, row.last_error, row.next_at) for row in outside.delivered()] == [("MORTE", "ended", None)]


def test_a_dead_letter_is_sent_again_as_it_was(outside: Outside, receiver: Receiver) -> None:
    receiver.answers = [status(500)] * 6
    outside.subscribe(receiver.url)
    outside.say(outside.case(), SIGNED)
    outside.move(days=1)
    redeliver(outside.desk, outside.delivered()[0].id)
    outside.session.commit()
    do_jobs(outside.engine)
    assert outside.states() == [("LIVREE", 1)]
    first, last = receiver.received[0], receiver.received[-1]
    assert (last.body, last.headers["webhook-id"]) == (first.body, first.headers["webhook-id"])


def test_nothing_is_held_while_the_receiver_is_waited_for(outside: Outside, receiver: Receiver) -> None:
    waits, goes_on = threading.Event(), threading.Event()

    def slow(hearing: object) -> None:
        waits.set()
        goes_on.wait(10)
        status(204)(hearing)  # type: ignore[arg-type]

    receiver.answers = [slow]
    outside.subscribe(receiver.url)
    outside.say(outside.case(), SIGNED)
    sending = threading.Thread(target=do_jobs, args=[outside.engine])
    sending.start()
    assert waits.wait(10)
    assert outside.session.scalar(HELD) == 0
    locked = select(Delivery).with_for_update(nowait=True)
    assert [row.state for row in outside.session.scalars(locked)] == ["EN_ATTENTE"]
    outside.session.rollback()
    outside.move(hours=1)
    assert len(receiver.received) == 1
    goes_on.set()
    sending.join()
    assert outside.states() == [("LIVREE", 1)]


def test_who_took_it_in_hand_and_died_is_followed_by_another(outside: Outside, receiver: Receiver) -> None:
    outside.subscribe(receiver.url)
    outside.say(outside.case(), SIGNED)
    house = Desk(outside.session, system_actor(outside.organisation.id), NOON)
    held = take(house, outside.delivered()[0].lane)
    assert held is not None
    outside.session.commit()
    assert take(house, outside.delivered()[0].lane) is None
    outside.session.execute(text("update deliveries set claimed_until = claimed_until - interval '61 seconds'"))
    outside.session.commit()
    do_jobs(outside.engine)
    assert outside.states() == [("LIVREE", 2)]
    record(house, held, Outcome(error="timeout"))
    outside.session.commit()
    assert outside.states() == [("LIVREE", 2)]


def test_on_the_wall_clock_the_next_attempt_is_a_job(outside: Outside, receiver: Receiver) -> None:
    receiver.otherwise = status(500)
    outside.subscribe(receiver.url)
    outside.session.execute(text("delete from simulated_clock"))
    assert outside.session.scalar(select(SimulatedClock)) is None
    outside.say(outside.case(), SIGNED)
    do_jobs(outside.engine)
    (row,) = outside.delivered()
    jobs = text("select scheduled_at from procrastinate_jobs where task_name = 'send_deliveries' and status = 'todo'")
    assert outside.session.scalars(jobs).all() == [row.next_at]
    assert row.next_at == (row.last_at or NOON) + timedelta(minutes=1)


def test_a_rollback_leaves_no_delivery(outside: Outside, receiver: Receiver) -> None:
    outside.subscribe(receiver.url)
    outside.tell(outside.case(), SIGNED)
    assert outside.session.scalar(select(Delivery.state)) == "EN_ATTENTE"
    outside.session.rollback()
    do_jobs(outside.engine)
    assert (outside.delivered(), receiver.received) == ([], [])


def test_receivers_that_hang_leave_hands_for_the_rest(outside: Outside, receiver: Receiver) -> None:
    outside.subscribe(receiver.url)
    outside.say(outside.case(), SIGNED)
    with a_line() as first, a_line() as second, a_line() as third:
        assert (first, second, third) == (True, True, False)
        do_jobs(outside.engine)
    assert receiver.received == []
    later = text("select count(*) from procrastinate_jobs where task_name = 'send_deliveries' and status = 'todo'")
    assert outside.session.scalar(later) == 1


def test_a_message_whose_job_was_lost_is_sent_by_the_look_of_the_minute(outside: Outside, receiver: Receiver) -> None:
    outside.subscribe(receiver.url)
    outside.say(outside.case(), SIGNED, DONE)
    outside.session.execute(text("delete from procrastinate_jobs"))
    defer(outside.session, "send_forgotten", timestamp=0)
    outside.session.commit()
    do_jobs(outside.engine)
    assert outside.states() == [("LIVREE", 1), ("LIVREE", 1)]


def test_an_operator_sees_the_case_of_a_dead_letter(outside: Outside, receiver: Receiver) -> None:
    receiver.answers = [status(500)] * 6
    outside.subscribe(receiver.url)
    case = outside.case()
    outside.say(case, SIGNED)
    assert (sees(outside.desk, case), case_list(outside.desk, CasesAsked()).items) == (False, ())
    outside.move(days=1)
    assert sees(outside.desk, case)
    assert [row.number for row in case_list(outside.desk, CasesAsked()).items] == [case.number]
