"""Starting a case: its number, its first run to where someone is asked something."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workflows.cases.about import About
from workflows.cases.access import allow_start
from workflows.cases.commands import StartCase
from workflows.cases.given import Given
from workflows.cases.incident import Move, or_stop
from workflows.cases.models import Case, CaseState
from workflows.cases.number import next_number
from workflows.cases.record import record
from workflows.cases.services import CaseServices
from workflows.catalog.edition import Edition, current_edition, editions_started_by
from workflows.desk import ActorKind, Desk
from workflows.engine import begin
from workflows.errors import Flaw, Invalid, Missing
from workflows.journal.write import note
from workflows.people.models import Organisation


def start_case(desk: Desk, command: StartCase) -> Case:
    """Start a process for the actor; its first task opens at once."""
    edition = current_edition(desk.session, command.process)
    allow_start(desk, About(edition.about))
    if command.data:
        raise Invalid("form.invalid", {key: (Flaw("field.unknown"),) for key in command.data})
    return _begin(desk, edition, None, {})


def start_by_message(desk: Desk, name: str, data: Mapping[str, Any], correlation: str | None) -> Case:
    """Start the process that a message starts; ``Missing`` when there is none."""
    editions = editions_started_by(desk.session, name)
    if not editions:
        raise Missing("message.starts_nothing", name=name)
    return _begin(desk, editions[0], name, data)


def _begin(desk: Desk, edition: Edition, message: str | None, data: Mapping[str, Any]) -> Case:
    organisation = desk.session.get_one(Organisation, desk.actor.organisation_id)
    case = Case(
        organisation_id=organisation.id,
        number=next_number(desk.session, organisation, About(edition.about).prefix, desk.now),
        process=edition.key,
        version_id=edition.id,
        state=CaseState.RUNNING,
        requester_id=desk.actor.id if desk.actor.kind is ActorKind.PERSON else None,
        facts={},
        engine_state=b"",
        created_at=desk.now,
    )
    desk.session.add(case)
    desk.session.flush()
    note(desk, "case.started", case=case, process=edition.key, version=edition.number, message=message)
    given = Given(desk, case)
    if message is not None:
        given.write(edition.blueprint.first_step(message), data, None)
    services = CaseServices(desk, edition, given)
    with or_stop(desk, case, None, Move("start", asked=message is None)):
        record(desk, services, begin(edition.blueprint, services, {}, message))
    return case
