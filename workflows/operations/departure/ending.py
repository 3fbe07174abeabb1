"""What happens at the instant itself, what follows the proof, and how the case ends (D14, D29, D36, D40)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from workflows.journal.seal import plain
from workflows.operations.context import OperationContext
from workflows.operations.departure.away import come_back, step_aside
from workflows.operations.departure.handover import reassign
from workflows.operations.departure.leaver import HANDOVER, leaver_of, type_of
from workflows.operations.departure.revoke import apply_programmed
from workflows.operations.departure.stock import LINE, rows_of
from workflows.operations.ending import end_roles
from workflows.queue import defer

WITHDRAW = "withdraw_opened"
"""The job that ends the nominations of a departure that does not take place."""


def at_the_instant(context: OperationContext) -> Mapping[str, object]:
    """End what ends by itself at the instant decided: what was programmed, roles, replacements, employment (D14)."""
    apply_programmed(context)
    person = leaver_of(context)
    if person is None or context.case.facts.get("annulation") or context.known("interne") is True:
        return {"instant_passe": True}
    at = context.desk.now
    moved = reassign(context)
    if context.known("temporaire") is True:
        return {"instant_passe": True, **moved, "roles_suspendus": step_aside(context, person)}
    before = {"fin_emploi_avant": plain(person.employed_until) if person.employed_until is not None else None}
    person.employed_until = at
    end_roles(context.desk, person, at, context.case)
    return {"instant_passe": True, **moved, **before}


def what_follows(context: OperationContext) -> Mapping[str, object]:
    """Say what follows a proved revocation: goods, the wait for a return, the closing, or back to the arrival (D29)."""
    temporary = context.known("temporaire") is True
    goods = not temporary or context.given(HANDOVER).get("recuperer_biens") is True
    if context.case.facts.get("annulation"):
        follows = "ANNULATION"
    elif context.known("interne") is True:
        follows = "CLORE"
    else:
        follows = "BIENS" if goods else "RETOUR"
    line = any(row.system == LINE for row in rows_of(context))
    return {
        "suite": follows,
        "temporaire": temporary,
        "suite_biens": goods,
        "manque_cellulaire": False,
        "manque_autre": False,
        "a_facturer": line and bool(context.case.facts.get("ligne_traitee")),
        "issue": "ANNULATION" if follows == "ANNULATION" else "COMPLETE",
    }


def close(context: OperationContext) -> Mapping[str, object]:
    """Say how the departure ends: with reservations where a gap was accepted, goods are missing, an incident is open.

    What served to follow the person up is erased (D37).
    """
    facts = context.case.facts
    reserved = bool(facts.get("ecarts_acceptes") or facts.get("biens_manquants") or facts.get("incident_ouvert"))
    said = context.given("D36").get("reserves")
    kept = {key: value for key, value in context.given("D10").items() if key != "coordonnees_suivi"}
    if context.given("D10"):
        context.save_answers("D10", kept)
    return {"issue": "RESERVES" if reserved or said else "COMPLETE"}


def withdraw(context: OperationContext) -> Mapping[str, object]:
    """Withdraw the nominations that this departure had opened: it does not take place, or another case takes over."""
    own = str(context.case.organisation_id)
    defer(context.desk.session, WITHDRAW, organisation_id=own, case_id=str(context.case.id), process="nomination_role")
    return {}


def cancel(context: OperationContext) -> Mapping[str, object]:
    """Take a cancelled departure up: before the instant everything stays, after it access is asked for anew (D40)."""
    gone = any(context.case.facts.get(key) for key in ("instant_passe", "execute", "programmes"))
    if not gone:
        withdraw(context)
    person = leaver_of(context)
    if gone and person is not None and not context.case.facts.get("annulation"):
        before = context.case.facts.get("fin_emploi_avant")
        person.employed_until = datetime.fromisoformat(str(before)) if before else None
        come_back(context, person)
    return {
        "revoque": gone,
        "deces": type_of(context) == "DECES",
        "retablir": gone,
        "issue": "RETABLI",
        "retour_le": plain(context.desk.now),
    }
