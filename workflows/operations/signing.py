"""Completing R23: the signatory signs, refuses, returns for details, or steps aside."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from workflows.errors import Conflict, Flaw, Invalid
from workflows.operations.alerts import answered_alert, report
from workflows.operations.asked import organisation_of
from workflows.operations.completion import Completion, Effect
from workflows.operations.context import OperationContext
from workflows.operations.guards import (
    Failed,
    must_be_entitled,
    must_be_in_time,
    must_be_new,
    must_be_unchanged,
    must_be_under_contract,
    must_be_within_reach,
)
from workflows.operations.question import Question, question_of
from workflows.signatures.act import content_of, live_act, unsigned
from workflows.signatures.evidence import Declaration
from workflows.signatures.matter import Bench, Due, Eligible
from workflows.signatures.models import Act, SignatureDue
from workflows.signatures.sign import RECUSED, REFUSED, RETURNED, SIGNATURE, decline, give, step_aside
from workflows.signatures.statement import Pen, statement

OUTCOMES = {"REFUSER": REFUSED, "RETOURNER": RETURNED, "SE_RECUSER": RECUSED}


def complete_signature(context: OperationContext, completion: Completion) -> Effect:
    """Carry out what the signatory decided; a failing guard refuses, and says where the case goes."""
    act, row = signature_due(context, completion.position)
    decision = str(completion.answers.get("decision"))
    try:
        if decision == "SIGNER":
            return _sign(context, completion, act, row)
        return _decline(context, completion, act, row)
    except Failed as failed:
        row.outcome = str(failed.effect.values["decision"])
        context.desk.session.flush()
        return failed.effect


def signature_due(context: OperationContext, position: int | None) -> tuple[Act, SignatureDue]:
    """The act that stands, and the signature that a task is for."""
    act = live_act(context.desk.session, context.case.id)
    rows = unsigned(context.desk.session, act) if act is not None else []
    row = next((row for row in rows if position is None or row.position == position), None)
    if act is None or row is None:
        raise Conflict("task.done")
    return act, row


def _sign(context: OperationContext, completion: Completion, act: Act, row: SignatureDue) -> Effect:
    question = question_of(context)
    due = Due(row.position, row.level, row.joint, row.designated_id)
    must_be_new(context, question)
    reason = reason_against_opinion(completion.answers.get("motif_malgre_avis"), act, "motif_malgre_avis")
    alert = answered_alert(context, completion)
    must_be_in_time(context, act)
    entitled = must_be_entitled(context, question, due)
    weight = must_be_unchanged(context, act)
    ground = entitled.ground
    must_be_within_reach(context, weight, due, (ground.entry.level, ground.ceiling_cents if due.joint else None))
    must_be_under_contract(context)
    pen = pen_of(question.bench, entitled)
    text = statement_for(context, pen, completion.language)
    declaration = Declaration(SIGNATURE, "SIGNER", pen, text, completion.language, "R23", reason, alert=alert)
    give(context.desk, context.case, act, row, declaration)
    if alert is not None:
        report(context, alert)
    return Effect()


def reason_against_opinion(given: object, act: Act, key: str) -> str | None:
    """A technical opinion against the request must be answered by whoever signs all the same (R13)."""
    reason = str(given or "").strip()
    if opposed(act) and not reason:
        raise Invalid("form.invalid", {key: (Flaw("form.required"),)})
    return reason or None


def opposed(act: Act) -> bool:
    """Whether the technical opinion in an act is unfavourable."""
    return any(one["etape"] == "R13" and one["avis"] == "DEFAVORABLE" for one in content_of(act)["avis"])


def _decline(context: OperationContext, completion: Completion, act: Act, row: SignatureDue) -> Effect:
    decision = str(completion.answers.get("decision"))
    outcome = OUTCOMES.get(decision)
    if outcome is None:
        raise Invalid("form.invalid", {"decision": (Flaw("form.choice"),)})
    if outcome == RECUSED:
        reason = str(completion.answers.get("motif_decision") or "") or None
        step_aside(context.desk, context.case, row, decision, reason)
        return Effect()
    must_be_in_time(context, act)
    must_be_entitled(context, question_of(context), Due(row.position, row.level, row.joint, row.designated_id))
    decline(context.desk, context.case, row, decision, outcome)
    return Effect()


def pen_of(bench: Bench, entitled: Eligible) -> Pen:
    """How an entitled person signs: in his own right, or for whom he stands in."""
    ground = entitled.ground
    standin = ground.standin
    return Pen(
        quality="SUBSTITUT" if standin is not None else "TITULAIRE",
        entry=ground.entry.code,
        plan=ground.entry.plan,
        ceiling_cents=ground.ceiling_cents,
        titulaire=bench.codes.get(standin.titulaire_id) if standin is not None else None,
        substitution=standin.code if standin is not None else None,
    )


def statement_for(context: OperationContext, pen: Pen, language: str) -> str:
    """The sentence that a person confirms by signing this case's act today."""
    organisation = organisation_of(context)
    today = context.desk.now.astimezone(ZoneInfo(organisation.timezone)).date()
    return statement(organisation.name, pen, today, language)


def entitled_now(context: OperationContext, question: Question, row: SignatureDue) -> Eligible | None:
    """Under what the reader of a task would sign, or None when he may not."""
    due = Due(row.position, row.level, row.joint, row.designated_id)
    try:
        return must_be_entitled(context, question, due)
    except Failed:
        return None
