"""A case's page: what it is, where it stands, who has what now; then its parts, one address each."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from io import BytesIO
from typing import Any

from flask import request, send_file
from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from werkzeug import Response

from webapp.desk import open_desk
from webapp.pages.acting import offered
from webapp.pages.checklist import checklist
from webapp.pages.door import go, identifier, page, say_it, told
from webapp.pages.drawn import drawn_in
from webapp.pages.facts import Facts, form_in
from webapp.pages.stages import stages
from webapp.security import takes_several_files
from webapp.words import reader_language
from workflows.cases.attach import attach_file, read_file
from workflows.cases.commands import AttachFile
from workflows.cases.given import Given
from workflows.cases.media import LARGEST
from workflows.cases.models import Case, CaseState
from workflows.cases.read_case import case_view, history, steps
from workflows.cases.retry import retry_case
from workflows.cases.sight import sees_whole
from workflows.cases.store import look_at_case
from workflows.cases.views import CaseView, StepRow
from workflows.catalog.edition import Edition, edition_of
from workflows.desk import Desk
from workflows.errors import Conflict, Forbidden, Invalid, Missing
from workflows.journal.kinds import KINDS
from workflows.people.models import Person
from workflows.signatures.pack import evidence_pack
from workflows.signatures.verify import verify_case

PARTS: Mapping[str, LazyString] = {
    "etapes": _l("Étapes"),
    "diagramme": _l("Diagramme"),
    "formulaires": _l("Formulaires"),
    "fichiers": _l("Fichiers"),
    "journal": _l("Journal"),
    "lies": _l("Dossiers liés"),
}
DIAGRAM = "application/xml"
ZIP = "application/zip"
Shown = dict[str, Any]


def show_case(ref: str, part: str = "etapes") -> Response:
    """A case, one of its parts below."""
    if part not in PARTS:
        raise Missing("http.404")
    with open_desk() as desk:
        view = case_view(desk, ref)
        case = look_at_case(desk, ref)
        edition = edition_of(desk.session, case.version_id)
        passed = steps(desk, ref)
        shown = _head(desk, case, view, edition, passed) | PART[part](desk, case, view, passed)
    return page(f"case/{part}.html", view=view, row=view.row, part=part, parts=PARTS, **shown)


def retry(ref: str) -> Response:
    """Take up a case in error again, as an operator."""
    try:
        with open_desk() as desk:
            state = retry_case(desk, ref).state
        if state == CaseState.FAILED:
            say_it(_("Le dossier s’arrête encore au même endroit : le modèle ou une donnée est à corriger."), "bad")
        else:
            say_it(_("Le dossier est remis en marche."))
    except (Conflict, Forbidden) as refusal:
        say_it(told(refusal), "bad")
    return go("case", ref=ref)


@takes_several_files
def attach(ref: str) -> Response:
    """Join a file to the case."""
    sent = request.files.get("fichier")
    try:
        with open_desk() as desk:
            content = sent.stream.read(LARGEST + 1) if sent is not None else b""
            attach_file(desk, AttachFile(ref, (sent.filename if sent is not None else None) or "", content))
        say_it(_("Le fichier est joint au dossier."))
    except Invalid as refusal:
        say_it(told(refusal), "bad")
    return go("case_part", ref=ref, part="fichiers")


def download(file_id: str) -> Response:
    """A file of a case, as it was sent."""
    with open_desk() as desk:
        file = read_file(desk, identifier(file_id, "file.unknown"))
        kept = BytesIO(file.content)
        return send_file(kept, mimetype=file.media_type, as_attachment=True, download_name=file.filename)


def drawing(ref: str) -> Response:
    """The BPMN drawing of the version that the case runs on."""
    with open_desk() as desk:
        view = case_view(desk, ref)
        edition = edition_of(desk.session, look_at_case(desk, str(view.row.id)).version_id)
        drawn = drawn_in(edition.sources["process.bpmn"], reader_language())
    return Response(drawn, mimetype=DIAGRAM, headers={"Vary": "Cookie, Accept-Language"})


def evidence(ref: str) -> Response:
    """The sealed evidence of a signed case, to verify anywhere."""
    with open_desk() as desk:
        view = case_view(desk, ref)
        case = look_at_case(desk, str(view.row.id))
        if not sees_whole(desk, case):
            raise Missing("case.unknown")
        answer = Response(evidence_pack(desk.session, case.id), mimetype=ZIP)
    answer.headers.set("Content-Disposition", "attachment", filename=f"{view.row.number}-preuve.zip")
    return answer


def _head(desk: Desk, case: Case, view: CaseView, edition: Edition, passed: Sequence[StepRow]) -> Shown:
    """What stands above every part."""
    language = reader_language()
    here = [task.step for task in view.row.open_tasks] + [wait.step for wait in view.waiting]
    ended = view.row.ended_at is not None
    end: Mapping[str, Any] = next(
        (one for one in (edition.about.get("ends") or {}).values() if one.get("code") == view.row.end), {}
    )
    verdict = verify_case(desk.session, case.id) if not view.reduced else None
    return {
        "checklist": checklist(edition.about, passed, view.row.open_tasks, ended, language),
        "offered": offered(edition.about, view.actions, language),
        "line": stages(edition.about, passed, here, ended=ended, language=language),
        "process": (edition.about.get("title") or {}).get(language, edition.key),
        "end_said": end.get(language, view.row.end),
        "advice": end.get(f"advice_{language}", ""),
        "names": {
            step.id: (step.name_en or step.name) if language == "en" else step.name for step in edition.blueprint.steps
        },
        "signed": verdict if verdict is not None and verdict.signatures else None,
        "verdict": verdict.sentence(language) if verdict is not None else "",
        "sealed": case.facts.get("signe_le") is not None,
        "people": _people(desk, {row.by for row in passed}),
    }


def _steps(desk: Desk, case: Case, view: CaseView, passed: Sequence[StepRow]) -> Shown:
    return {"passed": [row for row in passed if row.title]}


def _diagram(desk: Desk, case: Case, view: CaseView, passed: Sequence[StepRow]) -> Shown:
    now: dict[str, int] = {}
    for task in view.row.open_tasks:
        now[task.step] = now.get(task.step, 0) + 1
    for wait in view.waiting:
        if wait.step not in now:
            now[wait.step] = 1
    done = {row.step: 1 for row in passed if row.step not in now}
    return {"passed": [row for row in passed if row.title], "drawn": {"done": done, "now": now}}


def _forms(desk: Desk, case: Case, view: CaseView, passed: Sequence[StepRow]) -> Shown:
    """Every form that was answered, for who sees the whole case; the case's own data for the others."""
    told_of = Facts(desk, case, reader_language())
    edition = told_of.edition
    if view.reduced:
        return {"answered": [], "computed": told_of.told(view.data)}
    answers = Given(desk, case).all()
    answered = []
    for step, name in (edition.about.get("forms") or {}).items():
        if step in answers:
            allowed = _allowed(answers[step], view.data, edition, name)
            answered.append((step, told_of.answers(name, allowed)))
    return {"answered": answered, "computed": told_of.told(view.data, leave_out=_asked(edition))}


