"""Opening one task: its form, what helps to decide, and what the reader may do with it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import select

from workflows.cases.access import may_do, reaches_actor
from workflows.cases.answers import form_of, shown_values
from workflows.cases.beside import LETTER
from workflows.cases.context import context_of
from workflows.cases.data import Asked, data_of
from workflows.cases.given import Given
from workflows.cases.inbox import task_columns, task_row
from workflows.cases.letters import told_of
from workflows.cases.models import PersonKind, Task, TaskState
from workflows.cases.read_case import comments_of, files_of, steps_of
from workflows.cases.sight import sees, sees_whole
from workflows.cases.stead import STEAD
from workflows.cases.store import Held, look_at_task
from workflows.cases.views import PersonRef, SignatureView, TaskView
from workflows.catalog.edition import edition_of
from workflows.desk import Desk
from workflows.errors import Missing
from workflows.journal.seal import plain
from workflows.operations.shown import shown as act_shown
from workflows.people.directory import person_by_code
from workflows.people.models import Person

LIVE = (TaskState.OPEN, TaskState.CLAIMED)
SIGNED_STEPS = frozenset({"N07", "R18", "R21", "R23"})


def task_view(desk: Desk, task_id: UUID, language: str | None = None) -> TaskView:
    """One task as its reader may see it; ``language`` is the one asked for, else the person's own."""
    held = look_at_task(desk, task_id)
    reached = reaches_actor(desk, held)
    if not reached and not sees(desk, held.case):
        raise Missing("task.unknown")
    operates = held.task.step == LETTER
    whole = (reached and not operates) or sees_whole(desk, held.case)
    edition = edition_of(desk.session, held.case.version_id)
    form = form_of(held.task, edition)
    row = desk.session.execute(task_columns().where(Task.id == task_id)).one()
    given, language = Given(desk, held.case), language or desk.actor.language
    act = _signature(desk, held, given, language) if reached else {}
    return TaskView(
        row=task_row(row, desk.now),
        form=form.in_language(language) if form is not None else None,
        draft=held.task.draft if _is_mine(desk, held, reached) else None,
        shown={**_shown(desk, held, (reached, whole), given), **plain(act)},
        signature=_signature_view(act),
        may=may_do(desk, held),
        before=() if operates else steps_of(desk, held.case),
        files=files_of(desk, held.case) if whole else (),
        comments=comments_of(desk, held.case) if whole else (),
        candidates=_candidates(desk, held),
        stead=_stead(desk, held),
    )


def _signature(desk: Desk, held: Held, given: Given, language: str) -> Mapping[str, Any]:
    """What a signatory sees: the act as it would be sealed, and the statement that signing confirms."""
    if held.task.step not in SIGNED_STEPS or held.task.state not in LIVE:
        return {}
    edition = edition_of(desk.session, held.case.version_id)
    context = context_of(desk, edition, given, held.task.step, held.case.facts)
    return act_shown(context, held.task.item, language)


def _signature_view(shown: Mapping[str, Any]) -> SignatureView | None:
    if "acte" not in shown:
        return None
    return SignatureView(
        act=shown["acte"],
        sha256=shown["acte_sha256"],
        statement=shown.get("declaration"),
        quality=shown.get("qualite"),
        titulaire=shown.get("titulaire"),
        entry=shown.get("entree"),
        alert=shown.get("alerte"),
    )


def _is_mine(desk: Desk, held: Held, reached: bool) -> bool:
    """Whether unfinished answers are the reader's to see: whoever holds the task, or may take it while nobody does."""
    holder = held.task.assignee_id
    return reached if holder is None else holder in desk.actor.hands


def _shown(desk: Desk, held: Held, sight: tuple[bool, bool], given: Given) -> Mapping[str, Any]:
    """What is known of the case, and what the form's own keys hold already."""
    if held.task.step == LETTER:
        return told_of(desk, held.task)
    reached, whole = sight
    form = form_of(held.task, edition_of(desk.session, held.case.version_id))
    values = shown_values(form, held.task, given) if form is not None and whole else {}
    asked = [(key, form.field(key), value) for key, value in values.items()] if form is not None else []
    return data_of(desk, held.case, whole, given, Asked(asked, reached))


def _stead(desk: Desk, held: Held) -> PersonRef | None:
    """In whose place the reader is asked, whom the case is about and who may not do it (SOD-09)."""
    mine = [row for row in held.persons if row.person_id in desk.actor.hands and row.removed_at is None]
    code = next((str(row.ground[STEAD]) for row in mine if STEAD in row.ground), None)
    person = person_by_code(desk.session, code, held.case.organisation_id) if code is not None else None
    return PersonRef(person.code, person.name) if person is not None else None


def _candidates(desk: Desk, held: Held) -> tuple[PersonRef, ...]:
    """The persons whom a task names now."""
    if held.task.state not in LIVE:
        return ()
    named = [row.person_id for row in held.persons if row.kind == PersonKind.CANDIDATE and row.removed_at is None]
    people = desk.session.scalars(select(Person).where(Person.id.in_(named)).order_by(Person.code))
    return tuple(PersonRef(person.code, person.name) for person in people)
