"""Drawings for the linter's tests, and what it says of them."""

from __future__ import annotations

from tests.workflows.engine.drawn import HEAD, flow
from tests.workflows.engine.test_running import chain, user
from workflows.engine import Known, Problem, check

ROLES = Known(roles=frozenset({"EMPLO", "RCELL", "SYS"}), operations=frozenset({"op"}))
START, END = '<startEvent id="s"/>', '<endEvent id="e"/>'


def lane(*names: str, role: str = "EMPLO") -> str:
    """A lane of a role that holds some tasks."""
    inside = "".join(f"<flowNodeRef>{name}</flowNodeRef>" for name in names)
    return f'<laneSet id="ls"><lane id="l1" name="{role}">{inside}</lane></laneSet>'


def source(body: str, more: str = "", lanes: str = "") -> bytes:
    """A file with one process."""
    return f'{HEAD}{more}<process id="m" isExecutable="true">{lanes}{body}</process></definitions>'.encode()


def problems(body: str, more: str = "", lanes: str = "", known: Known = ROLES) -> tuple[Problem, ...]:
    """Everything that is said of a drawing."""
    return check({"m.bpmn": source(body, more, lanes)}, known)


def said(body: str, more: str = "", lanes: str = "", known: Known = ROLES) -> list[tuple[str, str | None]]:
    """The codes of what is said of a drawing, without ``engine.``, each with its element; a warning has a ``~``."""
    found = problems(body, more, lanes, known)
    return [
        (("~" if one.severity == "warning" else "") + one.code.removeprefix("engine."), one.element) for one in found
    ]


def around(element: str, name: str = "x", before: str = "s", after: str = "e") -> str:
    """An element between a start and an end."""
    return START + element + END + chain(before, name, after)


__all__ = ["END", "ROLES", "START", "around", "chain", "flow", "lane", "problems", "said", "source", "user"]
