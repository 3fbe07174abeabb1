"""A task's page: read what is asked and why, answer, keep a draft, take it or put it back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from http import HTTPStatus
from typing import Any
from uuid import UUID

from flask import request
from flask_babel import gettext as _
from werkzeug import Response

from webapp.desk import open_desk
from webapp.pages.door import go, identifier, page, say_it, told
from webapp.pages.forms.posted import answers_of
from webapp.pages.opened import SIGNING, Entered, form_on, open_task
from webapp.pages.sent import receive_files
from webapp.security import takes_several_files
from webapp.sign_in import method_proven, prove_again
from webapp.words import reader_language, say
from workflows.cases.claim import claim_task
from workflows.cases.commands import AddComment, ClaimTask, CompleteTask, ReleaseTask, SaveDraft
from workflows.cases.comment import add_comment
from workflows.cases.complete import complete_task
from workflows.cases.draft import save_draft
from workflows.cases.read_task import task_view
from workflows.cases.release import release_task
from workflows.desk import Desk
from workflows.errors import Conflict, Flaw, Forbidden, Invalid, Refusal, TooMany, Unauthenticated

UNKNOWN = "task.unknown"
PASSWORD = "mot_de_passe"  # noqa: S105 (the name of a form's field)
REVISION = "revision"
STATUSES = (
    (Conflict, HTTPStatus.CONFLICT),
    (Forbidden, HTTPStatus.FORBIDDEN),
    (TooMany, HTTPStatus.TOO_MANY_REQUESTS),
)
Answers = dict[str, Any]


def show_task(task_id: str) -> Response:
    """A task."""
    return _task_page(identifier(task_id, UNKNOWN))


@takes_several_files
def answer_task(task_id: str) -> Response:
    """Answer a task's form; what is refused is said beside each field, and nothing is lost."""
    task = identifier(task_id, UNKNOWN)
    answers: Answers = {}
    try:
        _read(task, answers)
        _complete(task, answers)
    except (Invalid, Unauthenticated, TooMany, Conflict, Forbidden) as refusal:
        return _refused(task, answers, refusal)
    return go("done", task_id=task)


@takes_several_files
def keep_draft(task_id: str) -> Response:
    """Keep what is entered so far."""
    task = identifier(task_id, UNKNOWN)
    answers: Answers = {}
    try:
        _read(task, answers)
        with open_desk() as desk:
            save_draft(desk, SaveDraft(task, answers, _revision()))
    except (Invalid, Conflict, Forbidden) as refusal:
        return _refused(task, answers, refusal)
    say_it(_("Le brouillon est enregistré : vous pourrez le reprendre ici."))
    return go("task", task_id=task)


@takes_several_files
def change_rows(task_id: str) -> Response:
    """Add a row to a list, take one away, or join files, without answering yet."""
    task = identifier(task_id, UNKNOWN)
    answers: Answers = {}
    try:
        _read(task, answers)
    except (Invalid, Forbidden) as refusal:
        return _refused(task, answers, refusal)
    name, _dot, place = request.form.get("_retirer", "").rpartition(".")
    if name in answers and place.isdigit() and int(place) < len(answers[name]):
        del answers[name][int(place)]
    return _task_page(task, Entered(answers, more=request.form.get("_ajouter", "")))


def claim(task_id: str) -> Response:
    """Take the task."""
    task = identifier(task_id, UNKNOWN)
    with open_desk() as desk:
        claim_task(desk, ClaimTask(task))
    return go("task", task_id=task)


def release(task_id: str) -> Response:
    """Put the task back."""
    with open_desk() as desk:
        release_task(desk, ReleaseTask(identifier(task_id, UNKNOWN)))
    say_it(_("La tâche est remise dans la corbeille."))
    return go("inbox")


def comment(task_id: str) -> Response:
    """Write a comment."""
    task = identifier(task_id, UNKNOWN)
    with open_desk() as desk:
        add_comment(desk, AddComment(task, request.form.get("texte", "")))
    return go("task", task_id=task, _anchor="commentaires")


def _read(task: UUID, answers: Answers) -> None:
    """Read what was posted into ``answers``, with the files that came along, which are joined to the case at once.

    A file that is refused is told once everything else has been read, so that nothing typed is lost with it.
    """
    with open_desk() as desk:
        view = task_view(desk, task, reader_language())
    form = form_on(view)
    if form is None:
        return
    answers |= answers_of(form.fields, request.form)
    flaws = receive_files(view.row.case.number, form, answers)
    if flaws:
        raise Invalid("form.invalid", flaws)


def _complete(task: UUID, answers: Mapping[str, Any]) -> None:
    with open_desk() as desk:
        proof = _proof(desk) if answers.get("decision") in SIGNING or _is_signed(desk, task) else None
        complete_task(replace(desk, reauthenticated=proof), CompleteTask(task, answers, _revision(), proof))


def _is_signed(desk: Desk, task: UUID) -> bool:
    """Whether the form itself is a signature, whatever is decided in it."""
    form = form_on(task_view(desk, task, reader_language()))
    return form is not None and form.is_signed


def _proof(desk: Desk) -> str | None:
    """The password given again on the signing page."""
    password = request.form.get(PASSWORD, "")
    if not password:
        raise Invalid("form.invalid", {PASSWORD: (Flaw("form.required"),)})
    token, _until = prove_again(desk, password)
    return method_proven(desk, token)


def _revision() -> int | None:
    seen = request.form.get(REVISION, "")
    return int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 10 else None


def _refused(task: UUID, answers: Answers, refusal: Refusal) -> Response:
    """The page again, with everything that was entered and what is wrong with it."""
    language = reader_language()
    if isinstance(refusal, Unauthenticated | TooMany):
        flaws = {PASSWORD: [told(refusal)]}
    else:
        found = refusal.fields if isinstance(refusal, Invalid) else {}
        flaws = {key: [say(one.code, language, one.params) for one in each] for key, each in found.items()}
    status = next((code for kind, code in STATUSES if isinstance(refusal, kind)), HTTPStatus.UNPROCESSABLE_ENTITY)
    return _task_page(task, Entered(answers, flaws), status, "" if flaws else told(refusal))


def _task_page(task: UUID, entered: Entered | None = None, status: int = 200, refused: str = "") -> Response:
    with open_desk() as desk:
        opened = open_task(desk, task, entered)
    flaws = entered.flaws if entered is not None else {}
    return page(
        "task.html",
        status,
        opened=opened,
        outcomes=opened.outcomes,
        row=opened.view.row,
        may=opened.view.may,
        refused=refused,
        password_flaw=" ".join(flaws.get(PASSWORD, ())),
        rows_url=f"/taches/{task}/lignes",
    )
