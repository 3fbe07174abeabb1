"""Checking drawn processes before they are published: each problem with its place and a sentence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from workflows.engine.blueprint import Blueprint
from workflows.engine.drawing import CLASSES, NOT_ELEMENTS
from workflows.engine.errors import EngineError
from workflows.engine.reading import BPMN, kind_of, part, parts, plain, read, text_of
from workflows.engine.values import Problem
from workflows.engine.wording import words
from workflows.feel import FeelError, compile_expression

TONGUES = ("fr", "en")
EXPRESSIONS = ("conditionExpression", "timeDate", "timeDuration", "loopCardinality", "completionCondition")


def check(sources: Mapping[str, bytes]) -> tuple[Problem, ...]:
    """Everything that keeps some BPMN files from running as drawn; never raises on what they hold."""
    found: list[Problem] = []
    roots: dict[str, Any] = {}
    for name, source in sources.items():
        try:
            roots[name] = read(source, name)
        except EngineError as error:
            found.append(_refusal(error, name))
    for name, root in roots.items():
        found += _file(name, root)
    if not found:
        found += _whole(sources, roots)
    return tuple(found)


def _problem(code: str, file: str, element: str | None, line: object, **params: object) -> Problem:
    given = {**params, "element": element or "", "file": file}
    return Problem(code, "error", element, line if isinstance(line, int) else None, words(code, given), file)


def _refusal(error: EngineError, file: str) -> Problem:
    """The problem that a refusal to read or to put together stands for."""
    params = {key: value for key, value in error.params.items() if key not in ("file", "line")}
    return _problem(error.code, file, error.element, error.params.get("line"), **params)


def _file(file: str, root: Any) -> Iterator[Problem]:
    seen: set[str] = set()
    for node in root.iter(f"{BPMN}*"):
        name = node.get("id")
        if name is not None and name in seen:
            yield _problem("engine.duplicate_id", file, name, node.sourceline)
        if name is not None:
            seen.add(name)
        kind = kind_of(node)
        if kind in EXPRESSIONS and text_of(node):
            yield from _expression(file, node)
        if kind in ("process", "subProcess"):
            yield from _elements(file, node)


def _elements(file: str, process: Any) -> Iterator[Problem]:
    if process.get("triggeredByEvent") in ("true", "1"):
        yield _problem("engine.event_subprocess", file, process.get("id"), process.sourceline)
    if part(process, "startEvent") is None:
        yield _problem("engine.no_start", file, process.get("id"), process.sourceline)
    for node in process:
        kind = kind_of(node)
        if kind and kind not in NOT_ELEMENTS and kind not in CLASSES:
            yield _problem("engine.unsupported", file, node.get("id"), node.sourceline, kind=kind)
        if kind == "exclusiveGateway":
            yield from _gateway(file, process, node)


def _gateway(file: str, process: Any, node: Any) -> Iterator[Problem]:
    """Every way out of a choice has a condition, but for the default."""
    flows = [flow for flow in parts(process, "sequenceFlow") if plain(flow.get("sourceRef")) == node.get("id")]
    for flow in flows if len(flows) > 1 else ():
        if flow.get("id") != node.get("default") and not text_of(part(flow, "conditionExpression")):
            yield _problem("engine.no_condition", file, flow.get("id"), flow.sourceline)
    if len(flows) > 1 and not node.get("default"):
        yield _problem("engine.no_default", file, node.get("id"), node.sourceline)


def _expression(file: str, node: Any) -> Iterator[Problem]:
    text = text_of(node).removeprefix("=")
    if kind_of(node) in ("timeDate", "timeDuration") and text[:1] in ("P", "R"):
        return
    try:
        compile_expression(text)
    except FeelError as error:
        owner = next((above.get("id") for above in node.iterancestors() if above.get("id")), None)
        yield _unreadable(file, owner, node.sourceline, (text, error))


def _unreadable(file: str, owner: str | None, line: int, found: tuple[str, FeelError]) -> Problem:
    """An expression that cannot be read, with its reason in the reader's language."""
    text, error = found
    said = {
        tongue: words("engine.expression", {"expression": text, "reason": error.sentence(tongue)}) for tongue in TONGUES
    }
    message = {tongue: said[tongue][tongue] for tongue in TONGUES}
    return Problem("engine.expression", "error", owner, line, message, file)


def _whole(sources: Mapping[str, bytes], roots: Mapping[str, Any]) -> Iterator[Problem]:
    """What only shows when the processes are put together."""
    for file, root in roots.items():
        for process in parts(root, "process"):
            try:
                Blueprint(sources, process.get("id", ""))
            except EngineError as error:
                yield _refusal(error, file)
            except (KeyError, RecursionError) as error:
                yield _problem("engine.unreadable", file, None, None, reason=type(error).__name__)
