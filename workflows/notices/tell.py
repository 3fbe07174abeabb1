"""Telling persons something about a case: a notice each, and a fact in the journal."""

from __future__ import annotations

from collections.abc import Iterable

from workflows.desk import Desk
from workflows.journal.write import OfCase, note
from workflows.notices.kinds import KINDS
from workflows.notices.models import Notice
from workflows.people.discretion import kept_from
from workflows.people.models import Person


def tell(desk: Desk, kind: str, persons: Iterable[Person], case: OfCase | None = None, step: str | None = None) -> None:
    """Tell persons something, each once, but those from whom the case is kept; nothing is written for nobody."""
    if kind not in KINDS:
        raise ValueError(f"no sentence for the notice {kind}")
    told = {person.id: person for person in persons}
    for person_id in kept_from(desk.session, case.id) if case is not None and told else ():
        told.pop(person_id, None)
    for person in told.values():
        row = Notice(
            person_id=person.id, kind=kind, case_id=case.id if case is not None else None, step=step, at=desk.now
        )
        desk.session.add(row)
    if told:
        codes = sorted(person.code for person in told.values())
        note(desk, "notice.told", case=case, step=step, notice=kind, to=codes)
