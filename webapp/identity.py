"""Who is at the door: a bearer token on the API, a signed-in session on pages; nobody gets in without one.

Every view needs an actor unless it is marked ``@public``; a test walks the URL map to see that it stays so.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar, cast
from uuid import UUID

from flask import Flask, current_app, g, request, session
from flask_login import UserMixin, current_user, login_user, logout_user

from webapp.extensions import db, login
from workflows.clock import business_now, wall_now
from workflows.desk import Actor
from workflows.errors import Unauthenticated
from workflows.people.directory import actor_of
from workflows.people.models import Person
from workflows.people.sessions import is_ended
from workflows.people.tokens import actor_for_token

View = TypeVar("View", bound=Callable[..., Any])
API = "/api/"
BEARER = "bearer"


def public(view: View) -> View:
    """Mark a view as open to everyone; all others need an actor."""
    view.__dict__["public"] = True
    return view


def is_public(endpoint: str) -> bool:
    """Whether a view lets anyone in."""
    view = current_app.view_functions[endpoint]
    return endpoint == "static" or bool(getattr(view, "public", False))


@dataclass(frozen=True)
class SignedIn(UserMixin):  # type: ignore[misc]
    """A person's session on pages: whose, and its own id, which signature evidence keeps."""

    person_id: UUID
    session_id: str

    def get_id(self) -> str:
        """What the session cookie carries."""
        return f"{self.person_id}:{self.session_id}"


def sign_in(person: Person) -> None:
    """Open a fresh session for someone whose password was just found good."""
    session.clear()
    session.permanent = True
    login_user(SignedIn(person.id, secrets.token_urlsafe(16)))
    g.pop("actor", None)


def sign_out() -> None:
    """Close the session and forget everything it held."""
    logout_user()
    session.clear()
    g.pop("actor", None)


def present() -> datetime:
    """The product's instant for one desk: read once, so that the actor and what it does share one moment."""
    if "present" not in g:
        g.present = business_now(db.session())
    return cast(datetime, g.present)


def current_actor() -> Actor:
    """Who acts in this request; refuses when nobody is signed in."""
    actor = g.get("actor") or _by_session()
    if actor is None:
        raise Unauthenticated("sign_in.needed")
    g.actor = actor
    return cast(Actor, actor)


def maybe_actor() -> Actor | None:
    """Who acts in this request, or None: for pages that everyone may see."""
    if g.get("bare"):
        return None
    if "actor" not in g and not request.path.startswith(API):
        g.actor = _by_session()
    return cast("Actor | None", g.get("actor"))


def init_identity(app: Flask) -> None:
    """Put the lock on every door."""
    login.init_app(app)
    login.session_protection = None
    login.user_loader(_session_of)
    app.before_request(_lock)


def _lock() -> None:
    if request.endpoint is None or is_public(request.endpoint):
        return
    if request.path.startswith(API):
        g.actor = _by_token()
    current_actor()


def _by_token() -> Actor:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != BEARER:
        raise Unauthenticated("token.missing")
    opened = db.session()
    actor = actor_for_token(opened, token.strip(), wall=wall_now(), now=present())
    if actor is None:
        raise Unauthenticated("token.invalid")
    return actor


def _by_session() -> Actor | None:
    """The actor of the page's session; a session that was ended, or someone who is no more, is nobody."""
    if not current_user.is_authenticated:
        return None
    opened = db.session()
    person = opened.get(Person, current_user.person_id)
    if person is None or is_ended(opened, current_user.session_id):
        return None
    return actor_of(opened, person, present(), current_user.session_id)


def _session_of(kept: str) -> SignedIn | None:
    person_id, _, session_id = kept.partition(":")
    try:
        return SignedIn(UUID(person_id), session_id)
    except ValueError:
        return None
