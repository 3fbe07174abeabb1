"""The review of a year's holidays as a form holds it: the days proposed, published or added, and which are kept."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time

from werkzeug.datastructures import MultiDict

from webapp.words import reader_language, say
from workflows.calendars.holidays import Opening, SpecialDay, check_day
from workflows.calendars.propose import Proposed
from workflows.errors import Flaw, Invalid

PERSON = "PERSONNE"
"""Why a date stands that nothing proposes: a person added it."""
SPECIAL = "heures"
"""What kind of day has openings; any other is closed."""
ADDED = ("ajout_date", "ajout_nom", "ajout_nom_en", "ajout_calendrier", "ajout_nature")
HOURS = (("ajout_de1", "ajout_a1"), ("ajout_de2", "ajout_a2"))
FIELDS = (*ADDED, *(name for pair in HOURS for name in pair))
PLACES = {"on": "ajout_date", "name": "ajout_nom", "calendar": "ajout_calendrier", "openings": "ajout_de1"}


@dataclass(frozen=True, slots=True)
class Row:
    """One day of the review: why it is there, whether it is kept, what is wrong with it."""

    day: SpecialDay
    why: str
    kept: bool
    wrong: str = ""

    @property
    def packed(self) -> str:
        """The day as a hidden field carries it."""
        one = self.day
        hours = [[f"{opens:%H:%M}", f"{closes:%H:%M}"] for opens, closes in one.openings]
        return json.dumps([one.on.isoformat(), one.name, one.name_en, one.calendar, hours, self.why])


def rows_of(published: Sequence[SpecialDay], proposed: Iterable[Proposed]) -> list[Row]:
    """What to review: what is published, kept; what is proposed besides, kept only while nothing is published."""
    why = {one.on: str(one.why) for one in proposed}
    known = {day.on for day in published}
    rows = [Row(day, why.get(day.on, PERSON), True) for day in published]
    for one in proposed:
        if one.on not in known:
            rows.append(Row(SpecialDay(one.on, one.name, one.name_en), str(one.why), not published))
    return sorted(rows, key=lambda row: (row.day.on, row.day.calendar or ""))


def sent_rows(sent: MultiDict[str, str]) -> list[Row]:
    """The review as it was sent; what is no review is refused."""
    kept = set(sent.getlist("garder"))
    try:
        return [_unpacked(text, str(rank) in kept) for rank, text in enumerate(sent.getlist("jour"))]
    except (ValueError, TypeError):
        raise Invalid("holidays.invalid") from None


def typed_in(sent: Mapping[str, str]) -> dict[str, str]:
    """What was typed to add a day."""
    return {name: sent.get(name, "").strip() for name in FIELDS}


def added_day(
    typed: Mapping[str, str], year: int, calendars: Iterable[str]
) -> tuple[SpecialDay | None, dict[str, str]]:
    """The day that was typed, and what is wrong with it, by field."""
    unread: dict[str, Flaw] = {}
    on, openings = date(year, 1, 1), tuple[Opening, ...]()
    try:
        on = date.fromisoformat(typed["ajout_date"])
    except ValueError:
        unread["on"] = Flaw("holidays.date")
    try:
        openings = _openings(typed) if typed["ajout_nature"] == SPECIAL else ()
    except ValueError:
        unread["openings"] = Flaw("holidays.hours")
    if typed["ajout_nature"] != SPECIAL and any(typed[name] for pair in HOURS for name in pair):
        unread["openings"] = Flaw("holidays.closed_with_hours")
    calendar = typed["ajout_calendrier"] or None
    day = SpecialDay(on, typed["ajout_nom"], typed["ajout_nom_en"] or None, calendar, openings)
    flaws = {**check_day(day, year, calendars), **unread}
    return None if unread else day, {place: said(flaws[key]) for key, place in PLACES.items() if key in flaws}


def said(flaw: Flaw) -> str:
    """What is wrong, in the reader's words."""
    return say(flaw.code, reader_language(), flaw.params)


def _openings(typed: Mapping[str, str]) -> tuple[Opening, ...]:
    """The hours typed; a pair left empty is none, half a pair is an error, and so is no pair at all."""
    pairs = [(typed[one], typed[other]) for one, other in HOURS if typed[one] or typed[other]]
    if not pairs:
        raise ValueError
    return tuple((time.fromisoformat(opens), time.fromisoformat(closes)) for opens, closes in pairs)


def _unpacked(text: str, kept: bool) -> Row:
    on, name, name_en, calendar, hours, why = json.loads(text)
    for one in (name, why, name_en or "", calendar or ""):
        if not isinstance(one, str):
            raise TypeError
    openings = tuple((time.fromisoformat(opens), time.fromisoformat(closes)) for opens, closes in hours)
    return Row(SpecialDay(date.fromisoformat(on), name, name_en, calendar, openings), why, kept)
