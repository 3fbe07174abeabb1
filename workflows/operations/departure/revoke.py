"""Carrying the revocation out: what people and connectors disable, and what ends by itself at the instant (D20)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from workflows.accesses.ledger import SYSTEMS, disable, narrow
from workflows.accesses.models import Access, AccessState
from workflows.journal.seal import plain
from workflows.journal.write import note
from workflows.notices.tell import tell
from workflows.notices.whom import holders
from workflows.operations.asked import organisation_of
from workflows.operations.context import OperationContext
from workflows.operations.departure.leaver import type_of
from workflows.operations.departure.stock import CHAIN, DEVICE, LINE, leaving_codes, rows_of
from workflows.people.settings import setting

LEAVE = "CONGE_LONGUE_DUREE"


def revoke_sagir(context: OperationContext) -> Mapping[str, object]:
    """Record that the SAGIR user is disabled, its responsibilities ended (D21)."""
    return _done(context, ("SAGIR",), "D21")


def revoke_chain(context: OperationContext) -> Mapping[str, object]:
    """Record that the person has left the approval chain and the hierarchy (D22)."""
    return _done(context, (CHAIN,), "D22")


def revoke_network(context: OperationContext) -> Mapping[str, object]:
    """Record that the IT accounts are disabled (D23)."""
    return _done(context, ("RESEAU",), "D23")


def revoke_badge(context: OperationContext) -> Mapping[str, object]:
    """Record that the access card is disabled (D24)."""
    return _done(context, ("BADGE",), "D24")


def revoke_line(context: OperationContext) -> Mapping[str, object]:
    """Record what became of the line, and of the device when it came back (D25)."""
    said = context.given("D25")
    if int(said.get("penalite_cents") or 0) > 0:
        billing = holders(context.desk.session, context.case.organisation_id, "FACTU", context.desk.now)
        tell(context.desk, "departure.penalty", billing, context.case, "D25")
    systems = (LINE, DEVICE) if said.get("appareil_recu") is True else (LINE,)
    return {**_done(context, systems, "D25"), "ligne_traitee": said.get("action")}


def _done(context: OperationContext, systems: Sequence[str], step: str) -> dict[str, object]:
    """Disable at once; before the instant, what a person has programmed takes effect at the instant (M8)."""
    at = datetime.fromisoformat(str(context.known("t_revocation")))
    if context.desk.now < at:
        kept = [*(context.case.facts.get("programmes") or ()), *systems]
        note(context.desk, "access.programmed", case=context.case, step=step, systems=list(systems), at=at)
        return {"programmes": sorted(set(kept))}
    _disable(context, systems)
    return {"execute": sorted({*(context.case.facts.get("execute") or ()), *systems})}


def _disable(context: OperationContext, systems: Sequence[str]) -> None:
    inside = context.known("interne") is True
    for row in rows_of(context):
        if row.system not in systems:
            continue
        stays = staying(context, row)
        if inside and row.system in SYSTEMS:
            narrow(context.desk, context.case, row, leaving_codes(context, row))
        elif stays:
            narrow(context.desk, context.case, row, [code for code in row.granted if code not in stays])
        else:
            disable(context.desk, context.case, row)


def staying(context: OperationContext, row: Access) -> list[str]:
    """What of an account stays over a long leave: self-service, where the organisation says so."""
    keeps = row.system == "SAGIR" and type_of(context) == LEAVE
    keeps = keeps and setting(organisation_of(context), "maintien_lsh_conge") is True
    return [code for code in row.granted if code == "LSH"] if keeps and row.state == AccessState.ENABLED else []


def apply_programmed(context: OperationContext) -> None:
    """Let what was programmed take effect: the instant has come."""
    _disable(context, context.case.facts.get("programmes") or ())


def leave_groups(context: OperationContext) -> Mapping[str, object]:
    """Remove the person from the notice groups (D26)."""
    return {"groupes_retires": True}


def gaps_of(context: OperationContext, systems: Sequence[str] = SYSTEMS) -> list[str]:
    """The systems in which something of what was to go still works, or still holds something."""
    inside, found = context.known("interne") is True, []
    for row in rows_of(context):
        stays = staying(context, row)
        left = row.state == AccessState.ENABLED or bool(row.granted)
        if inside or stays:
            left = bool(leaving_codes(context, row)) if inside else set(row.granted) != set(stays)
        if row.system in systems and left:
            found.append(row.system)
    return found


def measured(context: OperationContext, rows: Sequence[Access]) -> list[dict[str, object]]:
    """For each system, when it was carried out, when it was proved, and the minutes from the instant to the proof."""
    at = datetime.fromisoformat(str(context.known("t_revocation")))
    before = {one["systeme"]: one for one in context.case.facts.get("mesures") or ()}
    found = []
    for row in rows:
        kept = before.get(row.system)
        found.append(
            kept
            or {
                "systeme": row.system,
                "execute_le": plain(row.changed_at),
                "verifie_le": plain(context.desk.now),
                "minutes": max(0, int((context.desk.now - at) / timedelta(minutes=1))),
            }
        )
    return found
