"""A case in error says why and whom to ask, is tried again by itself, and goes on when an operator says so."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.builders import a_person, a_system_desk
from tests.workflows.cases.conftest import World
from workflows.cases.commands import CompleteTask, InboxAsked
from workflows.cases.complete import complete_task
from workflows.cases.inbox import inbox
from workflows.cases.incident_row import Incident, open_incident
from workflows.cases.models import Case, CaseState, TaskState
from workflows.cases.read_case import case_view
from workflows.cases.retry import retry_by_itself, retry_case
from workflows.desk import at_desk
from workflows.errors import Conflict, Forbidden, Missing, Stopped
from workflows.journal.queries import history
from workflows.notices.models import Notice
from workflows.people.models import Person
from workflows.worker.clock import move_clock

DAY = timedelta(days=1)


@pytest.fixture
def operator(world: World) -> Person:
    """Someone who watches over cases in error."""
    person = a_person(world.session, world.organisation, "EXPL", code="T09")
    world.session.commit()
    return person


def kinds(world: World, case: Case) -> list[str]:
    return [entry.kind for entry in history(world.session, case.id)]


def broken(world: World, case: Case) -> bytes:
    """Break the state of a case; what it was."""
    state = case.engine_state
    case.engine_state = b"broken"
    world.session.commit()
    return state


def stopped_at_decision(world: World) -> tuple[Case, bytes]:
    """A case that stopped when its decision was answered, and the state that would have been good."""
    case = world.asked()
    state = broken(world, case)
    with pytest.raises(Stopped), at_desk(world.desk(world.rcell)) as desk:
        complete_task(desk, CompleteTask(world.task(case, "E07").id, {"decision": "CONFIRMER"}))
    world.session.expire_all()
    return case, state


def mend(world: World, case: Case, state: bytes) -> None:
    case.engine_state = state
    world.session.commit()


def again(world: World, person: Person, case: Case) -> None:
    with at_desk(world.desk(person)) as desk:
        retry_case(desk, case.number)


def test_it_says_why_since_when_and_whom_to_ask(world: World, operator: Person) -> None:
    case, _ = stopped_at_decision(world)
    shown = case_view(world.desk(world.rcell), case.number).incident
    assert shown is not None
    assert (shown.step, shown.code, shown.attempts, shown.at) == ("E07", "engine.state_broken", 1, world.now)
    assert shown.reason == "l'état conservé ne se relit pas"
    assert [one.code for one in shown.contact] == [operator.code]
    assert shown.reference.startswith("INC-")
    told = list(history(world.session, case.id))[-1]
    assert shown.reference in {str(entry.data.get("reference")) for entry in history(world.session, case.id)}, told


def test_operators_are_told_once(world: World, operator: Person) -> None:
    case, _ = stopped_at_decision(world)
    with pytest.raises(Stopped), at_desk(world.desk(world.rcell)) as desk:
        complete_task(desk, CompleteTask(world.task(case, "E07").id, {"decision": "CONFIRMER"}))
    notices = world.session.scalars(select(Notice).where(Notice.person_id == operator.id)).all()
    assert [(one.kind, one.case_id) for one in notices] == [("case.failed", case.id)]
    incident = open_incident(world.session, case.id)
    assert incident is not None
    assert incident.attempts == 2
    assert kinds(world, case).count("case.failed") == 1


def test_what_was_answered_is_kept_in_the_hands_of_whoever_answered(world: World) -> None:
    case, _ = stopped_at_decision(world)
    task = world.task(case, "E07")
    assert (task.state, task.assignee_id, task.draft) == (TaskState.CLAIMED, world.rcell.id, {"decision": "CONFIRMER"})
    (row,) = inbox(world.desk(world.rcell), InboxAsked("mine")).items
    assert (row.step, row.case.failed) == ("E07", True)


def test_an_operator_puts_it_back_to_work(world: World, operator: Person) -> None:
    case, state = stopped_at_decision(world)
    assert case_view(world.desk(operator), case.number).actions == ("REPRENDRE",)
    mend(world, case, state)
    again(world, operator, case)
    assert (case.state, open_incident(world.session, case.id)) == (CaseState.RUNNING, None)
    assert [kind for kind in kinds(world, case) if kind.startswith("case.re")] == ["case.retried", "case.repaired"]
    assert next(entry.by for entry in history(world.session, case.id) if entry.kind == "case.retried") == operator.code
    world.complete(world.rcell, case, "E07", decision="CONFIRMER")
    assert case.state == CaseState.WAITING


def test_a_try_that_fails_leaves_everything_and_is_counted(world: World, operator: Person) -> None:
    case, _ = stopped_at_decision(world)
    with pytest.raises(Stopped):
        again(world, operator, case)
    world.session.expire_all()
    incident = open_incident(world.session, case.id)
    assert incident is not None
    assert (case.state, incident.attempts, incident.move) == (CaseState.FAILED, 2, "task")
    assert "case.retried" not in kinds(world, case)


def test_nobody_else_takes_it_up_and_nothing_else_is_taken_up(world: World, operator: Person) -> None:
    case, _ = stopped_at_decision(world)
    with pytest.raises(Forbidden, match=r"case\.retry_not_yours"):
        again(world, world.rcell, case)
    with pytest.raises(Missing):
        again(world, world.stranger, case)
    sound = world.start()
    with pytest.raises((Missing, Conflict)):
        again(world, operator, sound)


def test_an_operator_sees_a_case_that_has_been_in_error_and_never_its_answers(world: World, operator: Person) -> None:
    case, state = stopped_at_decision(world)
    with pytest.raises(Missing):
        case_view(world.desk(operator), world.start().number)
    view = case_view(world.desk(operator), case.number)
    assert (view.reduced, view.files, view.comments) == (True, (), ())
    mend(world, case, state)
    again(world, operator, case)
    assert (case_view(world.desk(operator), case.number).reduced, case.state) == (True, CaseState.RUNNING)


def test_two_operators_at_once_take_it_up_once(world: World, operator: Person) -> None:
    case, state = stopped_at_decision(world)
    mend(world, case, state)
    again(world, operator, case)
    with pytest.raises((Missing, Conflict)):
        again(world, operator, case)
    assert kinds(world, case).count("case.repaired") == 1


def test_a_moment_that_failed_is_tried_again_by_itself_a_few_times_then_waits(world: World) -> None:
    case = world.start()
    broken(world, case)
    move_clock(world.session.get_bind(), world.now + 30 * DAY)
    world.session.expire_all()
    incident = open_incident(world.session, case.id)
    assert incident is not None
    assert (incident.attempts, incident.next_at, incident.move) == (5, None, "timer")
    assert incident.last_at - incident.at == timedelta(minutes=36, hours=2)
    assert kinds(world, case).count("case.failed") == 1


def test_a_moment_that_is_tried_again_happens_then(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    case = world.start()
    state = broken(world, case)
    asked: list[int] = []
    monkeypatch.setattr("workflows.worker.due.retry_by_itself", lambda desk, incident: mended(desk, incident))

    def mended(desk: object, incident: object) -> bool:
        asked.append(1)
        row = desk.session.get(Case, case.id)  # type: ignore[attr-defined]
        row.engine_state = state
        return retry_by_itself(desk, incident)  # type: ignore[arg-type]

    move_clock(world.session.get_bind(), world.now + 30 * DAY)
    world.session.expire_all()
    assert (asked, case.end, case.state) == ([1], "ABANDONNE", CaseState.ENDED)
    row = world.session.scalars(select(Incident)).one()
    assert (row.closed_at is not None, row.next_at) == (True, None)


def test_a_try_never_comes_early(world: World) -> None:
    case = world.start()
    broken(world, case)
    move_clock(world.session.get_bind(), world.now + 10 * DAY)
    incident = world.session.scalars(select(Incident)).one()
    incident.next_at = world.now + 20 * DAY
    world.session.commit()
    assert not retry_by_itself(a_system_desk(world.session, world.organisation, world.now + 11 * DAY), incident.id)
