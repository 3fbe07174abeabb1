"""What one case says to others: a message by its correlation, a signal to all; taken once, kept while nobody waits."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import delete, select, text

from tests.builders import a_system_desk, an_organisation
from tests.workflows.cases.conftest import World
from workflows.cases.commands import StartCase
from workflows.cases.details import Wait
from workflows.cases.models import Case, CaseState
from workflows.cases.read_case import case_view
from workflows.cases.said import BROADCAST, HAND_OVER
from workflows.cases.start import start_case
from workflows.catalog.publish import publish_folder
from workflows.journal.models import JournalEntry
from workflows.messages.between import Said, take, tell, who_awaits
from workflows.messages.models import InboundMessage
from workflows.messages.parked import retry_parked


@pytest.fixture
def between(world: World) -> World:
    """The small body, where cases speak to each other."""
    publish_folder(a_system_desk(world.session), Path(__file__).parent / "entre")
    world.session.commit()
    return world


def a_case(world: World, role: str, number: int = 7) -> Case:
    """A case that speaks or waits."""
    case = start_case(world.desk(world.asker), StartCase("entre"))
    world.session.commit()
    world.complete(world.asker, case, "N05", role=role, quantite=number)
    return case


def queued(world: World, kind: str) -> list[dict[str, Any]]:
    """The jobs of a kind that stand in the queue, the oldest first."""
    found = text("select args from procrastinate_jobs where task_name = :kind and status = 'todo' order by id")
    return list(world.session.scalars(found, {"kind": kind}))


def handed_over(world: World) -> int:
    """Let the worker hand over what was said, as often as asked; how many cases had it."""
    desk, delivered = a_system_desk(world.session, world.organisation), 0
    for job in queued(world, HAND_OVER):
        said = Said(**job["said"])
        delivered += retry_parked(desk, job["correlation"]) if take(desk, said, job["correlation"]) else 0
        world.session.commit()
    return delivered


def test_a_message_finds_the_case_that_waits_for_it_and_no_other(between: World) -> None:
    waits, other = a_case(between, "ATTENDRE", 7), a_case(between, "ATTENDRE", 8)
    a_case(between, "DIRE", 7)
    assert handed_over(between) == 1
    assert (waits.end, other.end, other.state) == ("FAIT", None, CaseState.WAITING)
    answers = text("select answers from case_answers where case_id = :case and step = 'N20'")
    assert between.session.scalar(answers, {"case": waits.id}) == {"nombre": 7}


def test_a_message_said_before_anybody_waits_is_kept_for_who_will(between: World) -> None:
    a_case(between, "DIRE", 9)
    assert handed_over(between) == 0
    kept = between.session.scalars(select(InboundMessage)).one()
    assert (kept.status, kept.expires_at is not None) == ("parked", True)
    a_case(between, "ATTENDRE", 9)
    assert {job["correlation"] for job in queued(between, "retry_parked")} == {"PO-9"}


def test_a_message_is_handed_over_once_however_often_its_job_runs(between: World) -> None:
    a_case(between, "ATTENDRE", 7)
    a_case(between, "DIRE", 7)
    assert handed_over(between) == 1
    late = a_case(between, "ATTENDRE", 7)
    assert handed_over(between) == 0
    assert late.end is None


def test_a_signal_reaches_every_case_that_awaits_it_but_not_the_one_that_sent_it(between: World) -> None:
    first, second = a_case(between, "GUETTER"), a_case(between, "GUETTER")
    sender = a_case(between, "SIGNALER")
    (job,) = queued(between, BROADCAST)
    desk = a_system_desk(between.session, between.organisation)
    said = Said(**job["said"])
    assert who_awaits(desk, said.name, UUID(job["case_id"])) == sorted([first.id, second.id])
    assert who_awaits(desk, said.name, first.id) == [second.id]
    for case in (first, second, first):
        tell(desk, case.id, said)
    assert (first.end, second.end, sender.end) == ("FAIT", "FAIT", "FAIT")


def test_a_signal_stays_within_its_organisation(between: World) -> None:
    waits = a_case(between, "GUETTER")
    elsewhere = an_organisation(between.session, code="OP-AUTRE")
    assert who_awaits(a_system_desk(between.session, elsewhere), "alerte.generale", UUID(int=0)) == []
    assert waits.end is None


def test_what_a_case_awaits_and_what_it_has_said_can_be_read(between: World) -> None:
    waits, said = a_case(between, "GUETTER"), a_case(between, "SIGNALER")
    shown = case_view(between.desk(between.asker), waits.number)
    assert [(one.kind, one.name) for one in shown.waiting] == [("message", "alerte.generale")]
    kinds = between.session.scalars(select(JournalEntry.kind).where(JournalEntry.case_id == said.id)).all()
    assert "signal.sent" in kinds


def test_a_wait_that_is_gone_by_the_time_the_signal_comes_is_passed_over(between: World) -> None:
    case = a_case(between, "GUETTER")
    between.session.execute(delete(Wait).where(Wait.case_id == case.id))
    said = Said("alerte.generale", {}, "urn:test", "1")
    assert tell(a_system_desk(between.session, between.organisation), case.id, said) == 0
