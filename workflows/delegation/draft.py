"""A delegation plan as its file tells it, before anything is looked up: local dates, codes, amounts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

LEVELS = ("N1", "N2", "N3", "N4")
TYPES = ("APPAREIL", "RESEAU", "TECHNO")


@dataclass(frozen=True, slots=True)
class Thresholds:
    """The signing table said as ladders: up to which amount, and which year's total, each level signs.

    ``derogation`` is the lowest level for a derogation, ``signatures`` how many the level asks for (1 when not told).
    """

    amounts: Mapping[str, int]
    totals: Mapping[str, int]
    derogation: str
    signatures: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class DraftEntry:
    """One entry of the file, with the lines of its keys; ``person`` or ``head_of`` (a unit) says whose it is."""

    code: str
    lines: Mapping[str, int]
    person: str | None
    head_of: str | None
    function: str
    level: int
    types: tuple[str, ...]
    alone_cents: int | None
    joint_cents: int | None
    sectors: tuple[str, ...] | None
    substitutable: bool
    starts: datetime | None
    ends: datetime | None

    def line(self, key: str = "") -> int:
        """The line of a key, else of the entry."""
        return self.lines.get(key, self.lines[""])


@dataclass(frozen=True, slots=True)
class Draft:
    """One version of a plan: its period, what adopts it, its entries, and its signing table (thresholds or a file)."""

    version: str
    organisation: str
    starts: datetime
    ends: datetime | None
    adopted_on: date | None
    instrument: str
    succeeds: str | None
    gap_reason: str | None
    entries: tuple[DraftEntry, ...]
    thresholds: Thresholds | None
    table: str | None
    lines: Mapping[str, int]

    def line(self, key: str) -> int:
        """The line of a key, else the first one."""
        return self.lines.get(key, 1)


@dataclass(frozen=True, slots=True)
class PlanFiles:
    """What is handed in: the plan's file, and the table that it names when it names one."""

    text: str
    table: str | None = None
