"""Access of someone who arrives: recorded disabled, enabled on the first day, the rest once the checks allow it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta

from workflows.accesses.calls import CallState, answer, ask, connector_of, last_calls
from workflows.accesses.ledger import SYSTEMS, Grant, accesses_of, create_disabled, enable
from workflows.accesses.models import Access, AccessState
from workflows.errors import Conflict
from workflows.journal.seal import plain
from workflows.operations.arrival.employee import WORK, employee_of, file_of, own_accesses, work_of
from workflows.operations.arrival.exceptions import exceptions_left
from workflows.operations.arrival.overdue import is_suspended, keep_for_later
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
GRANTERS = {"SAGIR": "PILOT", "RESEAU": "TI", "BADGE": "SECPH"}
"""Whose task a system's access is when a person does it."""
HANDS = {"A33M": ("roles_activation", "nb_a_activer"), "A33N": ("roles_reste", "nb_reste")}
"""Of each step done by hand, under which names the case knows whose tasks it is and how many."""
REST = "systemes_reste"
SELF_SERVICES = frozenset({"LSCD", "LSA", "LSH"})


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
    organisation, left, asked = organisation_of(context), False, False
    by_hand: list[str] = []
    for row in own_accesses(context):
        live = _live(context, row)
        left = left or len(live) < len(row.granted)
        if connector_of(organisation, row.system) is not None:
            ask(context.desk, context.case, row, live)
            asked = True
        elif organisation.demo:
            enable(context.desk, context.case, row, live)
        else:
            by_hand.append(row.system)
    state = UNDER_WAY if asked else FAILED if by_hand else DONE
    until = plain(context.desk.now + SILENCE)
    return {
        "activation": state,
        "activation_avant": until,
        "reste_a_activer": left,
        **_hands("A33M", by_hand),
        **posted,
        **exceptions_left(context),
        **states(context),
    }


def _live(context: OperationContext, row: Access) -> list[str]:
    """What of a system's access works: the self-services alone when security limited it."""
    limited = _is_limited(context)
    return [code for code in row.granted if not limited or code in SELF_SERVICES]


def _hands(step: str, systems: Sequence[str]) -> dict[str, object]:
    """Whose task it is to enable each system by hand: the pilot's, the technician's, that of who makes cards."""
    roles, count = HANDS[step]
    return {roles: [GRANTERS[system] for system in systems], count: len(systems)}


def _is_limited(context: OperationContext) -> bool:
    """Whether security allowed the base profile only, and the check has not turned favourable since."""
    return bool(context.known("activation_limitee")) and file_of(context).get("antecedents") not in FINE


def check_presence(context: OperationContext, completion: Completion) -> Effect:
    """Refuse a presence told before the first day: access would be enabled early (A31)."""
    entry = datetime.fromisoformat(str(context.known("entree")))
    if completion.answers.get("decision") == "PRESENT" and entry > context.desk.now:
        raise Conflict("arrival.not_yet")
    return Effect()


def enable_by_hand(context: OperationContext, completion: Completion) -> Effect:
    """Enable at once the system that a person did by hand (A33M), or what had been held back of it (A33N)."""
    roles = context.case.facts.get(HANDS[context.step][0]) or []
    role = roles[completion.position] if completion.position is not None else None
    for row in own_accesses(context):
        if GRANTERS[row.system] == role:
            _work(context, row, _live(context, row))
    return Effect()


def _work(context: OperationContext, row: Access, live: list[str]) -> None:
    """Let an access work, unless it is suspended: then it will once that is lifted."""
    if is_suspended(context, row.system):
        keep_for_later(context, row.system, live)
    else:
        enable(context.desk, context.case, row, live)


def enabled_by_hand(context: OperationContext) -> Mapping[str, object]:
    """Go on, every system that was a person's to enable being enabled (A33M)."""
    return {"activation": DONE, **states(context)}


def activate_rest(context: OperationContext) -> Mapping[str, object]:
    """Enable what had been held back, the check being favourable now; behind a connector a person does it."""
    organisation = organisation_of(context)
    rows = [row for row in own_accesses(context) if row.live != row.granted and row.granted]
    by_hand = []
    for row in rows:
        if organisation.demo and connector_of(organisation, row.system) is None:
            _work(context, row, list(row.granted))
        else:
            by_hand.append(row.system)
    held = [row.system for row in rows]
    told = {"activation": FAILED if by_hand else DONE, "reste_a_activer": bool(by_hand), REST: held}
    return {**told, **_hands("A33N", by_hand), **states(context, held)}


def rest_by_hand(context: OperationContext) -> Mapping[str, object]:
    """Go on, all that had been held back being enabled by hand (A33N)."""
    return {"activation": DONE, "reste_a_activer": False, **states(context, context.case.facts.get(REST) or [])}


def read_activation(context: OperationContext) -> Mapping[str, object]:
    """Take a connector's answer, and read again where every system stands; after an hour silence is a failure (A33)."""
    told = dict(context.given(ANSWER))
    context.save_answers(ANSWER, {})
    calls = last_calls(context.desk.session, context.case.id)
    for call in calls.values():
        if str(call.id) == told.get("operation_id"):
            answer(context.desk, context.case, call, str(told.get("etat")))
    rows = own_accesses(context)
    pending = any(calls[row.id].state == CallState.ASKED for row in rows if row.id in calls)
    if pending and told:
        return {"activation": UNDER_WAY, **states(context)}
    left = [row.system for row in rows if row.state != AccessState.ENABLED]
    return {"activation": FAILED if left else DONE, "panne": bool(left), **_hands("A33M", left), **states(context)}


def states(context: OperationContext, only: Collection[str] = SYSTEMS) -> dict[str, object]:
    """The state of each system, as messages tell it; None for one left out, or that the person has nothing in."""
    known = {row.system: row for row in own_accesses(context) if row.system in only}
    found: dict[str, object] = {f"etat_{system.lower()}": None for system in SYSTEMS}
    found |= {f"etat_{system.lower()}": row.state for system, row in known.items()}
    return {**found, "active_le": plain(context.desk.now)}
