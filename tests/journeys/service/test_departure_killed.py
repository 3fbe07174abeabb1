"""The worker, the web and the database killed in the middle of D20: the departure still ends right, nothing twice."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Callable, Iterator
from datetime import datetime

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.orm import Session

from tests.journeys.service.leaving import Departure, all_heard, listen
from tests.journeys.service.people import Staff
from tests.journeys.service.server import (
    PYTHON,
    Installation,
    Server,
    Worker,
    at_once,
    eventually,
    in_transaction,
    waiting_for_a_lock,
)
from tests.journeys.service.test_crash import AGED, journal_held
from tests.journeys.service.test_run import connected, patiently
from tests.workflows.deliveries.receiver import Receiver, hang, receiving
from workflows.cases.details import Wait
from workflows.cases.waits import FIRE
from workflows.queue import defer

LET_GO = text("update deliveries set claimed_until = claimed_until - interval '2 minutes'")
BROKEN = r"terminat|closed|lost|shut"
"""What a connection says whose database was killed."""
LATER = "2026-12-07T09:30:00-05:00"


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    """An outside system that is told of departures."""
    with receiving() as listening:
        yield listening


def time_passes(engine: Engine) -> None:
    """Whoever was killed is known to be dead by now: what they had in hand is free."""
    with engine.begin() as connection:
        connection.execute(AGED)
        connection.execute(LET_GO)


def half_done(staff: Staff) -> tuple[Departure, str]:
    """A departure in the middle of D20: one account is disabled; where the next completion goes."""
    leaving = Departure(staff)
    assert leaving.send("D21", leaving.path("D21")).status == 200
    return leaving, leaving.path("D23")


def killed_in_flight(leaving: Departure, step: str, path: str, kill: Callable[[], None]) -> None:
    """Something is killed while a work stands before its commit: whoever completed it gets no good answer."""
    engine = leaving.staff.engine

    def strike() -> None:
        eventually(lambda: waiting_for_a_lock(engine), "the completion at its journal")
        kill()

    lost, _ = at_once([lambda: leaving.send(step, path), strike])
    assert isinstance(lost, Exception) or lost.status >= 500


def sent_again(leaving: Departure, step: str, path: str) -> None:
    """The lost completion is sent again, twice."""
    first = patiently(lambda: leaving.send(step, path))
    assert (first.status, leaving.send(step, path)) == (200, first)


def test_the_web_killed_in_the_middle_of_d20(
    starting: Callable[[], Server], working: Callable[[], Worker], demo_engine: Engine, receiver: Receiver
) -> None:
    staff = Staff(demo_engine, starting())
    listen(staff, receiver)
    working()
    leaving, path = half_done(staff)
    with journal_held(demo_engine, leaving.case):
        killed_in_flight(leaving, "D23", path, staff.server.kill)
    eventually(lambda: not in_transaction(demo_engine), "the end of the killed process's transactions")
    staff.server = starting()
    sent_again(leaving, "D23", path)
    leaving.go_on("D24")
    leaving.ended_well()
    all_heard(receiver)


def test_the_worker_killed_as_it_opens_d20_and_as_it_tells_the_outside(
    starting: Callable[[], Server], working: Callable[[], Worker], demo_engine: Engine, receiver: Receiver
) -> None:
    staff = Staff(demo_engine, starting())
    listen(staff, receiver)
    receiver.answers = [hang]
    leaving = Departure(staff, t_effet=LATER)
    telling = working()
    eventually(lambda: receiver.received, "the first message")
    the_instant_comes(demo_engine)
    with journal_held(demo_engine, leaving.case):
        eventually(lambda: waiting_for_a_lock(demo_engine), "the timer at its journal")
        telling.kill()
    time_passes(demo_engine)
    working()
    eventually(lambda: "D24" in leaving.open, "the works of the revocation")
    leaving.go_on("D21", "D23", "D24")
    leaving.ended_well()
    all_heard(receiver)
    assert len({one.headers["webhook-id"] for one in receiver.received[:2]}) == 1


def the_instant_comes(engine: Engine) -> None:
    """It is 9:30: the timers that are due then have their jobs, as on the wall's clock."""
    with Session(engine) as session, session.begin():
        session.execute(text("update simulated_clock set now = :now"), {"now": datetime.fromisoformat(LATER)})
        due = session.query(Wait).where(Wait.kind == "timer", Wait.due_at <= datetime.fromisoformat(LATER))
        for wait in due:
            wait.job_id = defer(session, FIRE, case_id=str(wait.case_id), wait_id=str(wait.id))


def test_the_database_and_then_everything_killed_in_the_middle_of_d20(
    running: Callable[[], Installation], receiver: Receiver
) -> None:
    installation = running()
    staff = Staff(connected(installation), installation)
    listen(staff, receiver)
    leaving, path = half_done(staff)
    with pytest.raises(Exception, match=BROKEN), journal_held(staff.engine, leaving.case):
        killed_in_flight(leaving, "D23", path, lambda: os.kill(installation.postmaster()[0], signal.SIGKILL))
    sent_again(leaving, "D23", path)
    staff.engine = connected(installation)
    path = leaving.path("D24")
    with pytest.raises(Exception, match=BROKEN), journal_held(staff.engine, leaving.case):
        killed_in_flight(leaving, "D24", path, lambda: power_cut(installation))
    staff.server = again = running()
    staff.engine = connected(again)
    time_passes(staff.engine)
    sent_again(leaving, "D24", path)
    leaving.go_on()
    leaving.ended_well()
    all_heard(receiver)
    audit = [*PYTHON, "webapp.cli", "audit", "verify"]
    around = {**os.environ, "DATABASE_URL": again.postmaster()[1], "PARCOURS_HOME": str(again.home)}
    assert subprocess.run(audit, env=around, check=False, capture_output=True).returncode == 0


def power_cut(installation: Installation) -> None:
    """The database first, then whatever would start it again."""
    installation.process.send_signal(signal.SIGSTOP)
    os.kill(installation.postmaster()[0], signal.SIGKILL)
    installation.kill()
