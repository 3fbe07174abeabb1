"""When a timer is due: FEEL, or the ISO 8601 text that the standard has."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any

from workflows.engine.errors import EngineError
from workflows.engine.expressions import as_json, evaluate, moment

ISO = re.compile(r"^(?:P(?=.)(\d+W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?|\d{4}-\d\d-\d\dT.*)$")
DURATION = re.compile(r"^P(?=[\dT])(?:(\d+)W)?(?:(\d+)D)?(?:T(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$")


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
