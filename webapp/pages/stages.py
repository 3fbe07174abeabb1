"""The stage line of a case: what is done, what is under way, what is to come, for readers outside the trade."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from workflows.cases.views import StepRow

HOUSE = "SYS"


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage: its name, whether it is ``done``, ``now``, ``skipped`` or ``coming``, and when it was last touched."""

    name: str
    state: str
    at: datetime | None = None


def stages(
    about: Mapping[str, Any], passed: Iterable[StepRow], here: Iterable[str], *, ended: bool, language: str
) -> tuple[Stage, ...]:
    """The stages of a case, from the steps that it passed and those where it stands now."""
    told: Sequence[Mapping[str, Any]] = about.get("stages") or ()
    order = {step: place for place, one in enumerate(told) for step in one["steps"]}
    now = {place for step in here if (place := _place(order, step)) is not None}
    touched: dict[int, list[StepRow]] = {}
    for row in passed:
        place = _place(order, row.step)
        if place is not None and (row.by != HOUSE or told[place].get("by_house") is True):
            touched.setdefault(place, []).append(row)
    reached = max(touched, default=-1) if ended or not now else min(now)
    return tuple(
        Stage(str(one.get(language) or one["fr"]), _state(place, now, reached, touched, ended), _at(touched.get(place)))
        for place, one in enumerate(told)
    )


def stage_of(about: Mapping[str, Any], step: str) -> int | None:
    """The place of a step's stage in the line; None when no stage names it."""
    told: Sequence[Mapping[str, Any]] = about.get("stages") or ()
    return _place({each: place for place, one in enumerate(told) for each in one["steps"]}, step)


def _place(order: Mapping[str, int], step: str) -> int | None:
    """The stage of a step; a helper element (``R23a``) is of its neighbour's."""
    return order.get(step, order.get(step.rstrip("abcdefghij")))


def _state(place: int, now: set[int], reached: int, touched: Mapping[int, Sequence[StepRow]], ended: bool) -> str:
    if place in now and not ended:
        return "now"
    if place <= reached:
        return "done" if touched.get(place) else "skipped"
    return "skipped" if ended else "coming"


def _at(rows: Sequence[StepRow] | None) -> datetime | None:
    return rows[-1].at if rows else None
