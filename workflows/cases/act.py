"""What a person does on a running case besides its tasks: end it, move its day, bring its file up to date."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select

from workflows.cases.about import About
from workflows.cases.access import allow_sight
from workflows.cases.deliver import Awaited, deliver_message
from workflows.cases.details import Wait
from workflows.cases.given import Given
from workflows.cases.lookups import Registers
from workflows.cases.models import Case
from workflows.cases.sight import units_of
from workflows.cases.store import hold_case
from workflows.cases.told import ASKS_SOMETHING, TOLD, check_known, check_near, check_shape, check_storable
from workflows.catalog.edition import Edition, edition_of
from workflows.database import new_id
from workflows.desk import Actor, ActorKind, Desk
from workflows.errors import Conflict, Flaw, Forbidden, Invalid
from workflows.forms import FormContext
from workflows.journal.write import note
from workflows.operations.refusals import is_refused, refuse_late
from workflows.people.acting import may_act
from workflows.people.models import Organisation


@dataclass(frozen=True, slots=True)
class ActOnCase:
    """Do one of a case's actions, by its code; ``case`` is its id or its number."""

    case: str
    code: str
    data: Mapping[str, Any] = field(default_factory=dict)


def act_on_case(desk: Desk, command: ActOnCase) -> Case:
    """Do what a process lets some roles do on its running cases; it reaches the case as the message that says it."""
    case = hold_case(desk, command.case)
    allow_sight(desk, case)
    edition = edition_of(desk.session, case.version_id)
    action = About(edition.about).actions.get(command.code)
    if action is None:
        raise Conflict("action.unavailable", action=command.code)
    if not _may(desk, case, action):
        raise Forbidden("action.not_yours", action=command.code)
    if case.ended_at is not None:
        raise Conflict("case.ended")
    message = str(action["message"])
    given = Given(desk, case)
    _in_time(edition, given, message)
    refuse_late(message, case.facts, command.data)
    if "answers" in action:
        data = _updated(desk, edition, given, action, command.data)
    else:
        data = _told(desk, message, command.data)
    wait = desk.session.scalar(
        select(Wait).where(Wait.case_id == case.id, Wait.kind == "message", Wait.name == message).limit(1)
    )
    note(desk, "case.acted", case=case, action=command.code, keys=sorted(command.data))
    if wait is not None:
        source = f"urn:parcours:person:{desk.actor.code}"
        deliver_message(desk, Awaited(case, wait), data, source=source, id=str(new_id()))
    elif "answers" not in action:
        raise Conflict("action.unavailable", action=command.code)
    return case


def actions_of(desk: Desk, case: Case) -> tuple[str, ...]:
    """The actions that the actor may do on a case now."""
    if case.ended_at is not None:
        return ()
    about = About(edition_of(desk.session, case.version_id).about)
    given = Given(desk, case)
    return tuple(
        code
        for code, action in about.actions.items()
        if _may(desk, case, action)
        and not _too_late(about, given, str(action["message"]))
        and not is_refused(str(action["message"]), case.facts)
    )


def _may(desk: Desk, case: Case, action: Mapping[str, Any]) -> bool:
    actor: Actor = desk.actor
    if actor.kind is not ActorKind.PERSON or actor.organisation_id != case.organisation_id:
        return False
    if actor.id == case.beneficiary_id:
        return False
    return may_act(actor, frozenset(action.get("roles") or ()), units_of(desk, case))


def _too_late(about: About, given: Given, message: str) -> bool:
    after = about.refused_after(message)
    return after is not None and given.submitted(after) is not None


def _in_time(edition: Edition, given: Given, message: str) -> None:
    if _too_late(About(edition.about), given, message):
        raise Conflict("message.too_late", message=message, step=About(edition.about).refused_after(message))


def _told(desk: Desk, message: str, data: Mapping[str, Any]) -> Mapping[str, Any]:
    check_storable(data)
    check_shape(TOLD[message], data)
    check_near(data, desk.now)
    check_known(desk, data)
    if message in ASKS_SOMETHING and not data:
        raise Invalid("message.invalid", {"data": (Flaw("message.required"),)})
    return data


def _updated(
    desk: Desk, edition: Edition, given: Given, action: Mapping[str, Any], data: Mapping[str, Any]
) -> Mapping[str, Any]:
    """Bring the answers of a step up to date, as its form takes them; what has a door of its own is refused here."""
    step = str(action["answers"])
    before = given.answers(step)
    if before is None or given.submitted(step) is None:
        raise Conflict("action.unavailable", action=step)
    elsewhere: dict[str, tuple[Flaw, ...]] = {
        key: (Flaw("action.other_door"),) for key in action.get("elsewhere") or () if key in data
    }
    if elsewhere:
        raise Invalid("form.invalid", elsewhere)
    organisation = desk.session.get_one(Organisation, given.case.organisation_id)
    look_up = Registers(desk, given.case).look_up
    context = FormContext(desk.now, desk.actor.language, before, look_up, {**given.all()}, organisation.timezone)
    form = edition.form((edition.about.get("forms") or {})[step])
    try:
        checked = form.check(data, context)
    except Invalid as refusal:
        flaws = {key: found for key, found in refusal.fields.items() if key.partition(".")[0] in data}
        if flaws:
            raise Invalid("form.invalid", flaws) from None
        checked = {**before, **data}
    given.save(step, checked)
    note(desk, "case.updated", case=given.case, step=step, keys=sorted(data))
    return {"a_jour": True}
