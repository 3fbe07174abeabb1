"""``parcours run`` as a whole: its database killed at work, ended by a signal, started again with what it kept."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable

import pytest
from sqlalchemy import Engine, create_engine
from sqlalchemy.orm import Session

from tests.journeys.service.people import ANALYSIS, Staff
from tests.journeys.service.server import Answer, Installation, at_once, eventually, waiting_for_a_lock
from tests.journeys.service.test_crash import counted, journal_held, tasks
from workflows.cases.models import TaskState
from workflows.journal.verify import verify

ANSWERS = {"answers": ANALYSIS | {"prix_appareil_cents": 0}}


def connected(installation: Installation) -> Engine:
    """Connections to the installation's own database."""
    return create_engine(installation.postmaster()[1], pool_pre_ping=True)


def patiently(act: Callable[[], Answer]) -> Answer:
    """Ask again until the service is there."""

    def try_once() -> Answer | None:
        try:
            answer = act()
        except OSError:
            return None
        return answer if answer.status < 500 else None

    found = eventually(try_once, "an answer")
    assert isinstance(found, Answer)
    return found


def test_its_database_killed_before_a_commit_comes_back_and_nothing_is_lost_or_doubled(
    running: Callable[[], Installation],
) -> None:
    installation = running()
    engine = connected(installation)
    staff = Staff(engine, installation)
    case = staff.to_analyse()
    path = f"/tasks/{staff.task(case, 'R08')}/completion"
    staff.token("P03")

    def send() -> Answer:
        return staff.call("P03", "POST", path, ANSWERS, key="analyse-once")

    def kill() -> None:
        eventually(lambda: waiting_for_a_lock(engine), "the completion at its journal")
        os.kill(installation.postmaster()[0], signal.SIGKILL)

    with pytest.raises(Exception, match=r"terminat|closed|lost|shut"), journal_held(engine, case):
        lost, _ = at_once([send, kill])
    assert isinstance(lost, Exception) or lost.status >= 500
    first = patiently(send)
    engine.dispose()
    staff.engine = engine = connected(installation)
    assert (first.status, send()) == (200, first)
    with Session(engine) as session:
        assert {step: len(states) for step, states in tasks(session, case).items()} == dict.fromkeys(
            ("R05", "R07", "R08", "R30"), 1
        )
        assert (counted(session, "task.completed"), verify(session)) == (3, [])
    assert installation.process.poll() is None


def test_it_ends_cleanly_by_either_signal_and_starts_again_with_its_data(
    running: Callable[[], Installation],
) -> None:
    first = running()
    engine = connected(first)
    case = Staff(engine, first).started()
    engine.dispose()
    assert first.end(signal.SIGTERM) == 0
    assert not (first.home / "db" / "postmaster.pid").exists()
    again = running()
    engine = connected(again)
    with Session(engine) as session:
        assert tasks(session, case) == {"R05": [TaskState.OPEN]}
        assert verify(session) == []
    engine.dispose()
    assert again.end(signal.SIGINT) == 0
