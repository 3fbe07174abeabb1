"""« Qui peut signer cet acte, aujourd'hui, et pourquoi » : asked of the plan in force, without a case."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from flask import request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from werkzeug import Response

from webapp.desk import open_desk
from webapp.pages.door import page
from webapp.pages.saying import cents_of
from webapp.signatories import signatories
from webapp.words import reader_language, say
from workflows.desk import Desk
from workflows.errors import Invalid
from workflows.people.models import Unit

TYPES = {
    "APPAREIL": _l("Appareil à coût non nul"),
    "RESEAU": _l("Dérogation de réseau"),
    "TECHNO": _l("Dérogation technologique"),
}
LARGEST = 10**12
ASKED = ("type", "unite", "montant", "beneficiaire")


def show_signatories() -> Response:
    """The form, and the answer once something is asked."""
    typed = {key: request.args.get(key, "").strip() for key in ASKED}
    flaws: dict[str, str] = {}
    answer: dict[str, Any] | None = None
    with open_desk() as desk:
        units = _units(desk)
        if "unite" in request.args:
            given, flaws = _read(typed)
            if not flaws:
                try:
                    answer = signatories(desk, given, reader_language())
                except Invalid as refusal:
                    flaws = _told(refusal)
    shown = {"typed": typed, "flaws": flaws, "units": units, "types": TYPES, "answer": answer}
    return page("signatories.html", HTTPStatus.UNPROCESSABLE_ENTITY if flaws else HTTPStatus.OK, **shown)


def _read(typed: Mapping[str, str]) -> tuple[dict[str, Any], dict[str, str]]:
    flaws = {}
    cents = cents_of(typed["montant"]) if typed["montant"] else None
    if not isinstance(cents, int) or not 0 <= cents <= LARGEST:
        flaws["montant"] = _("Écrivez un montant en dollars, comme 649,00.")
    if not typed["unite"]:
        flaws["unite"] = _("Choisissez l’unité budgétaire.")
    kind = typed["type"] if typed["type"] in TYPES else "APPAREIL"
    given = {"type": kind, "unite": typed["unite"], "montant_cents": cents}
    return {**given, "beneficiaire": typed["beneficiaire"].upper() or None}, flaws


def _told(refusal: Invalid) -> dict[str, str]:
    language = reader_language()
    return {
        key: " ".join(say(flaw.code, language, flaw.params) for flaw in found) for key, found in refusal.fields.items()
    }


def _units(desk: Desk) -> list[tuple[str, str]]:
    own = select(Unit).where(Unit.organisation_id == desk.actor.organisation_id, Unit.active).order_by(Unit.code)
    return [(unit.code, f"{unit.code} — {unit.name}") for unit in desk.session.scalars(own)]
