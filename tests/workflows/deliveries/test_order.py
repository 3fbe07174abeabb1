"""Whatever receivers answer, each case is heard in order: no message is passed by, none comes back once it is done."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.workflows.deliveries.conftest import Outside
from tests.workflows.deliveries.receiver import Received, receiving, status
from workflows.clock import business_now
from workflows.deliveries.subscribe import unsubscribe
from workflows.worker.clock import move_clock
from workflows.worker.run import do_jobs

SAID = ("derogation.signature_requise", "derogation.signee", "ligne.imputee")
MOST = 6
ANSWERS = st.lists(st.sampled_from([204, 204, 500, 302, 404]), max_size=30)
_numbers = itertools.count(1)


def runs(received: Sequence[Received], number: str) -> list[tuple[str, int]]:
    """What was heard of a case: each message with how often it came in a row."""
    ids = [one.headers["webhook-id"] for one in received if one.event["correlationid"] == number]
    return [(message, len(list(row))) for message, row in itertools.groupby(ids)]


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(answers=ANSWERS, by_job=st.booleans())
def test_each_case_is_heard_in_order_whatever_is_answered(outside: Outside, answers: list[int], by_job: bool) -> None:
    numbers = [f"DER-2026-{next(_numbers):06d}" for _ in range(2)]
    with receiving() as receiver:
        receiver.answers = [status(code) for code in answers]
        subscription = outside.subscribe(receiver.url)
        for number in numbers:
            outside.say(outside.case(number), *SAID)
        if by_job:
            do_jobs(outside.engine)
        outside.session.rollback()
        move_clock(outside.engine, business_now(outside.session) + timedelta(days=3))
        rows = [row for row in outside.delivered() if row.subscription_id == subscription.id]
        for number in numbers:
            mine = [row for row in rows if row.number == number]
            assert runs(receiver.received, number) == [(row.message_id, row.attempts) for row in mine]
            assert all(row.state == "LIVREE" or (row.state, row.attempts) == ("MORTE", MOST) for row in mine)
        unsubscribe(outside.desk, subscription.id)
        outside.session.commit()
