"""Files that come with a form: each is joined to the case at once, so that a refused answer does not lose it."""

from __future__ import annotations

from typing import Any

from flask import request

from webapp.desk import open_desk
from workflows.cases.attach import attach_file
from workflows.cases.commands import AttachFile
from workflows.errors import Invalid
from workflows.forms import Field, Form

SENT = "__envoi"


def receive_files(case: str, form: Form, answers: dict[str, Any]) -> dict[str, Any]:
    """The answers with the files that were sent for each question joined to the case."""
    for name, inside, key in _places(form.fields, answers):
        ids = [_joined(case, name, sent) for sent in request.files.getlist(name + SENT) if sent.filename]
        if ids:
            inside[key] = [*(inside.get(key) or []), *ids]
    return answers


def _places(fields: tuple[Field, ...], answers: dict[str, Any]) -> list[tuple[str, dict[str, Any], str]]:
    """Where files may go: the name on the page, and the place among the answers."""
    found = [(one.key, answers, one.key) for one in fields if one.kind == "file"]
    for group in (one for one in fields if one.kind == "group"):
        named = [inner.key for inner in group.fields if inner.kind == "file"]
        if any(request.files.getlist(f"{group.key}.{key}{SENT}") for key in named):
            inside = answers.setdefault(group.key, {})
            found += [(f"{group.key}.{key}", inside, key) for key in named]
    return found


def _joined(case: str, name: str, sent: Any) -> str:
    try:
        with open_desk() as desk:
            return str(attach_file(desk, AttachFile(case, sent.filename, sent.stream.read())).id)
    except Invalid as refusal:
        raise Invalid("form.invalid", {name: next(iter(refusal.fields.values()), ())}) from None