def _allowed(answers: Mapping[str, Any], data: Mapping[str, Any], edition: Edition, name: str) -> Mapping[str, Any]:
    """The answers of a form; of sensitive ones, what the case's data lets this reader see."""
    form = form_in(edition, name, reader_language())
    sensitive = {key for key, level in form.privacy(answers).items() if level == "RP2"}
    return {key: data.get(key) if key in sensitive else value for key, value in answers.items()}


def _asked(edition: Edition) -> set[str]:
    names = set((edition.about.get("forms") or {}).values())
    return {field.key for name in names for field in edition.form(name).fields}


def _files(desk: Desk, case: Case, view: CaseView, passed: Sequence[StepRow]) -> Shown:
    return {}


def _journal(desk: Desk, case: Case, view: CaseView, passed: Sequence[StepRow]) -> Shown:
    """A page of the journal, in words."""
    if view.reduced:
        return {"entries": (), "next": None}
    found = history(desk, str(case.id), 50, request.args.get("suite") or None)
    english = reader_language() == "en"
    entries = [(row, _kind(row.kind, english)) for row in found.items]
    return {"entries": entries, "next": found.next, "people": _people(desk, {row.by for row in found.items})}


def _kind(code: str, english: bool) -> str:
    kind = KINDS.get(code)
    return code if kind is None else kind.en if english else kind.fr


def _links(desk: Desk, case: Case, view: CaseView, passed: Sequence[StepRow]) -> Shown:
    return {}


def _people(desk: Desk, codes: set[str]) -> dict[str, str]:
    own = Person.organisation_id == desk.actor.organisation_id
    found = desk.session.scalars(select(Person).where(own, Person.code.in_(codes)))
    return {one.code: one.name for one in found} | {"SYS": "Parcours"}


PART: Mapping[str, Callable[[Desk, Case, CaseView, Sequence[StepRow]], Shown]] = {
    "etapes": _steps,
    "diagramme": _diagram,
    "formulaires": _forms,
    "fichiers": _files,
    "journal": _journal,
    "lies": _links,
}
