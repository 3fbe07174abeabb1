"""The money of a request, step by step: reserved, engaged, compared with the final price, given back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workflows.contracts import reserve as ledger
from workflows.contracts.amounts import accepted_price, needs_signature, net_cost
from workflows.journal.write import note
from workflows.notices.tell import tell
from workflows.notices.whom import holders
from workflows.operations.asked import (
    ANALYSIS,
    REQUEST,
    counted,
    is_derogation,
    offer_of,
    organisation_of,
    request_of,
    unlinked,
    weight_of,
)
from workflows.operations.context import OperationContext
from workflows.operations.provider import HELD
from workflows.people.models import Person
from workflows.people.settings import setting
from workflows.signatures.act import void

SEALED = ("signe_le", "fin_derogation", "reevaluation_le")
"""What sealing an act makes known: none of it stands once the request is weighed anew."""
ANNOUNCED = (("R34", "nouveau_prix_cents"), ("R32", "prix_cents"))
"""Where the provider's last word on the price is: the message, and its key."""


def reserve_amounts(context: OperationContext) -> Mapping[str, object]:
    """Work out the amounts and reserve the money, read and write in one transaction (R15)."""
    weight = weight_of(context)
    derogation = is_derogation(context)
    required = needs_signature(weight.net_cents, derogation=derogation)
    if required:
        ledger.reserve(context.desk, context.case, request_of(context), weight)
    else:
        ledger.release(context.desk, context.case)
    set_apart = _report_unlinked(context)
    return {
        "cout_net_cents": weight.net_cents,
        "montant_ref_cents": weight.reference_cents,
        "cumul_avant_cents": weight.before_cents,
        "cumul_apres_cents": weight.after_cents,
        "exercice": weight.fiscal_year,
        "requiert": required,
        "derog": derogation,
        "demandes_apparentees": [other.number for other in weight.related],
        "apparentees_deliees": set_apart,
        "signataires": [],
        **dict.fromkeys(SEALED),
    }


def _report_unlinked(context: OperationContext) -> list[str]:
    """Journal each related request that was set apart since last time, and tell AUDIT."""
    reasons = unlinked(context)
    known = set(context.case.facts.get("apparentees_deliees") or ())
    fresh = [number for number in sorted(reasons) if number not in known]
    analyst = context.desk.session.get(Person, context.actors(ANALYSIS))
    for number in fresh:
        told = {"other": number, "reason": reasons[number], "person": analyst.code if analyst is not None else None}
        note(context.desk, "related.unlinked", case=context.case, step=ANALYSIS, **told)
    if fresh:
        audit = holders(context.desk.session, context.case.organisation_id, "AUDIT", context.desk.now)
        tell(context.desk, "derogation.unlinked", audit, context.case, ANALYSIS)
    return sorted(reasons)


def compare_price(context: OperationContext) -> Mapping[str, object]:
    """Compare the provider's final price with what was signed (R37); a dearer one sends the request back."""
    price = _announced(context)
    analysis = context.given(ANALYSIS)
    organisation = organisation_of(context)
    signed = int(context.known("cout_net_cents") or 0)
    offer = offer_of(context.given(REQUEST), {**analysis, "prix_appareil_cents": price})
    final = net_cost(offer, counted(organisation))
    unsigned = context.known("niveau") == "N0"
    tolerance = 0 if unsigned else int(setting(organisation, "tolerance_prix_pct"))
    if accepted_price(signed, final, tolerance):
        return {"prix_accepte": True, "retour": "", "prix_final_cents": price, "cout_final_cents": final}
    context.save_answers(ANALYSIS, {**analysis, "prix_appareil_cents": price})
    if not unsigned:
        look_again(context)
    return {
        HELD: True,
        "prix_accepte": False,
        "retour": "R15" if unsigned else "R08",
        "prix_final_cents": None,
        "cout_final_cents": None,
    }


def _announced(context: OperationContext) -> int:
    """The unit price that the provider announced last; each announcement is taken once."""
    for step, key in ANNOUNCED:
        answers = context.answers(step)
        if answers and answers.get(key) is not None:
            context.save_answers(step, {})
            return int(answers[key])
    return int(context.given(ANALYSIS).get("prix_appareil_cents") or 0)


def look_again(context: OperationContext) -> Mapping[str, object]:
    """Take the request back to its analysis: the engagement is a reservation again, the act and signatures void."""
    ledger.reopen(context.desk, context.case)
    void(context.desk, context.case, "changed")
    return {}


def release_money(context: OperationContext) -> Mapping[str, object]:
    """Give the money back at a negative end: a reservation is released, an engagement reversed."""
    ledger.release(context.desk, context.case)
    return {}


def inform_billing(context: OperationContext) -> Mapping[str, object]:
    """Tell FACTU, and lower the engagement to what was finally paid (R40)."""
    final: Any = context.known("cout_final_cents")
    if final is not None:
        ledger.adjust_down(context.desk, context.case, int(final))
    told = holders(
        context.desk.session, context.case.organisation_id, "FACTU", context.desk.now, context.case.subdivision
    )
    tell(context.desk, "derogation.billing", told, context.case, "R40")
    return {}


def inform_mandatary(context: OperationContext) -> Mapping[str, object]:
    """Tell MANDA, or the substitute, that a network derogation is asked for (R12)."""
    told = holders(context.desk.session, context.case.organisation_id, "MANDA", context.desk.now)
    tell(context.desk, "derogation.network", told, context.case, "R12")
    return {}
