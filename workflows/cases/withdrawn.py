"""Cases that another had opened: moved to its new instant, or ended before their time when they lose their reason."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select

from workflows.cases.about import About
from workflows.cases.context import context_of
from workflows.cases.details import CaseLink
from workflows.cases.given import Given
from workflows.cases.incident import Move, or_stop
from workflows.cases.link import FOLLOWS
from workflows.cases.models import Case
from workflows.cases.record import end_case, record
from workflows.cases.services import CaseServices
from workflows.catalog.edition import edition_of
from workflows.desk import Desk
from workflows.engine import resume
from workflows.journal.write import note
from workflows.operations.registry import run


def withdraw_opened(desk: Desk, case_id: UUID, process: str) -> int:
    """End the open cases of a process that a case opened, as their ``[withdrawn]`` says; how many there were."""
    found = _opened(desk, case_id, process)
    for case in found:
        _withdraw(desk, case)
    return len(found)


def move_opened(desk: Desk, case_id: UUID, process: str, at: str) -> int:
    """Bring the open cases of a process that a case opened to its new instant; how many followed (``[withdrawn]``)."""
    found = _opened(desk, case_id, process)
    return sum(_move(desk, case, at) for case in found)


def _move(desk: Desk, case: Case, at: str) -> bool:
    edition = edition_of(desk.session, case.version_id)
    names = (About(edition.about).toml.get("withdrawn") or {}).get("instants") or ()
    before = case.facts.get(names[0]) if names else None
    values = {name: at for name in names if before is not None and case.facts.get(name) == before}
    if not values or before == at:
        return False
    note(desk, "case.moved", case=case, before=before, at=at)
    case.facts = {**case.facts, **values}
    services = CaseServices(desk, edition, Given(desk, case))
    with or_stop(desk, case, None, Move("message")):
        record(desk, services, resume(edition.blueprint, case.engine_state, services).change(values))
    return True


def _opened(desk: Desk, case_id: UUID, process: str) -> list[Case]:
    opened = select(CaseLink.other_id).where(CaseLink.case_id == case_id, CaseLink.kind == FOLLOWS)
    query = select(Case).where(Case.id.in_(opened), Case.process == process, Case.ended_at.is_(None))
    return list(desk.session.scalars(query.order_by(Case.id).with_for_update()))


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
