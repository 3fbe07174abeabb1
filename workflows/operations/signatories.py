"""Who may sign a case's act, now: the rules of the signatures room, asked with what the case knows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select

from workflows.operations.asked import weight_of
from workflows.operations.context import OperationContext
from workflows.operations.question import Question, question_of, signing_rule
from workflows.signatures.act import live_act
from workflows.signatures.matter import Bench, Eligible, Ground, Resolution
from workflows.signatures.models import SignatureDue
from workflows.signatures.signatories import available, resolve


@dataclass(frozen=True, slots=True)
class Candidate:
    """A person to whom a signature comes, the ground to give it, and until when that holds."""

    person_id: UUID
    code: str
    ground: Mapping[str, Any]
    valid_until: datetime | None


@dataclass(frozen=True, slots=True)
class Candidates:
    """Everyone a signature comes to, and those that a rule of separation of duties keeps from it."""

    named: tuple[Candidate, ...] = ()
    excluded: Mapping[UUID, str] = field(default_factory=dict)


def candidates_for(context: OperationContext, position: int) -> Candidates:
    """To whom the signature at a position comes when its task opens."""
    question = question_of(context)
    due = question.due(position)
    return _candidates(question, resolve(question.matter, question.bench, due)) if due is not None else Candidates()


def still_candidates(context: OperationContext, position: int, present: Iterable[UUID]) -> Candidates:
    """To whom an open signature comes now: an absence that began since keeps its titulaire, and adds the substitute.

    Someone whom an escalation added stays as long as he may still sign.
    """
    question = question_of(context)
    due = question.due(position)
    if due is None:
        return Candidates()
    there = frozenset(present)
    found = resolve(question.matter, question.bench, due, present=there)
    known = {one.person_id for one in found.eligible}
    above = found
    while above.level:
        above = resolve(question.matter, question.bench, due, present=there, above=above.level)
        stay = tuple(one for one in above.eligible if one.person_id in there - known)
        known |= {one.person_id for one in stay}
        found = Resolution(due, found.level, (*found.eligible, *stay), found.kept)
    return _candidates(question, found)


def next_level(context: OperationContext, position: int, present: Iterable[UUID]) -> Candidates:
    """Whom the next level adds to a signature that waits too long (ESC-D, 28 business hours)."""
    question = question_of(context)
    due = question.due(position)
    if due is None:
        return Candidates()
    there = frozenset(present)
    found = resolve(question.matter, question.bench, due, present=there)
    while found.level and {one.person_id for one in found.eligible} <= there:
        found = resolve(question.matter, question.bench, due, present=there, above=found.level)
    added = tuple(one for one in found.eligible if one.person_id not in there)
    return _candidates(question, Resolution(due, found.level, added, {}))


def _candidates(question: Question, found: Resolution) -> Candidates:
    return Candidates(tuple(_candidate(question, one) for one in found.eligible), found.rules)


def _candidate(question: Question, one: Eligible) -> Candidate:
    ground = ground_of(question.bench, one.ground)
    return Candidate(one.person_id, question.bench.codes[one.person_id], ground, one.ground.until)


def ground_of(bench: Bench, ground: Ground) -> dict[str, Any]:
    """A ground, as it is kept with a task and shown."""
    standin = ground.standin
    return {
        "entree": ground.entry.code,
        "plan": ground.entry.plan,
        "niveau": f"N{ground.entry.level}",
        "qualite": "SUBSTITUT" if standin is not None else "TITULAIRE",
        "titulaire": bench.codes.get(standin.titulaire_id) if standin is not None else None,
        "substitution": standin.code if standin is not None else None,
        "plafond_cents": ground.ceiling_cents,
    }


def determine(context: OperationContext) -> Mapping[str, object]:
    """Determine the signatories, and how many of the signatures due distinct persons can give (R19)."""
    question = question_of(context)
    found = [resolve(question.matter, question.bench, due) for due in question.dues]
    able = available(found)
    codes = list(dict.fromkeys(question.bench.codes[one.person_id] for each in found for one in each.eligible))
    return {
        "nb_signataires_disponibles": able,
        "signataires_suffisants": able >= len(found),
        "signatures_dues": len(found),
        "plan_change": _changed(context),
        "signataires": codes,
    }


def _changed(context: OperationContext) -> bool:
    """Whether the amounts, the table in force or what it asks for changed since R16."""
    weight = weight_of(context)
    known = (context.known("cout_net_cents"), context.known("montant_ref_cents"))
    if known != (weight.net_cents, weight.reference_cents):
        return True
    rule = signing_rule(context, weight)
    return any(rule.get(key) != context.known(key) for key in ("niveau", "nb_signatures", "plan") if key in rule)


def open_positions(context: OperationContext) -> list[int]:
    """Which signatures the tasks of R23 are for, in order."""
    query = select(SignatureDue.position).where(SignatureDue.evidence_id.is_(None))
    act = live_act(context.desk.session, context.case.id)
    if act is None:
        return []
    return list(context.desk.session.scalars(query.where(SignatureDue.act_id == act.id).order_by("position")))
