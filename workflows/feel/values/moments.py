"""Dates, times and durations as text: the forms of ISO 8601 that FEEL knows, and « @Zone/Name » after a time."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

from workflows.feel.values.kinds import Months

DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)
TIME = re.compile(r"T?(\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,9}))?(Z|[+-]\d{2}:\d{2}(?::\d{2})?|@[\w/+-]{1,40})?", re.ASCII)
YEARS = re.compile(r"(-)?P(?=\d)(?:(\d{1,9})Y)?(?:(\d{1,9})M)?", re.ASCII)
DAYS = re.compile(
    r"(-)?P(?=[\dT])(?:(\d{1,9})D)?(?:T(?=\d)(?:(\d{1,9})H)?(?:(\d{1,9})M)?(?:(\d{1,9})(?:\.(\d{1,9}))?S)?)?", re.ASCII
)


def read_date(text: str) -> date | None:
    """A day, such as 2026-12-14."""
    found = DATE.fullmatch(text)
    try:
        return date(*map(int, found.groups())) if found else None
    except ValueError:
        return None


def read_zone(text: str | None) -> tzinfo | None:
    """Where a clock hangs: Z, an offset, or the name of a zone after an at sign."""
    if not text:
        return None
    if text == "Z":
        return UTC
    if text.startswith("@"):
        return UTC if text[1:] in ("Z", "UTC", "Etc/UTC") else ZoneInfo(text[1:])
    sign = -1 if text[0] == "-" else 1
    hours, minutes, *seconds = map(int, text[1:].split(":"))
    if hours > 14 or minutes > 59:
        raise ValueError(text)
    return timezone(sign * timedelta(hours=hours, minutes=minutes, seconds=sum(seconds)))


def read_time(text: str) -> time | None:
    """A time of day, with or without its zone."""
    found = TIME.fullmatch(text)
    if not found:
        return None
    hour, minute, second, fraction, zone = found.groups()
    try:
        micros = int((fraction or "0").ljust(6, "0")[:6])
        return time(int(hour), int(minute), int(second), micros, tzinfo=read_zone(zone))
    except (ValueError, LookupError, OSError):
        return None


def read_date_and_time(text: str) -> datetime | None:
    """A day and a time of day, with or without its zone; a day alone begins at midnight."""
    day_text, mark, time_text = text.partition("T")
    day = read_date(day_text)
    clock = read_time(time_text) if mark else time()
    if mark and time_text.startswith("T"):
        return None
    return datetime.combine(day, clock) if day is not None and clock is not None else None


def read_duration(text: str) -> Months | timedelta | None:
    """A duration: in years and months (P1Y2M) or in days and time (P3DT4H)."""
    if found := YEARS.fullmatch(text):
        sign, years, months = found.groups()
        total = int(years or 0) * 12 + int(months or 0)
        return Months(-total if sign else total)
    if found := DAYS.fullmatch(text):
        sign, days, hours, minutes, seconds, fraction = found.groups()
        micros = int((fraction or "0").ljust(6, "0")[:6])
        parts = [int(part or 0) for part in (days, hours, minutes, seconds)]
        try:
            total_time = timedelta(parts[0], parts[3], micros, hours=parts[1], minutes=parts[2])
        except OverflowError:
            return None
        return -total_time if sign else total_time
    return None


def read_moment(text: str) -> object:
    """Whatever date, time or duration the text is."""
    for read in (read_date, read_time, read_duration):
        if (value := read(text)) is not None:
            return value
    return read_date_and_time(text) if "T" in text else None


def _zone_text(moment: datetime | time) -> str:
    zone = moment.tzinfo
    if zone is None:
        return ""
    if isinstance(zone, ZoneInfo):
        return f"@{zone.key}"
    offset = moment.utcoffset() or timedelta()
    if not offset:
        return "Z"
    total = abs(int(offset.total_seconds()))
    seconds = f":{total % 60:02d}" if total % 60 else ""
    return f"{'-' if offset < timedelta() else '+'}{total // 3600:02d}:{total // 60 % 60:02d}{seconds}"


def time_text(value: time) -> str:
    """A time of day as it is written."""
    fraction = f".{value.microsecond:06d}".rstrip("0") if value.microsecond else ""
    return f"{value.hour:02d}:{value.minute:02d}:{value.second:02d}{fraction}{_zone_text(value)}"


def moment_text(value: date) -> str:
    """A day, or a day and time, as it is written."""
    if not isinstance(value, datetime):
        return value.isoformat()
    fraction = f".{value.microsecond:06d}".rstrip("0") if value.microsecond else ""
    return f"{value.replace(tzinfo=None, microsecond=0).isoformat()}{fraction}{_zone_text(value)}"


def months_text(value: Months) -> str:
    """A duration in years and months as it is written."""
    years, months = divmod(abs(value.months), 12)
    text = (f"{years}Y" if years else "") + (f"{months}M" if months or not years else "")
    return f"{'-' if value.months < 0 else ''}P{text}"


def duration_text(value: timedelta) -> str:
    """A duration in days and time as it is written."""
    total = abs(value)
    hours, rest = divmod(total.seconds, 3600)
    minutes, seconds = divmod(rest, 60)
    fraction = f".{total.microseconds:06d}".rstrip("0") if total.microseconds else ""
    clock = (f"{hours}H" if hours else "") + (f"{minutes}M" if minutes else "")
    clock += f"{seconds}{fraction}S" if seconds or fraction else ""
    days = f"{total.days}D" if total.days else ""
    text = days + (f"T{clock}" if clock else "") or "T0S"
    return f"{'-' if value < timedelta() else ''}P{text}"
