"""Reading one case: where it stands, what was passed, what was written in its journal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import or_, select

from workflows.cases.about import About
from workflows.cases.access import allow_sight, may_attach
from workflows.cases.act import actions_of
from workflows.cases.cancel import CANCEL, may_be_cancelled
from workflows.cases.cursor import page_size, read_cursor, write_cursor
from workflows.cases.data import data_of
from workflows.cases.details import Attachment, CaseLink, CaseStep, Comment, Wait
from workflows.cases.discretion import unspoken
from workflows.cases.list_cases import case_columns, case_row
from workflows.cases.models import Case, Task
from workflows.cases.open_tasks import open_tasks_of
from workflows.cases.read_incident import incident_of
from workflows.cases.reminders import KIND as REMINDER
from workflows.cases.retry import RETRY, may_be_retried
from workflows.cases.sensitive import Private, private_of
from workflows.cases.sight import sees, sees_whole
from workflows.cases.store import look_at_case
from workflows.cases.views import (
    CaseRef,
    CaseView,
    CommentRow,
    FileRow,
    HistoryRow,
    LinkRow,
    Page,
    PersonRef,
    StepRow,
    WaitRow,
)
from workflows.catalog.edition import edition_of
from workflows.desk import ActorKind, Desk
from workflows.engine import StepInfo
from workflows.journal import queries as journal
from workflows.journal.models import JournalEntry
from workflows.journal.write import note
from workflows.people.models import Person


def case_view(desk: Desk, ref: str) -> CaseView:
    """One case by its id or number, as much of it as the actor may see."""
    case = look_at_case(desk, ref)
    allow_sight(desk, case)
    whole = sees_whole(desk, case)
    row = desk.session.execute(case_columns().where(Case.id == case.id)).one()
    return CaseView(
        row=case_row(row, open_tasks_of(desk, [case.id]).get(case.id, ())),
        waiting=_waiting(desk, case),
        data=data_of(desk, case, whole),
        links=_links(desk, case),
        actions=actions_on(desk, case),
        may_attach=may_attach(desk, case),
        files=files_of(desk, case) if whole else (),
        comments=comments_of(desk, case) if whole else (),
        reduced=not whole,
        incident=incident_of(desk, case),
    )


def actions_on(desk: Desk, case: Case) -> tuple[str, ...]:
    """The actions that the actor may do on a case now: put it back to work, put an end to it."""
    found = ((RETRY, may_be_retried(desk.actor, case)), (CANCEL, may_be_cancelled(desk, case)))
    return (*(code for code, fine in found if fine), *actions_of(desk, case))


def steps(desk: Desk, ref: str) -> tuple[StepRow, ...]:
    """Every numbered element that a case passed, gateways included, in order."""
    case = look_at_case(desk, ref)
    allow_sight(desk, case)
    return steps_of(desk, case)


def steps_of(desk: Desk, case: Case) -> tuple[StepRow, ...]:
    """The same for a case in hand; titles come from the version's drawing."""
    edition = edition_of(desk.session, case.version_id)
    names = {step.id: step for step in edition.blueprint.steps} | _undrawn(About(edition.about))
    query = select(CaseStep, Task.outcome).outerjoin(Task, Task.id == CaseStep.task_id)
    rows = desk.session.execute(query.where(CaseStep.case_id == case.id).order_by(CaseStep.id))
    return tuple(_step(row, outcome, names.get(row.step)) for row, outcome in rows)


def history(desk: Desk, ref: str, limit: int = 50, cursor: str | None = None) -> Page[HistoryRow]:
    """One page of a case's journal, in the order it was written."""
    case = look_at_case(desk, ref)
    allow_sight(desk, case, whole=True)
    size = page_size(limit)
    after = read_cursor(cursor, "history", (int,))[0] if cursor is not None else 0
    found = journal.history(desk.session, case.id, after=after, limit=size + 1, unspoken=unspoken(desk))
    private = private_of(desk, case)
    rows = tuple(HistoryRow(one.at, one.by, one.kind, one.step, private.of(one)) for one in found[:size])
    _note_view(desk, case, private, found[:size])
    return Page(rows, write_cursor("history", [found[size - 1].id]) if len(found) > size else None)


