"""Responsibilities that do not go together: counted, removed, or allowed as an exception (SOD-08)."""

from __future__ import annotations

from collections.abc import Mapping

from workflows.errors import Flaw, Invalid
from workflows.journal.write import note
from workflows.operations.arrival.employee import WORK, work_of
from workflows.operations.arrival.exceptions import codes, exceptions_left
from workflows.operations.arrival.needs import MODULES, SECURITY, drop, flags
from workflows.operations.completion import Completion, Effect
from workflows.operations.context import OperationContext


def count(context: OperationContext) -> Mapping[str, object]:
    """Say whether anything incompatible is asked; exceptions that serve no more are struck off (A10)."""
    return {"cumul_incompatible": bool(context.case.facts.get("conflits")), **exceptions_left(context)}


def check_removal(context: OperationContext, completion: Completion) -> Effect:
    """Refuse to take away what was not asked for (A12)."""
    removed = completion.answers.get("responsabilite_retiree")
    asked = {one["code"] for one in work_of(context).get("responsabilites") or ()}
    if completion.answers.get("decision") == "RETIRER" and removed not in asked:
        raise Invalid("form.invalid", {"responsabilite_retiree": (Flaw("arrival.not_asked"),)})
    return Effect()


def remove(context: OperationContext) -> Mapping[str, object]:
    """Take away the responsibility that the manager gives up (A12)."""
    work, gone = work_of(context), context.given("A12").get("responsabilite_retiree")
    work["responsabilites"] = [one for one in work["responsabilites"] if one["code"] != gone]
    context.save_answers(WORK, work)
    return {"codes_sagir": codes(work), **flags(context)}


def except_(context: OperationContext) -> Mapping[str, object]:
    """Apply what security decided: an exception with its control and its end, or back to the manager (A13).

    When owners had returned the request too often, it settles the whole of it instead.
    """
    work, said = work_of(context), context.given("A13")
    allowed = said.get("decision_csec") == "AUTORISER"
    if work.pop("arbitrage", False):
        context.save_answers(WORK, work)
        if not allowed:
            for owner in (*MODULES, SECURITY):
                drop(context, owner)
        return {"suite_exception": "A16", **exceptions_left(context), **flags(context)}
    if not allowed:
        return {"suite_exception": "A12"}
    end = context.given("A12").get("date_fin_exception")
    found = context.case.facts.get("conflits") or []
    exceptions = [{"cumul": one, "jusqu_au": end} for one in found]
    note(context.desk, "exception.granted", case=context.case, step="A13", conflicts=found, until=end)
    return {"suite_exception": "A14", **exceptions_left(context, exceptions)}
