"""« Ma corbeille » : what a person may take, holds, is late on, has returned, has finished."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, time, timedelta
from typing import Any

from flask import request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from werkzeug import Response

from webapp.desk import open_desk
from webapp.pages import labels
from webapp.pages.door import go_back, identifier, is_partial, page, say_it
from webapp.pages.frame import frame
from workflows.cases.about import About
from workflows.cases.claim import claim_task
from workflows.cases.commands import ClaimTask, InboxAsked
from workflows.cases.inbox import BOXES, inbox
from workflows.catalog.queries import all_current
from workflows.desk import Desk
from workflows.people.models import Unit

UNKNOWN = "task.unknown"
TABS = {
    "queue": _l("À prendre en charge"),
    "mine": _l("Mes tâches"),
    "late": _l("En retard"),
    "returned": _l("Retournées"),
    "done": _l("Terminées"),
}
EMPTY = {
    "queue": _l("Aucune tâche à prendre en charge. Celles qui reviennent à vos rôles apparaîtront ici."),
    "mine": _l("Aucune tâche entre vos mains. Prenez-en une dans « À prendre en charge », ou commencez une demande."),
    "late": _l("Rien n'est en retard. Les tâches dont l'échéance est passée apparaîtront ici."),
    "returned": _l("Vous n'avez rien retourné qui attende une réponse."),
    "done": _l("Vous n'avez encore terminé aucune tâche."),
}
FILTERS = ("processus", "role", "unite", "echeance", "q")
PAGE = 25
Pairs = list[tuple[str, str]]


def show_inbox() -> Response:
    """One box of the inbox, filtered as the address says."""
    box = request.args.get("boite", "")
    if box not in BOXES:
        box = "mine" if _holds_something() else "queue"
    chosen = {key: request.args.get(key, "").strip() for key in FILTERS}
    with open_desk() as desk:
        found = inbox(desk, _asked(desk, box, chosen))
        shown = {
            "box": box,
            "rows": found.items,
            "next": _next(box, chosen, found.next),
            "chosen": chosen,
            "filtered": any(chosen.values()),
            "tabs": TABS,
            "empty": EMPTY[box],
            "later": bool(request.args.get("suite")),
            "seen": request.args.get("vu", ""),
        }
        if is_partial():
            return page("inbox/_list.html", **shown)
        return page("inbox.html", **shown, processes=_processes(desk), roles=_roles(desk), units=_units(desk))


def claim_from_list(task_id: str) -> Response:
    """Take a task without leaving the list."""
    with open_desk() as desk:
        claim_task(desk, ClaimTask(identifier(task_id, UNKNOWN)))
    say_it(_("La tâche est entre vos mains : vous la trouverez sous « Mes tâches »."))
    return go_back(request.form.get("retour"), "inbox")


def news() -> Response:
    """How many tasks came since the list was shown; a line at the top that moves nothing."""
    seen = request.args.get("vu", "0")
    now = (frame().boxes or {}).get("queue", 0)
    fresh = max(0, now - int(seen)) if seen.isascii() and seen.isdigit() and len(seen) < 6 else 0
    return page("inbox/_news.html", fresh=fresh)


def _holds_something() -> bool:
    boxes = frame().boxes or {}
    return bool(boxes.get("mine")) and not boxes.get("queue")


def _asked(desk: Desk, box: str, chosen: Mapping[str, str]) -> InboxAsked:
    return InboxAsked(
        box=box,
        role=chosen["role"] or None,
        process=chosen["processus"] or None,
        unit=chosen["unite"] or None,
        q=chosen["q"][:100] or None,
        due_before=_due_before(chosen["echeance"]),
        limit=PAGE,
        cursor=request.args.get("suite") or None,
    )


def _due_before(chosen: str) -> datetime | None:
    """The end of today or of seven days, in the organisation's time."""
    days = {"aujourdhui": 1, "semaine": 7}.get(chosen)
    if days is None:
        return None
    here = frame()
    first = here.now.astimezone(here.zone).date() + timedelta(days=days)
    return datetime.combine(first, time(), here.zone).astimezone(UTC)


def _next(box: str, chosen: Mapping[str, str], cursor: str | None) -> str | None:
    if cursor is None:
        return None
    kept: dict[str, Any] = {key: value for key, value in chosen.items() if value}
    return url_for("pages.inbox", boite=box, **kept, suite=cursor)


def _processes(desk: Desk) -> Pairs:
    return [(row.key, About(row.about).title(frame().language)) for row in all_current(desk.session)]


def _roles(desk: Desk) -> Pairs:
    return sorted(((code, labels.called(labels.ROLES, code)) for code in desk.actor.roles), key=lambda pair: pair[1])


def _units(desk: Desk) -> Pairs:
    query = select(Unit).where(Unit.organisation_id == desk.actor.organisation_id, Unit.active.is_(True))
    return [(unit.code, f"{unit.code} — {unit.name}") for unit in desk.session.scalars(query.order_by(Unit.code))]
