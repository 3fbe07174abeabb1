"""What each person finds in « Ma corbeille », and what stays out of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from tests.builders import NOON, a_person, a_plain_actor
from workflows.cases.commands import InboxAsked
from workflows.cases.inbox import counts, inbox
from workflows.cases.models import Case, Task
from workflows.desk import Desk
from workflows.errors import Invalid
from workflows.people.models import Organisation, Person

MakeCase = Callable[..., Case]
MakeTask = Callable[..., Task]
QUEUE = "OP-TEST/RCELL"


@pytest.fixture
def me(session: Session, organisation: Organisation) -> Person:
    return a_person(session, organisation)


@pytest.fixture
def desk(session: Session, me: Person) -> Desk:
    return Desk(session, a_plain_actor(me, "RCELL", queues=(QUEUE, "OP-TEST/EMPLO")), NOON)


def ids(desk: Desk, **asked: object) -> list[object]:
    return [row.id for row in inbox(desk, InboxAsked(**asked)).items]  # type: ignore[arg-type]


def test_tasks_of_my_inboxes_come_late_first_then_by_due_date(
    desk: Desk, a_bare_case: MakeCase, a_bare_task: MakeTask
) -> None:
    case = a_bare_case()
    later = a_bare_task(case, queue=QUEUE, due_at=NOON + timedelta(days=2))
    undated = a_bare_task(case, queue=QUEUE)
    late = a_bare_task(case, queue="OP-TEST/EMPLO", due_at=NOON - timedelta(hours=1))
    a_bare_task(case, queue="OP-AUTRE/RCELL")
    assert ids(desk) == [late.id, later.id, undated.id]
    assert ids(desk, box="late") == [late.id]
    assert inbox(desk, InboxAsked()).items[0].late


def test_a_task_is_late_from_the_very_instant_it_was_due(
    desk: Desk, a_bare_case: MakeCase, a_bare_task: MakeTask
) -> None:
    due = a_bare_task(a_bare_case(), queue=QUEUE, due_at=NOON)
    assert ids(desk, box="late") == [due.id]
    assert inbox(desk, InboxAsked()).items[0].late


def test_a_task_that_names_me_is_mine_alone_to_take(
    desk: Desk, me: Person, a_bare_case: MakeCase, a_bare_task: MakeTask
) -> None:
    other = a_person(desk.session, desk.session.get_one(Organisation, me.organisation_id))
    case = a_bare_case()
    mine = a_bare_task(case, named=(me, other))
    a_bare_task(case, named=(other,))
    assert ids(desk) == [mine.id]


def test_a_task_a_rule_keeps_me_from_is_not_shown(
    desk: Desk, me: Person, a_bare_case: MakeCase, a_bare_task: MakeTask
) -> None:
    a_bare_task(a_bare_case(), queue=QUEUE, excluded=(me,))
    assert ids(desk) == []
    assert counts(desk)["queue"] == 0


def test_who_stands_in_sees_named_tasks_but_not_signatures(
    desk: Desk, me: Person, a_bare_case: MakeCase, a_bare_task: MakeTask
) -> None:
    absent = a_person(desk.session, desk.session.get_one(Organisation, me.organisation_id))
    actor = replace(desk.actor, hands=(me.id, absent.id))
    case = a_bare_case()
    named = a_bare_task(case, named=(absent, me))
    a_bare_task(case, named=(absent,), item=1)
    held = a_bare_task(case, state="PRISE_EN_CHARGE", assignee_id=absent.id)
    assert ids(replace(desk, actor=actor)) == [named.id]
    assert ids(replace(desk, actor=actor), box="mine") == [held.id]


def test_pages_follow_one_another_without_gap_or_repeat(
    desk: Desk, a_bare_case: MakeCase, a_bare_task: MakeTask
) -> None:
    case = a_bare_case()
    for number in range(23):
        due = None if number % 3 == 0 else NOON + timedelta(hours=number % 5)
        a_bare_task(case, queue=QUEUE, due_at=due, priority=number % 2, created_at=NOON + timedelta(minutes=number % 4))
    for order in ("due_at", "created_at", "priority"):
        seen: list[object] = []
        asked = InboxAsked(order=order, limit=4)
        while True:
            page = inbox(desk, asked)
            seen += [row.id for row in page.items]
            if page.next is None:
                break
            asked = replace(asked, cursor=page.next)
        assert len(seen) == len(set(seen)) == 23
        assert seen == ids(desk, order=order, limit=50)


def test_finished_tasks_stay_thirty_days_the_latest_first(
    desk: Desk, me: Person, a_bare_case: MakeCase, a_bare_task: MakeTask
) -> None:
    case = a_bare_case()
    done = [
        a_bare_task(case, state="TERMINEE", closed_by_id=me.id, closed_at=NOON - timedelta(days=days))
        for days in (40, 20, 10, 5)
    ]
    assert ids(desk, box="done") == [done[3].id, done[2].id, done[1].id]
    page = inbox(desk, InboxAsked(box="done", limit=2))
    assert ids(desk, box="done", cursor=page.next) == [done[1].id]


def test_returned_tasks_wait_with_who_returned_them(
    desk: Desk, me: Person, a_bare_case: MakeCase, a_bare_task: MakeTask
) -> None:
    returned = a_bare_task(a_bare_case(), state="RETOURNEE", returned_by_id=me.id)
    assert ids(desk, box="returned") == [returned.id]


def test_filters_narrow_the_list(desk: Desk, a_bare_case: MakeCase, a_bare_task: MakeTask) -> None:
    camille = a_bare_case("ESS-2026-000001", subject="Cellulaire pour Camille, 50%")
    other = a_bare_case("ESS-2026-000002", process="autre", subject="Tablette")
    first = a_bare_task(camille, queue=QUEUE, due_at=NOON)
    second = a_bare_task(other, queue=QUEUE, role="MANDA", due_at=NOON + timedelta(days=1))
    assert ids(desk, q="camille") == [first.id]
    assert ids(desk, q="%") == [first.id]
    assert ids(desk, process="autre") == [second.id]
    assert ids(desk, role="MANDA") == [second.id]
    assert ids(desk, case="ess-2026-000002") == ids(desk, case=str(other.id)) == [second.id]
    assert ids(desk, due_before=NOON + timedelta(hours=1)) == [first.id]


def test_counts_stop_at_a_hundred(desk: Desk, me: Person, a_bare_case: MakeCase, a_bare_task: MakeTask) -> None:
    case = a_bare_case()
    for _ in range(103):
        a_bare_task(case, queue=QUEUE)
    a_bare_task(case, state="PRISE_EN_CHARGE", assignee_id=me.id, due_at=NOON - timedelta(days=1))
    assert counts(desk) == {"queue": 100, "mine": 1, "late": 1, "returned": 0, "done": 0}


@pytest.mark.parametrize("asked", [{"box": "tout"}, {"order": "hasard"}, {"cursor": "x"}, {"limit": 0}, {"limit": 201}])
def test_nonsense_is_refused(desk: Desk, asked: dict[str, object]) -> None:
    with pytest.raises(Invalid):
        inbox(desk, InboxAsked(**asked))  # type: ignore[arg-type]
