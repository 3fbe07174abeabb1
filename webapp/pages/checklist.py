"""The checklist of a case: what is to be done, by whom, whether it is, when it was, or by when it should be."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from webapp.pages.stages import stage_of
from workflows.cases.views import OpenTaskRow, StepRow

DONE = "TERMINEE"


@dataclass(frozen=True, slots=True)
class Item:
    """One line: ``state`` is ``done``, ``now``, ``skipped`` (the case ended, or never needed it) or ``coming``.

    ``due_at`` is the nearest deadline of what is open; of what is to come, when it should be done, counted from the
    day of the process (``hours`` of business before or after it).
    """

    step: str
    words: str
    owners: tuple[str, ...]
    state: str
    at: datetime | None = None
    due_at: datetime | None = None
    hours: float | None = None
    when: str = ""


def checklist(
    about: Mapping[str, Any], passed: Sequence[StepRow], open_tasks: Iterable[OpenTaskRow], ended: bool, language: str
) -> tuple[Item, ...]:
    """The checklist that a process tells, as one of its cases stands."""
    told: Sequence[Mapping[str, Any]] = about.get("checklist") or ()
    last = {row.step: row for row in passed if row.state == DONE}
    done = {step: row.at for step, row in last.items()}
    waiting = tuple(open_tasks)
    reached = _reached(about, waiting)
    found = []
    for one in told:
        step, mine = str(one["step"]), _mine(one, waiting)
        state = "now" if mine else "done" if _is_done(one, last.get(step)) else "coming"
        if state == "coming" and (ended or _is_past(about, one, done, reached)):
            state = "skipped"
        words, when = str(one.get(language) or one["fr"]), str(one.get(f"when_{language}") or one.get("when_fr") or "")
        owners = tuple(str(one.get("owner") or "").split(", "))
        due = min((task.due_at for task in mine if task.due_at is not None), default=None)
        at = done.get(step) if state == "done" else None
        found.append(Item(step, words, owners, state, at, due, one.get("hours"), when))
    return tuple(found)


def _is_done(one: Mapping[str, Any], row: StepRow | None) -> bool:
    """Whether the step was last done with the outcome that the line asks (an entry put off is not confirmed)."""
    return row is not None and row.outcome == one.get("outcome", row.outcome)


def _mine(one: Mapping[str, Any], waiting: Iterable[OpenTaskRow]) -> list[OpenTaskRow]:
    """The open tasks of a line: those of its step, and of the steps that repair or check it (``with``)."""
    steps = {str(one["step"]), *(one.get("with") or ())}
    return [task for task in waiting if task.step in steps or task.step.partition(".")[0] in steps]


def _reached(about: Mapping[str, Any], waiting: Iterable[OpenTaskRow]) -> int | None:
    """The earliest stage where something is open; None when nothing is."""
    places = [place for task in waiting if (place := stage_of(about, task.step)) is not None]
    return min(places, default=None)


def _is_past(
    about: Mapping[str, Any], one: Mapping[str, Any], done: Mapping[str, datetime], reached: int | None
) -> bool:
    """Whether the line was not needed: the step that closes its part is done, and the case did not go back."""
    gate = one.get("closed_by")
    if gate is None or gate not in done:
        return False
    place = stage_of(about, str(gate))
    return reached is None or place is None or reached >= place
