"""The API's documentation, written by the server from its own OpenAPI description: no script, nothing fetched."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from flask import Blueprint, current_app, render_template
from werkzeug import Response

from webapp.identity import public

docs = Blueprint("api_docs", __name__, template_folder="templates")
VERBS = ("get", "post", "put", "delete")


@docs.get("/api/docs")
@public
def show_docs() -> str:
    """Every call of the API, what it takes and what it answers."""
    spec = current_app.extensions["parcours-api"].spec.to_dict()
    rooms: dict[str, tuple[str, list[Any]]] = {tag["name"]: (tag.get("description", ""), []) for tag in spec["tags"]}
    for call in _calls(spec):
        rooms[call["room"]][1].append(call)
    return render_template("api_docs.html", info=spec["info"], rooms=rooms, schemas=spec["components"]["schemas"])


@docs.get("/api/docs.css")
@public
def show_style() -> Response:
    """How the documentation looks."""
    return Response(render_template("api_docs.css"), mimetype="text/css")


def _calls(spec: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for path, verbs in spec["paths"].items():
        shared = verbs.get("parameters", [])
        for verb in VERBS:
            if verb in verbs:
                yield _call(path, verb, verbs[verb], shared)


def _call(path: str, verb: str, told: Mapping[str, Any], shared: list[Any]) -> dict[str, Any]:
    body = told.get("requestBody", {}).get("content", {})
    answers = {code: _content(one) for code, one in told["responses"].items() if code != "default"}
    return {
        "path": path,
        "verb": verb.upper(),
        "room": told["tags"][0],
        "summary": told.get("summary", ""),
        "parameters": [*shared, *told.get("parameters", [])],
        "body": {kind: _name(inside) for kind, inside in body.items()},
        "answers": answers,
    }


def _content(answer: Mapping[str, Any]) -> dict[str, str]:
    return {kind: _name(inside) for kind, inside in answer.get("content", {}).items()}


def _name(content: Mapping[str, Any]) -> str:
    schema = content.get("schema", {})
    return str(schema.get("$ref", "")).rsplit("/", 1)[-1]
