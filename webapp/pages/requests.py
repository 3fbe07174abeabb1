"""« Mes demandes », finding a case, and what follows a task: how the author of a request follows it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import request, url_for
from sqlalchemy import or_
from werkzeug import Response

from webapp.desk import open_desk
from webapp.pages.concerned import own_tasks
from webapp.pages.door import go, identifier, page
from webapp.pages.facts import decisions
from webapp.pages.opened import SIGNING
from webapp.pages.stages import Stage, stages
from webapp.words import reader_language
from workflows.cases.commands import CasesAsked, InboxAsked
from workflows.cases.cursor import read_cursor, write_cursor
from workflows.cases.inbox import inbox
from workflows.cases.list_cases import case_columns, case_list, case_row
from workflows.cases.models import Case
from workflows.cases.open_tasks import open_tasks_of
from workflows.cases.read_case import case_view, steps
from workflows.cases.read_task import task_view
from workflows.cases.views import CaseRow, TaskRow
from workflows.catalog.edition import edition_of
from workflows.desk import Desk
from workflows.people.discretion import unhidden
from workflows.signatures.verify import verify_case

PAGE = 20


@dataclass(frozen=True, slots=True)
class Followed:
    """One request of mine, with its stage line and what its end is called."""

    row: CaseRow
    line: tuple[Stage, ...]
    end: str


def show_requests() -> Response:
    """My requests, each with its stage line and who has it now."""
    with open_desk() as desk:
        found, cursor = _mine(desk, request.args.get("suite"))
        mine = [_followed(desk, row) for row in found]
    following = url_for("pages.requests", suite=cursor) if cursor else None
    return page("requests.html", requests=mine, next=following)


def search() -> Response:
    """Cases by number, subject or person."""
    words = request.args.get("q", "").strip()[:100]
    with open_desk() as desk:
        asked = CasesAsked(q=words or None, limit=PAGE, cursor=request.args.get("suite") or None)
        found = case_list(desk, asked)
        rows = [own_tasks(desk, row) for row in found.items]
    if len(found.items) == 1 and found.items[0].number == words.upper():
        return go("case", ref=found.items[0].number)
    following = url_for("pages.search", q=words, suite=found.next) if found.next else None
    return page("search.html", words=words, rows=rows, next=following)


def show_done(task_id: str) -> Response:
    """What a completed task led to, to whom it went, and the next task of the same kind."""
    with open_desk() as desk:
        view = task_view(desk, identifier(task_id, "task.unknown"))
        case = case_view(desk, str(view.row.case.id))
        followed = _followed(desk, case.row)
        similar = _similar(desk, view.row)
        edition = edition_of(desk.session, desk.session.get_one(Case, case.row.id).version_id)
        proof = _proof(desk, view.row) if view.row.outcome in SIGNING else {}
    waits = [wait for wait in case.waiting if not wait.aside]
    return page(
        "done.html",
        task=view.row,
        case=followed.row,
        followed=followed,
        similar=similar,
        asked=[wait for wait in waits if wait.kind == "message"],
        resumes=min((wait.due_at for wait in waits if wait.due_at is not None), default=None),
        outcomes=decisions(edition, reader_language()),
        **proof,
    )


def _proof(desk: Desk, signed: TaskRow) -> dict[str, Any]:
    """The evidence of the act that was just signed."""
    verdict = verify_case(desk.session, signed.case.id)
    sealed = desk.session.get_one(Case, signed.case.id).facts.get("signe_le") is not None
    told = verdict.sentence(reader_language())
    return {"signed": verdict if verdict.signatures else None, "verdict": told, "sealed": sealed}


def _similar(desk: Desk, done: TaskRow) -> TaskRow | None:
    """Another task of the same kind that waits for me."""
    for box in ("mine", "queue"):
        found = inbox(desk, InboxAsked(box=box, role=done.role, process=done.case.process, limit=20)).items
        alike = [row for row in found if row.step == done.step and row.id != done.id]
        if alike:
            return alike[0]
    return None


def _mine(desk: Desk, cursor: str | None) -> tuple[list[CaseRow], str | None]:
    """The cases that the reader asked for or benefits from, the newest first, and the cursor of the next page."""
    own = or_(Case.requester_id == desk.actor.id, Case.beneficiary_id == desk.actor.id)
    query = case_columns().where(own, unhidden(desk.actor, Case.id)).order_by(Case.id.desc()).limit(PAGE + 1)
    if cursor:
        query = query.where(Case.id < read_cursor(cursor, "requests", (UUID,))[0])
    found = desk.session.execute(query).all()
    open_tasks = open_tasks_of(desk, [row.id for row in found[:PAGE]])
    rows = [case_row(row, open_tasks.get(row.id, ())) for row in found[:PAGE]]
    return rows, write_cursor("requests", [rows[-1].id]) if len(found) > PAGE else None


def _followed(desk: Desk, row: CaseRow) -> Followed:
    language = reader_language()
    case = desk.session.get_one(Case, row.id)
    about = edition_of(desk.session, case.version_id).about
    here = [task.step for task in row.open_tasks] or [wait.step for wait in case_view(desk, str(row.id)).waiting]
    line = stages(about, steps(desk, str(row.id)), here, ended=row.ended_at is not None, language=language)
    return Followed(own_tasks(desk, row), line, _end(about, row, language))


def _end(about: Mapping[str, object], row: CaseRow, language: str) -> str:
    ends = about.get("ends")
    told = list(ends.values()) if isinstance(ends, Mapping) else []
    return next((str(one.get(language)) for one in told if one.get("code") == row.end), row.end or "")
