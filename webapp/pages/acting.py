"""What one may do on a running case besides its tasks: a page an action, with what it asks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from flask import request
from flask_babel import gettext as _
from werkzeug import Response

from webapp.desk import open_desk
from webapp.pages.door import flaws_told, go, page, say_it, told
from webapp.pages.frame import frame
from webapp.pages.moments import on_clocks, to_type
from webapp.words import reader_language
from workflows.cases.about import About
from workflows.cases.act import ActOnCase, act_on_case
from workflows.cases.read_case import case_view
from workflows.cases.store import look_at_case
from workflows.cases.views import CaseView
from workflows.catalog.edition import edition_of
from workflows.desk import Desk
from workflows.errors import Conflict, Forbidden, Invalid, Missing

Shown = dict[str, Any]
MOMENT = "moment"
"""The type of a field that asks for an instant."""


@dataclass(frozen=True, slots=True)
class Offered:
    """An action that the reader may do on a case: its code, and what it is called."""

    code: str
    words: str


def offered(about: Mapping[str, Any], actions: Sequence[str], language: str) -> tuple[Offered, ...]:
    """The actions of a process that have a page, among those that the reader may do."""
    known = About(about).actions
    return tuple(
        Offered(code, str(known[code].get(language) or known[code]["fr"])) for code in actions if code in known
    )


def show_action(ref: str, code: str) -> Response:
    """What an action asks."""
    return _asked(ref, code, {})


def do_action(ref: str, code: str) -> Response:
    """Do an action; what is refused is said beside its field, and nothing typed is lost."""
    typed = {key: value.strip() for key, value in request.form.items() if not key.startswith("_") and value.strip()}
    typed.pop("csrf_token", None)
    try:
        with open_desk() as desk:
            act_on_case(desk, ActOnCase(ref, code, _said(desk, ref, code, typed)))
    except Invalid as refusal:
        return _asked(ref, code, flaws_told(refusal))
    except (Conflict, Forbidden) as refusal:
        say_it(told(refusal), "bad")
        return go("case", ref=ref)
    say_it(_("C’est fait : le dossier en tient compte."))
    return go("case", ref=ref)


def _said(desk: Desk, ref: str, code: str, typed: Mapping[str, str]) -> Mapping[str, str]:
    """What was typed, an instant being one of the organisation's clocks."""
    about = edition_of(desk.session, look_at_case(desk, ref).version_id).about
    fields = (About(about).actions.get(code) or {}).get("fields") or ()
    instants = {str(one["key"]) for one in fields if one["type"] == MOMENT}
    return {key: on_clocks(said, frame().zone) if key in instants else said for key, said in typed.items()}


def _asked(ref: str, code: str, flaws: Mapping[str, str]) -> Response:
    with open_desk() as desk:
        view: CaseView = case_view(desk, ref)
        about = edition_of(desk.session, look_at_case(desk, ref).version_id).about
    action = About(about).actions.get(code)
    if action is None or code not in view.actions:
        raise Missing("http.404")
    language = reader_language()
    worded = _worded(action, language)
    keys = [str(one["key"]) for one in worded["fields"]]
    by_field = {key if key in keys else keys[0]: said for key, said in flaws.items()}
    errors = [(one["key"], one["label"], by_field[one["key"]]) for one in worded["fields"] if one["key"] in by_field]
    status = HTTPStatus.UNPROCESSABLE_ENTITY if flaws else HTTPStatus.OK
    typed = request.form if request.method == "POST" else _now_held(worded["fields"], view)
    shown = {"row": view.row, "code": code, "action": worded, "flaws": by_field, "errors": errors}
    return page("act.html", status, typed=typed, **shown)


def _now_held(fields: Sequence[Shown], view: CaseView) -> Shown:
    """What the case holds now under the keys that an action asks."""
    held = {str(one["key"]): view.data.get(str(one["key"])) for one in fields}
    instants = {str(one["key"]) for one in fields if one["type"] == MOMENT}
    return {key: to_type(value, frame().zone) if key in instants else value for key, value in held.items()}


def _worded(action: Mapping[str, Any], language: str) -> Shown:
    """The words of an action and of what it asks, in the reader's language."""

    def said(one: Mapping[str, Any]) -> Shown:
        return {**one, "label": one.get(language) or one["fr"]}

    fields = [{**said(one), "values": [said(each) for each in one.get("values") or ()]} for one in action["fields"]]
    return {"title": action.get(language) or action["fr"], "lead": action.get(f"lead_{language}", ""), "fields": fields}
