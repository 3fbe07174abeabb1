"""Checking drawn processes before they are published: each problem with its place and a sentence."""

from __future__ import annotations

from collections.abc import Mapping

from workflows.engine.blueprint import Blueprint
from workflows.engine.errors import EngineError
from workflows.engine.lint.events import look_at_escapes, look_at_events
from workflows.engine.lint.gateways import look_at_gateways
from workflows.engine.lint.kinds import look_at_kinds
from workflows.engine.lint.known import Known
from workflows.engine.lint.lanes import look_at_lanes
from workflows.engine.lint.names import Names, names_of
from workflows.engine.lint.naming import look_at_files, look_at_names
from workflows.engine.lint.repeats import look_at_calls, look_at_duties, look_at_repeats
from workflows.engine.lint.sheet import Sheet
from workflows.engine.lint.strange import look_at_the_rest, runs
from workflows.engine.lint.texts import look_at_texts
from workflows.engine.lint.ways import look_at_size, look_at_ways
from workflows.engine.lint.words import words
from workflows.engine.reading import BPMN, plain, read
from workflows.engine.values import Problem

MOST_TOLD = 200
"""How many problems of one file are told: nobody reads more, and a file made to hurt has millions."""


def check(sources: Mapping[str, bytes], known: Known | None = None, *, alone: bool = False) -> tuple[Problem, ...]:
    """Everything that keeps some BPMN files from running as drawn, or that is better drawn otherwise.

    ``alone``: the files were named one by one and belong to no folder together. Never raises on what they hold.
    """
    unread: list[Problem] = []
    sheets: list[Sheet] = []
    for name, source in sources.items():
        try:
            sheets.append(Sheet(name, read(source, name)))
        except EngineError as error:
            unread.append(_refusal(error, name))
    names = names_of(sheets, known or Known())
    called = {plain(node.get("calledElement")) for sheet in sheets for node in sheet.root.iter(f"{BPMN}callActivity")}
    for sheet in sheets:
        _look_at(sheet, (known or Known(), names), called, alone=alone)
    if not alone:
        look_at_files(sheets)
    look_at_calls(sheets)
    found = [*unread, *(one for sheet in sheets for one in _ordered(sheet))]
    if not any(one.severity == "error" for one in found):
        found += _whole(sources, sheets)
    return tuple(found)


def _look_at(sheet: Sheet, about: tuple[Known, Names], called: set[str], *, alone: bool) -> None:
    known, names = about
    look_at_names(sheet)
    look_at_the_rest(sheet)
    meant = [one for one in sheet.processes if runs(one) or one.get("id") in called]
    for process in meant or sheet.processes:
        look_at_size(sheet, process)
        for level in sheet.levels(process):
            look_at_kinds(sheet, level)
            look_at_ways(sheet, level)
            look_at_gateways(sheet, level)
            look_at_events(sheet, level)
            look_at_repeats(sheet, level)
            look_at_duties(sheet, level)
        look_at_escapes(sheet, process)
        look_at_lanes(sheet, process, known, alone=alone)
        look_at_texts(sheet, process, known, names)


def _ordered(sheet: Sheet) -> list[Problem]:
    """The problems of a file from its top down, each once, no more than anybody reads."""
    once = {(one.code, one.element, one.line, one.message["fr"]): one for one in sheet.found}
    return sorted(once.values(), key=lambda one: one.line or 0)[:MOST_TOLD]


def _refusal(error: EngineError, file: str) -> Problem:
    """The problem that a refusal to read or to put together stands for."""
    line = error.params.get("line")
    params = {key: value for key, value in error.params.items() if key not in ("file", "line")}
    told = words(error.code, {**params, "element": error.element or "", "file": file})
    return Problem(error.code, "error", error.element, line if isinstance(line, int) else None, told, file)


def _whole(sources: Mapping[str, bytes], sheets: list[Sheet]) -> list[Problem]:
    """What only shows when the processes are put together: the engine itself is asked, last."""
    found: list[Problem] = []
    for sheet in sheets:
        for process in sheet.processes:
            if not runs(process):
                continue
            try:
                Blueprint(sources, process.get("id", ""))
            except EngineError as error:
                found.append(_refusal(error, sheet.file))
            except (KeyError, ValueError, AttributeError, TypeError, RecursionError) as error:
                told = words("engine.unreadable", {"reason": type(error).__name__})
                found.append(
                    Problem("engine.unreadable", "error", process.get("id"), process.sourceline, told, sheet.file)
                )
    return found
