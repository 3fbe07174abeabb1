"""Which language a page speaks: French is the source of every word, English lies beside it in the catalogue.

In order: ``?langue=`` in the address, the language kept by a cookie (set by that choice or at sign-in from the
person's profile), then what the browser asks for.
"""

from __future__ import annotations

from flask import Flask, g, request
from flask_babel import Babel
from werkzeug import Response

from webapp.security import is_machine_path
from webapp.words import LANGUAGES, asked_language, reader_language

ASKED = "langue"
COOKIE = "langue"
A_YEAR = 365 * 24 * 3600


def init_locale(app: Flask) -> None:
    """Let pages speak the reader's language; chosen before anything else, so that refusals speak it too."""
    Babel(app, default_locale="fr", locale_selector=reader_language)
    app.before_request_funcs.setdefault(None, []).insert(0, choose_language)
    app.after_request(_keep)


def choose_language() -> None:
    """Choose the language of a page; machines are answered in the one they ask for."""
    if is_machine_path(request.path):
        return
    asked = request.args.get(ASKED)
    kept = request.cookies.get(COOKIE)
    if asked in LANGUAGES:
        g.keep_language = asked
    g.language = next((one for one in (asked, kept) if one in LANGUAGES), asked_language())


def keep_language(language: str) -> None:
    """Remember a language for the pages that follow."""
    if language in LANGUAGES:
        g.language = g.keep_language = language


def _keep(answer: Response) -> Response:
    chosen = g.get("keep_language")
    if chosen:
        keep_in_cookie(answer, COOKIE, chosen)
    return answer


def keep_in_cookie(answer: Response, name: str, value: str) -> None:
    """Keep a preference for a year; it says nothing of the person."""
    answer.set_cookie(name, value, max_age=A_YEAR, samesite="Lax", secure=request.is_secure, httponly=False, path="/")
