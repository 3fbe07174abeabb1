"""Someone who leaves has no task of their own departure but those of EMPLO (SOD-09), whatever the role and the door."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from tests.bpmn.living import Request
from tests.builders import a_role
from tests.webapp.conftest import Caller
from tests.webapp.pages.visitor import Visitor
from tests.workflows.cases.leaves import Leaves
from workflows.cases.alarm import raise_alarm
from workflows.cases.models import Case, Task
from workflows.people.directory import person_by_code
from workflows.people.models import RoleAssignment, Substitution

RESIGNED = {"type_depart": "DEMISSION", "dernier_jour": "2026-12-18"}
ROLES = {
    "P13": ("L36", "P12"),
    "P19": ("L30", "P28"),
    "P14": ("L21", "P15"),
    "P17": ("L23", "P28"),
    "P03": ("L25", "P04"),
    "P08": ("L09", "P09"),
}
"""Who leaves, the task that their role has, and who does it: the only one of a role is replaced by the superior."""
DOORS = ("claim", "completion", "draft", "comment", "assignment by them", "assignment to them", "page", "substitution")


@pytest.fixture
def leaves(demo_engine: Engine) -> Leaves:
    """OP-DEMO with the small departure."""
    return Leaves(demo_engine)


def departure(leaves: Leaves, who: str) -> Request:
    """Someone leaves, and everyone has a task."""
    request = leaves.leave(who)
    request.do("L05", "P12" if who == "P13" else "P13", **RESIGNED)
    return request


def stand_in(leaves: Leaves, who: str, titulaire: str, role: str) -> None:
    """Someone replaces another for a role, until the new year."""
    with leaves.house() as desk:
        people = [person_by_code(desk.session, code) for code in (who, titulaire)]
        row = Substitution(code="SUB-T", roles=[role], entries=[], instrument="Autorisation")
        assert people[0] is not None
        assert people[1] is not None
        row.organisation_id, row.substitute_id, row.titulaire_id = people[0].organisation_id, people[0].id, people[1].id
        row.valid_from, row.valid_until = datetime(2026, 12, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC)
        desk.session.add(row)


def inbox(caller: Caller, request: Request, box: str = "queue") -> list[str]:
    """The steps of a case that someone may take."""
    return sorted(one["step"] for one in caller.get(f"/tasks?box={box}&case={request.number}").json["items"])


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("who", ROLES)
def test_no_door_gives_someone_who_leaves_a_task_of_their_departure(
    who: str, door: str, leaves: Leaves, caller: Callable[[str], Caller], visitor: Callable[[str], Visitor]
) -> None:
    request = departure(leaves, who)
    step, other = ROLES[who]
    task, role = request.task(step), request.task(step).role
    if door == "substitution":
        stand_in(leaves, who, other, role)
    assert step not in inbox(caller(who), request)
    if door == "page":
        assert visitor(who).send(f"/taches/{task.id}").status_code in (403, 404)
        return
    if door == "assignment to them":
        told = caller(other).post(f"/tasks/{task.id}/assignment", {"person": who})
    elif door == "assignment by them":
        told = caller(who).post(f"/tasks/{task.id}/assignment", {"person": other})
    elif door == "draft":
        told = caller(who).put(f"/tasks/{task.id}/draft", {"answers": {}})
    elif door == "comment":
        told = caller(who).post(f"/tasks/{task.id}/comments", {"text": "Essai"})
    else:
        told = caller(who).post(f"/tasks/{task.id}/{'claim' if door == 'claim' else 'completion'}", {})
    assert (told.status_code, told.json["code"]) == (403, "sod.SOD-09")


@pytest.mark.parametrize("who", ROLES)
def test_another_of_the_role_does_it_else_whoever_acts_in_their_place(
    who: str, leaves: Leaves, caller: Callable[[str], Caller]
) -> None:
    request = departure(leaves, who)
    step, other = ROLES[who]
    task = request.task(step)
    assert step in inbox(caller(other), request)
    assert caller(other).post(f"/tasks/{task.id}/completion", {"answers": {}}).status_code == 200


def test_the_page_says_in_whose_place_and_for_which_role(leaves: Leaves, visitor: Callable[[str], Visitor]) -> None:
    request = leaves.leave("P13")
    page = visitor("P12")
    page.get(f"/taches/{request.task('L05').id}")
    assert "à la place de Manon Nadeau, que le dossier concerne" in page.said()
    assert [entry.data for entry in request.journal("task.in_stead")] == [{"to": "P12", "role": "RH"}]


def test_tasks_of_emplo_stay_theirs(leaves: Leaves, caller: Callable[[str], Caller]) -> None:
    request = departure(leaves, "P14")
    assert inbox(caller("P14"), request) == ["L10"]
    assert caller("P14").post(f"/tasks/{request.task('L10').id}/completion", {"answers": {}}).status_code == 200


def test_the_live_substitute_for_the_role_comes_before_the_superior(
    leaves: Leaves, caller: Callable[[str], Caller]
) -> None:
    stand_in(leaves, "P23", "P13", "RH")
    request = leaves.leave("P13")
    assert (inbox(caller("P23"), request), inbox(caller("P12"), request)) == (["L05"], [])


def test_the_last_of_a_role_is_followed_by_who_is_named_to_it_later(
    leaves: Leaves, caller: Callable[[str], Caller]
) -> None:
    with Session(leaves.engine) as session:
        gone = person_by_code(session, "P15")
        assert gone is not None
        for row in session.scalars(select(RoleAssignment).where(RoleAssignment.person_id == gone.id)):
            row.state = "TERMINEE"
        session.commit()
    request = departure(leaves, "P14")
    assert "L21" in inbox(caller("P12"), request)
    with Session(leaves.engine) as session:
        named = person_by_code(session, "P16")
        assert named is not None
        a_role(session, named, "PILOT")
        session.commit()
    assert "L21" in inbox(caller("P16"), request)
    assert caller("P16").post(f"/tasks/{request.task('L21').id}/completion", {"answers": {}}).status_code == 200
    assert "L21" not in inbox(caller("P12"), request)


def test_a_late_task_never_goes_up_to_who_leaves(leaves: Leaves) -> None:
    request = departure(leaves, "P12")
    leaves.move("2026-12-14T16:00-05:00")
    assert {row[0]: row[1:] for row in request.open}["L21"] == ("P10",)


def test_a_security_alarm_about_the_only_one_of_security_goes_to_the_superior(leaves: Leaves) -> None:
    request = departure(leaves, "P19")
    with leaves.house() as desk:
        task = request.task("L21")
        raise_alarm(desk, desk.session.get_one(Case, task.case_id), task)
    assert ("X01", "P28") in request.open


def test_nor_does_who_supervises_a_role_hand_on_its_task_of_their_own_departure(
    leaves: Leaves, caller: Callable[[str], Caller]
) -> None:
    place = f"/tasks/{departure(leaves, 'P02').task('L25').id}/assignment"
    told = caller("P02").post(place, {"person": "P03"})
    assert (told.status_code, told.json["code"]) == (403, "sod.SOD-09")


def test_what_one_had_taken_goes_to_another_when_the_case_is_kept_from_them(leaves: Leaves) -> None:
    request = leaves.leave("P13")
    with leaves.house() as desk:
        task = desk.session.get_one(Task, request.task("L05").id)
        task.state, task.assignee_id = "PRISE_EN_CHARGE", leaves.person_id("P13")
        leaves.keep(desk, desk.session.get_one(Case, task.case_id), "P13")
    assert (request.task("L05").assignee_id, request.open) == (None, [("L05", "P12")])


def test_nobody_starts_their_own_departure(caller: Callable[[str], Caller]) -> None:
    told = {"matricule": "100213", "type_depart": "DEMISSION", "dernier_jour": "2026-12-18", "employe_informe": True}
    told["t_effet"] = "2026-12-18T16:30:00-05:00"
    answer = caller("P13").post("/cases", {"process": "depart_employe", "data": told})
    assert (answer.status_code, answer.json["code"]) == (403, "sod.SOD-09")
