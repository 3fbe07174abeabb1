"""Processes: which may be started, and what a version is made of."""

from __future__ import annotations

from typing import Any

import orjson
from werkzeug import Response

from webapp.api.door import Room
from webapp.api.schemas.processes import FormOut, ProcessPage, VersionOut
from webapp.api.schemas.shapes import PageIn
from webapp.desk import open_desk
from workflows.cases.about import About
from workflows.cases.cursor import read_cursor, write_cursor
from workflows.cases.startable import processes
from workflows.catalog.models import ProcessVersion
from workflows.catalog.queries import version
from workflows.desk import Desk
from workflows.errors import Missing
from workflows.forms.languages import worded

room = Room("processes", "Processes, in immutable versions.")
Asked = dict[str, Any]
DIAGRAM = "application/xml"
LARGEST = 2**31 - 1


@room.route("/processes")
@room.arguments(PageIn, location="query")
@room.reads(ProcessPage)
def list_processes(desk: Desk, asked: Asked) -> Any:
    """The current version of every process, and whether I may start it."""
    after = read_cursor(asked["cursor"], "processes", (str,))[0] if asked["cursor"] else ""
    rows = sorted((row for row in processes(desk) if row.key > after), key=lambda row: row.key)
    page = rows[: asked["limit"]]
    following = write_cursor("processes", (page[-1].key,)) if len(rows) > len(page) else None
    shown = [
        {"key": row.key, "titles": {"fr": row.title, "en": row.title_en}, "version": row.version}
        | {"may_start": row.may_start}
        for row in page
    ]
    return {"items": shown, "next": following}


@room.route("/processes/<key>/versions/<int:number>")
@room.reads(VersionOut)
def show_version(desk: Desk, key: str, number: int) -> Any:
    """One version of a process: it never changes."""
    found = _version(desk, key, number)
    about = About(found.about)
    return {
        "key": found.key,
        "version": found.version,
        "titles": {"fr": about.title("fr"), "en": about.title("en")},
        "checksum": found.checksum,
        "published_at": found.published_at,
        "retired_at": found.retired_at,
        "forms": [_form_name(name) for name in sorted(found.sources) if name.startswith("forms/")],
        "files": sorted(found.sources),
    }


@room.route("/processes/<key>/versions/<int:number>/diagram")
@room.alt_response(200, schema={"type": "string"}, content_type=DIAGRAM, success=True)
def show_diagram(key: str, number: int) -> Response:
    """The BPMN XML of a version."""
    with open_desk() as desk:
        return Response(_version(desk, key, number).sources["process.bpmn"], mimetype=DIAGRAM)


@room.route("/processes/<key>/versions/<int:number>/forms/<name>")
@room.reads(FormOut)
def show_form(desk: Desk, key: str, number: int, name: str) -> Any:
    """A form of a version: its form-js schema, in the reader's language."""
    text = _version(desk, key, number).sources.get(f"forms/{name}.json")
    if text is None:
        raise Missing("form.unknown", form=name)
    return worded(orjson.loads(text), desk.actor.language)


def _version(desk: Desk, key: str, number: int) -> ProcessVersion:
    if number > LARGEST:
        raise Missing("process.unknown", process=key)
    return version(desk.session, key, number)


def _form_name(path: str) -> str:
    return path.removeprefix("forms/").removesuffix(".json")
