"""Killed without warning between the engine and the commit: nothing is lost, nothing is doubled, a retry succeeds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import Engine, func, select, text
from sqlalchemy.orm import Session

from tests.journeys.service.people import ANALYSIS, REQUEST, Staff
from tests.journeys.service.server import (
    Answer,
    Server,
    Worker,
    at_once,
    eventually,
    in_transaction,
    waiting_for_a_lock,
)
from workflows.cases.details import Wait
from workflows.cases.models import Case, CaseState, Task, TaskState
from workflows.cases.waits import FIRE
from workflows.journal.models import JournalEntry
from workflows.journal.verify import verify
from workflows.queue import defer

ANSWERS = {"answers": ANALYSIS | {"prix_appareil_cents": 0}}
AGED = text("update procrastinate_workers set last_heartbeat = last_heartbeat - interval '1 minute'")


@contextmanager
def journal_held(engine: Engine, case: str) -> Iterator[None]:
    """Hold the case's journal: whoever has moved the engine waits here, its work done and not committed."""
    with engine.connect() as connection:
        held = "select * from journal_chains where chain like '%' || :case for update"
        assert connection.execute(text(held), {"case": case}).all()
        yield
        connection.rollback()


def tasks(session: Session, case: str) -> dict[str, list[str]]:
    """The states of a case's tasks, by step."""
    session.rollback()
    found: dict[str, list[str]] = {}
    for task in session.scalars(select(Task).where(Task.case_id == case).order_by(Task.id)):
        found.setdefault(task.step, []).append(task.state)
    return found


def counted(session: Session, kind: str) -> int:
    """How many facts of a kind the journal holds."""
    session.rollback()
    return int(session.scalar(select(func.count()).where(JournalEntry.kind == kind)) or 0)


def test_a_web_process_killed_before_the_commit_leaves_the_task_open_and_a_retry_succeeds(
    starting: Callable[[], Server], demo_engine: Engine, demo: Session
) -> None:
    staff = Staff(demo_engine, starting())
    case = staff.to_analyse()
    before, path = counted(demo, "task.completed"), f"/tasks/{staff.task(case, 'R08')}/completion"
    staff.token("P03")

    def send() -> Answer:
        return staff.call("P03", "POST", path, ANSWERS, key="analyse-once")

    def kill() -> None:
        eventually(lambda: waiting_for_a_lock(demo_engine), "the completion at its journal")
        staff.server.kill()

    with journal_held(demo_engine, case):
        lost, _ = at_once([send, kill])
    assert isinstance(lost, Exception)
    demo.rollback()
    eventually(lambda: not in_transaction(demo_engine), "the end of the killed process's transactions")
    assert tasks(demo, case)["R08"] == [TaskState.OPEN]
    assert (counted(demo, "task.completed"), verify(demo)) == (before, [])
    staff.server = starting()
    first, again = send(), send()
    assert (first.status, again) == (200, first)
    assert staff.call("P03", "POST", path, ANSWERS).json["code"] == "task.done"
    assert {step: len(states) for step, states in tasks(demo, case).items()} == dict.fromkeys(
        ("R05", "R07", "R08", "R30"), 1
    )
    assert counted(demo, "task.completed") == before + 1
    assert verify(demo) == []


def test_web_processes_killed_in_the_middle_of_many_completions_lose_and_double_nothing(
    starting: Callable[[], Server], demo_engine: Engine, demo: Session
) -> None:
    staff = Staff(demo_engine, starting())
    cases = [staff.started() for _ in range(8)]
    paths = [f"/tasks/{staff.task(case, 'R05')}/completion" for case in cases]

    def sending(number: int) -> Callable[[], Answer]:
        return lambda: staff.call("U01", "POST", paths[number], {"answers": REQUEST}, key=f"ask-{number}")

    def kill() -> None:
        eventually(lambda: counted(demo, "task.completed"), "the first completion")
        staff.server.kill()

    at_once([*(sending(number) for number in range(8)), kill])
    demo.rollback()
    eventually(lambda: not in_transaction(demo_engine), "the end of the killed process's transactions")
    assert verify(demo) == []
    staff.server = starting()
    assert [sending(number)().status for number in range(8)] == [200] * 8
    for case in cases:
        found = tasks(demo, case)
        assert ([len(one) for one in found.values()], found["R07"]) == ([1, 1], [TaskState.OPEN])
    assert counted(demo, "task.completed") == 8
    assert verify(demo) == []


def test_an_answer_that_got_lost_is_given_again_to_the_same_key(staff: Staff, demo: Session) -> None:
    case = staff.to_analyse()
    path = f"/tasks/{staff.task(case, 'R08')}/completion"
    first = staff.call("P03", "POST", path, ANSWERS, key="k")
    other = staff.call("P03", "POST", path, {"answers": ANALYSIS | {"prix_appareil_cents": 1}}, key="k")
    assert (first.status, staff.call("P03", "POST", path, ANSWERS, key="k")) == (200, first)
    assert (other.status, other.json["code"]) == (422, "idempotency.reused")
    assert len(tasks(demo, case)["R08"]) == 1


@pytest.fixture
def forgotten(staff: Staff, demo_engine: Engine) -> list[str]:
    """Three drafts of two months ago, on the wall's clock: their timers are due, and their jobs wait."""
    with demo_engine.begin() as connection:
        connection.execute(text("update simulated_clock set now = now() - interval '60 days'"))
    cases = [staff.started() for _ in range(3)]
    with Session(demo_engine) as session, session.begin():
        session.execute(text("delete from simulated_clock"))
        for wait in session.scalars(select(Wait).where(Wait.kind == "timer")):
            wait.job_id = defer(session, FIRE, case_id=str(wait.case_id), wait_id=str(wait.id))
    return cases


def test_a_worker_killed_while_it_fires_timers_is_relieved_by_another_and_each_fires_once(
    forgotten: list[str], working: Callable[[], Worker], demo_engine: Engine, demo: Session
) -> None:
    killed = working()
    with journal_held(demo_engine, forgotten[0]):
        eventually(lambda: waiting_for_a_lock(demo_engine), "the timer at its journal")
        killed.kill()
    with demo_engine.begin() as connection:
        connection.execute(AGED)
    working()

    def ended() -> bool:
        demo.rollback()
        return {case.state for case in demo.scalars(select(Case))} == {CaseState.ENDED}

    eventually(ended, "the end of every draft")
    assert {case.end for case in demo.scalars(select(Case))} == {"ABANDONNEE"}
    assert (counted(demo, "timer.fired"), counted(demo, "case.ended")) == (3, 3)
    assert verify(demo) == []
    assert all(tasks(demo, case) == {"R05": [TaskState.CANCELLED]} for case in forgotten)
