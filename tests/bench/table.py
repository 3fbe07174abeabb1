"""The benchmark's figures: each a ratio or a time taken in one run, printed as a table."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table: the target's name, what was measured, the goal, and whether it is met."""

    target: str
    what: str
    measured: str
    goal: str
    met: bool | None


def timed(work: Callable[[], object], times: int) -> list[float]:
    """How long each of several runs took, in milliseconds."""
    spent = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        spent.append((time.perf_counter() - start) * 1000)
    return spent


def median(spent: list[float]) -> float:
    """The middle of several times."""
    return statistics.median(spent)


def p95(spent: list[float]) -> float:
    """The time that 95 of 100 runs stay under."""
    return sorted(spent)[max(0, int(len(spent) * 0.95) - 1)]


def show(figures: list[Figure]) -> str:
    """The table, as text."""
    rows = [("target", "what", "measured", "goal", "")]
    rows += [(f.target, f.what, f.measured, f.goal, {True: "met", False: "MISSED", None: ""}[f.met]) for f in figures]
    widths = [max(len(row[column]) for row in rows) for column in range(5)]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    lines.insert(1, "  ".join("-" * width for width in widths))
    return "\n".join(lines)
