"""Expressions: each can be read, and names only what a case can know by then."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from workflows.engine.lint.events import LOOKS_ISO
from workflows.engine.lint.known import Known
from workflows.engine.lint.names import Names
from workflows.engine.lint.repeats import is_feel
from workflows.engine.lint.sheet import Sheet
from workflows.engine.lint.words import likely, sentence
from workflows.engine.reading import BPMN, attributes_of, kind_of, text_of
from workflows.engine.values import Problem
from workflows.feel import Expression, FeelError, compile_expression

WRITTEN = (
    "conditionExpression",
    "condition",
    "timeDate",
    "timeDuration",
    "timeCycle",
    "loopCardinality",
    "loopDataInputRef",
    "loopCondition",
    "completionCondition",
    "script",
)
ATTRIBUTES = ("due", "correlation", "payload")
CONTEXTS = ("inputs", "outputs")
COUNTERS = frozenset({"numberOfInstances", "numberOfCompletedInstances", "numberOfActiveInstances", "loopCounter"})
PATH = re.compile(r"(?<![\w.\"])([^\W\d]\w*)\s*\.\s*([^\W\d]\w*)")
QUOTED = re.compile(r'"(?:\\.|[^"\\])*"')
TIMERS = frozenset({"timeDate", "timeDuration", "timeCycle"})


@dataclass(frozen=True, slots=True)
class Written:
    """An expression, the element that it stands in, and what it is."""

    node: Any
    text: str
    what: str


def look_at_texts(sheet: Sheet, process: Any, known: Known, names: Names) -> None:
    """Refuse what cannot be read as FEEL; tell of names that nothing gives."""
    for written in _written(process):
        try:
            expression = compile_expression(written.text, names.spaced)
        except FeelError as error:
            sheet.found.append(_unreadable(sheet, written, error))
            continue
        _names(sheet, written, expression, (known, names))


def _written(process: Any) -> Iterator[Written]:
    for node in process.iter(f"{BPMN}*"):
        kind, text = kind_of(node), text_of(node)
        foreign = kind == "script" and not is_feel(node.getparent())
        if kind in WRITTEN and text and not foreign and not (kind in TIMERS and LOOKS_ISO.match(text)):
            yield Written(node, text.removeprefix("="), kind)
        own = attributes_of(node) if kind else {}
        for name in ATTRIBUTES:
            if own.get(name):
                yield Written(node, own[name].strip().removeprefix("="), name)
        if own.get("policy", "").startswith("="):
            yield Written(node, own["policy"].removeprefix("="), "policy")
        for name in CONTEXTS:
            if kind == "callActivity" and own.get(name, "").strip().startswith("{"):
                yield Written(node, own[name].strip(), name)


def _unreadable(sheet: Sheet, written: Written, error: FeelError) -> Problem:
    """An expression that cannot be read: where in the file, where in its text, and what was expected."""
    element = next((one.get("id") for one in (written.node, *written.node.iterancestors()) if one.get("id")), None)
    inner = error.line if isinstance(error.line, int) and written.what in WRITTEN else 1
    line = (written.node.sourceline or 1) + _lead(written.node) + max(inner - 1, 0)
    message = {
        tongue: sentence(
            "engine.expression", tongue, {"expression": written.text[:200], "reason": error.sentence(tongue)}
        )
        for tongue in ("fr", "en")
    }
    return Problem("engine.expression", "error", element, line, message, sheet.file)


def _lead(node: Any) -> int:
    """How many lines a text begins after its element does."""
    text = node.text or ""
    return text[: len(text) - len(text.lstrip())].count("\n")


def _names(sheet: Sheet, written: Written, expression: Expression, about: tuple[Known, Names]) -> None:
    known, names = about
    for name in sorted(expression.called_names - known.functions):
        near = likely(name, known.functions)
        sheet.tell("engine.unknown_function", written.node, function=name, near=near)
    theirs = names.inside(written.node, written.what)
    for name in sorted(expression.free_names - theirs - known.functions - COUNTERS):
        tell = sheet.warn if names.open else sheet.tell
        tell("engine.unknown_name", written.node, unknown=name, near=likely(name, theirs))
    for step, field in PATH.findall(QUOTED.sub('""', written.text)):
        answers = names.answers.get(step)
        if step in expression.free_names and answers is not None and field not in answers:
            sheet.tell("engine.unknown_field", written.node, step=step, field=field, near=likely(field, answers))
