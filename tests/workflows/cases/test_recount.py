"""« Recalculer les échéances » : a calendar changed, and an operator moves what was counted on it, and nothing else."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from sqlalchemy import select

from tests.builders import a_person
from tests.workflows.cases.conftest import World
from workflows.calendars.holidays import PublishHolidays, SpecialDay, publish_holidays
from workflows.cases.claim import claim_task
from workflows.cases.commands import ClaimTask
from workflows.cases.details import Wait
from workflows.cases.models import Case, TaskState
from workflows.cases.recount import MoveDeadlines, Recount, move_deadlines, preview_deadlines
from workflows.errors import Conflict, Forbidden, Missing
from workflows.journal.models import JournalEntry
from workflows.people.models import Person
from workflows.worker.clock import move_clock

TUESDAY, WEDNESDAY = date(2026, 12, 8), date(2026, 12, 9)


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-12-{text}-05:00")


@pytest.fixture
def operator(world: World) -> Person:
    return a_person(world.session, world.organisation, "EXPL", code="T20")


def close(world: World, *days: date) -> None:
    """Make these days holidays, and no other."""
    adviser = a_person(world.session, world.organisation, "RH")
    told = [SpecialDay(day, "Fermeture") for day in days]
    publish_holidays(world.desk(adviser), PublishHolidays(2026, told))
    world.session.commit()


def recount(world: World, operator: Person, case: Case | None = None) -> Recount:
    ref = case.number if case is not None else None
    seen = preview_deadlines(world.desk(operator), ref).fingerprint
    done = move_deadlines(world.desk(operator), MoveDeadlines(seen, ref))
    world.session.commit()
    return done


def reminder(world: World, case: Case) -> tuple[datetime | None, str | None]:
    query = select(Wait).where(Wait.case_id == case.id, Wait.kind == "reminder")
    (row,) = world.session.scalars(query.execution_options(populate_existing=True)).all()
    return row.due_at, row.attached_to


def kinds(world: World, case: Case) -> list[str]:
    query = select(JournalEntry).where(JournalEntry.case_id == case.id).order_by(JournalEntry.position)
    return [entry.kind for entry in world.session.scalars(query)]


def test_a_deadline_stays_when_the_calendar_changes(world: World) -> None:
    case = world.asked()
    assert world.task(case, "E07").due_at == at("09T12:00")
    close(world, TUESDAY)
    assert world.task(case, "E07").due_at == at("09T12:00")


def test_the_preview_says_from_when_to_when_and_moves_nothing(world: World, operator: Person) -> None:
    case = world.asked()
    close(world, TUESDAY)
    (move,) = preview_deadlines(world.desk(operator)).moves
    assert (move.number, move.step, move.before, move.after) == (case.number, "E07", at("09T12:00"), at("10T12:00"))
    assert world.task(case, "E07").due_at == at("09T12:00")


def test_the_deadline_and_its_reminder_move_together(world: World, operator: Person) -> None:
    case = world.asked()
    assert reminder(world, case) == (at("08T13:00"), "RAPPEL")
    close(world, TUESDAY)
    recount(world, operator)
    assert world.task(case, "E07").due_at == at("10T12:00")
    assert reminder(world, case) == (at("09T13:00"), "RAPPEL")


def test_each_task_that_moves_is_in_the_journal_with_who_moved_it(world: World, operator: Person) -> None:
    case = world.asked()
    close(world, TUESDAY)
    recount(world, operator)
    entry = world.session.scalars(select(JournalEntry).where(JournalEntry.kind == "task.due_moved")).one()
    assert (entry.case_id, entry.step, entry.by) == (case.id, "E07", operator.code)
    told = [datetime.fromisoformat(entry.data[key]) for key in ("before", "due_at")]
    assert told == [at("09T12:00"), at("10T12:00")]


def test_what_does_not_change_moves_nothing_and_says_nothing(world: World, operator: Person) -> None:
    case = world.asked()
    close(world, date(2026, 12, 25))
    done = recount(world, operator)
    assert (done.looked_at, done.moves) == (1, ())
    assert "task.due_moved" not in kinds(world, case)


def test_a_holiday_taken_back_takes_the_deadline_back(world: World, operator: Person) -> None:
    close(world, TUESDAY)
    case = world.asked()
    assert world.task(case, "E07").due_at == at("10T12:00")
    close(world)
    recount(world, operator)
    assert world.task(case, "E07").due_at == at("09T12:00")


def test_counting_twice_moves_once(world: World, operator: Person) -> None:
    world.asked()
    close(world, TUESDAY)
    recount(world, operator)
    assert recount(world, operator).moves == ()


def test_who_holds_the_task_keeps_it_as_it_was(world: World, operator: Person) -> None:
    case = world.asked()
    task = world.task(case, "E07")
    claim_task(world.desk(world.rcell), ClaimTask(task.id))
    world.session.commit()
    before = (task.state, task.assignee_id, task.revision)
    close(world, TUESDAY)
    recount(world, operator)
    task = world.task(case, "E07")
    assert (task.state, task.assignee_id, task.revision) == before
    assert task.due_at == at("10T12:00")


def test_a_returned_task_keeps_its_remainder(world: World, operator: Person) -> None:
    case = world.asked()
    world.complete(world.rcell, case, "E07", decision="RETOURNER")
    close(world, TUESDAY)
    recount(world, operator)
    task = world.task(case, "E07")
    assert (task.state, task.remaining_seconds) == (TaskState.RETURNED, 14 * 3600)
    assert task.due_at == at("09T12:00")


def test_a_finished_task_stays_as_it_was(world: World, operator: Person) -> None:
    case = world.asked()
    task = world.task(case, "E07")
    world.complete(world.rcell, case, "E07", decision="CONFIRMER")
    close(world, TUESDAY)
    recount(world, operator)
    world.session.refresh(task)
    assert task.due_at == at("09T12:00")


def test_one_case_alone_may_be_counted_again(world: World, operator: Person) -> None:
    one, other = world.asked(), world.asked()
    close(world, TUESDAY)
    recount(world, operator, one)
    assert (world.task(one, "E07").due_at, world.task(other, "E07").due_at) == (at("10T12:00"), at("09T12:00"))


def test_what_changed_since_the_preview_is_refused_whole(world: World, operator: Person) -> None:
    case = world.asked()
    close(world, TUESDAY)
    seen = preview_deadlines(world.desk(operator)).fingerprint
    close(world, TUESDAY, WEDNESDAY)
    with pytest.raises(Conflict, match=r"deadlines\.changed"):
        move_deadlines(world.desk(operator), MoveDeadlines(seen))
    world.session.rollback()
    assert world.task(case, "E07").due_at == at("09T12:00")


def test_a_deadline_that_something_else_moved_is_left_where_it_is(world: World, operator: Person) -> None:
    task = world.task(world.asked(), "E07")
    task.due_at = at("15T12:00")
    world.session.commit()
    close(world, TUESDAY)
    assert recount(world, operator).moves == ()


def test_only_an_operator_looks_and_moves(world: World, operator: Person) -> None:
    world.asked()
    close(world, TUESDAY)
    seen = preview_deadlines(world.desk(operator)).fingerprint
    for ask in (preview_deadlines, lambda desk: move_deadlines(desk, MoveDeadlines(seen))):
        with pytest.raises(Forbidden, match=r"deadlines\.not_yours"):
            ask(world.desk(world.intrl))


def test_a_case_that_does_not_exist_is_told_so(world: World, operator: Person) -> None:
    with pytest.raises(Missing, match=r"case\.unknown"):
        preview_deadlines(world.desk(operator), "ESS-2026-999999")


def test_a_late_task_whose_deadline_moves_on_is_reminded_then_late_again(world: World, operator: Person) -> None:
    case = world.asked()
    move_clock(world.session.get_bind(), at("09T12:00"))
    world.session.expire_all()
    assert kinds(world, case).count("task.late") == 1
    close(world, TUESDAY, WEDNESDAY)
    world.now = at("09T12:00")
    recount(world, operator)
    assert reminder(world, case) == (at("10T13:00"), "RAPPEL")
    move_clock(world.session.get_bind(), at("11T12:00"))
    world.session.expire_all()
    assert kinds(world, case).count("task.late") == 2


def test_a_deadline_that_moves_into_the_past_is_told_late_at_once(world: World, operator: Person) -> None:
    close(world, TUESDAY)
    case = world.asked()
    move_clock(world.session.get_bind(), at("09T16:00"))
    world.session.expire_all()
    assert (reminder(world, case)[1], kinds(world, case).count("task.late")) == ("RETARD", 0)
    close(world)
    world.now = at("09T16:00")
    recount(world, operator)
    assert reminder(world, case) == (at("09T12:00"), "RETARD")
    move_clock(world.session.get_bind(), at("09T16:01"))
    world.session.expire_all()
    assert kinds(world, case).count("task.late") == 1
