"""What every answer and every request must respect: content policy, headers, forgery tokens, sizes, clean text."""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from flask import Flask, current_app, g, request, session
from werkzeug import Response
from werkzeug.middleware.proxy_fix import ProxyFix

from webapp.settings import Settings
from workflows.errors import Forbidden, Invalid

View = TypeVar("View", bound=Callable[..., Any])
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; object-src 'none'"
)
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
MACHINES = ("/api/", "/hooks/", "/health/", "/metrics")
JSON_LARGEST = 1024 * 1024
UPLOAD_LARGEST = 10 * 1024 * 1024 + 64 * 1024
HEARD_OUT = 64 * 1024 * 1024
"""How much of a refused request is read to its end, so that its sender gets the answer and not a cut line."""
FORM_LARGEST = 5 * UPLOAD_LARGEST
"""What a form with several files may weigh: one that is too large alone is then refused beside its question."""
TOKEN = "csrf_token"  # noqa: S105 (the name of a form's field)


def takes_files(view: View) -> View:
    """Let a view receive files: a little over 10 Mo instead of 1 Mo."""
    view.__dict__["takes_files"] = True
    return view


def takes_several_files(view: View) -> View:
    """Let a page's form bring several files."""
    view.__dict__["takes_several_files"] = True
    return view


def csrf_token() -> str:
    """The token that every form of this session sends back (field ``csrf_token`` or header ``X-CSRF-Token``)."""
    if TOKEN not in session:
        session[TOKEN] = secrets.token_urlsafe(24)
    return str(session[TOKEN])


def is_machine_path(path: str) -> bool:
    """Whether a path belongs to the doors of machines, which carry no session."""
    return path.startswith(MACHINES)


def init_security(app: Flask, settings: Settings) -> None:
    """Put these guards in place, before and after every request."""
    app.config.update(
        MAX_CONTENT_LENGTH=JSON_LARGEST,
        MAX_FORM_MEMORY_SIZE=JSON_LARGEST,
        SESSION_COOKIE_NAME="parcours",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.https,
        PERMANENT_SESSION_LIFETIME=8 * 60 * 60,
    )
    if settings.proxies:
        hops = settings.proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
    app.before_request(_open_wide_for_files)
    app.before_request(_refuse_unstorable_text)
    app.before_request(_refuse_forgery)
    app.after_request(_harden)
    app.after_request(_hear_out)
    app.jinja_env.globals["csrf_token"] = csrf_token


def _open_wide_for_files() -> None:
    if _marked("takes_files"):
        request.max_content_length = UPLOAD_LARGEST
    if _marked("takes_several_files"):
        request.max_content_length = FORM_LARGEST


def _refuse_unstorable_text() -> None:
    """A NUL fits in no text of the database: refuse it at the door, wherever it hides."""
    if "\0" in request.path or _has_nul(request.args):
        raise Invalid("text.unstorable")
    if request.method not in SAFE and not is_machine_path(request.path) and _has_nul(request.form):
        raise Invalid("text.unstorable")


def _has_nul(values: Any) -> bool:
    pairs: Iterable[tuple[str, str]] = values.items(multi=True)
    return any("\0" in key or "\0" in value for key, value in pairs)


def _refuse_forgery() -> None:
    """An unsafe request to a page must carry the token of its session."""
    if request.method in SAFE or request.endpoint is None or is_machine_path(request.path):
        return
    given = request.form.get(TOKEN) or request.headers.get("X-CSRF-Token", "")
    kept = str(session.get(TOKEN, ""))
    if not kept or not hmac.compare_digest(given.encode(), kept.encode()):
        raise Forbidden("csrf.refused")


def _harden(answer: Response) -> Response:
    for name, value in HEADERS.items():
        answer.headers.setdefault(name, value)
    answer.headers.setdefault("Content-Security-Policy", POLICY)
    if request.is_secure:
        answer.headers.setdefault("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
    if request.endpoint != "static" and (g.get("actor") or "Cache-Control" not in answer.headers):
        answer.headers["Cache-Control"] = "no-store" if g.get("actor") else "no-cache"
    return answer


def _hear_out(answer: Response) -> Response:
    """Read what is left of a refused request; a sender who is still writing would not read why."""
    length = HEARD_OUT if request.content_length is None and request.environ.get("wsgi.input_terminated") else 0
    left = min(request.content_length or length, HEARD_OUT) if answer.status_code >= 400 else 0
    body = request.environ["wsgi.input"]
    while left > 0:
        chunk = body.read(min(left, 64 * 1024))
        if not chunk:
            break
        left -= len(chunk)
    return answer


def _marked(mark: str) -> bool:
    view = current_app.view_functions.get(request.endpoint or "")
    return bool(getattr(view, mark, False))
