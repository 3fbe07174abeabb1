"""Cases that another had opened and that have lost their reason: ended before their time, nothing kept of them."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select

from workflows.cases.about import About
from workflows.cases.context import context_of
from workflows.cases.details import CaseLink
from workflows.cases.given import Given
from workflows.cases.link import FOLLOWS
from workflows.cases.models import Case
from workflows.cases.record import end_case
from workflows.catalog.edition import edition_of
from workflows.desk import Desk
from workflows.journal.write import note
from workflows.operations.registry import run


def withdraw_opened(desk: Desk, case_id: UUID, process: str) -> int:
    """End the open cases of a process that a case opened, as their ``[withdrawn]`` says; how many there were."""
    opened = select(CaseLink.other_id).where(CaseLink.case_id == case_id, CaseLink.kind == FOLLOWS)
    query = select(Case).where(Case.id.in_(opened), Case.process == process, Case.ended_at.is_(None))
    found = list(desk.session.scalars(query.order_by(Case.id).with_for_update()))
    for case in found:
        _withdraw(desk, case)
    return len(found)


def _withdraw(desk: Desk, case: Case) -> None:
    edition = edition_of(desk.session, case.version_id)
    told = About(edition.about).toml.get("withdrawn")
    if told is None:
        return
    step = str(told["end"])
    note(desk, "case.cancelled", case=case, step=step)
    result = run(str(told["operation"]), context_of(desk, edition, Given(desk, case), step, case.facts))
    case.facts = {**case.facts, **result}
    case.revision += 1
    end_case(desk, case, step)
