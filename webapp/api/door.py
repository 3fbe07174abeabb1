"""The API's door: rooms of calls, each call at a desk of its own, each answer as its schema says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from typing import Any
from uuid import UUID

from flask import current_app, g, request
from flask_smorest import Blueprint
from marshmallow import RAISE, Schema
from webargs.flaskparser import FlaskParser
from werkzeug import Response
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import UnsupportedMediaType

from webapp.api.once import HEADER, once
from webapp.desk import open_desk
from webapp.identity import current_actor
from webapp.words import LANGUAGES
from workflows.desk import ActorKind, Desk
from workflows.errors import Forbidden, Invalid, Missing

View = Callable[..., Any]
Decorator = Callable[[View], View]
KEY_PARAMETER = {
    "in": "header",
    "name": HEADER,
    "required": False,
    "schema": {"type": "string", "maxLength": 255},
    "description": "The same key and body answer the first result again; the same key with another body is 422.",
}


class StrictParser(FlaskParser):
    """Reads what is asked; a key that nobody asked for is refused, in the query too."""

    DEFAULT_UNKNOWN_BY_LOCATION = {**FlaskParser.DEFAULT_UNKNOWN_BY_LOCATION, "query": RAISE, "files": RAISE}  # noqa: RUF012

    def load_querystring(self, req: Any, schema: Any) -> Any:
        """The query's values; a filter left blank (``?state=&q=``) asks for nothing."""
        asked = [(key, value) for key, value in req.args.items(multi=True) if value or key == "limit"]
        return self._makeproxy(MultiDict(asked), schema)

    def _raw_load_json(self, req: Any) -> Any:
        body = req.get_data(cache=True)
        if not body:
            return {}
        if not req.is_json:
            raise UnsupportedMediaType
        try:
            return current_app.json.loads(body)
        except ValueError:
            raise Invalid("body.not_json") from None


class Room(Blueprint):  # type: ignore[misc]
    """A room of the API: calls about one thing, under ``/api/v1``."""

    ARGUMENTS_PARSER = StrictParser()

    def __init__(self, name: str, about: str) -> None:
        super().__init__(name, __name__, url_prefix="/api/v1", description=about)

    def route(self, rule: str, **options: Any) -> Decorator:
        """The address and the verbs of a call."""
        decorate: Decorator = super().route(rule, **options)
        return decorate

    def arguments(self, schema: type[Schema], **options: Any) -> Decorator:
        """What a call takes, in its body unless told otherwise."""
        decorate: Decorator = super().arguments(schema, **options)
        return decorate

    def alt_response(self, status_code: int, **options: Any) -> Decorator:
        """What a call answers, for the description."""
        decorate: Decorator = super().alt_response(status_code, **options)
        return lambda view: self.doc(operationId=view.__name__)(decorate(view))

    def doc(self, **told: Any) -> Decorator:
        """What else the description says of a call."""
        decorate: Decorator = super().doc(**told)
        return decorate

    def reads(self, schema: type[Schema]) -> Decorator:
        """A call that shows something: the view gets a desk and returns what the schema writes."""

        def decorate(view: View) -> View:
            @wraps(view)
            def at_a_desk(*args: Any, **kwargs: Any) -> Any:
                with open_desk() as desk:
                    return schema().dump(view(_heard(desk), *args, **kwargs))

            return self._told(at_a_desk, 200, schema)

        return decorate

    def writes(self, schema: type[Schema], status: int = 200) -> Decorator:
        """A call that changes something, once for each ``Idempotency-Key``."""

        def decorate(view: View) -> View:
            @wraps(view)
            def at_a_desk(*args: Any, **kwargs: Any) -> Response:
                with open_desk() as desk:
                    heard = _heard(desk)
                    return once(desk, lambda: (schema().dump(view(heard, *args, **kwargs)), status))

            told = self._told(at_a_desk, status, schema)
            return self.doc(parameters=[KEY_PARAMETER])(told)

        return decorate

    def _told(self, view: View, status: int, schema: type[Schema]) -> View:
        """The same view, its success told by the OpenAPI description."""
        return self.alt_response(status, schema=schema, success=True)(view)


def persons_only(view: View) -> View:
    """Keep a call for persons: an integration account has neither inbox nor cases of its own."""

    @wraps(view)
    def for_persons(*args: Any, **kwargs: Any) -> Any:
        if current_actor().kind is not ActorKind.PERSON:
            raise Forbidden("actor.not_person")
        return view(*args, **kwargs)

    return for_persons


def identifier(text: str, missing: str) -> UUID:
    """An opaque id as the house writes it; anything else names nothing."""
    try:
        return UUID(text)
    except ValueError:
        raise Missing(missing) from None


def _heard(desk: Desk) -> Desk:
    """The desk, speaking the language that the request asks for, else the reader's own."""
    asked = request.accept_languages.best_match(LANGUAGES) if request.accept_languages else None
    g.spoken = asked or desk.actor.language
    return replace(desk, actor=replace(desk.actor, language=g.spoken))


def in_language(french: str, english: str) -> str:
    """The one of two texts that this request reads."""
    return english if g.get("spoken") == "en" and english else french


__all__ = ["Room", "identifier", "in_language", "persons_only"]
