"""A case that waits for the first of two moments: a row and a job for each, and only one of them happens."""

from __future__ import annotations

import re
import shutil
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import delete, select, text

from tests.builders import a_system_desk
from tests.workflows.cases.conftest import ESSAI, World
from workflows.cases.details import Wait
from workflows.cases.fire import fire_timer
from workflows.cases.models import Case
from workflows.catalog.publish import publish_folder
from workflows.clock import SimulatedClock
from workflows.worker.clock import move_clock

MESSAGE = '<bpmn:messageEventDefinition id="E32_message" messageRef="m_prix" />'
MOMENT = (
    "<bpmn:timerEventDefinition><bpmn:timeDate>ajouter_ho(now(), {hours})</bpmn:timeDate></bpmn:timerEventDefinition>"
)


def between(world: World, folder: Path, hours: int) -> Case:
    """A case at its gateway, where the price is a moment too: after so many hours, beside E35 after seventy."""
    shutil.copytree(ESSAI, folder)
    drawing = folder / "process.bpmn"
    drawing.write_text(re.sub(MESSAGE, MOMENT.format(hours=hours), drawing.read_text()))
    publish_folder(a_system_desk(world.session), folder)
    return world.waiting()


def moments(world: World, case: Case) -> dict[str, datetime | None]:
    query = select(Wait.step, Wait.due_at).where(Wait.case_id == case.id, Wait.kind == "timer")
    return {row.step: row.due_at for row in world.session.execute(query)}


@pytest.mark.parametrize(("hours", "end"), [(14, "REUSSI"), (140, "REFUSE")])
def test_each_moment_has_its_row_and_the_earlier_one_ends_the_wait(
    world: World, tmp_path: Path, hours: int, end: str
) -> None:
    case = between(world, tmp_path / "essai", hours)
    due = moments(world, case)
    assert sorted(due) == ["E32", "E35"]
    first = min(one for one in due.values() if one is not None)
    move_clock(world.session.get_bind(), first - timedelta(seconds=1))
    world.session.expire_all()
    assert (case.end, moments(world, case)) == (None, due)
    move_clock(world.session.get_bind(), first)
    world.session.expire_all()
    assert (case.end, moments(world, case)) == (end, {})


def test_the_later_moment_s_job_is_taken_back(world: World, tmp_path: Path) -> None:
    world.session.execute(delete(SimulatedClock))
    case = between(world, tmp_path / "essai", 14)
    rows = world.session.scalars(select(Wait).where(Wait.case_id == case.id, Wait.kind == "timer")).all()
    jobs = [row.job_id for row in rows]
    assert len(set(jobs) - {None}) == 2
    first = min(rows, key=lambda row: row.due_at or datetime.max)
    world.now = first.due_at or world.now
    assert fire_timer(world.desk(world.rcell), case.id, first.id)
    world.session.commit()
    left = text("select count(*) from procrastinate_jobs where id = any(:jobs) and status = 'todo' and id <> :mine")
    assert world.session.scalar(left, {"jobs": jobs, "mine": jobs[rows.index(first)]}) == 0
    assert case.end == "REUSSI"
