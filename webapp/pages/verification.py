"""« Vérifier la signature » : open to whoever holds the evidence file, or the link printed with it."""

from __future__ import annotations

import re
from http import HTTPStatus

from flask import request
from sqlalchemy import select
from werkzeug import Response

from webapp.extensions import db
from webapp.identity import public
from webapp.pages.door import page, told
from webapp.security import takes_files
from webapp.words import reader_language
from workflows.cases.models import Case
from workflows.errors import Invalid, Missing
from workflows.signatures.models import Act, InstallationKey
from workflows.signatures.verify import verify_case, verify_pack

SHA256 = re.compile(r"[0-9a-f]{64}")


@public
def show_verify() -> Response:
    """Ask for the evidence file."""
    return page("verify.html", verdict=None, refused="", number="", language=reader_language(), ours=None)


@public
@takes_files
def do_verify() -> Response:
    """Verify an evidence file."""
    sent = request.files.get("fichier")
    try:
        verdict = verify_pack(sent.stream.read() if sent is not None else b"")
    except Invalid as refusal:
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        refused = told(refusal)
        return page(
            "verify.html", status, verdict=None, refused=refused, number="", language=reader_language(), ours=None
        )
    known = select(InstallationKey.id).where(InstallationKey.fingerprint == verdict.fingerprint)
    ours = db.session().scalar(known) is not None
    number = str(verdict.act.get("dossier") or "")
    return page("verify.html", verdict=verdict, refused="", number=number, language=reader_language(), ours=ours)


@public
def verify_link(sha256: str) -> Response:
    """Verify a signed act by the link that bears its fingerprint."""
    session = db.session()
    act = None
    if SHA256.fullmatch(sha256):
        query = select(Act).where(Act.sha256 == sha256, Act.sealed_at.is_not(None)).order_by(Act.sequence.desc())
        act = session.scalars(query.limit(1)).first()
    if act is None:
        raise Missing("evidence.unknown")
    number = session.get_one(Case, act.case_id).number
    verdict = verify_case(session, act.case_id)
    return page("verify.html", verdict=verdict, refused="", number=number, language=reader_language(), ours=True)
