"""Views of cases and tasks as the API shows them: persons by code, titles in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from webapp.api.door import in_language
from workflows.cases.commands import Completion
from workflows.cases.models import Task
from workflows.cases.views import (
    CaseRow,
    CaseView,
    FileRow,
    HistoryRow,
    IncidentRow,
    OpenTaskRow,
    PersonRef,
    TaskRow,
    TaskView,
)
from workflows.desk import Desk
from workflows.people.models import Person

Shown = dict[str, Any]


def plain(view: Any) -> Shown:
    """A frozen view as a mapping, persons by code."""
    values = {one.name: getattr(view, one.name) for one in fields(view)}
    return {key: value.code if isinstance(value, PersonRef) else value for key, value in values.items()}


def task_row(row: TaskRow) -> Shown:
    """A task in a list."""
    case = plain(row.case)
    failed = case.pop("failed")
    return plain(row) | {"title": in_language(row.title, row.title_en), "case": case, "in_error": failed}


def task_detail(view: TaskView) -> Shown:
    """A task, opened."""
    return task_row(view.row) | {
        "form": view.form,
        "draft": view.draft,
        "shown": shown_values(view),
        "may": sorted(view.may),
        "candidates": [one.code for one in view.candidates],
    }


def task_state(desk: Desk, task: Task) -> Shown:
    """Where a task stands, with the code of whoever holds it."""
    holder = desk.session.get(Person, task.assignee_id) if task.assignee_id else None
    kept = ("id", "step", "role", "state", "due_at", "draft", "revision")
    return {key: getattr(task, key) for key in kept} | {"assignee": holder.code if holder else None}


def shown_values(view: TaskView) -> Mapping[str, Any]:
    """What the task shows; for a signature the act, its hash and the statement that signing confirms too."""
    act = view.signature
    if act is None:
        return view.shown
    return {
        **view.shown,
        "acte": act.act,
        "acte_sha256": act.sha256,
        "declaration": act.statement,
        "qualite": act.quality,
        "titulaire": act.titulaire,
        "entree": act.entry,
    }


def completion(done: Completion) -> Shown:
    """What a completion led to."""
    return {
        "task": str(done.task_id),
        "case": {"id": str(done.case_id), "number": done.number},
        "next": [plain(one) | {"title": in_language(one.title, one.title_en)} for one in done.next],
        "ended": done.ended,
        "end": done.end,
    }


def case_row(row: CaseRow) -> Shown:
    """A case in a list."""
    return plain(row) | {"open_tasks": [_open_task(task) for task in row.open_tasks]}


def case_detail(view: CaseView) -> Shown:
    """A case, opened."""
    return case_row(view.row) | {
        "waiting": [plain(wait) for wait in view.waiting],
        "data": view.data,
        "links": [plain(link.case) | {"kind": link.kind} for link in view.links],
        "actions": list(view.actions),
        "attachments": [file_row(file) for file in view.files],
        "incident": _incident(view.incident),
    }


def file_row(row: FileRow) -> Shown:
    """A file joined to a case."""
    return plain(row)


def fact(row: HistoryRow) -> Shown:
    """A fact of the journal."""
    return plain(row)


def _incident(row: IncidentRow | None) -> Shown | None:
    if row is None:
        return None
    told = plain(row) | {"reason": in_language(row.reason, row.reason_en)}
    return told | {"contact": [one.code for one in row.contact]}


def _open_task(row: OpenTaskRow) -> Shown:
    title = in_language(row.title, row.title_en)
    return plain(row) | {"title": title, "candidates": [one.code for one in row.candidates]}
