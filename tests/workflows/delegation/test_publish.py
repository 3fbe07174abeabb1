"""A published plan rules from its beginning: the one before ends there, and what waits for a signature follows."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from tests.bpmn.living import Life
from tests.workflows.delegation.plans import ENTRIES, plan
from workflows.clock import business_now
from workflows.delegation.draft import PlanFiles
from workflows.delegation.publish import publish_plan
from workflows.desk import Desk, at_desk, system_actor
from workflows.errors import Invalid
from workflows.journal.models import JournalEntry
from workflows.people.delegation import entries_in_force
from workflows.people.models import DelegationPlan, Organisation

DECEMBER = "plan: PD-2026-12\ndu: 2026-12-07T10:00\nau: 2027-04-01\nsuccede_a: PD-2026-04"
NEW = ENTRIES.replace("personne: P32", "personne: P28")


def publish(life: Life, text: str) -> tuple[str, bool]:
    with Session(life.engine) as session, at_desk(Desk(session, system_actor(None), business_now(session))) as desk:
        row, found = publish_plan(desk, PlanFiles(text))
        return row.version, bool(found)


def versions(life: Life) -> dict[str, tuple[datetime, datetime | None]]:
    with Session(life.engine) as session:
        rows = session.scalars(select(DelegationPlan))
        return {row.version: (row.valid_from, row.valid_until) for row in rows}


@pytest.fixture
def life(demo_engine: Engine) -> Life:
    """OP-DEMO on Monday 7 December, 9:00."""
    return Life(demo_engine)


def test_it_ends_the_one_before_and_rules_from_its_beginning(life: Life) -> None:
    publish(life, plan(DECEMBER))
    ten = datetime(2026, 12, 7, 15, tzinfo=UTC)
    assert versions(life)["PD-2026-04"][1] == versions(life)["PD-2026-12"][0] == ten
    life.move("2026-12-07T10:00-05:00")
    request = life.analysed(64_900)
    assert (request.facts["plan"], request.facts["niveau"], request.open) == ("PD-2026-12", "N2", [("R23", "P09")])


def test_the_head_of_a_unit_signs_whoever_that_is(life: Life) -> None:
    publish(life, plan(DECEMBER))
    with Session(life.engine) as session:
        body = session.scalars(select(Organisation).where(Organisation.code == "OP-DEMO")).one()
        found = {one.code: one for one in entries_in_force(session, body.id, datetime(2026, 12, 8, tzinfo=UTC))}
        assert found["DL-2"].person_id == life.person_id("P09")


def test_an_open_signature_goes_to_the_new_signatory_at_the_very_moment(life: Life) -> None:
    request = life.analysed(40_000)
    assert request.open == [("R23", "P32")]
    publish(life, plan(DECEMBER, entries=NEW))
    assert request.open == [("R23", "P32")]
    life.move("2026-12-07T10:00-05:00")
    assert request.open == [("R23", "P28")]


def test_the_same_file_again_changes_nothing_and_one_that_has_begun_never_changes(life: Life) -> None:
    first = publish(life, plan(DECEMBER))
    assert publish(life, plan(DECEMBER)) == (first[0], False)
    life.move("2026-12-07T10:00-05:00")
    before = versions(life)
    with pytest.raises(Invalid, match=r"plan\.invalid"):
        publish(life, plan(DECEMBER, entries=NEW))
    assert versions(life) == before


def test_a_version_to_come_is_replaced_whole(life: Life) -> None:
    publish(life, plan())
    publish(life, plan(entries=NEW))
    with Session(life.engine) as session:
        body = session.scalars(select(Organisation).where(Organisation.code == "OP-DEMO")).one()
        found = entries_in_force(session, body.id, datetime(2027, 6, 2, tzinfo=UTC))
        assert [one.code for one in found if one.person_id == life.person_id("P32")] == []
        kinds = [
            row.data["version"]
            for row in session.scalars(select(JournalEntry).where(JournalEntry.kind == "plan.published"))
        ]
    assert kinds == ["PD-2027-06", "PD-2027-06"]


def test_a_plan_with_an_error_leaves_everything_as_it_was(life: Life) -> None:
    before = versions(life)
    with pytest.raises(Invalid, match=r"plan\.invalid"):
        publish(life, plan("succede_a: (rien)"))
    assert versions(life) == before
