"""A task that waits: reminded, late, handed up; who is told, each moment once, in order, none early (B.0.4, E.1.7)."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, delete, select
from sqlalchemy.orm import Session

from tests.builders import NOON, a_calendar, a_person, a_system_desk, a_unit
from workflows.calendars.models import CalendarException, CalendarWindow
from workflows.calendars.queries import calendar_of
from workflows.cases.marks import clock_of
from workflows.cases.models import Case, PersonKind, Task, TaskPerson
from workflows.cases.reminders import arm
from workflows.clock import business_now, start_simulation
from workflows.journal.models import JournalEntry
from workflows.notices.models import Notice
from workflows.people.models import Organisation, Person, Substitution
from workflows.worker.clock import move_clock

MakeCase, MakeTask = Callable[..., Case], Callable[..., Task]
MOMENTS = ("task.reminded", "task.late", "task.escalated", "task.still_late")
MINUTE = timedelta(minutes=1)
QUEBEC = ZoneInfo("America/Toronto")
_numbers = itertools.count(1)


class House:
    """A small body: a unit with a head, someone in it, and cases that nothing but time moves."""

    def __init__(self, session: Session, engine: Engine, a_case: MakeCase, a_task: MakeTask) -> None:
        self.session, self.engine, self.a_case, self.a_task = session, engine, a_case, a_task
        self.organisation = session.scalars(select(Organisation)).one()
        self.calendar = a_calendar(session, self.organisation)
        unit = a_unit(session, self.organisation, "DTI")
        self.head = a_person(session, self.organisation, "GEST", code="CHEF")
        self.person = a_person(session, self.organisation, code="ELLE", unit_id=unit.id)
        unit.head_id = self.head.id
        start_simulation(session, NOON)
        session.commit()

    def waits(self, role: str, policy: str, hours: int = 7, **more: Any) -> Task:
        """A task of a role that waits from now on, with so many hours on its policy's clock."""
        now = business_now(self.session)
        clock = clock_of(policy, calendar_of(self.session, self.organisation))
        due = clock.add(now, hours)
        case = self.a_case(f"ESS-2026-{next(_numbers):06d}")
        task = self.a_task(case, role=role, policy=policy, created_at=now, due_at=due, **more)
        arm(a_system_desk(self.session, self.organisation, now), calendar_of(self.session, self.organisation), task)
        self.session.commit()
        return task

    def in_hands(self, role: str, policy: str = "ESC-A", **more: Any) -> Task:
        """The same, in someone's hands."""
        return self.waits(role, policy, state="PRISE_EN_CHARGE", assignee_id=self.person.id, **more)

    def lives(self, **later: float) -> None:
        """Time goes by, from noon on."""
        move_clock(self.engine, NOON + timedelta(**later))
        self.session.expire_all()

    def moments(self, task: Task) -> list[tuple[str, datetime]]:
        """What the journal says came over a task."""
        mine = (JournalEntry.case_id == task.case_id, JournalEntry.step == task.step, JournalEntry.kind.in_(MOMENTS))
        rows = self.session.scalars(select(JournalEntry).where(*mine).order_by(JournalEntry.position))
        return [(row.kind, row.at) for row in rows]

    def told(self, task: Task, kind: str) -> set[str]:
        """Who was given a notice of a kind about a task's case."""
        query = select(Person.code).join(Notice, Notice.person_id == Person.id)
        return set(self.session.scalars(query.where(Notice.case_id == task.case_id, Notice.kind == kind)))


@pytest.fixture
def house(
    session: Session, engine: Engine, organisation: Organisation, a_bare_case: MakeCase, a_bare_task: MakeTask
) -> House:
    """A small body."""
    return House(session, engine, a_bare_case, a_bare_task)


ABOVE = {"RCELL": "INTRL", "MANDA": "INTRL", "FACTU": "INTRL", "AGCA": "SUPCA", "FINMC": "RSECT"} | dict.fromkeys(
    ("INTRL", "DERO", "CSEC", "RPRP"), "DIR"
)
OF_A_UNIT = ("GEST", "PILOT", "PILFM", "TI", "SECPH", "RH", "PROP", "FORMA")


@pytest.mark.parametrize(("role", "above"), ABOVE.items())
def test_the_role_above_is_told_then_gets_the_task(house: House, role: str, above: str) -> None:
    boss = a_person(house.session, house.organisation, above)
    task = house.in_hands(role)
    house.lives(days=10)
    assert house.told(task, "task.late") == {"ELLE", boss.code}
    assert (task.role, task.queue, task.state, task.assignee_id) == (above, f"OP-TEST/{above}", "DISPONIBLE", None)
    assert [kind for kind, _ in house.moments(task)] == ["task.reminded", "task.late", "task.escalated"]


@pytest.mark.parametrize("role", OF_A_UNIT)
def test_where_the_unit_supervises_its_head_is_told_then_gets_the_task(house: House, role: str) -> None:
    task = house.in_hands(role)
    house.lives(days=10)
    assert house.told(task, "task.late") == {"ELLE", "CHEF"}
    named = select(TaskPerson.person_id).where(TaskPerson.task_id == task.id, TaskPerson.removed_at.is_(None))
    assert (house.session.scalars(named).all(), task.queue, task.assignee_id) == ([house.head.id], None, None)
    assert house.told(task, "task.escalated") == {"CHEF"}


def test_an_employees_task_is_never_handed_on_and_the_superior_is_told(house: House) -> None:
    task = house.in_hands("EMPLO")
    house.lives(days=10)
    assert (task.role, task.assignee_id, task.state) == ("EMPLO", house.person.id, "PRISE_EN_CHARGE")
    assert house.told(task, "task.late") == {"ELLE", "CHEF"}
    assert [kind for kind, _ in house.moments(task)] == ["task.reminded", "task.late", "task.still_late"]


