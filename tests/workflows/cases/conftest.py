"""Rows of cases and tasks made by hand, for what is only about lists."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.builders import NOON, a_calendar, a_person, a_system_desk, an_organisation, desk_of
from workflows.cases.commands import CompleteTask, Completion, StartCase
from workflows.cases.complete import complete_task
from workflows.cases.models import Case, PersonKind, Task, TaskPerson, TaskState
from workflows.cases.start import start_case
from workflows.catalog.models import ProcessVersion
from workflows.catalog.publish import publish_folder
from workflows.clock import start_simulation
from workflows.desk import Desk
from workflows.people.models import Organisation, Person

ESSAI = Path(__file__).parent / "essai"


@pytest.fixture
def organisation(session: Session) -> Organisation:
    """A public body."""
    return an_organisation(session)


@pytest.fixture
def a_bare_version(session: Session) -> ProcessVersion:
    """A version of a process that nothing runs."""
    version = ProcessVersion(
        key="essai", version=1, checksum="", sources={}, about={}, blueprint=b"", published_at=NOON
    )
    session.add(version)
    session.flush()
    return version


@pytest.fixture
def a_bare_case(session: Session, organisation: Organisation, a_bare_version: ProcessVersion) -> Callable[..., Case]:
    """Make a case that no engine runs."""

    def make(number: str = "ESS-2026-000001", **more: Any) -> Case:
        given = {"process": "essai", "created_at": NOON, "engine_state": b"", **more}
        case = Case(organisation_id=organisation.id, number=number, version_id=a_bare_version.id, **given)
        session.add(case)
        session.flush()
        return case

    return make


@pytest.fixture
def a_bare_task(session: Session) -> Callable[..., Task]:
    """Make a task that no engine waits for; ``named`` and ``excluded`` are persons."""

    def make(case: Case, named: tuple[Person, ...] = (), excluded: tuple[Person, ...] = (), **more: Any) -> Task:
        given = {"step": "E01", "title": "Essayer", "title_en": "Try", "role": "RCELL", "created_at": NOON, **more}
        task = Task(case_id=case.id, organisation_id=case.organisation_id, **given)
        session.add(task)
        session.flush()
        for person in named:
            session.add(TaskPerson(task_id=task.id, person_id=person.id, kind=PersonKind.CANDIDATE))
        for person in excluded:
            session.add(TaskPerson(task_id=task.id, person_id=person.id, kind=PersonKind.EXCLUDED))
        session.flush()
        return task

    return make


class World:
    """A small body where the « essai » process runs: who is there, and shortcuts to the verbs."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.now = NOON
        self.organisation = an_organisation(session)
        a_calendar(session, self.organisation)
        self.asker = a_person(session, self.organisation, code="T01")
        self.rcell = a_person(session, self.organisation, "RCELL", code="T02")
        self.other_rcell = a_person(session, self.organisation, "RCELL", code="T03")
        self.intrl = a_person(session, self.organisation, "INTRL", code="T04")
        self.ti = a_person(session, self.organisation, "TI", code="T05")
        self.stranger = a_person(session, self.organisation, code="T06")
        start_simulation(session, NOON)
        self.version = publish_folder(a_system_desk(session), ESSAI)
        session.commit()

    def desk(self, person: Person) -> Desk:
        """A desk for a person, now."""
        return desk_of(self.session, person, self.now)

    def start(self) -> Case:
        """A case that the asker starts."""
        case = start_case(self.desk(self.asker), StartCase("essai"))
        self.session.commit()
        return case

    def task(self, case: Case, step: str) -> Task:
        """The open (or returned) task of a step."""
        states = (TaskState.OPEN, TaskState.CLAIMED, TaskState.RETURNED)
        query = select(Task).where(Task.case_id == case.id, Task.step == step, Task.state.in_(states))
        return self.session.scalars(query.execution_options(populate_existing=True)).one()

    def complete(self, person: Person, case: Case, step: str, **answers: Any) -> Completion:
        """Complete the open task of a step."""
        done = complete_task(self.desk(person), CompleteTask(self.task(case, step).id, answers))
        self.session.commit()
        return done

    def asked(self) -> Case:
        """A case that waits for the RCELL's decision."""
        case = self.start()
        self.complete(self.asker, case, "E05", besoin="Un téléphone")
        return case

    def waiting(self) -> Case:
        """A case that waits for the provider."""
        case = self.asked()
        self.complete(self.rcell, case, "E07", decision="CONFIRMER")
        return case


@pytest.fixture
def world(session: Session) -> World:
    """A small body where the « essai » process runs."""
    return World(session)
