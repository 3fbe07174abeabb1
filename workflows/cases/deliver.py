"""Handing a message to the case that waits for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from workflows.cases.about import About
from workflows.cases.details import Wait
from workflows.cases.given import Given
from workflows.cases.incident import Move, or_stop
from workflows.cases.models import Case
from workflows.cases.record import record
from workflows.cases.services import CaseServices
from workflows.catalog.edition import Edition, edition_of
from workflows.desk import Desk
from workflows.engine import resume
from workflows.errors import Conflict
from workflows.journal.write import note
from workflows.operations.refusals import refuse_late


@dataclass(frozen=True, slots=True)
class Awaited:
    """A case (locked) and what it waits for."""

    case: Case
    wait: Wait


def awaited_by(desk: Desk, name: str, correlation: str | None) -> Awaited | None:
    """The oldest running case that waits for a message of this name and correlation, its row locked."""
    if correlation is None:
        return None
    number = select(Case).where(Case.organisation_id == desk.actor.organisation_id, Case.number == correlation)
    desk.session.scalar(number.with_for_update())
    waits = select(Wait.case_id).where(Wait.kind == "message", Wait.name == name, Wait.correlation == correlation)
    cases = select(Case).where(Case.id.in_(waits), Case.organisation_id == desk.actor.organisation_id)
    ordered = cases.order_by(Case.id).limit(1).with_for_update().execution_options(populate_existing=True)
    case = desk.session.scalar(ordered)
    if case is None:
        return None
    wait = desk.session.scalars(
        select(Wait).where(Wait.case_id == case.id, Wait.kind == "message", Wait.name == name)
    ).first()
    return Awaited(case, wait) if wait is not None else None


def _in_time(edition: Edition, given: Given, name: str) -> None:
    """Refuse a message that comes after the step which it could have changed."""
    after = About(edition.about).refused_after(name)
    if after is not None and given.submitted(after) is not None:
        raise Conflict("message.too_late", message=name, step=after)


def deliver_message(desk: Desk, awaited: Awaited, data: Mapping[str, Any], *, source: str, id: str) -> None:
    """Let a case run on from a message; what it brought is kept as the answers of the step that caught it."""
    case, wait = awaited.case, awaited.wait
    edition = edition_of(desk.session, case.version_id)
    given = Given(desk, case)
    _in_time(edition, given, wait.name)
    refuse_late(wait.name, case.facts, data)
    given.write(wait.step, data, None)
    note(desk, "message.received", case=case, step=wait.step, name=wait.name, source=source, id=id)
    services = CaseServices(desk, edition, given)
    with or_stop(desk, case, wait.step, Move("message")):
        run = resume(edition.blueprint, case.engine_state, services)
        record(desk, services, run.deliver(wait.id, dict(data), wait.name))
