"""The kinds of values that Python does not have: durations in months, ranges, functions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from workflows.feel.run import Run


@dataclass(frozen=True, slots=True, order=True)
class Months:
    """A duration in years and months, which has no fixed number of days."""

    months: int


@dataclass(frozen=True, slots=True)
class Range:
    """All values between two bounds; a bound that is ``None`` is not there."""

    low: object
    high: object
    low_closed: bool
    high_closed: bool


@dataclass(frozen=True, slots=True)
class Function:
    """Something that can be called with values."""

    parameters: tuple[str, ...]
    invoke: Callable[[Run, tuple[object, ...]], object]
    frames: int = 1
