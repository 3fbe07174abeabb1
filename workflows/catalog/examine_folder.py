"""Examining a process's folder: each of its files, and whether they go together."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from workflows.catalog.examine import examine_source, placed, problem, source_of
from workflows.catalog.examine_words import mute_about, mute_elements, mute_form, strange_messages
from workflows.catalog.folder import ABOUT, MAIN, names_of
from workflows.catalog.known import known_in
from workflows.decisions import DecisionError, read_dmn
from workflows.engine import EngineError, Problem, blueprint, check
from workflows.engine.reading import attributes_of, kind_of, read

Problems = dict[str, tuple[Problem, ...]]


def read_all(path: Path) -> tuple[dict[str, bytes], Problems]:
    """The files of a process's folder by name, and the problems of those that cannot be read."""
    unread: Problems = {}
    sources: dict[str, bytes] = {}
    for name in names_of(path):
        source = source_of(path / name)
        if isinstance(source, tuple):
            unread[name] = source
        else:
            sources[name] = source
    return sources, unread


def examine_sources(sources: Mapping[str, bytes], operations: frozenset[str] | None = None) -> Problems:
    """The problems of each file of a process's folder, by its name there; an empty tuple for a file without any.

    ``operations`` are those that the house knows; without them the names that the drawing uses are not looked at.
    """
    drawings = {name: source for name, source in sources.items() if name.endswith(".bpmn")}
    found: Problems = {name: examine_source(name, source) for name, source in sources.items() if name not in drawings}
    told = check(drawings, known_in(sources, _about(sources.get(ABOUT)), operations)) if drawings else ()
    for name, source in drawings.items():
        found[name] = tuple(placed(one, name, source) for one in told if one.file == name)
    for name, problems in _together(sources, operations):
        found[name] = (*found.get(name, ()), *problems)
    return found


def _together(sources: Mapping[str, bytes], operations: frozenset[str] | None) -> Iterator[tuple[str, list[Problem]]]:
    """What only shows when the files of a folder are put side by side; asked of files that can be read."""
    about = _about(sources.get(ABOUT))
    if MAIN not in sources:
        yield ABOUT, [problem("process.no_drawing", MAIN)]
    drawn: set[str] = set()
    for name, source in sources.items():
        if name.endswith(".bpmn") and (root := _root(source)) is not None:
            drawn |= {node.get("id") for node in root.iter("{*}*") if node.get("id")}
            yield name, list(_asked(name, root, sources, operations))
            yield name, [*mute_elements(name, root), *strange_messages(name, root, about)]
        elif name.startswith("forms/"):
            yield name, list(mute_form(name, source))
    if about and drawn:
        yield ABOUT, [*_said(about, sources, drawn), *mute_about(ABOUT, about)]


def _about(source: bytes | None) -> Mapping[str, Any]:
    try:
        return tomllib.loads((source or b"").decode("utf-8"))
    except (ValueError, RecursionError):
        return {}


def _root(source: bytes) -> Any:
    try:
        return read(source)
    except EngineError:
        return None


def _asked(file: str, root: Any, sources: Mapping[str, bytes], operations: frozenset[str] | None) -> Iterator[Problem]:
    """What the drawing asks for and the folder or the house does not have."""
    for node in root.iter("{*}*"):
        own, name, line = attributes_of(node), node.get("id"), node.sourceline
        if not kind_of(node):
            continue
        form, decision, operation = own.get("form"), own.get("decision"), own.get("operation")
        if form and f"forms/{form}.json" not in sources:
            yield problem("process.no_form", file, line, name, form=form)
        if decision and f"{decision}.dmn" not in sources:
            yield problem("process.no_table", file, line, name, decision=decision)
        if decision and not _decides(sources.get(f"{decision}.dmn"), decision):
            yield problem("process.other_decision", file, line, name, decision=decision)
        if operation and operations is not None and operation not in operations:
            yield problem("operation.unknown", file, line, name, operation=operation)


def _decides(source: bytes | None, decision: str) -> bool:
    """Whether a table defines the decision that it is named for; what cannot be read is told elsewhere."""
    try:
        return source is None or read_dmn(source).find(decision) is not None
    except DecisionError:
        return True


def _said(about: Mapping[str, Any], sources: Mapping[str, bytes], drawn: set[str]) -> Iterator[Problem]:
    """What ``process.toml`` says that the drawing or the forms do not know."""
    forms = about.get("forms")
    text = sources[ABOUT].decode("utf-8").splitlines()
    for step, form in forms.items() if isinstance(forms, dict) else ():
        line = next((at for at, row in enumerate(text, 1) if row.strip().startswith(step)), 1)
        if step not in drawn and step not in (about.get("beside") or ()):
            yield problem("process.not_drawn", ABOUT, line, step, step=step)
        if f"forms/{form}.json" not in sources:
            yield problem("process.no_form", ABOUT, line, step, form=form)
    key = about.get("key")
    if isinstance(key, str) and key and MAIN in sources:
        yield from _main(key, sources)


def _main(key: str, sources: Mapping[str, bytes]) -> Iterator[Problem]:
    """Whether the process that the folder is named for can be read from its drawings."""
    try:
        blueprint({name: source for name, source in sources.items() if name.endswith(".bpmn")}, key)
    except EngineError as error:
        if error.code == "engine.unknown_process" and error.params.get("process") == key:
            yield problem("process.not_drawn", ABOUT, 1, key, step=key)
