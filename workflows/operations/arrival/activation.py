"""Access of someone who arrives: recorded disabled, enabled on the first day, the rest once the checks allow it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from workflows.accesses.calls import CallState, answer, ask, connector_of, last_calls
from workflows.accesses.ledger import SYSTEMS, Grant, accesses_of, create_disabled, enable, holder_of
from workflows.accesses.models import Access, AccessState
from workflows.errors import Conflict, Flaw, Invalid
from workflows.journal.seal import plain
from workflows.operations.arrival.employee import WORK, employee_of, file_of, work_of
from workflows.operations.arrival.exceptions import exceptions_left
from workflows.operations.arrival.planned_end import end_of_access
from workflows.operations.arrival.posting import take_post
from workflows.operations.asked import organisation_of
from workflows.operations.completion import Completion, Effect
from workflows.operations.context import OperationContext

SILENCE = timedelta(hours=1)
"""How long connectors have to answer, from the first day on."""
FINE = frozenset({"NON_REQUIS", "FAVORABLE"})
DONE, UNDER_WAY, FAILED = "FAIT", "EN_COURS", "ECHEC"
ANSWER = "A33c"
"""The step that catches a connector's answer."""
SELF_SERVICES = frozenset({"LSCD", "LSA", "LSH"})


def check_user_code(context: OperationContext, completion: Completion) -> Effect:
    """Refuse a SAGIR user code that someone else has (A20.1)."""
    code = str(completion.answers.get("code_usager"))
    holder = holder_of(context.desk.session, context.case.organisation_id, "SAGIR", code)
    if holder is not None and holder != context.case.beneficiary_id:
        raise Invalid("form.invalid", {"code_usager": (Flaw("arrival.code_taken"),)})
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


def record_sagir(context: OperationContext) -> Mapping[str, object]:
    """Record the SAGIR user, disabled, with what was approved and nothing of what it had before (A20)."""
    approved = list(context.case.facts.get("responsabilites_approuvees") or ())
    services = list(work_of(context).get("libre_service") or ())
    _create(context, "SAGIR", str(context.given("A20.1").get("code_usager")), [*services, *approved])
    return {}


def record_network(context: OperationContext) -> Mapping[str, object]:
    """Record the network account, disabled (A23)."""
    access = list(work_of(context).get("acces_ti") or ())
    _create(context, "RESEAU", str(context.given("A23").get("compte_reseau")), access)
    return {}


def record_badge(context: OperationContext) -> Mapping[str, object]:
    """Record the access card, disabled (A24)."""
    _create(context, "BADGE", str(context.given("A24").get("no_carte")), [])
    return {}


def _create(context: OperationContext, system: str, account: str, granted: Sequence[str]) -> None:
    person = employee_of(context)
    if person is None:
        raise LookupError("nobody arrives")
    working = {row.system for row in accesses_of(context.desk.session, person.id) if row.state == AccessState.ENABLED}
    if system in working:
        work = work_of(context)
        work["a_appliquer"] = {**work.get("a_appliquer", {}), system: [account, list(granted)]}
        context.save_answers(WORK, work)
        return
    create_disabled(context.desk, context.case, person, _grant(context, system, account, granted))


def _grant(context: OperationContext, system: str, account: str, granted: Sequence[str]) -> Grant:
    return Grant(system, account, tuple(granted), end_of_access(context))


def _apply(context: OperationContext) -> None:
    """Put in the place of an account that works, on the first day only, what was prepared for it meanwhile."""
    person = employee_of(context)
    for system, (account, granted) in (work_of(context).get("a_appliquer") or {}).items():
        if person is not None:
            create_disabled(context.desk, context.case, person, _grant(context, system, account, granted))


def read_checks(context: OperationContext) -> Mapping[str, object]:
    """Say whether the background check allows access; what it says stays in the file (A29)."""
    return {"prealables": file_of(context).get("antecedents") in FINE}


