"""The checklist of a case: what is to be done, by whom, whether it is, and when it was."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from workflows.cases.views import OpenTaskRow, StepRow


@dataclass(frozen=True, slots=True)
class Item:
    """One line: ``state`` is ``done``, ``now``, ``skipped`` (the case ended, or never needed it) or ``coming``."""

    words: str
    owners: tuple[str, ...]
    state: str
    at: datetime | None = None
    due_at: datetime | None = None


def checklist(
    about: Mapping[str, Any], passed: Sequence[StepRow], open_tasks: Iterable[OpenTaskRow], ended: bool, language: str
) -> tuple[Item, ...]:
    """The checklist that a process tells, as one of its cases stands."""
    told: Sequence[Mapping[str, Any]] = about.get("checklist") or ()
    done = {row.step: row.at for row in passed if row.state == "TERMINEE"}
    waiting = {task.step.partition(".")[0]: task.due_at for task in open_tasks}
    furthest = max((place for place, one in enumerate(told) if one["step"] in done), default=-1)
    found = []
    for place, one in enumerate(told):
        step = str(one["step"])
        state = "now" if step in waiting else "done" if step in done else "coming"
        if state == "coming" and (ended or (place < furthest and _is_past(told, place, done))):
            state = "skipped"
        words = str(one.get(language) or one["fr"])
        owners = tuple(str(one.get("owner") or "").split(", "))
        found.append(Item(words, owners, state, done.get(step), waiting.get(step)))
    return tuple(found)


def _is_past(told: Sequence[Mapping[str, Any]], place: int, done: Mapping[str, datetime]) -> bool:
    """Whether the line was not needed: its gate is passed, the step that closes its part being done."""
    gate = told[place].get("closed_by")
    return gate is not None and gate in done
