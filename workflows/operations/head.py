"""What the head of the body decides: who signs when nobody may (R21), and requests outside the plan (R18)."""

from __future__ import annotations

from workflows.errors import Flaw, Forbidden, Invalid
from workflows.operations.asked import organisation_of
from workflows.operations.completion import Completion, Effect
from workflows.operations.context import OperationContext
from workflows.operations.guards import (
    Failed,
    must_be_new,
    must_be_unchanged,
    must_be_under_contract,
    must_be_within_reach,
)
from workflows.operations.nomination.asked import check_appointment
from workflows.operations.question import Question, question_of
from workflows.operations.signing import reason_against_opinion, statement_for
from workflows.people.directory import person_by_code
from workflows.people.models import Person
from workflows.people.sod import sod_01
from workflows.people.substitution import stood_for
from workflows.signatures.act import live_act, unsigned
from workflows.signatures.evidence import Declaration
from workflows.signatures.matter import Due
from workflows.signatures.models import Act, SignatureDue
from workflows.signatures.sign import OUTSIDE_SYSTEM, SIGNATURE, authorise, give
from workflows.signatures.signatories import barred, resolve
from workflows.signatures.statement import Pen, authorisation

HEAD_LEVEL = 4


def complete_designation(context: OperationContext, completion: Completion) -> Effect:
    """Carry out what the head decided when no signatory is available (R21)."""
    decision = completion.answers.get("decision")
    act = _act(context)
    if decision == "DESIGNER":
        _designate(context, act, str(completion.answers.get("personne") or ""))
    elif decision == "NOMMER":
        check_appointment(context, str(completion.answers.get("personne") or ""))
    elif decision == "SIGNER_DIRIGEANT":
        try:
            _sign_as_head(context, completion, act)
        except Failed as failed:
            return Effect({"decision": "GARDE"}, failed.effect.refusal)
    return Effect()


def _act(context: OperationContext) -> Act:
    act = live_act(context.desk.session, context.case.id)
    if act is None:
        raise LookupError(f"case {context.case.number} has no act")
    return act


def vacant(context: OperationContext, question: Question, act: Act) -> SignatureDue:
    """The signature that the head's decision is about: one that nobody may give, else the first still due."""
    rows = unsigned(context.desk.session, act)
    for row in rows:
        due = question.due(row.position)
        if due is not None and not resolve(question.matter, question.bench, due).eligible:
            return row
    return rows[0]


def _designate(context: OperationContext, act: Act, code: str) -> None:
    """Name a person with a live entry of the type, level and ceiling due; the sector alone is set aside."""
    person = person_by_code(context.desk.session, code, context.case.organisation_id)
    question = question_of(context)
    row = vacant(context, question, act)
    due = Due(row.position, row.level, row.joint, person.id if person is not None else None)
    found = resolve(question.matter, question.bench, due)
    if person is None or found.of(person.id) is None:
        kept = found.kept.get(person.id) if person is not None else None
        flaw = Flaw("signatory.not_entitled", rule=kept.reason if kept is not None else "ENTREE")
        raise Invalid("form.invalid", {"personne": (flaw,)})
    row.designated_id = person.id
    context.desk.session.flush()


def _sign_as_head(context: OperationContext, completion: Completion, act: Act) -> None:
    """Sign « à titre de dirigeant »: the same evidence and guards, without an entry of the plan."""
    question = question_of(context)
    must_be_new(context, question)
    rule = barred(question.matter, question.bench, context.desk.actor.id) if context.desk.actor.id else "ROLE"
    if rule is not None and rule != "ROLE":
        raise Forbidden(f"sod.{rule}", rule=rule)
    reason = reason_against_opinion(completion.answers.get("motif"), act, "motif")
    weight = must_be_unchanged(context, act)
    row = vacant(context, question, act)
    due = Due(row.position, row.level, row.joint)
    must_be_within_reach(context, weight, due, (HEAD_LEVEL, None))
    must_be_under_contract(context)
    pen = head_pen(context)
    text = statement_for(context, pen, completion.language)
    give(
        context.desk,
        context.case,
        act,
        row,
        Declaration(SIGNATURE, "SIGNER_DIRIGEANT", pen, text, completion.language, "R21", reason),
    )


def head_pen(context: OperationContext) -> Pen:
    """How the head signs, or whoever stands in for the head."""
    actor = context.desk.actor
    standing = stood_for(context.desk.session, actor.id, context.desk.now) if actor.id is not None else ()
    covering = next((one for one in standing if "DIR" in one.roles), None)
    if covering is None:
        return Pen("DIRIGEANT")
    titulaire = person_code(context, covering.titulaire_id)
    return Pen("DIRIGEANT", titulaire=titulaire, substitution=covering.code)


def person_code(context: OperationContext, person_id: object) -> str | None:
    """The code of a person."""
    person = context.desk.session.get(Person, person_id)
    return person.code if person is not None else None


def complete_outside_plan(context: OperationContext, completion: Completion) -> Effect:
    """Carry out what the head decided about a request outside the plan, or opposed by security (R18)."""
    decision = completion.answers.get("decision")
    case, actor = context.case, context.desk.actor
    if decision == "REFUSER" or actor.id is None:
        return Effect()
    rule = sod_01(actor.id, case.requester_id, case.beneficiary_id)
    if rule is not None:
        raise Forbidden(f"sod.{rule}", rule=rule)
    act = _act(context)
    if decision == "AUTORISER_HORS_SYSTEME":
        _authorise(context, completion, act)
    return Effect()


def _authorise(context: OperationContext, completion: Completion, act: Act) -> None:
    files = context.files(list(completion.answers.get("pieces") or ()))
    if not files:
        raise Invalid("form.invalid", {"pieces": (Flaw("form.required"),)})
    text = authorisation(organisation_of(context).name, completion.language)
    pen = head_pen(context)
    authorise(
        context.desk,
        context.case,
        act,
        Declaration(OUTSIDE_SYSTEM, "AUTORISER_HORS_SYSTEME", pen, text, completion.language, "R18", None, files),
    )
