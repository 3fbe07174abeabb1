"""What the files of a folder say to people and to the world: English beside the French, messages declared."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from workflows.catalog.examine import problem
from workflows.engine import Problem
from workflows.engine.lint.sheet import NODES
from workflows.engine.reading import attributes_of, kind_of, plain

BILINGUAL = ("title", "purpose", "actors", "duration")
FIELDS = ("label", "description", "text")


def warned(code: str, file: str, line: int | None = 1, element: str | None = None, **params: object) -> Problem:
    """A problem that keeps nothing from running."""
    found = problem(code, file, line, element, **params)
    return Problem(found.code, "warning", element, line, found.message, file)


def mute_elements(file: str, root: Any) -> Iterator[Problem]:
    """The elements that a reader sees and that have no name in English."""
    for node in root.iter("{*}*"):
        own = attributes_of(node) if kind_of(node) in NODES or kind_of(node) == "process" else None
        if own is not None and node.get("name") and not own.get("nameEn") and own.get("hidden") != "true":
            yield warned("process.no_english", file, node.sourceline, node.get("id"), name=node.get("name")[:120])


def mute_about(file: str, about: Mapping[str, Any]) -> Iterator[Problem]:
    """The texts of ``process.toml`` that are said in one language alone."""
    ends = about.get("ends")
    told = {key: about.get(key) for key in BILINGUAL}
    told |= {f"ends.{step}": end for step, end in ends.items()} if isinstance(ends, dict) else {}
    for key, text in told.items():
        if isinstance(text, dict) and bool(text.get("fr")) != bool(text.get("en")):
            yield warned("process.one_language", file, 1, key, key=key)


def mute_form(file: str, source: bytes) -> Iterator[Problem]:
    """The questions of a form that are not asked in English."""
    try:
        schema = json.loads(source.decode("utf-8"))
    except (ValueError, RecursionError):
        return
    todo = [schema]
    while todo:
        part = todo.pop()
        inner = part.get("components") if isinstance(part, dict) else None
        todo += inner if isinstance(inner, list) else []
        if part is not schema and isinstance(part, dict):
            given = part.get("properties")
            english = given if isinstance(given, dict) else {}
            for field in FIELDS:
                if isinstance(part.get(field), str) and part[field].strip() and not english.get(f"{field}En"):
                    name = str(part.get("key") or part.get("id") or field)
                    yield warned("process.no_english_in_form", file, 1, name, name=part[field][:120], field=field)


def strange_messages(file: str, root: Any, about: Mapping[str, Any]) -> Iterator[Problem]:
    """The messages that a drawing sends or awaits and that ``process.toml``, which lists them, does not name."""
    declared = about.get("messages")
    if not isinstance(declared, dict):
        return
    known = {str(name) for names in declared.values() if isinstance(names, list) for name in names}
    names = {node.get("id"): node for node in root.iter("{*}message")}
    for node in root.iter("{*}*"):
        message = names.get(plain(node.get("messageRef"))) if kind_of(node) else None
        if message is not None and message.get("name") not in known:
            owner = node.get("id") or node.getparent().get("id")
            yield warned("process.message_unlisted", file, node.sourceline, owner, message=message.get("name"))
