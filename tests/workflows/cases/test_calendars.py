"""A drawn process counts on the calendars of its organisation."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from types import MappingProxyType

import pytest
from sqlalchemy import select

from tests.builders import a_system_desk
from tests.workflows.cases.conftest import ESSAI, World
from workflows.calendars.models import Calendar
from workflows.cases.models import Case
from workflows.catalog.publish import publish_folder
from workflows.errors import Stopped
from workflows.journal.models import JournalEntry

GIVEN = "ajouter_ho(now(), 14)"


def asked(world: World, folder: Path, due: str, changes: Mapping[str, str] = MappingProxyType({})) -> Case:
    """A case whose decision is due as a drawing says, from noon on Monday."""
    shutil.copytree(ESSAI, folder)
    drawing = folder / "process.bpmn"
    text = drawing.read_text().replace(GIVEN, due.replace('"', "&quot;"))
    for before, after in changes.items():
        assert before in text
        text = text.replace(before, after, 1)
    drawing.write_text(text)
    publish_folder(a_system_desk(world.session), folder)
    return world.asked()


@pytest.mark.parametrize(
    ("due", "instant"),
    [
        ('ajouter_ho(now(), 30, "CAL_24_7")', "2026-12-08T18:00-05:00"),
        ("retrancher_ho(ajouter_ho(now(), 21), 7)", "2026-12-09T13:00-05:00"),
        ("retrancher_ho(date and time(ajouter_jo(date(now()), 3), time(8, 30, 0)), 7)", "2026-12-09T08:30-05:00"),
    ],
)
def test_a_deadline_is_counted_as_it_is_drawn(world: World, tmp_path: Path, due: str, instant: str) -> None:
    world.session.add(Calendar(organisation_id=world.organisation.id, code="CAL_24_7", always=True))
    task = world.task(asked(world, tmp_path / "essai", due), "E07")
    assert task.due_at == datetime.fromisoformat(instant)


def test_a_calendar_that_the_organisation_does_not_keep_stops_the_case_and_says_where(
    world: World, tmp_path: Path
) -> None:
    with pytest.raises(Stopped) as told:
        asked(world, tmp_path / "essai", 'ajouter_ho(now(), 7, "CAL_TEL")')
    world.session.rollback()
    told.value.write_down(world.desk(world.asker))
    entry = world.session.scalars(select(JournalEntry).where(JournalEntry.kind == "case.failed")).one()
    assert (entry.data["code"], entry.data["reason"]) == ("engine.expression", "feel.function_failed")


def test_a_task_keeps_how_its_deadline_was_counted(world: World) -> None:
    task = world.task(world.asked(), "E07")
    assert task.counted == {
        "from": world.now.isoformat(),
        "steps": [["CAL_ORG", 14 * 3600]],
        "at": "2026-12-09T17:00:00+00:00",
    }


def test_a_task_taken_up_again_counts_what_was_left(world: World) -> None:
    case = world.asked()
    world.now = datetime.fromisoformat("2026-12-08T12:00-05:00")
    world.complete(world.rcell, case, "E07", decision="RETOURNER")
    world.now = datetime.fromisoformat("2026-12-10T13:00-05:00")
    world.complete(world.asker, case, "E26", reponse="Voici.")
    counted = world.task(case, "E07").counted
    assert counted is not None
    assert (counted["from"], counted["steps"]) == (world.now.isoformat(), [["CAL_ORG", 7 * 3600]])


def test_a_deadline_worked_out_in_an_earlier_move_is_known_as_counted(world: World, tmp_path: Path) -> None:
    script = "<bpmn:script>{echeance: string(ajouter_ho(now(), 14))}</bpmn:script>"
    worked_out = (
        f'<bpmn:scriptTask id="E01a" scriptFormat="feel" parcours:hidden="true">{script}</bpmn:scriptTask>'
        '<bpmn:sequenceFlow id="f_E01a_E05" sourceRef="E01a" targetRef="E05"/><bpmn:userTask id="E05"'
    )
    changes = {
        'sourceRef="E01" targetRef="E05"': 'sourceRef="E01" targetRef="E01a"',
        "<bpmn:incoming>f_E01_E05</bpmn:incoming>": "",
        '<bpmn:userTask id="E05"': worked_out,
        "<bpmn:flowNodeRef>E01</bpmn:flowNodeRef>": "<bpmn:flowNodeRef>E01</bpmn:flowNodeRef>"
        "<bpmn:flowNodeRef>E01a</bpmn:flowNodeRef>",
    }
    task = world.task(asked(world, tmp_path / "essai", "echeance", changes), "E07")
    assert task.due_at == datetime.fromisoformat("2026-12-09T12:00-05:00")
    assert task.counted is not None
    assert task.counted["steps"] == [["CAL_ORG", 14 * 3600]]
