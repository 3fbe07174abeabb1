"""What a signatory does with an act: sign it, refuse it, return it for details, step aside, or authorise it."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows.desk import Desk
from workflows.journal.write import OfCase, note
from workflows.signatures.evidence import Declaration, keep
from workflows.signatures.models import Act, Evidence, Recusal, SignatureDue

SIGNED = "SIGNEE"
REFUSED = "REFUSEE"
RETURNED = "RETOURNEE"
RECUSED = "RECUSEE"
EXPIRED = "EXPIREE"
FACTS = {REFUSED: "signature.refused", RETURNED: "signature.returned", RECUSED: "signature.recused"}
OUTSIDE_SYSTEM = "AUTORISATION_HORS_SYSTEME"
SIGNATURE = "SIGNATURE"


def give(desk: Desk, case: OfCase, act: Act, due: SignatureDue, declaration: Declaration) -> Evidence:
    """Give one of the signatures that an act needs: the evidence is kept for good."""
    row = keep(desk, case, act, declaration)
    due.evidence_id, due.outcome = row.id, SIGNED
    desk.session.flush()
    _note(desk, case, "signature.given", declaration)
    return row


def authorise(desk: Desk, case: OfCase, act: Act, declaration: Declaration) -> Evidence:
    """Keep the head's authorisation outside the plan, with the hashes of the documents it stands on (R18)."""
    row = keep(desk, case, act, declaration)
    _note(desk, case, "signature.authorised", declaration)
    return row


def commit(desk: Desk, case: OfCase, act: Act, declaration: Declaration) -> Evidence:
    """Keep what an employee commits to: nothing of the body is bound by it (A32)."""
    row = keep(desk, case, act, declaration)
    _note(desk, case, "signature.given", declaration)
    return row


def decline(desk: Desk, case: OfCase, due: SignatureDue, decision: str, outcome: str) -> None:
    """Give no signature: what came of it instead."""
    due.outcome = outcome
    desk.session.flush()
    unsigned = {"quality": None, "titulaire": None, "entry": None, "plan": None}
    note(desk, FACTS[outcome], case=case, step="R23", decision=decision, **unsigned)


def step_aside(desk: Desk, case: OfCase, due: SignatureDue, decision: str, reason: str | None) -> None:
    """Step aside for the whole case (SOD-17)."""
    desk.session.add(Recusal(case_id=case.id, person_id=desk.actor.id, at=desk.now, reason=reason))
    decline(desk, case, due, decision, RECUSED)


def recused(session: Session, case: OfCase) -> frozenset[UUID]:
    """The ids of those who stepped aside in a case."""
    return frozenset(session.scalars(select(Recusal.person_id).where(Recusal.case_id == case.id)))


def _note(desk: Desk, case: OfCase, kind: str, declaration: Declaration) -> None:
    pen = declaration.pen
    under = {"quality": pen.quality, "titulaire": pen.titulaire, "entry": pen.entry, "plan": pen.plan}
    note(desk, kind, case=case, step=declaration.step, decision=declaration.decision, **under)
