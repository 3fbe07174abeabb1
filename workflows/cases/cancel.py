"""Putting an end to a case before its time, with a reason: what was bound is given back, nobody is asked any more."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import select

from workflows.cases.about import About, Cancellation
from workflows.cases.above import acting_superior
from workflows.cases.access import allow_sight
from workflows.cases.act import ActOnCase, act_on_case
from workflows.cases.beside import LETTER
from workflows.cases.commands import CancelCase
from workflows.cases.context import context_of
from workflows.cases.details import CaseStep
from workflows.cases.escalate import people_of
from workflows.cases.given import Given
from workflows.cases.models import Case, Task, TaskState
from workflows.cases.record import end_case
from workflows.cases.sight import units_of
from workflows.cases.store import hold_case
from workflows.catalog.edition import edition_of
from workflows.desk import Desk, system_actor
from workflows.errors import Conflict, Flaw, Invalid
from workflows.journal.write import note
from workflows.notices.tell import tell
from workflows.operations.cancelled import FEE
from workflows.operations.registry import run
from workflows.people.cancellation import CancelFacts, may_cancel
from workflows.people.models import Organisation, Person
from workflows.people.queues import queue_of

CANCEL = "ANNULER"


def cancel_case(desk: Desk, command: CancelCase) -> Case:
    """End a running case, with a reason; once something was ordered, with the fee that the provider asks."""
    case = hold_case(desk, command.ref)
    allow_sight(desk, case)
    rule = _rule(desk, case)
    if rule is None:
        return act_on_case(desk, ActOnCase(command.ref, _by_action(desk, case), {"motif": command.reason}))
    ordered = _is_done(desk, case, rule.until)
    may_cancel(desk.actor, _facts(desk, case, rule, ordered), refuse=True)
    if case.ended_at is not None:
        raise Conflict("case.ended")
    if command.fee_cents and not ordered:
        raise Invalid("form.invalid", {FEE: (Flaw("case.fee_too_early"),)})
    told = _concerned(desk, case)
    note(desk, "case.cancelled", case=case, step=rule.step, reason=command.reason, fee_cents=command.fee_cents)
    _give_back(desk, case, rule, command.fee_cents or 0)
    for step in (rule.step, rule.end):
        passed = CaseStep(case_id=case.id, step=step, state=TaskState.DONE, at=desk.now, by=desk.actor.code)
        desk.session.add(passed)
        desk.session.flush()
    case.revision += 1
    end_case(desk, case, rule.end)
    tell(desk, "case.cancelled", told, case, rule.step)
    return case


def _by_action(desk: Desk, case: Case) -> str:
    """The action that puts an end to a case whose process has no rule of its own for it."""
    found = edition_of(desk.session, case.version_id).about.get("cancelled_by")
    if not found:
        raise Conflict("action.unavailable", action=CANCEL)
    return str(found)


def may_be_cancelled(desk: Desk, case: Case) -> bool:
    """Whether the actor may put an end to a case now."""
    rule = _rule(desk, case)
    if case.ended_at is not None or rule is None:
        return False
    return may_cancel(desk.actor, _facts(desk, case, rule, _is_done(desk, case, rule.until)))


def asks_for_fee(desk: Desk, case: Case) -> bool:
    """Whether something was ordered already, so that ending the case may cost a fee."""
    rule = _rule(desk, case)
    return rule is not None and _is_done(desk, case, rule.until)


def _rule(desk: Desk, case: Case) -> Cancellation | None:
    return About(edition_of(desk.session, case.version_id).about).cancellation


def _is_done(desk: Desk, case: Case, step: str) -> bool:
    """Whether a step was ever done: what was ordered once is known to the provider, whatever happened since."""
    done = (CaseStep.case_id == case.id, CaseStep.step == step, CaseStep.state == TaskState.DONE)
    return desk.session.scalar(select(CaseStep.id).where(*done).limit(1)) is not None


def _facts(desk: Desk, case: Case, rule: Cancellation, ordered: bool) -> CancelFacts:
    """Before anything is ordered whoever asked decides; an order that came from a portal has nobody who asked."""
    allowed = rule.after if ordered else rule.before | (rule.after if case.requester_id is None else frozenset())
    organisation = desk.session.get_one(Organisation, case.organisation_id)
    superior = acting_superior(desk, case)
    roles = sorted(allowed & desk.actor.roles)
    return CancelFacts(
        organisation_id=case.organisation_id,
        requester_id=case.requester_id,
        superior_id=superior.id if superior is not None else None,
        allowed=allowed,
        units=units_of(desk, case),
        queues=tuple(queue_of(role, organisation.code, subdivision=case.subdivision) for role in roles),
    )


def _give_back(desk: Desk, case: Case, rule: Cancellation, fee_cents: int) -> None:
    """Let the process give back what it bound; the facts that this makes known stay with the case."""
    edition = edition_of(desk.session, case.version_id)
    house = desk.acting_as(system_actor(case.organisation_id))
    data: dict[str, Any] = {**case.facts, FEE: fee_cents}
    result = run(rule.operation, context_of(house, edition, Given(house, case), rule.step, data))
    case.facts = {**case.facts, **result}


def _concerned(desk: Desk, case: Case) -> Iterable[Person]:
    """Whom it concerns: who asked, who benefits, and whoever is asked something, but for the actor."""
    live = (TaskState.OPEN, TaskState.CLAIMED, TaskState.RETURNED)
    tasks = desk.session.scalars(
        select(Task).where(Task.case_id == case.id, Task.state.in_(live), Task.step != LETTER)
    ).all()
    found = [person for task in tasks for person in people_of(desk, case, task)]
    ids = [person_id for person_id in (case.requester_id, case.beneficiary_id) if person_id is not None]
    found += [desk.session.get_one(Person, person_id) for person_id in ids]
    return [person for person in found if person.id != desk.actor.id]
