"""« Rôles de mon organisme » : who holds what, what each role may do, and where a nomination begins."""

from __future__ import annotations

from flask import request
from flask_babel import lazy_gettext as _l
from werkzeug import Response

from webapp.desk import open_desk
from webapp.pages.door import go, page
from workflows.cases.commands import StartCase
from workflows.cases.read_case import case_view
from workflows.cases.register import register
from workflows.cases.start import start_case

PROCESS = "nomination_role"
TOLD = ("action", "role", "personne", "portee_type", "portee_code", "attribution")
SCOPES = {
    "ORG": _l("Tout l’organisme"),
    "SUB": _l("Subdivision"),
    "SEC": _l("Secteur"),
    "MODULE": _l("Module"),
}
STATES = {
    "ACTIVE": (_l("En vigueur"), "TERMINEE"),
    "A_VENIR": (_l("À venir"), "EN_ATTENTE"),
    "PROPOSEE": (_l("Proposé"), "DISPONIBLE"),
    "SUSPENDUE": (_l("Suspendu"), "SUSPENDUE"),
    "TERMINEE": (_l("Terminé"), "ANNULEE"),
}
"""What a row's state is called, and the shape that it is shown with."""


def show_roles() -> Response:
    """The register of roles."""
    with open_desk() as desk:
        found = register(desk)
    return page("roles.html", roles=found, scopes=SCOPES, states=STATES)


def change_role() -> Response:
    """Begin a nomination with what is known already, and land in its proposal."""
    told = {key: request.form[key].strip()[:100] for key in TOLD if request.form.get(key, "").strip()}
    with open_desk() as desk:
        case = start_case(desk, StartCase(PROCESS, told))
        view = case_view(desk, str(case.id))
    mine = [task for task in view.row.open_tasks if task.assignee is None or task.assignee.code == desk.actor.code]
    return go("task", task_id=mine[0].id) if mine else go("case", ref=view.row.number)
