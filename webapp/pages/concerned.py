"""What the person whom a case is about sees of it: when, where, with whom, and their own steps; nobody else's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from webapp.pages.checklist import Item
from webapp.pages.facts import Fact, Facts
from workflows.cases.data import data_of
from workflows.cases.models import Case
from workflows.cases.views import CaseRow, OpenTaskRow, TaskView
from workflows.catalog.edition import edition_of
from workflows.desk import Desk
from workflows.people.hierarchy import superior_of
from workflows.people.models import Person

ABOVE = "superieur"
"""The fact that names the superior."""


@dataclass(frozen=True, slots=True)
class Own:
    """The reader's own part of a case: what is told, what is theirs to do, what they may expect meanwhile."""

    title: str
    facts: Sequence[Fact]
    items: Sequence[Item]
    next: str


def is_concerned(desk: Desk, case: Case) -> bool:
    """Whether the case is about the reader, and its process keeps the others' part for the others (``[concerned]``)."""
    return case.beneficiary_id == desk.actor.id and "concerned" in edition_of(desk.session, case.version_id).about


def own_part(desk: Desk, case: Case, items: Sequence[Item], language: str) -> Own:
    """The reader's own part of a case."""
    told: Mapping[str, Any] = edition_of(desk.session, case.version_id).about["concerned"]
    mine = tuple(item for item in items if told["role"] in item.owners and item.state != "skipped")
    return Own(
        title=str(told.get(language) or told["fr"]),
        facts=own_facts(desk, case, language),
        items=mine,
        next=str(told.get(f"next_{language}") or told.get("next_fr") or ""),
    )


def own_facts(desk: Desk, case: Case, language: str) -> list[Fact]:
    """What the process tells the person whom its case is about, in that person's words; never a sensitive answer."""
    told: Mapping[str, Any] = edition_of(desk.session, case.version_id).about["concerned"]
    words = {str(one["key"]): str(one.get(language) or one["fr"]) for one in told.get("facts") or ()}
    known = {key: value for key, value in data_of(desk, case, True).items() if key in words}
    said = {fact.key: fact for fact in Facts(desk, case, language).told(known)}
    above = _above(desk, case) if ABOVE in words and ABOVE not in said else None
    if above is not None:
        said[ABOVE] = Fact(ABOVE, "", (above,))
    return [replace(said[key], label=label) for key, label in words.items() if key in said]


def _above(desk: Desk, case: Case) -> str | None:
    """The name of the superior of whom a case is about, where no form says it."""
    person = desk.session.get(Person, case.beneficiary_id) if case.beneficiary_id is not None else None
    found = superior_of(desk.session, person) if person is not None else None
    return found.name if found is not None else None


def is_own(desk: Desk, task: OpenTaskRow) -> bool:
    """Whether an open task is the reader's."""
    holders = (task.assignee,) if task.assignee is not None else task.candidates
    return any(one.code == desk.actor.code for one in holders)


def own_tasks(desk: Desk, row: CaseRow) -> CaseRow:
    """A case as a list shows it to the person whom it is about: with that person's tasks alone."""
    case = desk.session.get_one(Case, row.id)
    if not is_concerned(desk, case):
        return row
    return replace(row, open_tasks=tuple(task for task in row.open_tasks if is_own(desk, task)))


def own_view(desk: Desk, view: TaskView) -> TaskView:
    """A task as that person sees it: without the files, the words and the deeds of others."""
    code = desk.actor.code
    return replace(
        view,
        before=tuple(row for row in view.before if row.by == code),
        files=tuple(file for file in view.files if file.by.code == code),
        comments=tuple(said for said in view.comments if said.by.code == code),
    )


def is_own_task(desk: Desk, view: TaskView) -> bool:
    """Whether a task, open or closed, is the reader's."""
    holder = view.row.assignee
    return bool(view.may & {"complete", "claim"}) or (holder is not None and holder.code == desk.actor.code)
