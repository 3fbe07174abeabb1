"""« Calendriers » : the hours of each channel, and the holidays of a year, which a person reviews and publishes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from http import HTTPStatus
from typing import Any
from uuid import UUID

from flask import request
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug import Response

from webapp.desk import open_desk
from webapp.pages.calendar_rows import FIELDS, Row, added_day, rows_of, said, sent_rows, typed_in
from webapp.pages.door import go, page, say_it, told
from webapp.pages.frame import frame
from workflows.calendars.holidays import (
    PublishHolidays,
    check_together,
    closing_calendars,
    fingerprint,
    publish_holidays,
    special_days,
)
from workflows.calendars.propose import FIRST_YEAR, LAST_YEAR, propose_holidays
from workflows.calendars.timetable import timetables
from workflows.desk import Desk
from workflows.errors import Conflict, Invalid
from workflows.people.authority import may_keep_calendars, may_move_deadlines
from workflows.people.models import Organisation

ADD = "ajouter"
DATE = "ajout_date"


def show_calendars() -> Response:
    """The hours, and the days of a year; whoever keeps the calendars reviews them here."""
    year = _year(request.args.get("annee", ""))
    with open_desk() as desk:
        published = special_days(desk.session, _own(desk), year)
        return _shown(desk, year, rows_of(published, propose_holidays(year)), {})


def change_holidays() -> Response:
    """Add a day to the review, or publish it; what is wrong is said beside its field, and nothing typed is lost."""
    year = _year(request.form.get("annee", ""))
    rows, typed, flaws = sent_rows(request.form), typed_in(request.form), dict[str, str]()
    with open_desk() as desk:
        may_keep_calendars(desk.actor, refuse=True)
        adding = request.form.get("action") == ADD
        if adding or any(typed[name] for name in FIELDS if name not in ("ajout_nature", "ajout_calendrier")):
            day, flaws = added_day(typed, year, closing_calendars(desk.session, _own(desk)))
            if day is not None and not flaws:
                known = [row.day for row in rows if row.kept]
                twice = check_together([*known, day]).get(len(known))
                flaws = {DATE: said(twice)} if twice is not None else {}
                rows = rows if flaws else sorted([*rows, Row(day, "PERSONNE", True)], key=lambda row: row.day.on)
        if flaws or adding:
            return _shown(desk, year, rows, {"typed": typed, "flaws": flaws} if flaws else {})
    return _publish(year, rows)


def _publish(year: int, rows: Sequence[Row]) -> Response:
    kept = [row for row in rows if row.kept]
    try:
        with open_desk() as desk:
            days = publish_holidays(desk, PublishHolidays(year, [row.day for row in kept], request.form.get("vu")))
    except Conflict as refusal:
        say_it(told(refusal), "bad")
        return go("calendars", annee=year)
    except Invalid as refusal:
        return _sent_back(year, rows, refusal)
    said_of = ngettext(
        "%(num)s date est publiée pour %(year)s.", "%(num)s dates sont publiées pour %(year)s.", len(days), year=year
    )
    still = _("Les échéances déjà données ne bougent pas.")
    say_it(f"{said_of} {still}")
    return go("calendars", annee=year)


def _sent_back(year: int, rows: Sequence[Row], refusal: Invalid) -> Response:
    """The review again, each day that was refused with what is wrong with it."""
    kept = [rank for rank, row in enumerate(rows) if row.kept]
    wrong: dict[int, list[str]] = {}
    for key, found in refusal.fields.items():
        wrong.setdefault(kept[int(key.partition(".")[0])], []).extend(said(flaw) for flaw in found)
    marked = [replace(row, wrong=" ".join(wrong.get(rank, ()))) for rank, row in enumerate(rows)]
    flaws = {f"jour-{rank}": " ".join(words) for rank, words in wrong.items()}
    with open_desk() as desk:
        return _shown(desk, year, marked, {"flaws": flaws})


def _shown(desk: Desk, year: int, rows: Sequence[Row], more: dict[str, Any]) -> Response:
    own = _own(desk)
    published = special_days(desk.session, own, year)
    given: dict[str, Any] = {"typed": dict.fromkeys(FIELDS, ""), "flaws": {}, **more}
    keeps = may_keep_calendars(desk.actor)
    return page(
        "calendars.html",
        HTTPStatus.UNPROCESSABLE_ENTITY if given["flaws"] else HTTPStatus.OK,
        year=year,
        years=[one for one in (year - 1, year + 1) if FIRST_YEAR <= one <= LAST_YEAR],
        rows=rows,
        published=published,
        seen=request.form.get("vu") or fingerprint(published),
        tables=timetables(desk.session, own),
        closing=closing_calendars(desk.session, own) if keeps else (),
        keeps=keeps,
        moves=may_move_deadlines(desk.actor),
        **given,
    )


def _own(desk: Desk) -> UUID:
    return desk.session.get_one(Organisation, desk.actor.organisation_id).id


def _year(text: str) -> int:
    here = frame()
    this_year = here.now.astimezone(here.zone).year
    return int(text) if text.isascii() and text.isdecimal() and FIRST_YEAR <= int(text[:5]) <= LAST_YEAR else this_year
