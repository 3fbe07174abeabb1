"""When a timer is due: FEEL, or the ISO 8601 text that the standard has."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any

from workflows.engine.errors import EngineError
from workflows.engine.expressions import as_json, evaluate, moment

ISO = re.compile(r"^(?:P(?=.)(\d+W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?|\d{4}-\d\d-\d\dT.*)$")
CYCLE = re.compile(r"^R(\d{0,4})/(?:(\d{4}-\d\d-\d\dT[^/]+)/)?(P[^/]+)$")
SHORTEST = timedelta(minutes=1)
"""The shortest span of a cycle: the house looks at its moments by the minute."""
TIMES = r"(?:T(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?"
DURATION = re.compile(rf"^P(?:(\d+)W|(?=[\dT])(?:(\d+)D)?{TIMES})$")
"""A duration of ISO 8601: weeks alone, or days, hours, minutes and seconds."""


def due_of(task: Any, kind: str, text: str) -> datetime | None:
    """The instant at which a timer is due, fixed now; None when its expression gives nothing: no timer at all."""
    now = task.workflow.top_workflow.services.now
    value: Any = text if ISO.match(text.strip()) else evaluate(task, text)
    if value is None:
        return None
    if kind == "timeDuration" or isinstance(value, timedelta) or _is_duration(value):
        return now + _span(task, value)
    return moment(task, value)


def _is_duration(value: Any) -> bool:
    return isinstance(value, str) and DURATION.match(value.strip()) is not None


def _span(task: Any, value: Any) -> timedelta:
    if isinstance(value, timedelta):
        return value
    text = value if isinstance(value, str) else as_json(task, value)
    hit = DURATION.match(str(text).strip())
    if hit is None:
        raise EngineError("engine.not_a_duration", task.task_spec.bpmn_id, value=str(value))
    weeks, days, hours, minutes, seconds = (float(part) if part else 0 for part in hit.groups())
    return timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes, seconds=seconds)


def cycle_of(task: Any, text: str) -> dict[str, object]:
    """The first moment of a repeating interval of ISO 8601 (``R3/PT24H``), its span, and how many are left.

    It may name its first moment: ``R/2026-12-07T08:30-05:00/P7D``. An expression that gives nothing awaits nothing.
    ``left`` is None for a cycle without an end.
    """
    written = text if CYCLE.match(text.strip()) else evaluate(task, text)
    if written is None:
        return {"due": None}
    hit = CYCLE.match(str(written).strip())
    if hit is None:
        raise EngineError("engine.not_a_cycle", task.task_spec.bpmn_id, value=str(written))
    turns, start, span = hit.groups()
    every = _span(task, span)
    if every < SHORTEST:
        raise EngineError("engine.cycle_too_short", task.task_spec.bpmn_id, value=span)
    first = moment(task, start) if start else task.workflow.top_workflow.services.now + every
    left = int(turns) if turns else None
    return {"due": first.isoformat() if left != 0 else None, "every": every.total_seconds(), "left": left}


def next_of(task: Any) -> dict[str, object] | None:
    """The next moment of a cycle that has just come; those missed meanwhile are passed over. None when it is over."""
    kept, now = task.internal_data, task.workflow.top_workflow.services.now
    every = timedelta(seconds=kept["every"])
    due = datetime.fromisoformat(kept["due"])
    turns = max(1, (now - due) // every + 1)
    left = kept["left"] - turns if kept["left"] is not None else None
    if left is not None and left <= 0:
        return None
    return {"due": (due + turns * every).isoformat(), "every": kept["every"], "left": left}
