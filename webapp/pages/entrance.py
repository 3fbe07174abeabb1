"""Signing in and out, and preferences of language and theme."""

from __future__ import annotations

from http import HTTPStatus

from flask import request
from sqlalchemy import select
from werkzeug import Response

from webapp.desk import open_desk
from webapp.extensions import db
from webapp.identity import maybe_actor, public, sign_in, sign_out
from webapp.locale import COOKIE, keep_in_cookie, keep_language
from webapp.pages.door import go, go_back, page, told
from webapp.pages.frame import THEMES
from webapp.sign_in import check_password
from webapp.words import LANGUAGES
from workflows.clock import wall_now
from workflows.errors import Refusal, TooMany
from workflows.journal.write import note
from workflows.people.models import Organisation, Person
from workflows.people.sessions import end_session

TRY = ("U01", "P08", "P03", "P09")
"""Whom the demonstration proposes to sign in as, in the order of a first request."""


@public
def show_sign_in() -> Response:
    """The page to sign in."""
    if maybe_actor() is not None:
        return go("inbox")
    return _sign_in_page()


@public
def do_sign_in() -> Response:
    """Sign in with a code and a password."""
    code, password = request.form.get("code", ""), request.form.get("mot_de_passe", "")
    try:
        person = check_password(code, password)
    except Refusal as refusal:
        status = HTTPStatus.TOO_MANY_REQUESTS if isinstance(refusal, TooMany) else HTTPStatus.UNPROCESSABLE_ENTITY
        return _sign_in_page(told(refusal), code, status)
    sign_in(person)
    if not request.cookies.get(COOKIE):
        keep_language(person.language)
    answer = go_back(request.form.get("retour"), "inbox")
    if "theme" not in request.cookies:
        keep_in_cookie(answer, "theme", person.theme)
    return answer


def do_sign_out() -> Response:
    """Sign out: the session ends here and in every copy of its cookie."""
    with open_desk() as desk:
        end_session(desk.session, desk.actor.session_id, wall_now())
        note(desk, "person.signed_out")
    sign_out()
    return go("sign_in")


def show_preferences() -> Response:
    """One's own language and theme."""
    return page("preferences.html")


def keep_preferences() -> Response:
    """Keep them in the profile, and for this browser."""
    language, theme = request.form.get("langue", ""), request.form.get("theme", "")
    with open_desk() as desk:
        person = desk.session.get_one(Person, desk.actor.id)
        person.language = language if language in LANGUAGES else person.language
        person.theme = theme if theme in THEMES else person.theme
        note(desk, "person.settings", language=person.language, theme=person.theme)
    keep_language(person.language)
    answer = go("preferences")
    keep_in_cookie(answer, "theme", person.theme)
    return answer


def _sign_in_page(refused: str = "", code: str = "", status: int = 200) -> Response:
    following = request.args.get("retour") or request.form.get("retour") or ""
    return page("sign_in.html", status, refused=refused, code=code, following=following, accounts=_accounts())


def _accounts() -> list[Person]:
    """The demonstration's accounts, on an installation that has them and no other organisation."""
    session = db.session()
    owners = session.scalars(select(Organisation)).all()
    if not owners or not all(one.demo for one in owners):
        return []
    people = {person.code: person for person in session.scalars(select(Person).where(Person.code.in_(TRY)))}
    return [people[code] for code in TRY if code in people]
