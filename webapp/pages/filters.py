"""What templates may ask for: dates, delays, amounts, names in the reader's language, at the page's moment."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

from flask import Flask, current_app, request, url_for
from flask_babel import gettext as _
from markupsafe import Markup
from werkzeug.local import LocalProxy

from webapp.pages import labels, saying
from webapp.pages.frame import frame
from webapp.pages.subjects import subject
from workflows.calendars.timetable import Weekdays


def init_filters(app: Flask) -> None:
    """Give templates these words."""
    env = app.jinja_env
    env.filters.update(moment=moment, clock=clock, due=due, money=money, size=size, exact=exact)
    env.filters.update(role=role, task_state=task_state, case_state=case_state, outcome=outcome)
    env.filters.update(level=level, quality=quality, colon=colon, until=until, written=written)
    env.filters.update(calendar=calendar, why=why, weekdays=weekdays, hours=hours, whole_day=whole_day)
    env.filters.update(subject=subject)
    env.globals.update(frame=LocalProxy(frame), asset=asset, in_language=in_language, other_language=other_language)
    env.trim_blocks = env.lstrip_blocks = True


def moment(at: datetime | None) -> str | Markup:
    """An instant in words, the exact one for machines and on hover."""
    if at is None:
        return ""
    here = frame()
    said = saying.moment(at, here.now, here.zone, here.language)
    return _timed(at, said)


def clock(at: datetime) -> Markup:
    """An instant with its full date, for a clock."""
    here = frame()
    return _timed(at, saying.full(at, here.zone, here.language))


def due(at: datetime | None) -> str | Markup:
    """A deadline: a short one in business hours, a longer one as a date, a past one as late."""
    if at is None:
        return str(_("Sans échéance"))
    here = frame()
    said = saying.moment(at, here.now, here.zone, here.language)
    if at < here.now:
        return _timed(at, _("En retard depuis %(when)s", when=said))
    left = here.calendar.between(here.now, at) if here.calendar is not None else None
    soon = saying.business(left, here.language) if left is not None else None
    if left is not None and left < timedelta(minutes=1):
        soon = saying.by_the_clock(at - here.now)
    return _timed(at, f"{said} ({soon})" if soon else said)


def written(text: str) -> str | Markup:
    """An instant that a document holds as text, with its full date; the text itself when it is none."""
    try:
        return clock(datetime.fromisoformat(text))
    except ValueError:
        return text


def until(at: datetime) -> Markup:
    """The last day of something that ends at an instant: « 9 janvier »."""
    here = frame()
    return _timed(at, saying.last_day(at, here.now, here.zone, here.language))


def colon(label: str) -> str:
    """A label before what it announces: « Échéance : », Due:."""
    return f"{label}:" if frame().language == "en" else f"{label}{saying.NBSP}:"


def exact(at: datetime) -> str:
    """The exact instant."""
    return saying.exact(at, frame().zone)


def money(cents: int | None) -> str:
    """An amount in dollars."""
    return saying.money(cents, frame().language) if cents is not None else "—"


def size(count: int) -> str:
    """The size of a file."""
    return saying.size(count, frame().language)


def role(code: str) -> str:
    """What a role is called."""
    return labels.called(labels.ROLES, code)


def task_state(code: str) -> str:
    """What a task's state is called."""
    return labels.called(labels.TASK_STATES, code)


def case_state(code: str) -> str:
    """What a case's state is called."""
    return labels.called(labels.CASE_STATES, code)


def outcome(code: str | None) -> str:
    """What a decision taken is called."""
    return labels.called(labels.OUTCOMES, code)


def level(code: str | None) -> str:
    """What a level of signature is called."""
    return labels.called(labels.LEVELS, code)


def quality(code: str | None) -> str:
    """In what quality someone signs."""
    return labels.called(labels.QUALITIES, code)


def calendar(code: str | None) -> str:
    """What a calendar is called; all of them when none is named."""
    return labels.called(labels.CALENDARS, code) if code is not None else str(_("Tous les calendriers"))


def why(code: str) -> str:
    """Why a day is a holiday."""
    return labels.called(labels.WHYS, code)


def weekdays(days: Weekdays) -> str:
    """Weekdays that follow one another: « du lundi au vendredi »."""
    return saying.weekdays(days.first, days.last, frame().language)


def hours(openings: Iterable[tuple[time, time]]) -> str:
    """The openings of a day: « de 8 h 30 à 12 h, de 13 h à 16 h 30 »."""
    return saying.openings(openings, frame().language)


def whole_day(on: date) -> Markup:
    """A date with its weekday and its year: « jeudi 24 décembre 2026 »."""
    return Markup('<time datetime="{}">{}</time>').format(on.isoformat(), saying.whole_day(on, frame().language))


def in_language(row: Any) -> str:
    """The title of a task or a step in the reader's language."""
    return str(row.title_en or row.title) if frame().language == "en" else str(row.title)


def other_language() -> tuple[str, str]:
    """The address of this page in the other language, and that language."""
    wanted = "fr" if frame().language == "en" else "en"
    if request.method != "GET" or request.endpoint is None:
        return url_for("pages.home", langue=wanted), wanted
    asked: dict[str, Any] = {**request.args.to_dict(), **(request.view_args or {}), "langue": wanted}
    asked = {key: value for key, value in asked.items() if not key.startswith("_")}
    return url_for(request.endpoint, **asked), wanted


def asset(name: str) -> str:
    """The address of a built file; it changes when the file does."""
    return url_for("static", filename=f"dist/{name}", v=_version(current_app.static_folder or ""))


@lru_cache
def _version(folder: str) -> str:
    stamp = Path(folder) / "dist" / "fingerprint.txt"
    return stamp.read_text()[:12] if stamp.is_file() else "0"


def _timed(at: datetime, said: str) -> Markup:
    return Markup('<time datetime="{}" title="{}">{}</time>').format(at.isoformat(), exact(at), said)
