"""Rows of cases and tasks made by hand, for what is only about lists."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy.orm import Session

from tests.builders import NOON, an_organisation
from workflows.cases.models import Case, PersonKind, Task, TaskPerson
from workflows.catalog.models import ProcessVersion
from workflows.people.models import Organisation, Person


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
