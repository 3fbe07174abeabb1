"""Handing a message to the case that waits for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from workflows.accesses.calls import Operation, call_named
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

ANSWER = "connecteur.compte.etat"
"""What a system's connector says of an account."""


@dataclass(frozen=True, slots=True)
class Awaited:
    """A case (locked) and what it waits for."""

    case: Case
    wait: Wait


def awaited_by(desk: Desk, name: str, correlation: str | None, data: Mapping[str, Any] | None = None) -> Awaited | None:
    """The oldest running case that waits for a message of this name and correlation, its row locked.

    An answer of a connector goes to the case that asked, and to none besides; what a system says by itself goes first
    to a case that listens all along.
    """
    if correlation is None:
        return None
    own = desk.actor.organisation_id
    number = select(Case).where(Case.organisation_id == own, Case.number == correlation)
    desk.session.scalar(number.with_for_update())
    named = (Wait.kind == "message", Wait.name == name)
    waiting = select(Wait.case_id).where(*named, Wait.correlation == correlation)
    cases = select(Case).where(Case.id.in_(waiting), Case.organisation_id == own)
    asked = call_named(desk.session, own, data.get("operation_id")) if name == ANSWER and data else None
    if asked is not None:
        cases = cases.where(Case.id == asked.case_id)
    elif name == ANSWER:
        cases = cases.order_by(Case.id.in_(waiting.where(Wait.attached_to.is_not(None))).desc())
    ordered = cases.order_by(Case.id).limit(1).with_for_update().execution_options(populate_existing=True)
    case = desk.session.scalar(ordered)
    if case is None:
        return None
    waits = desk.session.scalars(select(Wait).where(Wait.case_id == case.id, *named).order_by(Wait.id)).all()
    aside = asked is None or asked.operation == Operation.DISABLE
    fitting = [wait for wait in waits if (wait.attached_to is not None) is aside] if name == ANSWER else []
    return Awaited(case, (fitting or waits)[0]) if waits else None


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
