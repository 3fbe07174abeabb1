"""Checking RCELL's analysis beyond its form: the rank's conditions, the contract's end, the requests set apart."""

from __future__ import annotations

from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from workflows.contracts.models import Contract
from workflows.contracts.queries import contract_named, last_day, rank_of
from workflows.errors import Flaw, Invalid
from workflows.operations.acts import add_months
from workflows.operations.asked import REQUEST, organisation_of
from workflows.operations.completion import Completion, Effect
from workflows.operations.context import OperationContext

NETWORK_MOTIVES = frozenset({"COUVERTURE", "DISPONIBILITE"})
LONG_ENOUGH = 100
Flaws = dict[str, tuple[Flaw, ...]]


def check_analysis(context: OperationContext, completion: Completion) -> Effect:
    """Refuse an analysis that its own provider's rank, the contract or the amounts do not allow (R08)."""
    answers = completion.answers
    if answers.get("decision") == "RETOURNER":
        return Effect()
    flaws: Flaws = {}
    if int(answers.get("credit_cents") or 0) > int(answers.get("prix_appareil_cents") or 0):
        flaws["credit_cents"] = (Flaw("analysis.credit_above_price"),)
    code = context.known("contrat")
    contract = contract_named(context.desk.session, context.case.organisation_id, str(code)) if code else None
    if contract is not None and rank_of(contract, str(answers.get("prestataire"))) > 1:
        flaws |= _network(context, dict(answers), contract)
    if flaws:
        raise Invalid("form.invalid", flaws)
    return Effect()


def _network(context: OperationContext, answers: dict[str, Any], contract: Contract) -> Flaws:
    """What a network derogation needs: a motive, evidence, a duration within the contract (B.3.2, E.4.3)."""
    flaws: Flaws = {}
    asked = context.given(REQUEST)
    if asked and not _has_motive(dict(asked)):
        flaws["prestataire"] = (Flaw("analysis.no_network_motive"),)
    if not answers.get("preuve_couverture"):
        flaws["preuve_couverture"] = (Flaw("form.required"),)
    months = answers.get("duree_derogation_mois")
    if not months:
        flaws["duree_derogation_mois"] = (Flaw("form.required"),)
    elif _ends_after(context, contract, int(months)):
        flaws["duree_derogation_mois"] = (Flaw("analysis.beyond_contract", contract=contract.code),)
    return flaws


def _has_motive(asked: dict[str, Any]) -> bool:
    motives = set(asked.get("motif") or ())
    explained = "AUTRE" in motives and len(str(asked.get("justification") or "")) >= LONG_ENOUGH
    return bool(motives & NETWORK_MOTIVES) or explained


def _ends_after(context: OperationContext, contract: Contract, months: int) -> bool:
    zone = organisation_of(context).timezone
    end: date | None = last_day(contract, zone)
    today = context.desk.now.astimezone(ZoneInfo(zone)).date()
    return end is not None and add_months(today, months) > end