def _note_view(desk: Desk, case: Case, private: Private, read: Sequence[JournalEntry]) -> None:
    """Write down that someone read in the journal what only some roles read."""
    if private.open and desk.actor.kind is ActorKind.PERSON and any(private.tells(entry) for entry in read):
        note(desk, "sensitive.viewed", case=case, keys=["journal"])


def files_of(desk: Desk, case: Case) -> tuple[FileRow, ...]:
    """The files joined to a case, the oldest first."""
    query = select(Attachment, Person).join(Person, Person.id == Attachment.person_id)
    rows = desk.session.execute(query.where(Attachment.case_id == case.id).order_by(Attachment.id))
    return tuple(
        FileRow(file.id, file.filename, file.media_type, file.size, file.at, PersonRef(by.code, by.name))
        for file, by in rows
    )


def comments_of(desk: Desk, case: Case) -> tuple[CommentRow, ...]:
    """What was written on a case, the oldest first."""
    query = select(Comment, Person).join(Person, Person.id == Comment.person_id)
    rows = desk.session.execute(query.where(Comment.case_id == case.id).order_by(Comment.id))
    return tuple(CommentRow(said.id, said.at, PersonRef(by.code, by.name), said.text) for said, by in rows)


def _waiting(desk: Desk, case: Case) -> tuple[WaitRow, ...]:
    query = (
        select(Wait).where(Wait.case_id == case.id, Wait.kind != REMINDER).order_by(Wait.since, Wait.step, Wait.name)
    )
    return tuple(_wait_row(wait) for wait in desk.session.scalars(query))


def _wait_row(wait: Wait) -> WaitRow:
    kind = {"signal": "message"}.get(wait.kind, wait.kind)
    return WaitRow(_waited_at(wait), kind, wait.name or wait.step, wait.due_at, wait.attached_to is not None)


def _waited_at(wait: Wait) -> str:
    """The step over which something is awaited; its own number when that is only a frame around others."""
    over = wait.attached_to
    return wait.step if over is None or (over[-1:].islower() and over[-2:-1].isdigit()) else over


def _links(desk: Desk, case: Case) -> tuple[LinkRow, ...]:
    query = select(CaseLink).where(or_(CaseLink.case_id == case.id, CaseLink.other_id == case.id))
    links = [link for link in desk.session.scalars(query) if _may_see_other(desk, case, link)]
    others = _refs(desk, [link.other_id if link.case_id == case.id else link.case_id for link in links])
    return tuple(
        LinkRow(others[link.other_id if link.case_id == case.id else link.case_id], link.kind) for link in links
    )


def _may_see_other(desk: Desk, case: Case, link: CaseLink) -> bool:
    """Whether the reader sees the case at the other end of a link."""
    other = desk.session.get_one(Case, link.other_id if link.case_id == case.id else link.case_id)
    return sees(desk, other)


def _refs(desk: Desk, ids: Sequence[UUID]) -> dict[UUID, CaseRef]:
    if not ids:
        return {}
    rows = desk.session.execute(select(Case.id, Case.number, Case.process, Case.subject).where(Case.id.in_(ids)))
    return {row.id: CaseRef(row.id, row.number, row.process, row.subject) for row in rows}


def _undrawn(about: About) -> dict[str, StepInfo]:
    """What of a process is not drawn, for it may come from anywhere: putting an end to a case."""
    rule = about.cancellation
    if rule is None:
        return {}
    named = {rule.step: about.toml["cancellation"], rule.end: about.toml["ends"][rule.end]}
    return {
        step: StepInfo(step, "", str(said["fr"]), str(said["en"]), None, None, False, about.key, {})
        for step, said in named.items()
    }


def _step(row: CaseStep, outcome: str | None, info: Any) -> StepRow:
    return StepRow(
        step=row.step,
        state=row.state,
        at=row.at,
        by=row.by,
        title=info.name if info is not None else "",
        title_en=(info.name_en or info.name) if info is not None else "",
        outcome=outcome,
    )
