"""« Avis » : what a person was told; « Aide » : whom to ask, and when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from flask import request, url_for
from sqlalchemy import select
from werkzeug import Response

from webapp.desk import open_desk
from webapp.extensions import db
from webapp.identity import maybe_actor, public
from webapp.pages.door import go, go_back, identifier, page
from webapp.words import reader_language
from workflows.calendars.timetable import timetables
from workflows.cases.cursor import read_cursor, write_cursor
from workflows.cases.models import Case, Task
from workflows.desk import Desk
from workflows.notices.kinds import KINDS
from workflows.notices.models import Notice
from workflows.notices.queries import my_notices
from workflows.notices.read import read_notice
from workflows.people.models import Organisation
from workflows.people.settings import setting

PAGE = 30


@dataclass(frozen=True, slots=True)
class Told:
    """One notice in words, with the case that it is about."""

    id: UUID
    said: str
    at: datetime
    unread: bool
    number: str | None


def show_notices() -> Response:
    """My notices, the latest first."""
    cursor = request.args.get("suite")
    before = read_cursor(cursor, "notices", (UUID,))[0] if cursor else None
    with open_desk() as desk:
        found = my_notices(desk, before=before, limit=PAGE + 1)
        notices = _told(desk, found[:PAGE])
    following = None
    if len(found) > PAGE:
        following = url_for("pages.notices", suite=write_cursor("notices", (found[PAGE - 1].id,)))
    return page("notices.html", notices=notices, next=following)


def mark_read(notice_id: str) -> Response:
    """Read a notice: it no longer counts, and its case opens."""
    with open_desk() as desk:
        notice = read_notice(desk, identifier(notice_id, "notice.unknown"))
        case = desk.session.get(Case, notice.case_id) if notice.case_id is not None else None
    if request.form.get("ouvrir") and case is not None:
        return go("case", ref=case.number)
    return go_back(request.form.get("retour"), "notices")


@public
def show_help() -> Response:
    """Whom to ask, by which channel, at which hours."""
    session = db.session()
    actor = maybe_actor()
    query = select(Organisation).order_by(Organisation.code)
    organisation = session.get(Organisation, actor.organisation_id) if actor else session.scalars(query).first()
    if organisation is None:
        return page("help.html", organisation=None, tables=(), telephone="", mail="")
    return page(
        "help.html",
        organisation=organisation,
        tables=timetables(session, organisation.id),
        telephone=setting(organisation, "aide_telephone"),
        mail=setting(organisation, "aide_courriel"),
    )


def _told(desk: Desk, found: Sequence[Notice]) -> list[Told]:
    english = reader_language() == "en"
    ids = {one.case_id for one in found if one.case_id is not None}
    numbers: Mapping[UUID, str] = {
        row.id: row.number for row in desk.session.execute(select(Case.id, Case.number).where(Case.id.in_(ids)))
    }
    titles = _titles(desk, ids, english)
    told = []
    for one in found:
        kind = KINDS.get(one.kind)
        words = one.kind if kind is None else kind.en if english else kind.fr
        number = numbers.get(one.case_id) if one.case_id is not None else None
        title = titles.get((one.case_id, one.step), one.step or "")
        said = words.format(case=number or "", title=title)
        told.append(Told(one.id, said, one.at, one.read_at is None, number))
    return told


def _titles(desk: Desk, ids: set[UUID], english: bool) -> dict[tuple[UUID | None, str | None], str]:
    column = Task.title_en if english else Task.title
    rows = desk.session.execute(select(Task.case_id, Task.step, column).where(Task.case_id.in_(ids)))
    return {(case_id, step): title for case_id, step, title in rows}