def test_a_task_whose_superior_may_not_have_it_stays_where_it_is(house: House) -> None:
    task = house.in_hands("TI")
    kept_out = TaskPerson(task_id=task.id, person_id=house.head.id, kind=PersonKind.EXCLUDED, rule="SOD-09")
    house.session.add(kept_out)
    house.session.commit()
    house.lives(days=10)
    assert (task.assignee_id, task.state) == (house.person.id, "PRISE_EN_CHARGE")
    assert [kind for kind, _ in house.moments(task)][-1] == "task.still_late"


@pytest.mark.parametrize(("ends", "told"), [(3, {"ELLE", "CHEF", "REMPLACE"}), (0, {"ELLE", "CHEF"})])
def test_a_substitute_is_told_of_lateness_only_while_one_is_live(house: House, ends: int, told: set[str]) -> None:
    standin = a_person(house.session, house.organisation, code="REMPLACE")
    period = {"valid_from": NOON - timedelta(days=9), "valid_until": NOON + timedelta(days=ends)}
    persons = {"titulaire_id": house.person.id, "substitute_id": standin.id}
    absence = Substitution(
        organisation_id=house.organisation.id, code="S1", roles=["TI"], instrument="note", **persons, **period
    )
    house.session.add(absence)
    task = house.in_hands("TI")
    house.lives(days=1, hours=1)
    assert house.told(task, "task.late") == told


def test_security_never_sleeps(house: House) -> None:
    security = a_person(house.session, house.organisation, "CSEC")
    head = a_person(house.session, house.organisation, "DIR")
    house.lives(days=4, hours=6)
    evening = NOON + timedelta(days=4, hours=6)
    task = house.in_hands("TI", "ESC-S", hours=24)
    house.lives(days=4, hours=6 + 47, minutes=59)
    half, whole = timedelta(hours=12), timedelta(hours=24)
    assert house.moments(task) == [("task.reminded", evening + half), ("task.late", evening + whole)]
    assert house.told(task, "task.late") == {"ELLE", "CHEF", security.code}
    house.lives(days=9)
    assert house.moments(task)[2:] == [("task.escalated", evening + 2 * whole)]
    assert house.told(task, "security.breach") == {head.code}
    alarm = house.session.scalars(select(Task).where(Task.case_id == task.case_id, Task.step == "X01")).one()
    assert (alarm.role, alarm.state, task.state, task.assignee_id) == (
        "CSEC",
        "DISPONIBLE",
        "PRISE_EN_CHARGE",
        house.person.id,
    )


def open_minutes(windows: list[tuple[int, int, int]], shut: set[int], since: datetime, until: datetime) -> int:
    """How many minutes of a half-open span are open, counted one by one."""
    found, at = 0, since
    while at < until:
        local = at.astimezone(QUEBEC)
        minute, day = local.hour * 60 + local.minute, (local.date() - NOON.date()).days
        if day not in shut and any(w == local.weekday() and o <= minute < c for w, o, c in windows):
            found += 1
        at += MINUTE
    return found


WINDOW = st.tuples(st.integers(0, 6), st.integers(180, 1_200), st.integers(120, 600)).map(
    lambda one: (one[0], one[1], min(one[1] + one[2], 1_439))
)


@settings(
    max_examples=6, deadline=None, phases=[Phase.generate], suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    windows=st.lists(WINDOW, min_size=1, max_size=5, unique_by=lambda one: one[0]),
    shut=st.sets(st.integers(0, 9), max_size=3),
    hours=st.integers(1, 4),
    strides=st.lists(st.integers(1, 3_000), min_size=1, max_size=6),
    policy=st.sampled_from(["ESC-A", "ESC-A", "ESC-S"]),
)
def test_each_moment_comes_once_in_order_and_none_early(
    house: House,
    windows: list[tuple[int, int, int]],
    shut: set[int],
    hours: int,
    strides: list[int],
    policy: str,
) -> None:
    session, start = house.session, business_now(house.session)
    offset = (start.date() - NOON.date()).days
    session.execute(delete(CalendarWindow))
    session.execute(delete(CalendarException))
    for weekday, opens, closes in windows:
        hour = (time(opens // 60, opens % 60), time(closes // 60, closes % 60))
        session.add(CalendarWindow(calendar_id=house.calendar.id, weekday=weekday, opens=hour[0], closes=hour[1]))
    for day in shut:
        on = start.date() + timedelta(days=day)
        session.add(CalendarException(organisation_id=house.organisation.id, on=on, name="Fermé"))
    session.commit()
    session.info.clear()
    task = house.waits("EMPLO", policy, hours, state="PRISE_EN_CHARGE", assignee_id=house.person.id)
    for stride in strides:
        move_clock(house.engine, business_now(session) + stride * MINUTE)
        session.rollback()
    move_clock(house.engine, business_now(session) + timedelta(days=60))
    session.rollback()
    last = "task.escalated" if policy == "ESC-S" else "task.still_late"
    moments = house.moments(task)
    assert [kind for kind, _ in moments] == ["task.reminded", "task.late", last]
    for (_, at), share in zip(moments, (30, 60, 120), strict=True):
        closed = {day + offset for day in shut}
        always = [(day, 0, 1_440) for day in range(7)]
        counted = (always, set[int]()) if policy == "ESC-S" else (windows, closed)
        assert open_minutes(*counted, start, at) == hours * share
        assert open_minutes(*counted, start, at - MINUTE) == hours * share - 1
