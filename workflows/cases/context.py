"""What a case puts before an operation: its answers, its decision tables, its files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select

from workflows.cases.decide import evaluate
from workflows.cases.details import Attachment
from workflows.cases.discretion import hide_from, show_again
from workflows.cases.given import Given
from workflows.cases.handing import move_work
from workflows.cases.hands import free_hands
from workflows.cases.link import link_cases
from workflows.cases.models import Case
from workflows.cases.unnumbered import Beside, ask_beside
from workflows.catalog.edition import Edition
from workflows.desk import Desk
from workflows.operations.context import Aside, OperationContext
from workflows.signatures.files import SignedFile


def context_of(desk: Desk, edition: Edition, given: Given, step: str, data: Mapping[str, object]) -> OperationContext:
    """The context of one request to an operation, at a desk of the house or of the person who completes."""
    case = given.case

    def apply(decision: str, inputs: Mapping[str, object]) -> Mapping[str, Any]:
        return evaluate(desk, case, edition, decision, inputs).values

    return OperationContext(
        desk=desk,
        case=case,
        step=step,
        data=data,
        answers=given.answers,
        actors=given.actor,
        save_answers=given.save,
        submitted=given.submitted,
        evaluate=apply,
        files=lambda ids: signed_files(desk, case, ids),
        others=lambda person_id, process: open_cases_about(desk, case, person_id, process),
        hand_over=lambda leaver, successor: move_work(desk, leaver, successor, case),
        ask_aside=lambda aside, due, policy: _ask(desk, case, aside, due, policy),
        link=lambda other, kind: link_cases(desk, desk.session.get_one(Case, other.id), case, kind),
        free_hands=lambda: free_hands(desk, case.organisation_id),
        hide_from=lambda person_id: hide_from(desk, case, person_id),
        show_again=lambda: show_again(desk, case),
    )


def _ask(desk: Desk, case: Case, aside: Aside, due: datetime | None, policy: str | None) -> None:
    """Ask something beside the drawing, as an operation tells it."""
    ask_beside(desk, case, Beside(aside.step, aside.title, aside.title_en, aside.role, due, policy, aside.form))


def open_cases_about(desk: Desk, case: Case, person_id: UUID, process: str) -> Sequence[Case]:
    """The other cases of a process that are open about a person, the oldest first (CARD-11)."""
    same = (Case.organisation_id == case.organisation_id, Case.process == process, Case.beneficiary_id == person_id)
    query = select(Case).where(*same, Case.ended_at.is_(None), Case.id != case.id)
    return desk.session.scalars(query.order_by(Case.id)).all()


def signed_files(desk: Desk, case: Case, ids: Sequence[str]) -> tuple[SignedFile, ...]:
    """The name and hash of a case's own files, in the order asked; ids of anything else are left out."""
    wanted = [UUID(str(each)) for each in ids]
    query = select(Attachment.id, Attachment.filename, Attachment.sha256)
    rows = desk.session.execute(query.where(Attachment.case_id == case.id, Attachment.id.in_(wanted)))
    found = {row.id: SignedFile(str(row.id), row.filename, row.sha256) for row in rows}
    return tuple(found[each] for each in wanted if each in found)
