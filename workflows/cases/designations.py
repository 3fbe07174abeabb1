"""Ending what was entrusted to someone who leaves: designations to sign (R21), and replacements given or carried."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import or_, select

from workflows.cases.handed import Action, Handed
from workflows.cases.models import Case
from workflows.journal.write import note
from workflows.people.models import Person, Substitution
from workflows.signatures.models import Act, SignatureDue

NOTHING = timedelta(microseconds=1)
"""How long a replacement lasts that was to begin later."""


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
    desk, leaver = handed.desk, handed.leaver
    mine = or_(Substitution.titulaire_id == leaver.id, Substitution.substitute_id == leaver.id)
    still = (Substitution.valid_until > desk.now, Substitution.valid_until - Substitution.valid_from > NOTHING)
    query = select(Substitution).where(mine, *still).order_by(Substitution.code)
    for row in desk.session.scalars(query.with_for_update()).all():
        row.valid_until = desk.now if row.valid_from < desk.now else row.valid_from + NOTHING
        other_id = row.substitute_id if row.titulaire_id == leaver.id else row.titulaire_id
        other = desk.session.get_one(Person, other_id)
        note(desk, "substitution.ended", substitution=row.code, persons=sorted([leaver.code, other.code]))
        done = {"dossier": None, "etape": None, "action": Action.REPLACEMENT.value, "a": [other.code]}
        handed.done.append(done | {"remplacement": row.code})
