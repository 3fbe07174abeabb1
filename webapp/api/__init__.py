"""The JSON door: version 1 of the API, its OpenAPI description and its documentation."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from apispec.ext.marshmallow import MarshmallowPlugin
from apispec.ext.marshmallow.common import resolve_schema_cls
from flask import Flask
from flask_smorest import Api

from webapp.api import (
    attachments,
    cases,
    clock,
    deadlines,
    deliveries,
    docs,
    me,
    messages,
    notices,
    processes,
    roles,
    signatories,
    subscriptions,
    tasks,
)
from webapp.api.schemas.problem import ProblemOut
from webapp.api.schemas.shapes import Instant
from webapp.identity import public
from webapp.problems import PROBLEM_JSON

ABOUT = (
    "Ask, act, follow: processes, cases and tasks of a public body. Instants are UTC with `Z`, money is in integer "
    "cents, persons are codes. Errors are problems (RFC 9457) whose `code` is for machines and `detail` for people, "
    "in the language of `Accept-Language`."
)
ROOMS = (
    me,
    processes,
    cases,
    tasks,
    attachments,
    notices,
    signatories,
    roles,
    messages,
    subscriptions,
    deliveries,
    deadlines,
    clock,
)


class HouseApi(Api):  # type: ignore[misc]
    """flask-smorest, with the house's own errors."""

    ERROR_SCHEMA = ProblemOut

    def _register_error_handlers(self) -> None:
        """Errors are the business of ``webapp.problems``."""

    def _register_responses(self) -> None:
        """Every error is told as a problem, with its own media type."""
        for name in (self.DEFAULT_ERROR_RESPONSE_NAME, *(status.name for status in HTTPStatus)):
            content = {PROBLEM_JSON: {"schema": self.ERROR_SCHEMA}}
            told = {"description": "A problem (RFC 9457)", "content": content}
            self.spec.components.response(name, told, lazy=True)

    @public
    def _openapi_json(self) -> Any:
        """The OpenAPI description, open to everyone."""
        return super()._openapi_json()


def init_api(app: Flask) -> None:
    """Open the API's rooms."""
    app.config.update(
        API_TITLE="Parcours",
        API_VERSION="1",
        OPENAPI_VERSION="3.1.0",
        OPENAPI_URL_PREFIX="/api/v1",
        OPENAPI_JSON_PATH="openapi.json",
        API_SPEC_OPTIONS={
            "info": {"description": ABOUT, "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"}},
            "security": [{"bearer": []}],
        },
    )
    api = HouseApi(app, spec_kwargs={"marshmallow_plugin": MarshmallowPlugin(_schema_name)})
    api.register_field(Instant, "string", "date-time")
    api.spec.components.security_scheme("bearer", {"type": "http", "scheme": "bearer"})
    for room in ROOMS:
        api.register_blueprint(room.room)
    messages.tell_of_hooks(api.spec)
    app.register_blueprint(docs.docs)
    app.extensions["parcours-api"] = api


def _schema_name(schema: Any) -> str:
    """What the description calls a schema: the class's name, without ``Out``."""
    found = resolve_schema_cls(schema)
    return found.__name__.removesuffix("Out") if isinstance(found, type) else ""
