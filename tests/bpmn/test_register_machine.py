"""At no instant is the body without a contact lead, whatever happens to its register, in whatever order (CARD-02)."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from tests.bpmn.living import Life
from tests.bpmn.naming import Register
from workflows.database import make_engine
from workflows.desk import Desk, at_desk, system_actor
from workflows.operations.ending import SUSPENDED, cover, end_interims, end_role, end_roles, hold_register
from workflows.operations.resuming import resume_role
from workflows.people.directory import person_by_code
from workflows.people.models import Organisation, RoleAssignment
from workflows.worker.clock import move_clock

START = datetime.fromisoformat("2026-12-07T09:00:00-05:00")
PEOPLE = ("P02", "P16", "P23", "P13")
MOVES = st.one_of(
    st.tuples(st.just("name"), st.sampled_from(PEOPLE), st.sampled_from([None, 3, 40])),
    st.tuples(st.just("end"), st.sampled_from(PEOPLE), st.none()),
    st.tuples(st.just("leave"), st.sampled_from(PEOPLE), st.none()),
    st.tuples(st.just("suspend"), st.sampled_from(PEOPLE), st.none()),
    st.tuples(st.just("resume"), st.sampled_from(PEOPLE), st.none()),
    st.tuples(st.just("wait"), st.just(""), st.sampled_from([1, 7, 45])),
)


def rows_of(desk: Desk, code: str, state: str) -> list[RoleAssignment]:
    person = person_by_code(desk.session, code)
    assert person is not None
    mine = (RoleAssignment.person_id == person.id, RoleAssignment.role == "INTRL", RoleAssignment.state == state)
    return list(desk.session.scalars(select(RoleAssignment).where(*mine, RoleAssignment.interim.is_(False))))


def name(desk: Desk, code: str, days: int | None) -> None:
    """Someone becomes contact lead in place of whoever is."""
    organisation = desk.session.scalars(select(Organisation)).one()
    hold_register(desk.session, organisation.id)
    person = person_by_code(desk.session, code)
    assert person is not None
    active = (RoleAssignment.role == "INTRL", RoleAssignment.state == "ACTIVE", RoleAssignment.interim.is_(False))
    for row in desk.session.scalars(select(RoleAssignment).where(*active)).all():
        end_role(desk, row, desk.now, None)
    fresh = RoleAssignment(organisation_id=organisation.id, person_id=person.id, role="INTRL", valid_from=desk.now)
    fresh.valid_until = desk.now + timedelta(days=days) if days else None
    desk.session.add(fresh)
    desk.session.flush()
    end_interims(desk, fresh, desk.now, None)


def change(desk: Desk, move: tuple[str, str, int | None]) -> None:
    verb, code, days = move
    if verb == "name":
        name(desk, code, days)
    elif verb == "leave":
        person = person_by_code(desk.session, code)
        assert person is not None
        end_roles(desk, person, desk.now, None)
    elif verb == "resume":
        for row in rows_of(desk, code, SUSPENDED):
            resume_role(desk, row, desk.now, None)
    else:
        for row in rows_of(desk, code, "ACTIVE"):
            end_role(desk, row, desk.now, None, SUSPENDED if verb == "suspend" else "TERMINEE")
            cover(desk, row, desk.now, None)


@pytest.fixture
def fresh(new_database: Callable[[str], str], demo_template: str) -> Callable[[], Engine]:
    """A fresh OP-DEMO each time it is asked for."""
    return lambda: make_engine(new_database(demo_template))


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(moves=st.lists(MOVES, min_size=2, max_size=8))
def test_somebody_is_contact_lead_at_every_instant(
    fresh: Callable[[], Engine], moves: list[tuple[str, str, int | None]]
) -> None:
    engine = fresh()
    register, now, seen = Register(Life(engine)), START, []
    for move in moves:
        if move[0] == "wait":
            now += timedelta(days=int(move[2] or 0))
            move_clock(engine, now)
        else:
            now += timedelta(minutes=10)
            move_clock(engine, now)
            with Session(engine) as session:
                organisation = session.scalars(select(Organisation)).one()
                with at_desk(Desk(session, system_actor(organisation.id), now)) as desk:
                    change(desk, move)
        seen.append(len(register.holding("INTRL", now.isoformat())))
    engine.dispose()
    assert seen == [1] * len(moves)


def test_the_register_of_a_month_has_no_hole(fresh: Callable[[], Engine]) -> None:
    engine = fresh()
    register = Register(Life(engine))
    for at, move in ((1, ("name", "P16", 3)), (10, ("leave", "P16", None)), (20, ("name", "P23", None))):
        moment = START + timedelta(days=at)
        move_clock(engine, moment)
        with Session(engine) as session:
            organisation = session.scalars(select(Organisation)).one()
            with at_desk(Desk(session, system_actor(organisation.id), moment)) as desk:
                change(desk, move)
    rows = sorted((row.valid_from, row.valid_until) for row in register.rows("INTRL") if row.state != SUSPENDED)
    engine.dispose()
    ends = [(until, following[0]) for (_, until), following in itertools.pairwise(rows)]
    assert [end == begins for end, begins in ends] == [True] * len(ends)
    assert len(rows) == 4
