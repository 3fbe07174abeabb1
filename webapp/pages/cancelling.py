"""Putting an end to a case: what that does, why, and what the provider asks for it once something was ordered."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus

from flask import request
from flask_babel import gettext as _
from werkzeug import Response

from webapp.desk import open_desk
from webapp.pages.door import go, page, say_it, told
from webapp.pages.saying import cents_of
from workflows.cases.cancel import CANCEL, asks_for_fee, cancel_case
from workflows.cases.commands import CancelCase
from workflows.cases.read_case import case_view
from workflows.cases.store import look_at_case
from workflows.errors import Conflict, Forbidden

REASON, FEE = "motif", "frais"
LONGEST, LARGEST = 1000, 10**12


def show_cancel(ref: str) -> Response:
    """What putting an end to a case does, and the form to do it."""
    return _asked(ref, {})


def do_cancel(ref: str) -> Response:
    """Put an end to a case; what is refused is said beside its field, and nothing typed is lost."""
    reason, fee = request.form.get(REASON, "").strip(), request.form.get(FEE, "").strip()
    cents = cents_of(fee) if fee else None
    flaws = _flaws(reason, cents)
    if flaws:
        return _asked(ref, flaws)
    try:
        with open_desk() as desk:
            cancel_case(desk, CancelCase(ref, reason, cents if isinstance(cents, int) else None))
    except (Conflict, Forbidden) as refusal:
        say_it(told(refusal), "bad")
        return go("case", ref=ref)
    say_it(_("La demande est annulée. Les personnes concernées en sont avisées."))
    return go("case", ref=ref)


def _flaws(reason: str, cents: int | str | None) -> Mapping[str, str]:
    found = {}
    if not 1 <= len(reason) <= LONGEST:
        found[REASON] = _("Écrivez pourquoi, en 1 000 caractères au plus.")
    if cents is not None and (not isinstance(cents, int) or not 0 <= cents <= LARGEST):
        found[FEE] = _("Écrivez un montant en dollars, comme 25,00.")
    return found


def _asked(ref: str, flaws: Mapping[str, str]) -> Response:
    with open_desk() as desk:
        view = case_view(desk, ref)
        fee = asks_for_fee(desk, look_at_case(desk, ref))
    if CANCEL not in view.actions:
        say_it(_("Vous ne pouvez pas annuler cette demande maintenant."), "bad")
        return go("case", ref=view.row.number)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if flaws else HTTPStatus.OK
    typed = {name: request.form.get(name, "") for name in (REASON, FEE)}
    return page("cancel.html", status, row=view.row, fee=fee, flaws=flaws, typed=typed)
