"""What a drawn process may ask of the calendars: business hours and business days, as functions of FEEL.

``moment`` is a date and time (one without a zone is local), ``h`` a number of hours or a duration, ``jour`` a date
(or a moment, which stands for its local date), ``n`` a whole number of business days. Text in ISO form, as a case
keeps its dates, is read. ``calendrier`` is a calendar's code, ``CAL_ORG`` when it is left out. Anything else is a
``TypeError`` or a ``ValueError``, which FEEL tells as a function that failed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal

from workflows.calendars.count import Counts
from workflows.calendars.hours import BusinessCalendar, span_of_hours

USUAL = "CAL_ORG"
Find = Callable[[str], BusinessCalendar]


def calendar_functions(find: Find, counts: Counts | None = None) -> Mapping[str, Callable[..., object]]:
    """The functions by their name in FEEL; ``find`` gives the calendar of a code, ``counts`` remembers each count."""
    asked = _Asked(find, counts or Counts())
    return {
        "ajouter_ho": asked.add_hours,
        "retrancher_ho": asked.take_hours,
        "jours_ouvrables_entre": asked.days_between,
        "ajouter_jo": asked.add_days,
        "retrancher_jo": asked.take_days,
    }


class _Asked:
    """The functions, over the calendars of one organisation."""

    def __init__(self, find: Find, counts: Counts) -> None:
        self._known = find
        self._counts = counts

    def add_hours(self, moment: object, h: object, calendrier: str = USUAL) -> datetime:
        """The instant so many business hours after another."""
        return self._count(moment, _hours(h), calendrier)

    def take_hours(self, moment: object, h: object, calendrier: str = USUAL) -> datetime:
        """The instant so many business hours before another."""
        return self._count(moment, -_hours(h), calendrier)

    def days_between(self, debut: object, fin: object, calendrier: str = USUAL) -> int:
        """How many business days lie strictly after a date, up to and including another; 0 when that one is earlier."""
        calendar = self._find(calendrier)
        return calendar.business_days_between(_day(debut, calendar), _day(fin, calendar))

    def add_days(self, jour: object, n: object, calendrier: str = USUAL) -> date:
        """The business day that comes so many business days after a date."""
        calendar = self._find(calendrier)
        return calendar.move_days(_day(jour, calendar), _whole(n))

    def take_days(self, jour: object, n: object, calendrier: str = USUAL) -> date:
        """The business day that comes so many business days before a date."""
        calendar = self._find(calendrier)
        return calendar.move_days(_day(jour, calendar), -_whole(n))

    def _count(self, moment: object, span: timedelta, code: str) -> datetime:
        calendar = self._find(code)
        start = _moment(moment, calendar)
        found = calendar.add(start, span)
        self._counts.remember(start, code, span, found)
        return found

    def _find(self, code: object) -> BusinessCalendar:
        if not isinstance(code, str):
            raise TypeError("not a calendar's code")
        return self._known(code)


def _moment(value: object, calendar: BusinessCalendar) -> datetime:
    if isinstance(value, str) and len(value) > len("2026-12-07"):
        value = datetime.fromisoformat(value)
    if not isinstance(value, datetime):
        raise TypeError("not a moment")
    return value if value.utcoffset() is not None else value.replace(tzinfo=calendar.zone)


def _day(value: object, calendar: BusinessCalendar) -> date:
    if isinstance(value, str):
        try:
            value = date.fromisoformat(value)
        except ValueError:
            value = _moment(value, calendar)
    if isinstance(value, datetime):
        return _moment(value, calendar).astimezone(calendar.zone).date()
    if not isinstance(value, date):
        raise TypeError("not a date")
    return value


def _hours(value: object) -> timedelta:
    if isinstance(value, timedelta):
        return value
    if isinstance(value, bool) or not isinstance(value, (Decimal, int)):
        raise TypeError("not a number of hours")
    return span_of_hours(value)


def _whole(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, (Decimal, int)) or value != int(value):
        raise TypeError("not a whole number of days")
    return int(value)
