"""Files that come with a form: each is joined to the case at once, so that a refused answer does not lose it."""

from __future__ import annotations

from typing import Any

from flask import request

from webapp.desk import open_desk
from workflows.cases.attach import attach_file
from workflows.cases.commands import AttachFile
from workflows.cases.media import LARGEST
from workflows.errors import Flaw, Invalid
from workflows.forms import Field, Form

SENT = "__envoi"


def receive_files(case: str, form: Form, answers: dict[str, Any]) -> dict[str, tuple[Flaw, ...]]:
    """Join the files sent for each question to the case and to the answers; what is wrong with the others, by name."""
    flaws: dict[str, tuple[Flaw, ...]] = {}
    for name, inside, key in _places(form.fields, answers):
        for sent in (one for one in request.files.getlist(name + SENT) if one.filename):
            try:
                inside[key] = [*(inside.get(key) or []), _joined(case, sent)]
            except Invalid as refusal:
                before = flaws.get(name, ())
                found = next(iter(refusal.fields.values()), ())
                flaws[name] = (*before, *(one for one in found if one.code not in {each.code for each in before}))
    return flaws


def _places(fields: tuple[Field, ...], answers: dict[str, Any]) -> list[tuple[str, dict[str, Any], str]]:
    """Where files may go: the name on the page, and the place among the answers."""
    found = [(one.key, answers, one.key) for one in fields if one.kind == "file"]
    for group in (one for one in fields if one.kind == "group"):
        named = [inner.key for inner in group.fields if inner.kind == "file"]
        if any(request.files.getlist(f"{group.key}.{key}{SENT}") for key in named):
            inside = answers.setdefault(group.key, {})
            found += [(f"{group.key}.{key}", inside, key) for key in named]
    return found


def _joined(case: str, sent: Any) -> str:
    with open_desk() as desk:
        return str(attach_file(desk, AttachFile(case, sent.filename, sent.stream.read(LARGEST + 1))).id)
