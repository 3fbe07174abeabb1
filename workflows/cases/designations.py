"""Ending what was entrusted to someone who leaves: designations to sign (R21), and replacements given or carried."""

from __future__ import annotations

from sqlalchemy import select

from workflows.cases.handed import Action, Handed
from workflows.cases.models import Case
from workflows.operations.ending import end_substitutions
from workflows.people.models import Person
from workflows.signatures.models import Act, SignatureDue


def end_designations(handed: Handed) -> None:
    """Nobody designated the leaver any more, in the acts that are not sealed; who may sign is resolved anew."""
    session = handed.desk.session
    query = (
        select(SignatureDue, Case)
        .join(Act, Act.id == SignatureDue.act_id)
        .join(Case, Case.id == Act.case_id)
        .where(
            SignatureDue.designated_id == handed.leaver.id, SignatureDue.evidence_id.is_(None), Case.ended_at.is_(None)
        )
    )
    for due, case in session.execute(query.order_by(Case.id, SignatureDue.position)).all():
        due.designated_id = None
        handed.say(case, "R21", Action.DESIGNATION, [])
    session.flush()


def end_replacements(handed: Handed) -> None:
    """End the replacements under way or to come of which the leaver is the titulaire or the substitute."""
    desk = handed.desk
    for code, other_id in end_substitutions(desk, handed.leaver, desk.now, handed.case):
        other = desk.session.get_one(Person, other_id)
        done = {"dossier": None, "etape": None, "action": Action.REPLACEMENT.value, "a": [other.code]}
        handed.done.append(done | {"remplacement": code})
