"""The holidays of a year as they are usually kept: a proposal, which a person reviews before anything counts on it.

Dates that the law sets come from the ``holidays`` library (Quebec); public bodies add the days around New Year's Day
and Christmas, and Easter Monday. What falls on a weekend is kept on the next free day of the week, an eve on the one
before.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from babel.dates import format_date

LIBRARY = "holidays"
"""Loaded when a proposal is asked for: no other page or command pays for its size."""
DAY = timedelta(days=1)
SATURDAY = 5
FIRST_YEAR, LAST_YEAR = 2010, 2100
ADDED = (
    (1, 2, "Lendemain du jour de l'An", "Day after New Year's Day"),
    (12, 24, "Veille de Noël", "Christmas Eve"),
    (12, 26, "Lendemain de Noël", "Boxing Day"),
    (12, 31, "Veille du jour de l'An", "New Year's Eve"),
)
EVES = frozenset({(12, 24), (12, 31)})


class Why(StrEnum):
    """Why a date is proposed: set for everyone in Quebec, kept by public bodies, or moved off a weekend."""

    LAW = "LOI"
    PUBLIC_SERVICE = "FONCTION_PUBLIQUE"
    MOVED = "REPORT"


@dataclass(frozen=True, slots=True)
class Proposed:
    """A date that is proposed as a holiday, its name in both languages, why, and the date that it stands for."""

    on: date
    name: str
    name_en: str
    why: Why
    instead_of: date | None = None


def propose_holidays(year: int) -> tuple[Proposed, ...]:
    """The holidays that a public body of Quebec would keep in a year, in order; raises ``ValueError`` far from now."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(year)
    usual = sorted((*_by_law(year), *_kept(year)), key=lambda one: one.on)
    taken = {one.on for one in usual if one.on.weekday() < SATURDAY}
    return tuple(sorted(_moved(usual, taken), key=lambda one: one.on))


def _by_law(year: int) -> Iterator[Proposed]:
    """What the library knows: the holidays of Quebec, and Easter Monday, which employers may keep."""
    public, english = _asked(year, "public", "fr"), _asked(year, "public", "en_CA")
    optional, english_too = _asked(year, "optional", "fr"), _asked(year, "optional", "en_CA")
    for on, name in public.items():
        yield Proposed(on, name, english[on], Why.LAW)
    for on, name in optional.items():
        if on not in public:
            yield Proposed(on, name, english_too[on], Why.PUBLIC_SERVICE)


def _asked(year: int, category: str, language: str) -> dict[date, str]:
    library: Any = importlib.import_module(LIBRARY)
    found = library.country_holidays(
        "CA", subdiv="QC", years=year, observed=False, categories=(category,), language=language
    )
    return {on: str(name) for on, name in found.items() if on.year == year}


def _kept(year: int) -> Iterator[Proposed]:
    for month, number, name, name_en in ADDED:
        yield Proposed(date(year, month, number), name, name_en, Why.PUBLIC_SERVICE)


def _moved(usual: Iterable[Proposed], taken: set[date]) -> Iterator[Proposed]:
    for one in usual:
        if one.on.weekday() < SATURDAY:
            yield one
            continue
        on, step = one.on, -DAY if (one.on.month, one.on.day) in EVES else DAY
        while on.weekday() >= SATURDAY or on in taken:
            on += step
        taken.add(on)
        yield replace(
            one,
            on=on,
            name=f"{one.name} (en remplacement du {_in_french(one.on)})",
            name_en=f"{one.name_en} (in place of {format_date(one.on, 'EEEE, MMMM d', 'en')})",
            why=Why.MOVED,
            instead_of=one.on,
        )


def _in_french(on: date) -> str:
    number = "1er" if on.day == 1 else str(on.day)
    return f"{format_date(on, 'EEEE', 'fr')} {number} {format_date(on, 'MMMM', 'fr')}"
