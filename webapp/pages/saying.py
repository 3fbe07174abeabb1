"""How pages say dates, delays, amounts and sizes: as people say them, in French or in English."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation
from zoneinfo import ZoneInfo

from babel.dates import format_date, get_day_names
from flask_babel import gettext as _

NBSP = "\N{NO-BREAK SPACE}"
THIN = "\N{NARROW NO-BREAK SPACE}"
SOON = timedelta(hours=7)
WEEK = 6


def money(cents: int, language: str) -> str:
    """An amount: « 1 234,56 $ », $1,234.56."""
    sign, (whole, rest) = ("-" if cents < 0 else ""), divmod(abs(cents), 100)
    if language == "en":
        return f"{sign}${whole:,}.{rest:02d}"
    return f"{sign}{whole:,}".replace(",", NBSP) + f",{rest:02d}{NBSP}$"


def amount_to_type(cents: int, language: str) -> str:
    """The same amount as a field holds it: « 1 234,56 », 1,234.56."""
    return money(cents, language).replace("$", "").strip()


def cents_of(text: str) -> int | str:
    """What a person typed as an amount, in cents; the text itself when it is not one."""
    kept = text
    for sign in (NBSP, THIN, " ", "$", "'", "’"):
        kept = kept.replace(sign, "")
    if "," in kept and "." in kept:
        kept = kept.replace(",", "") if kept.rfind(".") > kept.rfind(",") else kept.replace(".", "")
    kept = kept.replace(",", ".")
    try:
        amount = Decimal(kept) * 100
    except InvalidOperation:
        return text
    if not amount.is_finite() or amount != amount.to_integral_value() or abs(amount) > 10**13:
        return text
    return int(amount)


def hour(moment: datetime | time, language: str) -> str:
    """An hour: « 8 h 30 », 8:30 a.m."""
    if language == "en":
        half = "a.m." if moment.hour < 12 else "p.m."
        return f"{(moment.hour - 1) % 12 + 1}:{moment.minute:02d}{NBSP}{half}"
    minutes = f"{NBSP}{moment.minute:02d}" if moment.minute else ""
    return f"{moment.hour}{NBSP}h{minutes}"


def day(on: date, today: date, language: str) -> str:
    """A day as people say it: « demain », « lundi 14 décembre », with the year when it is another."""
    near = {0: _("aujourd'hui"), 1: _("demain"), -1: _("hier")}.get((on - today).days)
    if near:
        return str(near)
    return _dated(on, language, week=-WEEK <= (on - today).days <= 60, year=on.year != today.year)


def _dated(on: date, language: str, *, week: bool, year: bool) -> str:
    if language == "en":
        return str(format_date(on, ("EEEE, MMMM d" if week else "MMMM d") + (", y" if year else ""), "en"))
    number = "1er" if on.day == 1 else str(on.day)
    said = str(format_date(on, f"MMMM{' y' if year else ''}", "fr"))
    return f"{format_date(on, 'EEEE', 'fr')} {number} {said}" if week else f"{number} {said}"


def whole_day(on: date, language: str) -> str:
    """A date with its weekday and its year: « jeudi 24 décembre 2026 », Thursday, December 24, 2026."""
    return _dated(on, language, week=True, year=True)


def weekdays(first: int, last: int, language: str) -> str:
    """Weekdays that follow one another: « du lundi au vendredi », Monday to Friday."""
    names = get_day_names("wide", locale=language)
    if first == last:
        return str(names[first])
    between = _("%(first)s et %(last)s") if last - first == 1 else _("du %(first)s au %(last)s")
    return str(between) % {"first": names[first], "last": names[last]}


def openings(found: Iterable[tuple[time, time]], language: str) -> str:
    """The openings of a day: « de 8 h 30 à 12 h, de 13 h à 16 h 30 »; closed when there are none."""
    said = [
        _("de %(opens)s à %(closes)s", opens=hour(opens, language), closes=hour(closes, language))
        for opens, closes in found
    ]
    return ", ".join(said) or str(_("fermé"))


def moment(at: datetime, now: datetime, zone: ZoneInfo, language: str) -> str:
    """An instant as people say it: « demain, 12 h »."""
    local = at.astimezone(zone)
    return f"{day(local.date(), now.astimezone(zone).date(), language)}, {hour(local, language)}"


def full(at: datetime, zone: ZoneInfo, language: str) -> str:
    """An instant with its whole date: « lundi 7 décembre 2026, 9 h »."""
    local = at.astimezone(zone)
    return f"{_dated(local.date(), language, week=True, year=True)}, {hour(local, language)}"


def last_day(at: datetime, now: datetime, zone: ZoneInfo, language: str) -> str:
    """The last day of what ends at an instant, a midnight that of the day before: « 9 janvier », January 9."""
    day_of = (at - timedelta(seconds=1)).astimezone(zone).date()
    return _dated(day_of, language, week=False, year=day_of.year != now.astimezone(zone).year)


def exact(at: datetime, zone: ZoneInfo) -> str:
    """The exact instant: 2026-12-07 09:00 (UTC-05:00)."""
    local = at.astimezone(zone)
    offset = local.strftime("%z")
    return local.strftime("%Y-%m-%d %H:%M") + f" (UTC{offset[:3]}:{offset[3:]})"


def by_the_clock(left: timedelta) -> str | None:
    """A short delay that no business hour is part of, in hours of the clock; None when it is better said as a date."""
    minutes = int(left.total_seconds() // 60)
    if minutes <= 120:
        return str(_("dans %(count)s min", count=minutes))
    return str(_("dans %(count)s h", count=minutes // 60)) if minutes < 24 * 60 else None


def business(left: timedelta, language: str) -> str | None:
    """A short delay in business hours: « dans 3 h ouvrables »; None when it is better said as a date."""
    if left >= SOON or left < timedelta(0):
        return None
    minutes = int(left.total_seconds() // 60)
    if minutes < 60:
        return str(_("dans %(count)s min ouvrables", count=minutes))
    hours = minutes // 60
    half = f"{NBSP}30" if minutes % 60 >= 30 and language == "fr" else ".5" if minutes % 60 >= 30 else ""
    if language == "fr":
        return f"dans {hours}{NBSP}h{half} {'ouvrable' if hours == 1 and not half else 'ouvrables'}"
    return f"in {hours}{half} business {'hour' if hours == 1 and not half else 'hours'}"


def size(count: int, language: str) -> str:
    """The size of a file: « 1,2 Mo », 1.2 MB."""
    for limit, french, english in ((1024 * 1024, "Mo", "MB"), (1024, "Ko", "KB")):
        if count >= limit:
            said = f"{count / limit:.1f}".removesuffix(".0")
            return f"{said}{NBSP}{english}" if language == "en" else f"{said.replace('.', ',')}{NBSP}{french}"
    return f"{count}{NBSP}" + ("B" if language == "en" else "o")
