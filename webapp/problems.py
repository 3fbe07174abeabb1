"""Refusals become problems (RFC 9457) for machines and pages for people, in the reader's language; no internals."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any, cast

from flask import Flask, current_app, g, json, redirect, render_template, request, url_for
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from werkzeug import Response
from werkzeug.exceptions import HTTPException, InternalServerError

from webapp.extensions import db
from webapp.flaws import flaws_of
from webapp.security import is_machine_path
from webapp.words import reader_language, say
from workflows.errors import Conflict, Flaw, Forbidden, Invalid, Missing, Refusal, TooMany, Unauthenticated

log = logging.getLogger("parcours.web")
TYPE = "urn:parcours:problem:"
PROBLEM_JSON = "application/problem+json"
STATUSES: tuple[tuple[type[Refusal], int], ...] = (
    (Invalid, 422),
    (Unauthenticated, 401),
    (Forbidden, 403),
    (Missing, 404),
    (Conflict, 409),
    (TooMany, 429),
)
"""What each kind of refusal is called in HTTP; the domain itself knows no status."""
UNREADABLE = {"body.not_json": 400, "text.unstorable": 400, "clock.not_simulated": 404}
TITLES: Mapping[int, tuple[str, str]] = {
    400: ("Requête illisible", "Unreadable request"),
    401: ("Identité non prouvée", "Not authenticated"),
    403: ("Accès refusé", "Access refused"),
    404: ("Introuvable", "Not found"),
    405: ("Verbe non accepté", "Method not allowed"),
    409: ("Conflit", "Conflict"),
    413: ("Envoi trop volumineux", "Too large"),
    415: ("Type de contenu refusé", "Unsupported content type"),
    422: ("Valeurs refusées", "Values refused"),
    429: ("Trop de demandes", "Too many requests"),
    500: ("Erreur imprévue", "Unexpected error"),
    503: ("Service indisponible", "Service unavailable"),
}


@dataclass(frozen=True, slots=True)
class Problem:
    """What went wrong, as a machine and a person may both read it."""

    status: int
    code: str
    title: str
    detail: str
    params: Mapping[str, Any] = field(default_factory=dict)
    errors: Mapping[str, list[str]] = field(default_factory=dict)

    def body(self) -> dict[str, Any]:
        """The problem as RFC 9457 writes it."""
        body = {"type": TYPE + self.code, "title": self.title, "status": self.status, "detail": self.detail}
        body |= {"code": self.code, "params": dict(self.params)}
        return body | ({"errors": dict(self.errors)} if self.errors else {})


def problem_of(refusal: Refusal, language: str) -> Problem:
    """A refusal of the domain, worded for a reader."""
    status = UNREADABLE.get(refusal.code) or next((code for kind, code in STATUSES if isinstance(refusal, kind)), 400)
    fields = refusal.fields if isinstance(refusal, Invalid) else {}
    return make_problem(status, refusal.code, language, refusal.params, fields)


def make_problem(
    status: int,
    code: str,
    language: str,
    params: Mapping[str, Any] | None = None,
    fields: Mapping[str, tuple[Flaw, ...]] | None = None,
) -> Problem:
    """A problem with its words; ``fields`` tells what is wrong with each."""
    given = dict(params or {})
    french, english = TITLES.get(status) or (HTTPStatus(status).phrase,) * 2
    errors = {key: [say(flaw.code, language, flaw.params) for flaw in found] for key, found in (fields or {}).items()}
    title = english if language == "en" else french
    return Problem(status, code, title, say(code, language, given), given, errors)


def init_problems(app: Flask) -> None:
    """Answer every refusal and every error of the application with a problem."""
    app.register_error_handler(Refusal, _refused)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(OperationalError, _unavailable)
    app.register_error_handler(PoolTimeout, _unavailable)


def answer(problem: Problem) -> Response:
    """The problem in the form the reader asked for: a page for people, JSON for machines."""
    if is_machine_path(request.path) or not _wants_page():
        reply = Response(json.dumps(problem.body()), problem.status, mimetype=PROBLEM_JSON)
    elif problem.status == HTTPStatus.UNAUTHORIZED:
        return redirect(url_for("pages.sign_in", retour=request.full_path if request.method == "GET" else None), 303)
    else:
        reply = _page(problem)
    if problem.status == HTTPStatus.UNAUTHORIZED:
        reply.headers["WWW-Authenticate"] = 'Bearer realm="parcours"'
    if problem.status == HTTPStatus.TOO_MANY_REQUESTS:
        reply.headers["Retry-After"] = str(problem.params.get("seconds", 60))
    if problem.status == HTTPStatus.SERVICE_UNAVAILABLE:
        reply.headers["Retry-After"] = "2"
    return reply


def _page(problem: Problem) -> Response:
    """The problem as a page; when the house itself failed, a bare one that asks nothing of the database."""
    g.bare = problem.status >= HTTPStatus.INTERNAL_SERVER_ERROR
    if not g.bare:
        db.session.rollback()
    return current_app.make_response((render_template("problem.html", problem=problem), problem.status))


def _wants_page() -> bool:
    best = request.accept_mimetypes.best_match(("text/html", "application/json", PROBLEM_JSON))
    return best == "text/html"


def _refused(refusal: Refusal) -> Response:
    return answer(problem_of(refusal, reader_language()))


def _http(error: HTTPException) -> Response:
    if isinstance(error, InternalServerError):
        return _internal(error)
    if error.response is not None:
        return cast(Response, error.response)
    status = error.code or 400
    language = reader_language()
    data = getattr(error, "data", None) or {}
    if "messages" in data:
        problem = _unreadable_or_invalid(status, data["messages"], language)
    else:
        code = f"http.{status}" if status in (400, 404, 405, 413, 415) else "http.other"
        problem = make_problem(status, code, language, {"method": request.method} if status == 405 else None)
    reply = answer(problem)
    for name, value in error.get_headers():
        if name.lower() == "allow":
            reply.headers[name] = value
    return reply


def _unreadable_or_invalid(status: int, messages: Mapping[str, Any], language: str) -> Problem:
    """What the request's schema found: a body that is no JSON, or fields that are not as asked."""
    if status == HTTPStatus.BAD_REQUEST:
        return make_problem(400, "body.not_json", language)
    return make_problem(422, "request.invalid", language, None, flaws_of(messages))


def _internal(error: InternalServerError) -> Response:
    reference = secrets.token_hex(4)
    log.error("unexpected error, reference %s: %s", reference, type(error.original_exception).__name__)
    return answer(make_problem(500, "internal", reader_language(), {"reference": reference}))


def _unavailable(error: OperationalError | PoolTimeout) -> Response:
    reference = secrets.token_hex(4)
    log.error("database unavailable, reference %s", reference, exc_info=error)
    return answer(make_problem(503, "database.unavailable", reader_language(), {"reference": reference}))
