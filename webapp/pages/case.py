"""A case's page: what it is, where it stands, who has what now; then its parts, one address each."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

from flask import request, send_file
from flask_babel import gettext as _
from werkzeug import Response

from webapp.desk import open_desk
from webapp.pages.case_head import head
from webapp.pages.case_parts import OWN, PART, PARTS
from webapp.pages.concerned import is_concerned, own_tasks
from webapp.pages.door import go, identifier, page, say_it, told
from webapp.pages.drawn import drawn_in
from webapp.pages.revocation import revocation
from webapp.security import takes_several_files
from webapp.words import reader_language
from workflows.cases.attach import attach_file, read_file
from workflows.cases.commands import AttachFile
from workflows.cases.media import LARGEST
from workflows.cases.models import CaseState
from workflows.cases.read_case import case_view, steps
from workflows.cases.retry import retry_case
from workflows.cases.sight import sees_whole
from workflows.cases.store import look_at_case
from workflows.catalog.edition import edition_of
from workflows.errors import Conflict, Forbidden, Invalid, Missing
from workflows.signatures.pack import evidence_pack

FIRST = "etapes"
"""The part that a case's page opens on."""
DIAGRAM = "application/xml"
ZIP = "application/zip"


def show_case(ref: str, part: str = FIRST) -> Response:
    """A case, one of its parts below; the person whom it is about sees what is theirs of it."""
    if part not in PARTS:
        raise Missing("http.404")
    with open_desk() as desk:
        view, case = case_view(desk, ref), look_at_case(desk, ref)
        mine = is_concerned(desk, case)
        if mine and part not in OWN:
            raise Missing("http.404")
        passed = steps(desk, ref)
        shown = head(desk, case, view, passed)
        if mine:
            view = replace(view, row=own_tasks(desk, view.row))
            passed = tuple(row for row in passed if row.by == desk.actor.code)
        shown |= PART[part](desk, case, view, passed)
        told = part == FIRST and not mine
        shown["revoked"] = revocation(desk, case, view, reader_language()) if told else None
    parts = {code: words for code, words in PARTS.items() if not mine or code in OWN}
    return page(f"case/{part}.html", view=view, row=view.row, part=part, parts=parts, **shown)


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
