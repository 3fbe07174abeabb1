"""The calendars of OP-DEMO, made by hand: what the reference values are counted on."""

from __future__ import annotations

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from workflows.calendars.hours import BusinessCalendar, DatedWindow

MONTREAL = ZoneInfo("America/Toronto")
HOLIDAYS = [
    *(date(2026, month, day) for month, day in ((1, 1), (1, 2), (4, 3), (4, 6), (5, 18), (6, 24), (7, 1), (9, 7))),
    *(date(2026, month, day) for month, day in ((10, 12), (12, 24), (12, 25), (12, 28), (12, 31))),
    *(date(2027, month, day) for month, day in ((1, 1), (1, 4), (3, 26), (3, 29), (5, 24), (6, 24), (7, 1), (9, 6))),
    *(date(2027, month, day) for month, day in ((10, 11), (12, 24), (12, 27), (12, 28), (12, 31))),
]


def calendar(*hours: tuple[str, str]) -> BusinessCalendar:
    windows = tuple(
        DatedWindow(day, time.fromisoformat(opens), time.fromisoformat(closes))
        for day in range(5)
        for opens, closes in hours
    )
    return BusinessCalendar(MONTREAL, windows, dict.fromkeys(HOLIDAYS, ()))


CAL_ORG = calendar(("08:30", "12:00"), ("13:00", "16:30"))
CAL_TEL = calendar(("08:30", "12:00"), ("14:00", "16:30"))
CAL_24_7 = BusinessCalendar(MONTREAL, always=True)
CALENDARS = {"CAL_ORG": CAL_ORG, "CAL_TEL": CAL_TEL, "CAL_24_7": CAL_24_7}


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=MONTREAL)
