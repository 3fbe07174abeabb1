"""« Recalculer les échéances » : what a changed calendar would move, then moving it."""

from __future__ import annotations

from http import HTTPStatus

from flask import request
from flask_babel import ngettext
from werkzeug import Response

from webapp.desk import open_desk
from webapp.pages.door import go, page, say_it, told
from workflows.cases.recount import MoveDeadlines, Recount, move_deadlines, preview_deadlines
from workflows.errors import Conflict, Missing

SHOWN = 200
CASE = "dossier"


def show_deadlines() -> Response:
    """Each deadline that would move, from when to when; for every case, or for one."""
    typed = request.args.get(CASE, "").strip()
    flaw = ""
    with open_desk() as desk:
        try:
            found = preview_deadlines(desk, typed or None)
        except Missing as refusal:
            found, flaw = Recount(0, ()), told(refusal)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if flaw else HTTPStatus.OK
    return page("deadlines.html", status, found=found, shown=found.moves[:SHOWN], typed=typed, flaw=flaw)


def change_deadlines() -> Response:
    """Move what the preview showed, unless anything changed since."""
    typed = request.form.get(CASE, "").strip()
    try:
        with open_desk() as desk:
            count = len(move_deadlines(desk, MoveDeadlines(request.form.get("vu", ""), typed or None)).moves)
    except (Conflict, Missing) as refusal:
        say_it(told(refusal), "bad")
    else:
        say_it(ngettext("%(num)s échéance est déplacée.", "%(num)s échéances sont déplacées.", count))
    return go("deadlines", **({CASE: typed} if typed else {}))
