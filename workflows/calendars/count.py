"""How an instant was counted: from where, by which spans of which calendars; and the same count made again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from workflows.calendars.hours import BusinessCalendar

Step = tuple[str, float]
"""A calendar's code, and the seconds that were added on it (taken away when negative)."""


@dataclass(frozen=True, slots=True)
class Count:
    """An instant told as a start and what was added to it, so that it can be counted on a calendar that changed."""

    start: datetime
    steps: tuple[Step, ...]

    def then(self, calendar: str, span: timedelta) -> Count:
        """The same count, carried on."""
        return Count(self.start, (*self.steps, (calendar, span.total_seconds())))

    def again(self, find: Callable[[str], BusinessCalendar]) -> datetime:
        """The instant that the count gives now; ``find`` gives the calendar of a code."""
        at = self.start
        for code, seconds in self.steps:
            span, calendar = timedelta(seconds=abs(seconds)), find(code)
            at = calendar.add(at, span) if seconds >= 0 else calendar.subtract(at, span)
        return at

    def kept(self) -> dict[str, Any]:
        """The count as data."""
        return {"from": self.start.isoformat(), "steps": [list(step) for step in self.steps]}


def read_count(kept: Mapping[str, Any]) -> Count:
    """A count that was kept as data."""
    steps = tuple((str(code), float(seconds)) for code, seconds in kept["steps"])
    return Count(datetime.fromisoformat(kept["from"]), steps)


class Counts:
    """The counts made while a case runs, by the instant that each gave."""

    def __init__(self) -> None:
        self._made: dict[datetime, Count] = {}

    def remember(self, start: datetime, calendar: str, span: timedelta, found: datetime) -> None:
        """Keep how an instant was found; a count that starts where another ended carries it on."""
        before = self._made.get(start) or Count(start, ())
        self._made[found] = before.then(calendar, span)

    def of(self, instant: datetime | None) -> dict[str, Any] | None:
        """How an instant was counted, as data; None when it was not."""
        made = self._made.get(instant) if instant is not None else None
        return made.kept() if made is not None else None
