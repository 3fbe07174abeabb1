"""The SAGIR user made by a connector where there is one: asked, read, and told as a person would have told it (A20)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from workflows.accesses.calls import MAKING, CallState, ConnectorCall, Operation, answer, ask, connector_of, last_calls
from workflows.accesses.ledger import Grant, accesses_of, holder_of, reserve
from workflows.accesses.models import Access
from workflows.errors import Flaw, Invalid
from workflows.journal.seal import plain
from workflows.operations.arrival.activation import DONE, FAILED, SELF_SERVICES, SILENCE, UNDER_WAY
from workflows.operations.arrival.employee import employee_of, reference_of, work_of
from workflows.operations.arrival.planned_end import end_of_access
from workflows.operations.asked import organisation_of
from workflows.operations.completion import Completion, Effect
from workflows.operations.context import OperationContext

SYSTEM = "SAGIR"
ANSWER, USER, GRANTED, CHECKED = "A20f", "A20.1", "A20.2", "A21"
"""The steps that catch the answer, make the user, grant the responsibilities, and verify them."""
BY_HAND = "A_LA_MAIN"
USER_CODE = re.compile(r"[A-Z0-9]{4,12}")
GIVEN_UP = "SILENCE"


def ask_creation(context: OperationContext) -> Mapping[str, object]:
    """Ask the connector for the user, disabled, with what was approved; without one it is a person's task (A20).

    So it is once a second pilot has found that what was made is not what was approved (A21).
    """
    person, desk = employee_of(context), context.desk
    refused = context.given(CHECKED).get("conforme") is False
    connector = connector_of(organisation_of(context), SYSTEM, Operation.CREATE)
    if person is None or refused or connector is None:
        return {"creation": BY_HAND}
    known = any(row.system == SYSTEM for row in accesses_of(desk.session, person.id))
    grant = Grant(SYSTEM, _proposed(reference_of(person)), ends_at=end_of_access(context))
    row = reserve(desk, context.case, person, grant)
    if row is None:
        return {"creation": BY_HAND}
    codes = [*(work_of(context).get("libre_service") or ()), *_approved(context)]
    ask(desk, context.case, row, codes, Operation.REOPEN if known else Operation.CREATE)
    return {"creation": UNDER_WAY, "creation_avant": plain(desk.now + SILENCE)}


def _proposed(reference: str) -> str:
    """The user code proposed for someone new: the reference in messages, as SAGIR writes codes."""
    return re.sub(r"[^A-Z0-9]", "", reference.upper())[-12:]


def _approved(context: OperationContext) -> list[str]:
    return list(context.case.facts.get("responsabilites_approuvees") or ())


def read_creation(context: OperationContext) -> Mapping[str, object]:
    """Take the connector's answer, or an hour of silence; what was not made as approved is a person's task (A20)."""
    told = dict(context.given(ANSWER))
    call = _last(context)
    if call is None:
        return {"creation": BY_HAND}
    if told and told.get("operation_id") != str(call.id):
        context.save_answers(ANSWER, {})
        return {"creation": UNDER_WAY}
    answer(context.desk, context.case, call, str(told.get("etat") or GIVEN_UP))
    if call.state != CallState.DONE or not _as_approved(context, told, call):
        context.save_answers(ANSWER, {})
        return {"creation": FAILED}
    return {"creation": DONE}


def _last(context: OperationContext) -> ConnectorCall | None:
    calls = last_calls(context.desk.session, context.case.id, MAKING)
    return max(calls.values(), key=lambda call: call.id, default=None)


def _as_approved(context: OperationContext, told: Mapping[str, Any], call: ConnectorCall) -> bool:
    """Whether the connector made what was approved, under a code that is nobody else's."""
    code = _code(context, told, call)
    holder = holder_of(context.desk.session, context.case.organisation_id, SYSTEM, code)
    granted = set(told.get("acces", call.live)) - SELF_SERVICES
    own = holder in (None, context.case.beneficiary_id)
    return own and USER_CODE.fullmatch(code) is not None and granted == set(_approved(context))


def _code(context: OperationContext, told: Mapping[str, Any], call: ConnectorCall) -> str:
    return str(told.get("compte") or context.desk.session.get_one(Access, call.access_id).account)


def tell_user(context: OperationContext) -> Mapping[str, object]:
    """Write down the user that the connector made, as a person would have answered (A20.1)."""
    call = _last(context)
    if call is None:
        raise LookupError("no connector was asked")
    code = _code(context, context.given(ANSWER), call)
    context.save_answers(USER, {"code_usager": code, "compte_desactive": True})
    return {}


def tell_granted(context: OperationContext) -> Mapping[str, object]:
    """Write down the responsibilities that the connector granted, as a person would have answered (A20.2)."""
    context.save_answers(ANSWER, {})
    context.save_answers(GRANTED, {"responsabilites_attribuees": _approved(context)})
    return {}


def check_user_code(context: OperationContext, completion: Completion) -> Effect:
    """Refuse a SAGIR user code that someone else has; hold it at once, so that a cancellation undoes it (A20.1)."""
    code = str(completion.answers.get("code_usager"))
    holder = holder_of(context.desk.session, context.case.organisation_id, "SAGIR", code)
    if holder is not None and holder != context.case.beneficiary_id:
        raise Invalid("form.invalid", {"code_usager": (Flaw("arrival.code_taken"),)})
    person = employee_of(context)
    if person is not None:
        reserve(context.desk, context.case, person, Grant("SAGIR", code))
    return Effect()


def check_granted(context: OperationContext, completion: Completion) -> Effect:
    """Refuse responsibilities that are not exactly those approved, naming the difference (A20.2)."""
    granted = set(completion.answers.get("responsabilites_attribuees") or ()) - SELF_SERVICES
    approved = set(context.case.facts.get("responsabilites_approuvees") or ())
    if granted != approved:
        missing, extra = sorted(approved - granted), sorted(granted - approved)
        flaw = Flaw("arrival.not_as_approved", missing=", ".join(missing) or "—", extra=", ".join(extra) or "—")
        raise Invalid("form.invalid", {"responsabilites_attribuees": (flaw,)})
    return Effect()
