"""What connectors disable: asked at the instant, answered or not, and what they say of an account (D20, D28)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from workflows.accesses.calls import CallState, ConnectorCall, Operation, answer, ask, connector_of, last_calls
from workflows.accesses.ledger import SYSTEMS
from workflows.accesses.models import Access
from workflows.journal.seal import plain
from workflows.operations.asked import organisation_of
from workflows.operations.context import OperationContext
from workflows.operations.departure.revoke import staying
from workflows.operations.departure.stock import rows_of

SILENCE = timedelta(hours=1)
"""How long connectors have to answer."""
STATE = "D28m"
"""The step that catches what an outside system says of an account."""
ALIVE, DEAD = "ACTIF", "DESACTIVE"


def share(context: OperationContext) -> Mapping[str, object]:
    """Say which accounts a connector disables, at the instant itself; the rest comes to people (D21, D23, D24).

    A change of unit, or self-service that stays over a leave, takes some of an account away: a person does that.
    """
    organisation = organisation_of(context)
    by_hand = {system: context.known(f"a_{system.lower()}") is True for system in SYSTEMS}
    asked = []
    if context.known("interne") is not True:
        for row in rows_of(context):
            known = by_hand.get(row.system) and connector_of(organisation, row.system) is not None
            if known and not staying(context, row):
                by_hand[row.system] = False
                asked.append(row.system)
    flags: dict[str, object] = {f"a_{system.lower()}": by_hand[system] for system in SYSTEMS}
    return {**flags, "a_connecter": bool(asked), "par_connecteur": asked}


def ask_connectors(context: OperationContext) -> Mapping[str, object]:
    """Ask the connectors to disable what is theirs, now that the instant has come (D21, D23, D24)."""
    organisation, asked = organisation_of(context), False
    for row in _theirs(context):
        if connector_of(organisation, row.system) is not None:
            ask(context.desk, context.case, row, [], Operation.DISABLE)
            asked = True
    return {"connecteurs_finis": not asked, "connecteurs_avant": plain(context.desk.now + SILENCE)}


def _theirs(context: OperationContext) -> list[Access]:
    systems = context.case.facts.get("par_connecteur") or ()
    return [row for row in rows_of(context) if row.system in systems]


def keep_state(context: OperationContext) -> Mapping[str, object]:
    """Keep what an outside system says of an account: an answer to a request, or an account that still works (D28)."""
    told = dict(context.given(STATE))
    context.save_answers(STATE, {})
    calls = last_calls(context.desk.session, context.case.id, (Operation.DISABLE,))
    call = next((one for one in calls.values() if str(one.id) == told.get("operation_id")), None)
    if call is not None and _system_of(context, call) == told.get("systeme"):
        answer(context.desk, context.case, call, str(told.get("etat")))
    pending = any(one.state == CallState.ASKED for one in calls.values())
    finished = not pending if calls else context.known("connecteurs_finis")
    return {"connecteurs_finis": finished, **_read(context, told, call)}


def _system_of(context: OperationContext, call: ConnectorCall) -> str:
    return context.desk.session.get_one(Access, call.access_id).system


def _read(context: OperationContext, told: Mapping[str, object], call: ConnectorCall | None) -> dict[str, object]:
    """The states read so far: the latest by its own moment stands, and what was so before the instant says nothing."""
    instant, now, system = context.known("t_revocation"), context.desk.now, str(told.get("systeme"))
    if call is not None and _system_of(context, call) != system:
        return {}
    if call is None and (instant is None or now < datetime.fromisoformat(str(instant))):
        return {}
    read, moments = dict(context.case.facts.get("etats_lus") or {}), dict(context.case.facts.get("etats_lus_le") or {})
    at = min(datetime.fromisoformat(str(told["a"])), now)
    if system in read and at < datetime.fromisoformat(str(moments[system])):
        return {}
    return {"etats_lus": {**read, system: str(told.get("etat"))}, "etats_lus_le": {**moments, system: plain(at)}}


def read_connectors(context: OperationContext) -> Mapping[str, object]:
    """Say which systems no connector disabled: a person does, and attaches proof (D21, D23, D24)."""
    calls = last_calls(context.desk.session, context.case.id, (Operation.DISABLE,))
    done = {row.system for row in rows_of(context) if row.id in calls and calls[row.id].state == CallState.DONE}
    failed = {str(system) for system in context.case.facts.get("par_connecteur") or ()} - done
    proved = {*(context.case.facts.get("a_prouver") or ()), *failed}
    return {f"echec_{system.lower()}": system in failed for system in SYSTEMS} | {"a_prouver": sorted(proved)}


def is_read_back(context: OperationContext, row: Access) -> bool:
    """Whether an account is proved to be disabled by the system itself: its connector said so.

    The demonstration reads its own ledger where it has no connector (OP-DEMO).
    """
    organisation = organisation_of(context)
    if connector_of(organisation, row.system) is None:
        return organisation.demo
    return (context.case.facts.get("etats_lus") or {}).get(row.system) == DEAD


def still_alive(context: OperationContext) -> list[str]:
    """The systems that say that an account works which was to be disabled altogether."""
    if context.known("interne") is True:
        return []
    stays = {row.system for row in rows_of(context) if staying(context, row)}
    read = context.case.facts.get("etats_lus") or {}
    return [system for system, state in read.items() if state == ALIVE and system not in stays]
