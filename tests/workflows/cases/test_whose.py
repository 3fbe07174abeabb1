"""Whose inbox a task comes to."""

from __future__ import annotations

from uuid import uuid4

from sqlalchemy import select

from tests.workflows.cases.conftest import World
from workflows.cases.candidates import reach_of
from workflows.engine import OpenTask
from workflows.people.models import RoleAssignment

ANALYSIS = OpenTask(uuid4(), "E07", "Analyser", None, "RCELL", None, None, None, None, None, {})


def test_a_representative_of_another_subdivision_does_not_replace_the_beneficiary(world: World) -> None:
    case = world.start()
    (role,) = world.session.scalars(select(RoleAssignment).where(RoleAssignment.person_id == world.other_rcell.id))
    role.scope, role.scope_code = "SUB", "SF-100"
    case.beneficiary_id, case.subdivision = world.rcell.id, "SF-200"
    world.session.flush()
    reach = reach_of(world.desk(world.asker), case, ANALYSIS, None)
    assert (reach.role, reach.queue) == ("INTRL", "OP-TEST/INTRL/SF-200")
    assert dict(reach.excluded) == {world.rcell.id: "SOD-03"}
