"""Moving the clock: everything that falls due on the way happens, in order, each at its own instant."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from tests.builders import NOON, a_system_desk
from tests.workflows.cases.conftest import World
from workflows.cases.details import Wait
from workflows.cases.fire import fire_timer
from workflows.cases.models import Case, CaseState, TaskState
from workflows.clock import business_now
from workflows.errors import Conflict
from workflows.journal.models import JournalEntry
from workflows.journal.verify import verify
from workflows.worker.clock import move_clock


@pytest.fixture
def world(session: Session) -> World:
    """A small body where the « essai » process runs."""
    return World(session)


def facts(session: Session, case: Case) -> list[tuple[str, str | None, datetime]]:
    """What the journal says of a case, with when."""
    session.expire_all()
    query = select(JournalEntry).where(JournalEntry.case_id == case.id).order_by(JournalEntry.id)
    return [(entry.kind, entry.step, entry.at) for entry in session.scalars(query)]


def test_a_timer_fires_at_its_own_instant(world: World, engine: Engine) -> None:
    case = world.start()
    move_clock(engine, NOON + timedelta(days=30))
    due = datetime(2026, 12, 14, 17, 0, tzinfo=UTC)
    assert ("timer.fired", "E05b", due) in facts(world.session, case)
    assert (case.state, case.end, case.ended_at) == (CaseState.ENDED, "ABANDONNE", due)
    assert business_now(world.session) == NOON + timedelta(days=30)
    assert verify(world.session) == []


def test_nothing_fires_early(world: World, engine: Engine) -> None:
    case = world.start()
    move_clock(engine, datetime(2026, 12, 14, 16, 59, tzinfo=UTC))
    world.session.expire_all()
    assert case.state == CaseState.RUNNING


def test_a_timer_that_is_no_longer_waited_for_does_nothing(world: World) -> None:
    case = world.start()
    wait = world.session.scalars(select(Wait).where(Wait.kind == "timer")).one()
    world.complete(world.asker, case, "E05", besoin="Un téléphone")
    later = a_system_desk(world.session, world.organisation, NOON + timedelta(days=30))
    assert fire_timer(later, case.id, wait.id) is False


def test_a_job_that_comes_early_does_nothing(world: World) -> None:
    case = world.start()
    wait = world.session.scalars(select(Wait).where(Wait.kind == "timer")).one()
    assert fire_timer(a_system_desk(world.session, world.organisation), case.id, wait.id) is False
    assert world.task(case, "E05").state == TaskState.OPEN


def test_the_clock_does_not_go_back(world: World, engine: Engine) -> None:
    world.session.commit()
    with pytest.raises(Conflict, match=r"clock\.backwards"):
        move_clock(engine, NOON - timedelta(hours=1))


def test_a_task_that_waits_is_reminded_then_late_then_handed_up(world: World, engine: Engine) -> None:
    case = world.asked()
    task = world.task(case, "E07")
    move_clock(engine, NOON + timedelta(days=10))
    told = [(kind, at) for kind, step, at in facts(world.session, case) if step == "E07" and kind != "notice.told"]
    assert told == [
        ("task.opened", NOON),
        ("task.reminded", NOON + timedelta(days=1, hours=1)),
        ("task.late", NOON + timedelta(days=2)),
        ("task.escalated", NOON + timedelta(days=4)),
    ]
    assert (task.role, task.queue) == ("INTRL", "OP-TEST/INTRL")
    assert task.state == TaskState.OPEN
