"""What was posted becomes answers: numbers, amounts, choices, lists; what cannot be read stays as it was typed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from werkzeug.datastructures import MultiDict

from webapp.pages.saying import cents_of
from workflows.forms import Field

Posted = MultiDict[str, str]
SHOWN = "__ici"
"""Beside boxes to tick: says that they were on the page, so that none ticked is an answer."""
NOTHING: Any = object()


def answers_of(fields: Iterable[Field], posted: Posted, prefix: str = "") -> dict[str, Any]:
    """The answers to some questions; a question that was not on the page has no key."""
    found = {field.key: _answer(field, posted, prefix + field.key) for field in fields if not field.readonly}
    return {key: value for key, value in found.items() if value is not NOTHING}


def _answer(field: Field, posted: Posted, name: str) -> Any:
    if field.kind == "group":
        return _group(field, posted, name)
    if field.kind == "list":
        return _rows(field, posted, name)
    if field.kind in ("choices", "file"):
        return posted.getlist(name) if name + SHOWN in posted or name in posted else NOTHING
    if field.kind == "texts":
        return _lines(posted, name)
    if name not in posted:
        return NOTHING
    return _typed(field.kind, posted[name])


def _lines(posted: Posted, name: str) -> Any:
    """A list of short texts: the boxes ticked, or one text a line."""
    if name + SHOWN not in posted and name not in posted:
        return NOTHING
    lines = [line.strip() for said in posted.getlist(name) for line in said.splitlines()]
    return [line for line in lines if line]


def _typed(kind: str, text: str) -> Any:
    kept = text.strip()
    if kind == "money" and kept:
        return cents_of(kept)
    if kind == "integer" and kept:
        return int(kept) if kept.lstrip("-").isascii() and kept.lstrip("-").isdigit() and len(kept) < 16 else text
    if kind == "boolean":
        return {"true": True, "false": False}.get(kept, kept)
    return text if kind == "long_text" else kept


def _group(field: Field, posted: Posted, name: str) -> Any:
    """The answers of a group; those left empty were not given."""
    inside = answers_of(field.fields, posted, f"{name}.")
    given = {key: value for key, value in inside.items() if not is_blank(value)}
    return given if inside else NOTHING


def _rows(field: Field, posted: Posted, name: str) -> Any:
    """The rows of a list in their order; a row left wholly empty is no row."""
    found = [answers_of(field.fields, posted, f"{name}.{place}.") for place in places(posted, name)]
    if not found and name + SHOWN not in posted:
        return NOTHING
    return [row for row in found if not all(is_blank(value) for value in row.values())]


def places(posted: Posted, name: str) -> list[int]:
    """The places of a list's rows on the page."""
    heads = {key[len(name) + 1 :].split(".", 1)[0] for key in posted if key.startswith(f"{name}.")}
    return sorted(int(head) for head in heads if head.isascii() and head.isdigit() and len(head) < 4)


def is_blank(value: object) -> bool:
    """Whether nothing was answered."""
    return value in ("", [], {}, None) or (isinstance(value, str) and not value.strip())
