"""How an instant was counted: from where, by which spans of which calendars; and the same count made again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
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

    def kept(self, at: datetime) -> dict[str, Any]:
        """The count as data, with the instant that it gave."""
        steps = [list(step) for step in self.steps]
        return {"from": self.start.isoformat(), "steps": steps, "at": at.astimezone(UTC).isoformat()}


def read_count(kept: Mapping[str, Any]) -> tuple[Count, datetime]:
    """A count that was kept as data, and the instant that it gave."""
    steps = tuple((str(code), float(seconds)) for code, seconds in kept["steps"])
    return Count(datetime.fromisoformat(kept["from"]), steps), datetime.fromisoformat(kept["at"])


class Counts:
    """The counts made while a case runs, by the instant that each gave; ``known`` are those that its data hold."""

    def __init__(self, known: Iterable[Mapping[str, Any]] = ()) -> None:
        self._made: dict[datetime, Count] = {}
        for kept in known:
            count, at = read_count(kept)
            self._made[at] = count

    def remember(self, start: datetime, calendar: str, span: timedelta, found: datetime) -> None:
        """Keep how an instant was found; a count that starts where another ended carries it on."""
        before = self._made.get(start) or Count(start, ())
        self._made[found] = before.then(calendar, span)

    def of(self, instant: datetime | None) -> dict[str, Any] | None:
        """How an instant was counted, as data; None when it was not."""
        made = self._made.get(instant) if instant is not None else None
        return made.kept(instant) if made is not None and instant is not None else None

    def held_by(self, data: object) -> list[dict[str, Any]]:
        """The counts of the instants that stand in some data, for a later run of the case."""
        if not self._made:
            return []
        there = {at for at in map(_instant, _texts(data)) if at in self._made}
        return [self._made[at].kept(at) for at in sorted(at for at in there if at is not None)]


def _texts(data: object) -> Iterator[str]:
    if isinstance(data, str):
        yield data
    elif isinstance(data, Mapping):
        for value in data.values():
            yield from _texts(value)
    elif isinstance(data, Sequence):
        for value in data:
            yield from _texts(value)


def _instant(text: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.utcoffset() is not None else None
