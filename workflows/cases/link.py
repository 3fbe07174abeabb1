"""Cases that belong together: each shows the other, and both journals say so."""

from __future__ import annotations

from workflows.cases.details import CaseLink
from workflows.cases.models import Case
from workflows.desk import Desk
from workflows.journal.write import note
from workflows.people.discretion import inherit

FOLLOWS = "SUITE"


def link_cases(desk: Desk, first: Case, second: Case, kind: str = FOLLOWS) -> None:
    """Link two cases, once; ``SUITE``: the second was opened by the first.

    From whom the first is kept, so is the second, which would tell of it; the first may be older and known.
    """
    if desk.session.get(CaseLink, (first.id, second.id, kind)) is not None:
        return
    desk.session.add(CaseLink(case_id=first.id, other_id=second.id, kind=kind, at=desk.now))
    inherit(desk, second.id, first.id)
    note(desk, "case.linked", case=first, other=second.number, link=kind)
    note(desk, "case.linked", case=second, other=first.number, link=kind)
