"""A small body with a case and a task that no engine runs: enough for the doors."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from tests.builders import NOON, a_person, a_system_desk, an_organisation
from tests.webapp.conftest import Caller
from workflows.cases.models import Case, Task
from workflows.catalog.models import ProcessVersion
from workflows.catalog.publish import publish_folder
from workflows.clock import wall_now
from workflows.people.directory import person_by_code
from workflows.people.models import Organisation, Person
from workflows.people.tokens import issue_token

ESSAI = Path(__file__).parents[2] / "workflows" / "cases" / "essai"


@dataclass
class Body:
    """An organisation, its people, one case of one task in the inbox of RCELL."""

    organisation: Organisation
    analyst: Person
    requester: Person
    case: Case
    task: Task


def a_body(session: Session, code: str, version: ProcessVersion) -> Body:
    """A public body with a case under way."""
    organisation = an_organisation(session, code)
    analyst = a_person(session, organisation, "RCELL", code="P03")
    requester = a_person(session, organisation, code="P01")
    case = Case(
        organisation_id=organisation.id,
        number="ESS-2026-000001",
        process=version.key,
        version_id=version.id,
        subject="Un essai",
        requester_id=requester.id,
        engine_state=b"",
        created_at=NOON,
    )
    session.add(case)
    session.flush()
    task = Task(
        case_id=case.id, organisation_id=organisation.id, step="E07", title="Essayer", title_en="Try", form="F-E2"
    )
    task.role, task.queue, task.created_at, task.due_at = "RCELL", f"{code}/RCELL", NOON, NOON
    session.add(task)
    session.flush()
    return Body(organisation, analyst, requester, case, task)


@pytest.fixture
def version(session: Session) -> ProcessVersion:
    """The trial process, published."""
    published = publish_folder(a_system_desk(session), ESSAI)
    session.flush()
    return published


@pytest.fixture
def body(session: Session, version: ProcessVersion) -> Body:
    """The body whose doors are tried."""
    return a_body(session, "OP-TEST", version)


@pytest.fixture
def elsewhere(session: Session, version: ProcessVersion, body: Body) -> Body:
    """Another body, which must stay out of sight."""
    return a_body(session, "OP-TWO", version)


@pytest.fixture
def analyst(session: Session, body: Body, calling: Callable[..., Caller]) -> Caller:
    """Someone whose role the task comes to."""
    return calling(session, body.analyst)


@pytest.fixture
def requester(session: Session, body: Body, calling: Callable[..., Caller]) -> Caller:
    """Someone who asked, and holds no role."""
    return calling(session, body.requester)


def path_of(body: Body, what: str = "") -> str:
    """The address of a body's task."""
    return f"/tasks/{body.task.id}{what}"


@pytest.fixture
def as_person(app: Flask, demo: Session) -> Callable[[str], Caller]:
    """Call as someone of OP-DEMO."""

    def caller(code: str) -> Caller:
        person = person_by_code(demo, code)
        assert person is not None
        token = issue_token(demo, person, wall_now())
        demo.commit()
        return Caller(app.test_client(), token)

    return caller
