"""Timers on the wall clock: a job that comes early comes again, one that was lost is put back."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import Engine, delete, select, text
from sqlalchemy.orm import Session

from tests.builders import LONG_AGO, NOON, a_system_desk
from tests.workflows.cases.conftest import World
from workflows.cases.details import Wait
from workflows.cases.fire import fire_timer
from workflows.cases.models import Case, CaseState
from workflows.cases.waits import recall_timers
from workflows.clock import SimulatedClock
from workflows.desk import Desk
from workflows.queue import defer
from workflows.worker.run import do_jobs

LATER = NOON + timedelta(days=30)


@pytest.fixture
def world(session: Session) -> World:
    """A small body where the « essai » process runs, on the wall clock."""
    world = World(session)
    session.execute(delete(SimulatedClock))
    return world


def _timer(world: World) -> tuple[Case, Wait]:
    case = world.start()
    return case, world.session.scalars(select(Wait).where(Wait.kind == "timer")).one()


def _at(world: World, now: datetime) -> Desk:
    return a_system_desk(world.session, world.organisation, now)


def _scheduled(world: World, wait: Wait) -> datetime | None:
    query = text("select scheduled_at from procrastinate_jobs where id = :id and status = 'todo'")
    found: datetime | None = world.session.scalar(query, {"id": wait.job_id})
    return found


def _lose(world: World, wait: Wait) -> None:
    world.session.execute(text("delete from procrastinate_jobs where id = :id"), {"id": wait.job_id})


def test_a_job_that_comes_a_little_early_comes_again_as_much_later(world: World) -> None:
    case, wait = _timer(world)
    assert wait.due_at is not None
    first = wait.job_id
    assert fire_timer(_at(world, wait.due_at - timedelta(seconds=5)), case.id, wait.id) is False
    assert wait.job_id != first
    assert _scheduled(world, wait) == wait.due_at + timedelta(seconds=5)


def test_a_job_that_comes_days_early_comes_again_within_a_minute_of_its_time(world: World) -> None:
    case, wait = _timer(world)
    assert wait.due_at is not None
    fire_timer(_at(world, NOON), case.id, wait.id)
    assert _scheduled(world, wait) == wait.due_at + timedelta(minutes=1)


def test_a_timer_whose_job_was_lost_is_put_back_once(world: World) -> None:
    case, wait = _timer(world)
    _lose(world, wait)
    assert recall_timers(_at(world, LATER)) == 1
    assert recall_timers(_at(world, LATER)) == 0
    assert fire_timer(_at(world, LATER), case.id, wait.id) is True
    assert case.state == CaseState.ENDED


def test_a_timer_that_still_has_its_job_is_left_alone(world: World) -> None:
    _timer(world)
    assert recall_timers(_at(world, LATER)) == 0


def test_a_lost_timer_is_not_put_back_before_its_moment(world: World) -> None:
    _, wait = _timer(world)
    _lose(world, wait)
    assert recall_timers(_at(world, NOON)) == 0


def test_a_lost_timer_of_a_case_in_error_waits_until_it_moves_again(world: World) -> None:
    case, wait = _timer(world)
    _lose(world, wait)
    case.state = CaseState.FAILED
    assert recall_timers(_at(world, LATER)) == 0
    case.state = CaseState.RUNNING
    assert recall_timers(_at(world, LATER)) == 1


def test_a_job_at_work_may_put_others_in_the_queue(world: World, engine: Engine) -> None:
    world.now = LONG_AGO + timedelta(days=60)
    _, wait = _timer(world)
    _lose(world, wait)
    defer(world.session, "look_around", timestamp=0)
    world.session.commit()
    do_jobs(engine)
    failed = "select task_name from procrastinate_jobs where status <> 'todo'"
    assert world.session.scalars(text(failed)).all() == []
    world.session.expire_all()
    assert world.session.scalars(select(Case)).one().end == "ABANDONNE"
