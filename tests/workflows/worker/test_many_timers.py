"""Many timers due at once: each fires once and none early, whoever races for them and whoever dies meanwhile (P9).

``make bench`` does the same with ten thousand, by workers of their own of which one is killed.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from random import Random
from uuid import UUID

import pytest
from sqlalchemy import Engine, select, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from tests.bench.timers import Tally, by_the_clock, due_now, tally
from workflows.cases.details import Wait
from workflows.cases.fire import fire_timer
from workflows.clock import wall_now
from workflows.desk import Desk, at_desk, system_actor
from workflows.journal.verify import verify
from workflows.worker.run import do_jobs

MANY, EARLY = 30, 4


@pytest.fixture
def due(engine: Engine) -> list[tuple[UUID, UUID]]:
    """Timers due now, and some that are not although their job comes now: case and wait."""
    due_now(engine, MANY, EARLY)
    with Session(engine) as session:
        query = select(Wait.case_id, Wait.id).where(Wait.kind == "timer").order_by(Wait.case_id)
        return [(row.case_id, row.id) for row in session.execute(query)]


def fire(engine: Engine, case_id: UUID, wait_id: UUID) -> bool:
    """What a job does."""
    with Session(engine) as session, at_desk(Desk(session, system_actor(), wall_now())) as desk:
        return fire_timer(desk, case_id, wait_id)


def test_moving_the_clock_fires_each_once(engine: Engine) -> None:
    found, _ = by_the_clock(engine, MANY)
    assert found.holds(MANY)
    with Session(engine) as session:
        assert verify(session) == []


def test_the_jobs_fire_each_once_and_leave_those_that_came_early(engine: Engine, due: list[tuple[UUID, UUID]]) -> None:
    do_jobs(engine)
    assert tally(engine).holds(MANY)
    assert len(due) == MANY + EARLY


@pytest.mark.parametrize("seed", range(2))
def test_of_three_who_race_for_each_one_fires_it(engine: Engine, due: list[tuple[UUID, UUID]], seed: int) -> None:
    tries = due * 3
    Random(seed).shuffle(tries)
    with ThreadPoolExecutor(3) as hands:
        fired = list(hands.map(lambda one: fire(engine, *one), tries))
    assert (fired.count(True), tally(engine).holds(MANY)) == (MANY, True)
    do_jobs(engine)
    assert tally(engine).holds(MANY)


def test_what_someone_who_died_had_half_done_is_done_once_by_another(
    engine: Engine, due: list[tuple[UUID, UUID]]
) -> None:
    for case_id, wait_id in due[: MANY // 2]:
        with Session(engine) as session:
            fire_timer(Desk(session, system_actor(), wall_now()), case_id, wait_id)
            mine = session.scalar(text("select pg_backend_pid()"))
            with engine.connect() as other:
                other.execute(text("select pg_terminate_backend(:pid, 5000)"), {"pid": mine})
            with pytest.raises(OperationalError):
                session.commit()
    assert tally(engine) == Tally(0, 0, 0, 0)
    do_jobs(engine)
    assert tally(engine).holds(MANY)