def activate(context: OperationContext) -> Mapping[str, object]:
    """Enable every access, or the base profile only when security limited it (A33).

    A system with a connector is asked, and answers later. Without one a person does it; in a demonstration it is done.
    """
    _apply(context)
    posted = take_post(context, employee_of(context))
    limited = _is_limited(context)
    organisation, left, asked, by_hand = organisation_of(context), False, False, False
    for row in _own(context):
        live = [code for code in row.granted if not limited or code in SELF_SERVICES]
        left = left or len(live) < len(row.granted)
        if connector_of(organisation, row.system) is not None:
            ask(context.desk, context.case, row, live)
            asked = True
        elif organisation.demo:
            enable(context.desk, context.case, row, live)
        else:
            by_hand = True
    state = UNDER_WAY if asked else FAILED if by_hand else DONE
    until = plain(context.desk.now + SILENCE)
    return {
        "activation": state,
        "activation_avant": until,
        "reste_a_activer": left,
        **posted,
        **exceptions_left(context),
        **states(context),
    }


def _is_limited(context: OperationContext) -> bool:
    """Whether security allowed the base profile only, and the check has not turned favourable since."""
    return bool(context.known("activation_limitee")) and file_of(context).get("antecedents") not in FINE


def check_presence(context: OperationContext, completion: Completion) -> Effect:
    """Refuse a presence told before the first day: access would be enabled early (A31)."""
    entry = datetime.fromisoformat(str(context.known("entree")))
    if completion.answers.get("decision") == "PRESENT" and entry > context.desk.now:
        raise Conflict("arrival.not_yet")
    return Effect()


def enabled_by_hand(context: OperationContext) -> Mapping[str, object]:
    """Record what a person enabled where no connector did (A33M)."""
    limited = _is_limited(context)
    for row in _own(context):
        if row.state != AccessState.ENABLED:
            live = [code for code in row.granted if not limited or code in SELF_SERVICES]
            enable(context.desk, context.case, row, live)
    return {"activation": DONE, **states(context)}


def activate_rest(context: OperationContext) -> Mapping[str, object]:
    """Enable what had been held back, the check being favourable now; behind a connector a person does it."""
    organisation, by_hand = organisation_of(context), False
    for row in _own(context):
        if row.live == row.granted:
            continue
        if organisation.demo and connector_of(organisation, row.system) is None:
            enable(context.desk, context.case, row, row.granted)
        else:
            by_hand = True
    return {"activation": FAILED if by_hand else DONE, "reste_a_activer": by_hand, **states(context)}


def rest_by_hand(context: OperationContext) -> Mapping[str, object]:
    """Record what a person enabled of what had been held back."""
    for row in _own(context):
        enable(context.desk, context.case, row, row.granted)
    return {"activation": DONE, "reste_a_activer": False, **states(context)}


def read_activation(context: OperationContext) -> Mapping[str, object]:
    """Take a connector's answer, and read again where every system stands; after an hour silence is a failure (A33)."""
    told = dict(context.given(ANSWER))
    context.save_answers(ANSWER, {})
    calls = last_calls(context.desk.session, context.case.id)
    for call in calls.values():
        if str(call.id) == told.get("operation_id"):
            answer(context.desk, context.case, call, str(told.get("etat")))
    rows = _own(context)
    pending = any(calls[row.id].state == CallState.ASKED for row in rows if row.id in calls)
    if pending and told:
        return {"activation": UNDER_WAY, **states(context)}
    waiting = any(row.state != AccessState.ENABLED for row in rows)
    return {"activation": FAILED if waiting else DONE, **states(context)}


def states(context: OperationContext) -> dict[str, object]:
    """The state of each system, as messages tell it; None for one that the person has nothing in."""
    known = {row.system: row for row in _own(context)}
    found: dict[str, object] = {f"etat_{system.lower()}": None for system in SYSTEMS}
    found |= {f"etat_{system.lower()}": row.state for system, row in known.items()}
    return {**found, "active_le": plain(context.desk.now)}


def _own(context: OperationContext) -> list[Access]:
    """What this case granted."""
    person_id = context.case.beneficiary_id
    if person_id is None:
        return []
    return [row for row in accesses_of(context.desk.session, person_id) if row.case_id == context.case.id]
